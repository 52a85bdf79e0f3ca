"""An update is applied completely or not at all, however the process ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.update import worktree as module
from pipeline.update.worktree import apply, git, recover, worktree
from tests.conftest import ROOT

OLD = {"spec.json": "old", "generated/a.py": "old", "generated/gone.py": "old", "other": "kept"}
NEW = {"spec.json": "new", "generated/a.py": "new, longer", "generated/deep/b.py": "new", "other": "kept"}
CHANGED = ["generated/a.py", "generated/deep/b.py", "generated/gone.py", "spec.json"]


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def state(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(root)): path.read_text() for path in files}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Create a repository with an uncommitted change and an untracked file."""
    root = tmp_path / "root"
    write(root, {**OLD, "spec.json": "committed"})
    git(root, "init", "--quiet")
    git(root, "add", "spec.json", "other", "generated/a.py")
    git(root, "commit", "--quiet", "-m", "Start")
    write(root, {"spec.json": "old"})
    return root


@pytest.fixture
def update(root: Path) -> tuple[str, str]:
    """Return the commits before and after an update."""
    with worktree(root) as tree:
        assert state(tree.folder) == OLD
        write(tree.folder, NEW)
        (tree.folder / "generated" / "gone.py").unlink()
        (tree.folder / "junk").write_text("left by a test")
        commit = tree.commit(["spec.json", "generated", "missing"])
        assert tree.changed(commit) == CHANGED
    assert not tree.folder.exists()
    return tree.base, commit


def test_update_leaves_branch_and_index_unchanged(root: Path, update: tuple[str, str]) -> None:
    before = git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD")
    apply(root, *update)
    assert state(root) == NEW
    assert git(root, "rev-parse", "HEAD") == before[1]
    assert git(root, "diff", "--cached", "--name-only") == ""
    assert git(root, "worktree", "list").count("\n") == 0
    assert not recover(root)


def test_conflicting_edit_stops_the_update(root: Path, update: tuple[str, str]) -> None:
    write(root, {"generated/a.py": "edited meanwhile"})
    with pytest.raises(PipelineError, match="nothing was changed"):
        apply(root, *update)
    assert state(root) == {**OLD, "generated/a.py": "edited meanwhile"}
    assert not recover(root)


def git_that(folder: Path, ending: str) -> str:
    """Return a PATH with a git that applies two of the files, one of them in part, and then ends as asked."""
    real = shutil.which("git")
    folder.mkdir()
    script = f"""#!/bin/sh
case "$*" in
*" apply "*)
    cat > "{folder}/patch"
    {real} -C "$4" apply --include=spec.json --include=generated/a.py "{folder}/patch"
    printf 'new, l' > "$4/generated/a.py"
    {ending}
esac
exec {real} "$@"
"""
    (folder / "git").write_text(script)
    (folder / "git").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_failing_disk_changes_nothing(
    root: Path, update: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = git_that(tmp_path / "bin", "echo 'error: No space left on device' >&2; exit 1")
    monkeypatch.setenv("PATH", path)
    with pytest.raises(PipelineError, match="No space left on device"):
        apply(root, *update)
    assert state(root) == OLD
    assert not recover(root)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_next_command_undoes_killed_update(root: Path, update: tuple[str, str], tmp_path: Path) -> None:
    code = (
        f"from pathlib import Path; from pipeline.update import worktree as w; w.apply(Path({str(root)!r}), *{update})"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": git_that(tmp_path / "bin", "kill -9 $PPID; exit 1")}
    result = subprocess.run([sys.executable, "-c", code], check=False, env=environment)
    assert result.returncode == -signal.SIGKILL
    assert state(root) == {**OLD, "spec.json": "new", "generated/a.py": "new, l"}
    write(root, {"other": "changed since"})
    assert recover(root)
    assert state(root) == {**OLD, "other": "changed since"}
    assert not recover(root)


def test_recovery_keeps_later_edits(root: Path, update: tuple[str, str]) -> None:
    git(root, "update-ref", module.PENDING, update[1])
    write(root, {**NEW, "spec.json": "edited by hand"})
    assert recover(root)
    assert state(root) == {**OLD, "spec.json": "edited by hand"}


def test_recovery_before_first_write_changes_nothing(root: Path, update: tuple[str, str]) -> None:
    git(root, "update-ref", module.PENDING, update[1])
    assert recover(root)
    assert state(root) == OLD


def test_repository_without_commits_is_accepted(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    git(tmp_path, "init", "--quiet")
    with worktree(tmp_path) as tree:
        assert state(tree.folder) == OLD
        write(tree.folder, NEW)
        commit = tree.commit(["."])
    apply(tmp_path, tree.base, commit)
    assert state(tmp_path) == {**OLD, **NEW}


def test_tree_without_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="not a git repository"), worktree(tmp_path):
        pass
    assert not recover(tmp_path)


def test_missing_git_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PipelineError, match="git: is not installed"), worktree(root):
        pass
