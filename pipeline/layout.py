"""The layout of the project: where the document, corrections, settings and generated code are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """Paths of the project with the folder `root`."""

    root: Path

    @property
    def spec(self) -> Path:
        """The vendored document."""
        return self.root / "openapi_chatflow.json"

    @property
    def corrections(self) -> Path:
        """The folder of overlay files that correct the document."""
        return self.root / "overlays" / "spec"

    @property
    def templates(self) -> Path:
        """The folder of generator templates that replace the generator's own."""
        return self.root / "overlays" / "templates"

    @property
    def overlay(self) -> Path:
        """The package that users import."""
        return self.root / "overlays" / "dify_chatflow"

    @property
    def contract(self) -> Path:
        """The file with the responses and events that the corrected document describes."""
        return self.root / "dify_conformance" / "contract.json"

    @property
    def config(self) -> Path:
        """The generator's settings."""
        return self.root / "generator-config.yaml"

    @property
    def generated(self) -> Path:
        """The folder of the generated package."""
        return self.root / "generated"
