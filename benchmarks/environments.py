"""Where contenders run: peers each in an environment of their own, the bare client generated on the spot."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from benchmarks.process import ROOT

FOLDER = ROOT / "benchmarks" / ".environments"
PEERS = ROOT / "benchmarks" / "peers"
DOCUMENT = ROOT / "openapi_chatflow.json"
CONFIG = ROOT / "generator-config.yaml"
BARE = "dify_chatflow_bare"


def python(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made when it is needed first or its versions have changed."""
    versions = PEERS / f"{peer}.txt"

    def make(folder: Path) -> None:
        print(f"setting up {peer} (once)", file=sys.stderr)
        venv.create(folder, with_pip=True)
        run(folder / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", versions)

    return made(peer, versions.read_bytes(), make) / "bin" / "python"


def bare() -> Path:
    """The folder that holds the bare generated client as a package."""

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        run(*generator_command(folder / BARE))

    return made("bare", DOCUMENT.read_bytes() + CONFIG.read_bytes(), make)


def generator_command(target: Path) -> list[str | Path]:
    """The generator by itself: the vendored document and the project's settings, no corrections, no templates."""
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite"]
    return [*command, "--path", DOCUMENT, "--config", CONFIG, "--output-path", target]


def made(name: str, source: bytes, make: Callable[[Path], None]) -> Path:
    """The folder of that name, made anew where it was not made whole from the same source."""
    folder, stamp = FOLDER / name, FOLDER / f"{name}.json"
    wanted = json.dumps({"source": hashlib.sha256(source).hexdigest(), "python": sys.version})
    if not (stamp.is_file() and stamp.read_text() == wanted and folder.is_dir()):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        FOLDER.mkdir(exist_ok=True)
        make(folder)
        stamp.write_text(wanted)
    return folder


def run(*command: str | Path) -> None:
    """Run a command that has to succeed; what it says is shown when it does not."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{result.stdout}{result.stderr}")
