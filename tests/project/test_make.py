"""Set-up says in one line what is missing, and is done once."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "requirements-dev.txt", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(tree: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    # What an outer make (`make test`) hands down would make this one tell which folder it enters.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = {**inherited, "PATH": path or os.environ["PATH"]}
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def interpreter(folder: Path, script: str) -> str:
    path = folder / "python-stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_help_lists_every_documented_target(tree: Path) -> None:
    listed = make(tree).stdout
    for target in ("demo", "test", "generate", "check", "build", "clean", "help"):
        assert f"make {target} " in listed


def test_a_missing_python_is_named(tree: Path) -> None:
    result = make(tree, "generate", "PYTHON=no-such-python")
    assert result.returncode != 0
    assert result.stdout.splitlines() == [
        "no-such-python is missing: install Python 3.11 or newer, or say PYTHON=/path/to/python3"
    ]


def test_an_old_python_is_named_with_its_version(tree: Path) -> None:
    old = interpreter(tree, 'if [ "$1" = -V ]; then echo "Python 3.9.1"; else exit 1; fi')
    assert "is Python 3.9.1: install Python 3.11 or newer" in make(tree, "generate", old).stdout


def test_a_python_without_venv_is_named(tree: Path) -> None:
    bare = interpreter(tree, 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    assert "has no venv: install it (Debian, Ubuntu: the package python3-venv)" in make(tree, "generate", bare).stdout


def test_a_missing_git_is_named(tree: Path) -> None:
    tools = tree / "tools"
    tools.mkdir()
    for name in ("sh", "sed", "grep"):
        (tools / name).symlink_to(shutil.which(name) or name)
    good = interpreter(tools, "exit 0")
    assert "git is missing: install it" in make(tree, "generate", good, path=str(tools)).stdout


def test_set_up_is_not_done_twice() -> None:
    planned = make(ROOT, "--dry-run", "generate")
    assert planned.returncode == 0
    assert "pip install" not in planned.stdout
