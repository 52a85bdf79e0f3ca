"""Generation: the corrected document through openapi-python-client into a package, swapped in when it is whole."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline import corrections, document
from pipeline.document import Document
from pipeline.folders import differences, swap, temporary_folder
from pipeline.generator import PACKAGE, run_generator


@dataclass(frozen=True)
class House:
    """Where the things stand that generation reads."""

    root: Path

    @property
    def spec(self) -> Path:
        """The vendored document."""
        return self.root / "openapi_chatflow.json"

    @property
    def corrections(self) -> Path:
        """The overlays applied to it."""
        return self.root / "overlays" / "spec"

    @property
    def templates(self) -> Path:
        """The generator templates that are overridden."""
        return self.root / "overlays" / "templates"

    @property
    def overlay(self) -> Path:
        """The package users import."""
        return self.root / "overlays" / "dify_chatflow"

    @property
    def config(self) -> Path:
        """The generator's settings."""
        return self.root / "generator-config.yaml"

    @property
    def generated(self) -> Path:
        """Where the generated package lives."""
        return self.root / "generated"

    def package(self, corrected: Document, folder: Path, *, strict: bool = True) -> Path:
        """The package that the generator makes of a corrected document in `folder`."""
        return run_generator(corrected, self.config, self.templates, folder, strict=strict)

    def corrected(self, spec: Path) -> Document:
        """The document at `spec` with every correction applied."""
        return corrections.correct(document.load(spec), corrections.load(self.corrections), spec)


def generate(house: House, spec: Path, out: Path) -> Path:
    """Generate the package from `spec` into the folder `out` and give its path.

    Whatever goes wrong, `out` stays as it was: the package is made beside it and swapped in at the end.
    """
    document.check_shape(document.load(spec), spec)
    corrected = house.corrected(spec)
    document.check_shape(corrected, f"{spec} (corrected)")
    with temporary_folder(out) as folder:
        swap(house.package(corrected, folder), out / PACKAGE)
    return out / PACKAGE


def stale(house: House) -> list[str]:
    """The files in which `generated/` differs from what the document, corrections, config and templates give."""
    corrected = house.corrected(house.spec)
    with tempfile.TemporaryDirectory() as folder:
        made = house.package(corrected, Path(folder))
        return sorted(differences(made, house.generated / PACKAGE))
