"""Every Python snippet of the README and the documentation runs as it is printed, with the output that follows it."""

from __future__ import annotations

import ast
import asyncio
import inspect
import logging
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from tests.conftest import ROOT

CLIENT = ROOT / "docs" / "client.md"
TESTED_ELSEWHERE = {ROOT / "docs" / name for name in ("cli.md", "drift.md", "testing.md")}
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page not in TESTED_ELSEWHERE),
]
# A snippet, and the output that a text block directly below it shows. Code of other libraries is marked `py`.
SNIPPET = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)


def snippets() -> list[Any]:
    """Yield the Python blocks of all pages, named by page and line."""
    found: list[Any] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in SNIPPET.finditer(text):
            line = text.count("\n", 0, block.start()) + 2
            found.append(pytest.param(block[1], block[2], page, line, id=f"{page.stem}-{line}"))
    return found


@pytest.fixture
def place(tmp_path: Path, local_dify: LocalDify, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a folder with the files that the snippets use, and set the environment to a local Dify."""
    for name in ("photo.png", "question.mp3"):
        (tmp_path / name).write_bytes(b"content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIFY_API_KEY", local_dify.api_key)
    monkeypatch.setenv("DIFY_BASE_URL", local_dify.base_url)
    return tmp_path


@pytest.fixture(autouse=True)
def settings() -> Any:
    """Undo changes of a snippet to global state."""
    logger = logging.getLogger("dify_chatflow")
    with warnings.catch_warnings():
        yield
    logger.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("source", "output", "page", "line"), snippets())
def test_snippet_runs(
    source: str, output: str | None, page: Path, line: int, local_dify: LocalDify, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT  # as in a notebook
    code = compile("\n" * (line - 1) + source, str(page), "exec", flags, dont_inherit=True)
    names: dict[str, Any] = {"__name__": "__main__"}
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(in_notebook(code, names))
    elif re.search(r"(Chatflow|AuthenticatedClient)\(", source):
        run(code, names)
    else:
        with Chatflow(user="abc-123") as app:
            run(code, {**names, "app": app})
        assert local_dify.requests or "app." not in source
    assert output is None or capsys.readouterr().out.rstrip() == output.rstrip()


run: Callable[..., Any] = eval


async def in_notebook(code: CodeType, names: dict[str, Any]) -> None:
    """Run code as a cell, and close the client that it leaves open."""
    await run(code, names)
    await names["app"].aclose()


def test_code_of_other_libraries_parses() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    blocks = re.findall(r"^```py\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert [ast.parse(block) for block in blocks] != []


def test_every_method_is_documented() -> None:
    from tests.client.operations import FURTHER, USES

    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = {use.name for use in USES.values()} | FURTHER.keys()
    assert [name for name in sorted(names) if f"app.{name}(" not in text] == []


def test_method_table_names_every_operation() -> None:
    from tests.client.operations import FURTHER, HELPERS, USES, without_names

    rows = re.findall(r"^\| `(\w+\.\w+)` \| `(\w+ /\S+)` \|$", CLIENT.read_text(encoding="utf-8"), re.MULTILINE)
    documented = dict(rows)
    assert [name for name, _ in rows] == list(documented)
    assert documented.keys() == {use.name for use in USES.values()} | FURTHER.keys() | HELPERS
    for place, use in USES.items():
        assert without_names(documented[use.name]) == without_names(" ".join(place))
    paths = {without_names(" ".join(place)) for place in USES}
    assert {without_names(path) for path in documented.values()} <= paths


def test_error_tree_lists_every_class() -> None:
    import dify_chatflow

    text = CLIENT.read_text(encoding="utf-8")
    drawn = text[text.index("```text\nDifyError") : text.index("An `APIStatusError` has")]
    public = [name for name in dify_chatflow.__all__ if name.endswith("Error")]
    assert [name for name in public if name not in drawn] == []
