"""Temporary packages: generated from corrected documents, and cached by content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import PipelineError
from pipeline.generator import GENERATOR, PACKAGE, Job, format_package, run_generator
from pipeline.layout import Project
from pipeline.sources import cache_folder

KEPT = 12
# The generator, what it writes files with, and the formatter.
TOOLS = ("openapi-python-client", "jinja2", "pydantic", "ruff")
DIGITS = 32


@dataclass(frozen=True)
class Package:
    """A generated package.

    Attributes:
        document: The corrected document.
        folder: The folder with the package, or None if the generator failed.
        complaint: The reason why the generator failed.
    """

    document: Document
    folder: Path | None
    complaint: str


def generate_all(listed: list[tuple[Project, Document]], *, is_formatted: bool = False) -> list[Package]:
    """Return the packages of several corrected documents, from the cache if possible.

    Comparing packages does not need the formatting, which takes as long as generating one.
    """
    root = cache_folder() / "packages"
    root.mkdir(exist_ok=True)
    make = format_generated if is_formatted else generate
    packages = [make(root, project, document) for project, document in listed]
    remove_old(root, len(packages))
    return packages


def generate(root: Path, project: Project, document: Document) -> Package:
    """Return the package of a document, which becomes the most recently used one below `root`."""

    def make(folder: Path) -> str:
        return complaint(lambda: run_generator(Job(document, project, folder, strict=False, is_formatted=False)))

    return keep(root / fingerprint(project, document), document, make)


def format_generated(root: Path, project: Project, document: Document) -> Package:
    """Return the formatted package of a document."""
    package = generate(root, project, document)
    if package.folder is None:
        return package
    unformatted = package.folder / PACKAGE

    def make(folder: Path) -> str:
        shutil.copytree(unformatted, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
        return complaint(lambda: format_package(folder / PACKAGE, project))

    return keep(root / fingerprint(project, document, is_formatted=True), document, make)


def keep(kept: Path, document: Document, make: Callable[[Path], str]) -> Package:
    """Return the package in a folder of the cache, which `make` fills if it is missing and returns a complaint."""
    if not kept.is_dir():
        with tempfile.TemporaryDirectory(dir=kept.parent) as name:
            folder = Path(name) / kept.name
            folder.mkdir()
            (folder / "complaint").write_text(make(folder), encoding="utf-8")
            try:
                folder.rename(kept)
            except OSError:
                # Another run was faster, with the same package.
                if not kept.is_dir():
                    raise
    os.utime(kept)
    reason = (kept / "complaint").read_text(encoding="utf-8")
    return Package(document, None if reason else kept, reason)


def complaint(work: Callable[[], object]) -> str:
    """Do the work of the generator; return its complaint about the document, which is empty if there is a package."""
    try:
        work()
    except PipelineError as error:
        if error.place != GENERATOR:  # not the document's fault
            raise
        return error.problem
    return ""


def fingerprint(project: Project, document: Document, *, is_formatted: bool = False) -> str:
    """Return a hash of all that a package depends on: document, settings, templates, tools and this pipeline."""
    state = hashlib.sha256(json.dumps([document, is_formatted]).encode())
    for tool in TOOLS:
        state.update(f"{tool} {installed(tool)}\n".encode())
    for path in (project.config, *sorted(project.templates.rglob("*.jinja")), *preparation()):
        if path.is_file():
            content = path.read_bytes()
            state.update(f"{path.name} {len(content)}\n".encode() + content)
    return state.hexdigest()[:DIGITS]


def installed(tool: str) -> str:
    """Return the version of a tool."""
    try:
        return version(tool)
    except ModuleNotFoundError:
        return "unknown"


def preparation() -> list[Path]:
    """Return the modules of the pipeline that prepare a document and run the generator."""
    return sorted(Path(__file__).resolve().parents[2].glob("*.py"))


def remove_old(root: Path, used: int) -> None:
    """Remove all but the newest packages and those in use."""
    try:
        folders = sorted(root.glob("?" * DIGITS), key=lambda path: path.stat().st_mtime)
    except FileNotFoundError:
        # Another run is removing them.
        return
    for path in folders[: -max(KEPT, used)]:
        shutil.rmtree(path, ignore_errors=True)
