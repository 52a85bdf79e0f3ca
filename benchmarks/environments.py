"""Environments of candidates: a virtual environment for each peer, and the bare client, generated on demand."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from benchmarks.process import ROOT

FOLDER = ROOT / "benchmarks" / ".environments"
PEERS = ROOT / "benchmarks" / "peers"
DOCUMENT = ROOT / "openapi_chatflow.json"
CONFIG = ROOT / "generator-config.yaml"
BARE = "dify_chatflow_bare"


def ensure_python(peer: str) -> Path:
    """Return the interpreter of a peer's environment, which is created unless it exists with the pinned versions."""
    versions = PEERS / f"{peer}.txt"

    def create(folder: Path) -> None:
        print(f"creating the environment of {peer}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        run(folder / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", versions)

    return ensure_folder(peer, versions.read_bytes(), create) / "bin" / "python"


def ensure_bare_client() -> Path:
    """Return the folder of the bare client's package, which is generated unless it is up to date."""

    def create(folder: Path) -> None:
        folder.mkdir(parents=True)
        run(*generator_command(folder / BARE))

    return ensure_folder("bare", DOCUMENT.read_bytes() + json.dumps(bare_settings()).encode(), create)


def bare_settings() -> dict[str, Any]:
    """Return the generator's settings without the names of classes, some of which only corrections add."""
    settings: dict[str, Any] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    return {name: value for name, value in settings.items() if name != "class_overrides"}


def generator_command(target: Path) -> list[str | Path]:
    """Return the command that generates a client without corrections and templates; write its settings next to it."""
    settings = target.with_name("settings.json")
    settings.write_text(json.dumps(bare_settings()))
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite"]
    return [*command, "--path", DOCUMENT, "--config", settings, "--output-path", target]


def ensure_folder(name: str, source: bytes, create: Callable[[Path], None]) -> Path:
    """Return the folder with this name, which is created again unless it was completed from the same source."""
    folder, stamp = FOLDER / name, FOLDER / f"{name}.json"
    wanted = json.dumps({"source": hashlib.sha256(source).hexdigest(), "python": sys.version})
    if not (stamp.is_file() and stamp.read_text() == wanted and folder.is_dir()):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        FOLDER.mkdir(exist_ok=True)
        create(folder)
        stamp.write_text(wanted)
    return folder


def run(*command: str | Path) -> None:
    """Run a command.

    Raises:
        RuntimeError: The command failed; the message contains its output.
    """
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{result.stdout}{result.stderr}")
