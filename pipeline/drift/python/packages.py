"""Temporary packages: generated from corrected documents, and cached by content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import PipelineError
from pipeline.generator import GENERATOR, Job, run_generator
from pipeline.layout import Project
from pipeline.sources import cache_folder

KEPT = 12
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


def generate_all(listed: list[tuple[Project, Document]]) -> list[Package]:
    """Return the packages of several corrected documents, from the cache if possible."""
    root = cache_folder() / "packages"
    root.mkdir(exist_ok=True)
    packages = [generate(root, project, document) for project, document in listed]
    remove_old(root, len(packages))
    return packages


def generate(root: Path, project: Project, document: Document) -> Package:
    """Return the package of a document, which becomes the most recently used one below `root`."""
    kept = root / fingerprint(project, document)
    if not kept.is_dir():
        with tempfile.TemporaryDirectory(dir=root) as name:
            folder = Path(name) / kept.name
            folder.mkdir()
            (folder / "complaint").write_text(complaint(Job(document, project, folder, strict=False)), encoding="utf-8")
            try:
                folder.rename(kept)
            except OSError:
                # Another run was faster, with the same package.
                if not kept.is_dir():
                    raise
    os.utime(kept)
    reason = (kept / "complaint").read_text(encoding="utf-8")
    return Package(document, None if reason else kept, reason)


def complaint(job: Job) -> str:
    """Run the generator; return its complaint about the document, which is empty if there is a package."""
    try:
        run_generator(job)
    except PipelineError as error:
        if error.place != GENERATOR:  # not the document's fault
            raise
        return error.problem
    return ""


def fingerprint(project: Project, document: Document) -> str:
    """Return a hash of all that a package depends on: document, settings, templates, generator and this pipeline."""
    state = hashlib.sha256(json.dumps(document).encode())
    for tool in ("openapi-python-client", "ruff"):
        state.update(installed(tool).encode())
    for path in (project.config, *sorted(project.templates.rglob("*.jinja")), *preparation()):
        if path.is_file():
            state.update(path.read_bytes())
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
