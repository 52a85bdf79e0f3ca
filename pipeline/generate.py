"""Generation: the corrected document through openapi-python-client into a package, swapped in when it is whole."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import corrections, document
from pipeline.document import Document
from pipeline.errors import PipelineError
from pipeline.normalise import for_generator

PACKAGE = "dify_chatflow_client"


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

    def corrected(self, spec: Path) -> Document:
        """The document at `spec` with every correction applied."""
        return corrections.correct(document.load(spec), corrections.load(self.corrections), spec)


def generate(house: House, spec: Path, out: Path) -> Path:
    """Generate the package from `spec` into the folder `out` and give its path.

    Whatever goes wrong, `out` stays as it was: the package is made beside it and swapped in at the end.
    """
    corrected = house.corrected(spec)
    out.mkdir(parents=True, exist_ok=True)
    with temporary_folder(out) as folder:
        made = run_generator(house, corrected, folder)
        swap(made, out / PACKAGE)
    return out / PACKAGE


def stale(house: House) -> list[str]:
    """The files in which `generated/` differs from what the document, corrections, config and templates give."""
    corrected = house.corrected(house.spec)
    with tempfile.TemporaryDirectory() as folder:
        made = run_generator(house, corrected, Path(folder))
        return sorted(differences(made, house.generated / PACKAGE))


def run_generator(house: House, corrected: Document, folder: Path, *, strict: bool = True) -> Path:
    """The generator's package in `folder`; what it refuses, and when `strict` any warning of it, is PipelineError."""
    if not house.config.is_file():
        raise PipelineError(house.config, "is missing; it holds the generator's settings")
    source = folder / "corrected.json"
    source.write_text(json.dumps(for_generator(corrected), indent=1, ensure_ascii=False), encoding="utf-8")
    package = folder / PACKAGE
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *(["--fail-on-warning"] if strict else []),
        *("--path", str(source), "--config", str(house.config)),
        *("--custom-template-path", str(house.templates), "--output-path", str(package)),
    ]
    # The formatter has to be the one installed beside this interpreter, whatever PATH says.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "TYPER_STANDARD_TRACEBACK": "1", "PATH": path}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode or not package.is_dir():
        raise PipelineError(house.config, f"the generator refuses: {complaint(result.stdout + result.stderr)}")
    (package / "py.typed").touch()
    return package


def complaint(output: str) -> str:
    """What the generator says is wrong: its lines without progress and politeness, or a crash's last line."""
    if "Traceback (most recent call last)" in output:
        return output.strip().splitlines()[-1]
    noise = ("Generating ", "If you believe this was a mistake", "Please report")
    lines = [line.strip() for line in output.splitlines()]
    text = " ".join(line for line in lines if line and not line.startswith(noise))
    return textwrap.shorten(text, 400, placeholder=" …") or "it says nothing"


@contextmanager
def temporary_folder(beside: Path) -> Generator[Path]:
    """A folder on the same file system as `beside`, so that renaming out of it is atomic."""
    folder = Path(tempfile.mkdtemp(prefix=".generating-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(made: Path, target: Path) -> None:
    """Put the folder `made` where `target` is; the old one is moved away first and comes back if that fails."""
    old = made.with_name("replaced")
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def differences(made: Path, kept: Path) -> Iterator[str]:
    """Names of the files that are not the same in both folders."""
    names = {path.relative_to(root) for root in (made, kept) for path in root.rglob("*") if is_source(path)}
    for name in names:
        left, right = made / name, kept / name
        if not (left.is_file() and right.is_file() and filecmp.cmp(left, right, shallow=False)):
            yield str(name)


def is_source(path: Path) -> bool:
    """Whether a path is part of the package, not a by-product of running it."""
    return path.is_file() and "__pycache__" not in path.parts
