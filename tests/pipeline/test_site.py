"""Sources of the documentation site: links, names in the reference, and docstrings in the generator's form."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

import dify_chatflow
import dify_chatflow_client.models
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.site import command
from pipeline.site.docstrings import rewrite
from pipeline.site.names import DIRECTIVE, Names
from pipeline.site.pages import relink, write_pages
from tests.client.operations import USES
from tests.conftest import ROOT

# Languages of blocks: tests run `python` and the commands in `console`; `py` is code of other libraries, `js` of pages.
BLOCKS = {"python", "console", "text", "yaml", "py", "js"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    write_pages(Project(ROOT), out)
    return out


@pytest.fixture(scope="module")
def objects(pages: Path) -> list[str]:
    """Return what the pages of the reference document."""
    return [path for page in (pages / "api").rglob("*.md") for path in DIRECTIVE.findall(page.read_text("utf-8"))]


def load(path: str) -> Any:
    """Return the object with an importable path."""
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def test_reference_has_every_public_name_once(objects: list[str]) -> None:
    modules = [f"dify_chatflow.{found.name}" for found in pkgutil.iter_modules(dify_chatflow.__path__)]
    public = {
        f"{module}.{name}"
        for module in ["dify_chatflow", *(module for module in modules if "._" not in module)]
        for name in importlib.import_module(module).__all__
    }
    generated = {f"dify_chatflow_client.models.{name}" for name in dify_chatflow_client.models.__all__}
    documented = [load(path) for path in objects]
    missing = {path for path in public if not any(load(path) is one for one in documented)}
    assert len(objects) == len(set(objects))
    assert missing == {"dify_chatflow.__version__"}
    assert generated <= set(objects)


def test_reference_has_every_operation(objects: list[str]) -> None:
    assert len([path for path in objects if path.endswith(".sync_detailed")]) == len(USES)


def test_pages_outside_docs_are_on_the_site(pages: Path) -> None:
    assert (pages / "index.md").read_text("utf-8").startswith("# dify-chatflow")
    assert "(docs/" not in (pages / "index.md").read_text("utf-8")
    assert (pages / "changelog.md").exists()
    assert "```python" in (pages / "examples" / "notebook_ipynb.md").read_text("utf-8")


def test_link_to_missing_file_is_refused() -> None:
    with pytest.raises(PipelineError, match=r"docs/a\.md: links to 'b\.md', which is not on the site"):
        relink("see [b](b.md)", "docs/a.md", {"docs/a.md": "a.md"})


def test_links_follow_moved_files() -> None:
    places = {"README.md": "index.md", "docs/howto/a.md": "howto/a.md"}
    text = "[a](docs/howto/a.md#part) [here](#x) [web](https://dify.ai)\n```md\n[kept](b.md)\n```\n"
    assert relink(text, "README.md", places) == text.replace("docs/howto", "howto")
    assert relink("[home](../../README.md)", "docs/howto/a.md", places) == "[home](../index.md)"


def test_names_become_links() -> None:
    names = Names(["::: dify_chatflow.Reply\n", "::: dify_chatflow._sync.resources.chat.Chat\n"])
    send = "dify_chatflow._sync.resources.chat.Chat.send"
    assert names.link("a `Reply`") == "a [`Reply`][dify_chatflow.Reply]"
    assert names.link("`dify_chatflow.Reply`") == "[`dify_chatflow.Reply`][dify_chatflow.Reply]"
    assert names.link("`chat.send` `app.chat.send()`") == f"[`chat.send`][{send}] [`app.chat.send()`][{send}]"


@pytest.mark.parametrize("text", ["`Other`", "[`Reply`](x.md)", "# `Reply`", "```python\n`Reply`\n```", "`reply`"])
def test_other_text_stays(text: str) -> None:
    assert Names(["::: dify_chatflow.Reply\n"]).link(text) == text


def test_example_becomes_a_code_block() -> None:
    text = "Do it.\n\nExample:\n    with a:\n        b()\n\n    c()\n"
    assert rewrite(text) == ("Do it.\n\nExample:\n    ```python\n    with a:\n        b()\n\n    c()\n    ```\n")


def test_shared_entry_is_split() -> None:
    text = "Args:\n    a, b: Long\n        text.\n    c: One."
    assert rewrite(text) == "Args:\n    a: Long\n        text.\n    b: Long\n        text.\n    c: One."


def test_wrapped_type_is_joined() -> None:
    assert rewrite("Attributes:\n    a (int |\n            str): Text.") == "Attributes:\n    a (int | str): Text."


@pytest.mark.parametrize("tag", ['<script src="https://a.example/x.js">', '<img src="//a.example/x.png">'])
def test_loads_from_other_hosts_are_found(tag: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<a href="https://dify.ai">x</a>{tag}')
    assert command.remote_loads(tmp_path) == ["a.html: loads " + tag]


def test_languages_of_blocks_are_known() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md"]
    found = {lang for page in pages for lang in re.findall(r"^ *```(\S+)", page.read_text("utf-8"), re.MULTILINE)}
    assert found <= BLOCKS
