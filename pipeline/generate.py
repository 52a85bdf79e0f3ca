"""Generation of the client package: correct the document, run the generator, and replace the old package at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline import corrections, document
from pipeline.document import Document
from pipeline.errors import PipelineError
from pipeline.folders import differences, swap, temporary_folder
from pipeline.generator import PACKAGE, Job, run_generator
from pipeline.layout import Project
from pipeline.normalise import normalise

# The beginning of every generated package.
FIRST_WORDS = '"""A client library for accessing '


def load_corrected(project: Project, spec: Path) -> Document:
    """Return the document at `spec` with every correction applied."""
    loaded = document.load(spec)
    if spec != project.spec and project.spec.is_file():
        document.check_same_api(document.load(project.spec), loaded, spec)
    return corrections.correct(loaded, corrections.load(project.corrections), spec)


def generate(project: Project, spec: Path, out: Path, *, is_corrected: bool = True) -> Path:
    """Generate the package from `spec` into the folder `out` and return its path.

    Documents of other APIs are generated without corrections, and without checks that all settings apply.
    When anything fails, `out` stays as it was: the package is made in a temporary folder and swapped in at the end.
    """
    document.check_shape(document.load(spec), spec)
    corrected = load_corrected(project, spec) if is_corrected else normalise(document.load(spec))
    document.check_shape(corrected, f"{spec} (corrected)")
    with temporary_folder(out) as folder:
        package = run_generator(Job(corrected, project, folder, is_project=is_corrected))
        check_replaceable(out / PACKAGE)
        swap(package, out / PACKAGE)
    return out / PACKAGE


def check_replaceable(package: Path) -> None:
    """Raise PipelineError if `package` exists and is not a generated package, or has other files in it."""
    if not package.exists() and not package.is_symlink():
        return
    start = package / "__init__.py"
    is_generated = start.is_file() and start.read_text(encoding="utf-8", errors="replace").startswith(FIRST_WORDS)
    if package.is_symlink() or not is_generated:
        raise PipelineError(package, "exists and is not a generated package; move it, or give another --out")
    for path in package.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "py.typed":
            raise PipelineError(path, "was not generated and would be deleted; move it, or give another --out")


def stale_files(project: Project) -> list[str]:
    """Return the files of `generated/` that differ from a fresh generation."""
    corrected = load_corrected(project, project.spec)
    with tempfile.TemporaryDirectory() as folder:
        fresh = run_generator(Job(corrected, project, Path(folder)))
        return sorted(differences(fresh, project.generated / PACKAGE))
