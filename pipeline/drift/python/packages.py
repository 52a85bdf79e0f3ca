"""Temporary packages: documents corrected as far as possible, generated, and cached by content."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import corrections
from pipeline.document import Document, is_object, leads, operations, references
from pipeline.errors import PipelineError
from pipeline.generator import GENERATOR, Job, run_generator
from pipeline.layout import Project
from pipeline.normalise import normalise
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
        unmatched: The corrections that do not apply, with the reasons.
    """

    document: Document
    folder: Path | None
    complaint: str
    unmatched: tuple[tuple[corrections.Correction, str], ...]


def corrected(
    document: Document, listed: list[corrections.Correction]
) -> tuple[Document, list[tuple[corrections.Correction, str]]]:
    """Return a copy with every correction that applies, and the others with the reasons.

    A correction with a dangling reference does not apply either, since the generator would drop the operations
    that use it.
    """
    changed, unmatched = applied(document, listed)
    lost = {one.place: reference for one in listed if (reference := dangling_reference(one, changed))}
    dangling = [(one, f"refers to {lost[one.place]}, which does not exist") for one in listed if one.place in lost]
    if dangling:
        plain, unmatched = corrected(document, [one for one in listed if one.place not in lost])
        return plain, [*unmatched, *dangling]
    complete(changed)
    plain = normalise(changed)
    return plain, unmatched


def dangling_reference(one: corrections.Correction, document: Document) -> str | None:
    """Return the first dangling reference in a correction."""
    for _, reference in references(one.change):
        if not leads(document, reference):
            return reference
    return None


def applied(
    document: Document, listed: list[corrections.Correction]
) -> tuple[Document, list[tuple[corrections.Correction, str]]]:
    """Return a copy with the corrections that match, and the others with the reasons."""
    changed = copy.deepcopy(document)
    components: Document = changed.get("components") or {}
    changed["components"] = {**components, "schemas": components.get("schemas") or {}}
    unmatched: list[tuple[corrections.Correction, str]] = []
    for one in listed:
        try:
            one.apply(changed)
        except PipelineError as error:
            unmatched.append((one, error.problem))
    return changed, unmatched


def complete(document: Document) -> None:
    """Add required parts that have no effect, for whose absence the generator would refuse the document."""
    document.setdefault("info", {"title": "Untitled", "version": "0"})
    for _, _, operation in operations(document):
        responses = operation["responses"] = operation.get("responses") or {"200": {"description": ""}}
        for response in responses.values():
            if is_object(response) and "$ref" not in response:
                response.setdefault("description", "")


def generate_both(
    roots: tuple[Path, Path], base: Document, revision: Document, *, is_corrected: bool = True
) -> tuple[Package, Package]:
    """Return the packages of two documents, each with the corrections and settings of its tree."""
    old, new = generate_all(
        [(Project(root), one) for root, one in zip(roots, (base, revision), strict=True)], is_corrected=is_corrected
    )
    return old, new


def generate_all(listed: list[tuple[Project, Document]], *, is_corrected: bool = True) -> list[Package]:
    """Return the packages of several documents, from the cache if possible."""
    root = cache_folder() / "packages"
    root.mkdir(exist_ok=True)
    loaded = {
        project: corrections.load(project.corrections) if is_corrected and project.corrections.is_dir() else []
        for project, _ in listed
    }
    made = [(project, *corrected(document, loaded[project])) for project, document in listed]
    folders = [root / fingerprint(project, document) for project, document, _ in made]
    missing = {
        folder: (project, document)
        for folder, (project, document, _) in zip(folders, made, strict=True)
        if not folder.is_dir()
    }
    if missing:
        generate_missing(root, missing)
    packages = [
        package(folder, document, unmatched) for folder, (_, document, unmatched) in zip(folders, made, strict=True)
    ]
    remove_old(root, len(packages))
    return packages


def package(kept: Path, document: Document, unmatched: list[tuple[corrections.Correction, str]]) -> Package:
    """Return a package in the cache, which becomes the most recently used one."""
    os.utime(kept)
    complaint = (kept / "complaint").read_text(encoding="utf-8")
    return Package(document, None if complaint else kept, complaint, tuple(unmatched))


def generate_missing(root: Path, missing: dict[Path, tuple[Project, Document]]) -> None:
    """Generate into temporary folders and move each to its place when it is complete."""
    with tempfile.TemporaryDirectory(dir=root) as name:
        jobs: dict[Path, Job] = {}
        for kept, (project, document) in missing.items():
            folder = Path(name) / kept.name
            folder.mkdir()
            jobs[kept] = Job(document, project, folder, strict=False)
        for kept, job in jobs.items():
            (job.folder / "complaint").write_text(complaint(job), encoding="utf-8")
            try:
                job.folder.rename(kept)
            except OSError:
                # Another run was faster, with the same package.
                if not kept.is_dir():
                    raise


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
