"""Make targets: set-up, its error messages, the list of targets, and quoting of arguments."""

from __future__ import annotations

import os
import re
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
    # Variables inherited from an outer make (`make test`) would make this one print the folders that it enters.
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


def fake_python(folder: Path, script: str, name: str = "fake-python") -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


@pytest.fixture
def ready_tree(tree: Path) -> Path:
    """Return a tree that is set up, with a Python that prints its arguments, one in brackets each."""
    tools = tree / ".venv" / "bin"
    tools.mkdir(parents=True)
    fake_python(tools, 'printf "[%s]" "$@"; echo', "python")
    (tree / ".venv" / ".ready").touch()
    return tree


def test_help_lists_every_documented_target(tree: Path) -> None:
    listed = make(tree).stdout
    for target in ("demo", "test", "coverage", "generate", "check", "build", "clean", "help"):
        assert f"make {target} " in listed


def test_help_states_durations(tree: Path) -> None:
    slow = [line for line in make(tree).stdout.splitlines() if line.startswith(("  make test", "  make bench"))]
    assert len(slow) == 2
    assert all(re.search(r"\(\d+ minutes\)", line) for line in slow)


def test_missing_python_is_named(tree: Path) -> None:
    result = make(tree, "generate", "PYTHON=no-such-python")
    assert result.returncode != 0
    assert result.stdout.splitlines() == [
        "no-such-python is missing: install Python 3.11 or newer, or set PYTHON=/path/to/python3"
    ]


def test_old_python_is_named_with_version(tree: Path) -> None:
    old = fake_python(tree, 'if [ "$1" = -V ]; then echo "Python 3.9.1"; else exit 1; fi')
    assert "is Python 3.9.1: install Python 3.11 or newer" in make(tree, "generate", old).stdout


def test_python_without_venv_is_named(tree: Path) -> None:
    bare = fake_python(tree, 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    assert "has no venv: install it (Debian, Ubuntu: the package python3-venv)" in make(tree, "generate", bare).stdout


def test_missing_git_is_named(tree: Path) -> None:
    tools = tree / "tools"
    tools.mkdir()
    for name in ("sh", "sed", "grep"):
        (tools / name).symlink_to(shutil.which(name) or name)
    good = fake_python(tools, "exit 0")
    assert "git is missing: install it" in make(tree, "generate", good, path=str(tools)).stdout


def test_set_up_runs_once() -> None:
    planned = make(ROOT, "--dry-run", "generate")
    assert planned.returncode == 0
    assert "pip install" not in planned.stdout


def test_arguments_reach_commands_unchanged(ready_tree: Path) -> None:
    spec = "a b/\"c'; echo injected; #.json"
    assert make(ready_tree, "drift", f"SPEC={spec}").stdout.startswith(f"[-m][pipeline][drift][{spec}][--format][text]")
    assert f"[--spec][{spec}][--out][x y]" in make(ready_tree, "generate", f"SPEC={spec}", "OUT=x y").stdout
    assert (
        make(ready_tree, "update", f"SPEC={spec}", "DRY_RUN=1").stdout == f"[-m][pipeline][update][{spec}][--dry-run]\n"
    )
    assert make(ready_tree, "update").stdout == "[-m][pipeline][update]\n"


def test_demo_works_without_git_history(ready_tree: Path) -> None:
    result = make(ready_tree, "demo")
    assert result.returncode == 0
    assert "no git history here" in result.stdout
    assert result.stdout.endswith("[examples/chat.py]\n")
