"""Generation of the client package: correct the document, run the generator, and replace the old package at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline import corrections, document
from pipeline.document import Document
from pipeline.folders import differences, swap, temporary_folder
from pipeline.generator import PACKAGE, run_generator
from pipeline.layout import Project


def load_corrected(project: Project, spec: Path) -> Document:
    """Return the document at `spec` with every correction applied."""
    return corrections.correct(document.load(spec), corrections.load(project.corrections), spec)


def generate(project: Project, spec: Path, out: Path) -> Path:
    """Generate the package from `spec` into the folder `out` and return its path.

    When anything fails, `out` stays as it was: the package is made in a temporary folder and swapped in at the end.
    """
    document.check_shape(document.load(spec), spec)
    corrected = load_corrected(project, spec)
    document.check_shape(corrected, f"{spec} (corrected)")
    with temporary_folder(out) as folder:
        swap(run_generator(corrected, project.config, project.templates, folder), out / PACKAGE)
    return out / PACKAGE


def stale_files(project: Project) -> list[str]:
    """Return the files of `generated/` that differ from a fresh generation."""
    corrected = load_corrected(project, project.spec)
    with tempfile.TemporaryDirectory() as folder:
        fresh = run_generator(corrected, project.config, project.templates, Path(folder))
        return sorted(differences(fresh, project.generated / PACKAGE))
