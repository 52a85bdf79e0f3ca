"""Temporary packages: a document corrected as far as it can be, generated, and kept by content for the next run."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline import corrections
from pipeline.document import Document, is_object, leads, operations, references
from pipeline.errors import PipelineError
from pipeline.generate import House
from pipeline.generator import GENERATOR, PACKAGE
from pipeline.normalise import normalise
from pipeline.sources import cache_folder

KEPT = 12
DIGITS = 32


@dataclass(frozen=True)
class Package:
    """A generated package: its corrected document, where it lies, what the generator said, what did not apply."""

    document: Document
    folder: Path | None
    complaint: str
    unmatched: tuple[tuple[corrections.Correction, str], ...]


def corrected(
    document: Document, listed: list[corrections.Correction]
) -> tuple[Document, list[tuple[corrections.Correction, str]]]:
    """A copy with every correction that applies, and those that do not with their reasons.

    A correction that refers to what neither the document nor another correction has would make the generator drop
    operations, so it does not apply either.
    """
    changed, unmatched = applied(document, listed)
    lost = {one.place: reference for one in listed if (reference := nowhere(one, changed))}
    astray = [(one, f"refers to {lost[one.place]}, which is not there") for one in listed if one.place in lost]
    if astray:
        plain, unmatched = corrected(document, [one for one in listed if one.place not in lost])
        return plain, [*unmatched, *astray]
    complete(changed)
    plain = normalise(changed)
    return plain, unmatched


def nowhere(one: corrections.Correction, document: Document) -> str | None:
    """The first reference of a correction that leads nowhere."""
    for _, reference in references(one.change):
        if not leads(document, reference):
            return reference
    return None


def applied(
    document: Document, listed: list[corrections.Correction]
) -> tuple[Document, list[tuple[corrections.Correction, str]]]:
    """A copy with the corrections that match it, and those that do not with their reasons."""
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
    """Add what the specification requires and nobody reads, or the generator refuses whole documents for it."""
    document.setdefault("info", {"title": "Untitled", "version": "0"})
    for _, _, operation in operations(document):
        responses = operation["responses"] = operation.get("responses") or {"200": {"description": ""}}
        for response in responses.values():
            if is_object(response) and "$ref" not in response:
                response.setdefault("description", "")


def generate_both(roots: tuple[Path, Path], base: Document, revision: Document) -> tuple[Package, Package]:
    """The packages of two documents, made side by side, each with the corrections and settings of its own tree."""
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(generated, House(root), one) for root, one in zip(roots, (base, revision), strict=True)]
        both = made[0].result(), made[1].result()
    tidy(cache_folder() / "packages")
    return both


def generated(house: House, document: Document) -> Package:
    """The package of one document."""
    listed = corrections.load(house.corrections) if house.corrections.is_dir() else []
    return package(house, *corrected(document, listed))


def package(house: House, document: Document, unmatched: list[tuple[corrections.Correction, str]]) -> Package:
    """The package of one corrected document, from the cache where it was made before."""
    root = cache_folder() / "packages"
    kept = root / fingerprint(house, document)
    if not kept.is_dir():
        root.mkdir(exist_ok=True)
        make(house, document, kept)
    # The youngest are kept, and this one has just been asked for.
    os.utime(kept)
    complaint = (kept / "complaint").read_text(encoding="utf-8")
    folder = kept if (kept / PACKAGE / "__init__.py").is_file() else None
    return Package(document, folder, complaint, tuple(unmatched))


def make(house: House, document: Document, kept: Path) -> None:
    """Generate into a temporary folder and move it to its place when it is whole."""
    with tempfile.TemporaryDirectory(dir=kept.parent) as name:
        folder = Path(name) / "made"
        folder.mkdir()
        try:
            house.package(document, folder, strict=False)
            complaint = ""
        except PipelineError as error:
            if error.place != GENERATOR:  # the fault is not the document's
                raise
            complaint = error.problem
        except (LookupError, TypeError, AttributeError) as error:
            complaint = f"the document cannot be prepared for the generator ({type(error).__name__}: {error})"
        (folder / "complaint").write_text(complaint, encoding="utf-8")
        try:
            folder.rename(kept)
        except OSError:
            # Another run was faster; its package is the same.
            if not kept.is_dir():
                raise


def fingerprint(house: House, document: Document) -> str:
    """What a package depends on: the document, settings, templates, the generator and this pipeline's preparation."""
    state = hashlib.sha256(json.dumps(document).encode())
    for tool in ("openapi-python-client", "ruff"):
        state.update(installed(tool).encode())
    for path in (house.config, *sorted(house.templates.rglob("*.jinja")), *preparation()):
        if path.is_file():
            state.update(path.read_bytes())
    return state.hexdigest()[:DIGITS]


def installed(tool: str) -> str:
    """The version of a tool."""
    try:
        return version(tool)
    except ModuleNotFoundError:
        return "unknown"


def preparation() -> list[Path]:
    """Return the modules of the pipeline that prepare a document and run the generator."""
    return sorted(Path(__file__).resolve().parents[2].glob("*.py"))


def tidy(root: Path) -> None:
    """Drop all but the newest packages."""
    try:
        folders = sorted(root.glob("?" * DIGITS), key=lambda path: path.stat().st_mtime)
    except FileNotFoundError:
        # Another run is tidying.
        return
    for path in folders[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)
