"""Sources of the site: the project's pages, its examples, and the reference of the generated package."""

from __future__ import annotations

import ast
import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.site.names import Names

# Pages outside `docs`, and their places on the site.
OUTSIDE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "LICENSE": "license.md",
    "benchmarks/README.md": "benchmarks.md",
    "examples/README.md": "examples/index.md",
}
# Pages on what was: a name there may have another meaning today.
PLAIN = ("changelog.md", "license.md")
LANGUAGES = {".py": "python", ".html": "html"}
# A fenced block, which stays as it is, or the target of a link.
LINK = re.compile(r"(^ *```.*?^ *```$)|(?<=\]\()([^)#:\s]+)(?=[)#])", re.MULTILINE | re.DOTALL)
OPERATION = re.compile(r'^operation = Operation\(\s*"\w+",\s*"(\w+)",\s*"([^"]+)"', re.MULTILINE)
# Options of a model: its docstring lists the fields.
MODEL = "    options:\n      members: false\n      show_bases: false\n"
# The pages on generated models: their titles, and the names of their classes; the first that fits.
MODELS = {
    "events": ("Events", re.compile(r"Event$|^EventName$")),
    "event_data": ("Data of events and forms", re.compile(r"Data$")),
    "requests": ("Requests", re.compile(r"(Request|Submission)$")),
    "responses": ("Responses and their parts", re.compile(r"")),
}


def write_pages(project: Project, out: Path) -> None:
    """Replace the folder `out` by the sources of the site."""
    shutil.rmtree(out, ignore_errors=True)
    places = site_places(project.root)
    texts = {f"api/{place}": text for place, text in reference(project.generated / "dify_chatflow_client")}
    for source, place in places.items():
        path = project.root / source
        if place.endswith(".md"):
            texts[place] = relink(to_page(path), source, places)
        else:
            (out / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, out / place)
    names = Names(text for place, text in texts.items() if place.startswith("api/"))
    for place, text in texts.items():
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        (out / place).write_text(text if place in PLAIN else names.link(text), encoding="utf-8")


def site_places(root: Path) -> dict[str, str]:
    """Return the files of the project that are on the site, and their places there."""
    places = {source: place for source, place in OUTSIDE.items() if (root / source).exists()}
    for path in sorted((root / "docs").rglob("*")):
        if path.is_file() and path.suffix != ".json":
            places[path.relative_to(root).as_posix()] = path.relative_to(root / "docs").as_posix()
    for path in sorted((root / "examples").rglob("[!_]*.*")):
        if path.suffix in (*LANGUAGES, ".ipynb"):
            source = path.relative_to(root)
            places[source.as_posix()] = source.with_name(f"{path.name.replace('.', '_')}.md").as_posix()
    for path in root.glob("benchmarks/*.svg"):
        places[path.relative_to(root).as_posix()] = path.relative_to(root).as_posix()
    return places


def to_page(path: Path) -> str:
    """Return the Markdown for a file: its text, the cells of a notebook, or a page with a program or a text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    if path.suffix == ".ipynb":
        cells = [("".join(cell["source"]), cell["cell_type"]) for cell in json.loads(text)["cells"]]
        return "\n\n".join(f"```python\n{cell}\n```" if kind == "code" else cell for cell, kind in cells) + "\n"
    if path.suffix not in LANGUAGES:
        return f"# {path.name.capitalize()}\n\n```text\n{text.rstrip()}\n```\n"
    docstring = (ast.get_docstring(ast.parse(text)) or "") if path.suffix == ".py" else ""
    summary = docstring.partition("\n\n")[0]
    return f"# {path.name}\n\n{summary}\n\n```{LANGUAGES[path.suffix]}\n{text.rstrip()}\n```\n"


def relink(text: str, source: str, places: dict[str, str]) -> str:
    """Return a page whose relative links lead to places on the site.

    Raises:
        PipelineError: A link leads to a file that is not on the site.

    """
    folder, here = posixpath.dirname(source), posixpath.dirname(places[source])

    def replace(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target not in places:
            raise PipelineError(source, f"links to {match[2]!r}, which is not on the site; name it without a link")
        return posixpath.relpath(places[target], here)

    return LINK.sub(replace, text)


def reference(package: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages on the operations and models of the generated package, with their places."""
    for folder in sorted(path for path in (package / "api").iterdir() if path.is_dir() and path.name[0] != "_"):
        yield f"operations/{folder.name}.md", operations_page(folder)
    listed: dict[str, list[str]] = {place: [] for place in MODELS}
    for name in model_names(package):
        listed[next(place for place, (_, pattern) in MODELS.items() if pattern.search(name))].append(name)
    for place, names in listed.items():
        yield f"models/{place}.md", models_page(MODELS[place][0], names)


def model_names(package: Path) -> list[str]:
    """Return the names of the generated models."""
    tree = ast.parse((package / "models" / "__init__.py").read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    return [alias.name for node in imported for alias in node.names]


def operations_page(folder: Path) -> str:
    """Return the page on the operations with one tag."""
    rows, parts = "", ""
    for path in sorted(folder.glob("[!_]*.py")):
        found = OPERATION.search(path.read_text(encoding="utf-8"))
        if found is None:
            raise PipelineError(path, "has no operation; compare the templates in overlays/templates")
        name = f"dify_chatflow_client.api.{folder.name}.{path.stem}.sync_detailed"
        rows += f"| [`{path.stem}`][{name}] | `{found[1]} {found[2]}` |\n"
        parts += f"\n::: {name}\n    options:\n      heading: {path.stem}\n      toc_label: {path.stem}\n"
    return (
        f"# api.{folder.name}\n\nThe functions `sync`, `asyncio` and `asyncio_detailed` of each module take the "
        f"arguments of `sync_detailed`, which is shown.\n\n| module | operation |\n| --- | --- |\n{rows}{parts}"
    )


def models_page(title: str, names: list[str]) -> str:
    """Return the page on some models."""
    parts = "".join(f"\n::: dify_chatflow_client.models.{name}\n{MODEL}" for name in names)
    return f"# {title}\n{parts}"
