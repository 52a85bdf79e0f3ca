"""The project's git repository: a temporary worktree to make an update in, and its changes applied to the tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError

# Set while an update is applied; refs below refs/worktree are not shared between linked worktrees.
PENDING = "refs/worktree/update"
IDENTITY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "pipeline update"), ("EMAIL", "update@localhost"))
}


@dataclass(frozen=True)
class Worktree:
    """A temporary checkout of a tree, uncommitted changes included.

    Attributes:
        root: The tree the update is for.
        folder: The checkout, in which everything may be changed.
        base: The commit that holds the state of `root`.
    """

    root: Path
    folder: Path
    base: str

    def commit(self, paths: Iterable[str]) -> str:
        """Commit the changes of some paths and return the commit."""
        git(self.folder, "add", "--all", "--", *(path for path in paths if (self.folder / path).exists()))
        tree = git(self.folder, "write-tree")
        return git(self.folder, "commit-tree", tree, "-p", self.base, "-m", "Update")

    def changed(self, commit: str) -> list[str]:
        """Return the files that differ between the base and a commit."""
        return changed_files(self.root, self.base, commit)


def require_repository(root: Path) -> None:
    """Raise PipelineError unless `root` is the top folder of a git repository."""
    if not (root / ".git").exists():
        problem = "is not a git repository, which an update needs; clone the project, or run git init there"
        raise PipelineError(root, problem)


@contextmanager
def worktree(root: Path) -> Generator[Worktree]:
    """Check out the state of `root` into a temporary folder, which is removed at the end."""
    require_repository(root)
    # Forget the worktrees of updates that were killed.
    git(root, "worktree", "prune")
    with tempfile.TemporaryDirectory(prefix="pipeline-update-") as temporary:
        folder = Path(temporary) / "tree"
        base = snapshot(root, Path(temporary) / "index")
        git(root, "worktree", "add", "--quiet", "--detach", str(folder), base)
        try:
            yield Worktree(root, folder, base)
        finally:
            git(root, "worktree", "remove", "--force", str(folder))


def snapshot(root: Path, index: Path) -> str:
    """Commit the files of `root` as they are and return the commit; neither its branch nor its index changes."""
    environment = {"GIT_INDEX_FILE": str(index)}
    git(root, "add", "--all", environment=environment)
    return git(root, "commit-tree", git(root, "write-tree", environment=environment), "-m", "Before the update")


def apply(root: Path, base: str, commit: str) -> None:
    """Apply the difference between two commits to the files of `root`, completely or not at all.

    A process that is killed meanwhile leaves `PENDING` behind, by which `recover` undoes the rest at the next command.
    """
    patch = git_bytes(root, "diff-tree", "-p", "--binary", "--full-index", base, commit)
    git(root, "update-ref", PENDING, commit)
    try:
        git_bytes(root, "apply", "--whitespace=nowarn", "-", data=patch)
    except BaseException:
        recover(root)
        raise
    git(root, "update-ref", "-d", PENDING)


def recover(root: Path) -> bool:
    """Undo an update that was interrupted while it was applied; return whether there was one.

    Files that were edited since then stay as they are.
    """
    if not (root / ".git").exists():
        return False
    try:
        commit = git(root, "rev-parse", "--quiet", "--verify", PENDING)
    except PipelineError:
        return False
    for name in changed_files(root, f"{commit}^", commit):
        old, new = content(root, f"{commit}^", name), content(root, commit, name)
        path = root / name
        now = path.read_bytes() if path.is_file() else None
        # git writes a file in place: it may be missing, or hold only the beginning of its new content.
        if now != old and (now is None or (new is not None and new.startswith(now))):
            restore(path, old)
    git(root, "update-ref", "-d", PENDING)
    return True


def changed_files(root: Path, old: str, new: str) -> list[str]:
    """Return the names of the files that differ between two commits."""
    names = git_bytes(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    return [os.fsdecode(name) for name in names.split(b"\0") if name]


def content(root: Path, commit: str, name: str) -> bytes | None:
    """Return the content of a file in a commit, or None where the commit does not have it."""
    if not git_bytes(root, "ls-tree", commit, "--", name):
        return None
    return git_bytes(root, "cat-file", "blob", f"{commit}:{name}")


def restore(path: Path, data: bytes | None) -> None:
    """Write a file in one step, or remove it where `data` is None."""
    if data is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.restoring")
    temporary.write_bytes(data)
    temporary.replace(path)


def git(root: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run git in a folder and return what it prints, without the line break."""
    return os.fsdecode(git_bytes(root, *arguments, environment=environment)).strip()


def git_bytes(
    root: Path, *arguments: str, data: bytes | None = None, environment: dict[str, str] | None = None
) -> bytes:
    """Run git in a folder, without hooks, and return its output; raise PipelineError when it fails."""
    command = ["git", "-c", f"core.hooksPath={os.devnull}", "-C", str(root), *arguments]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        # In a separate session, an interrupt at the terminal does not reach git in the middle of a write.
        result = subprocess.run(
            command,
            input=data,
            capture_output=True,
            check=False,
            env={**inherited, **IDENTITY, **(environment or {})},
            start_new_session=True,
        )
    except FileNotFoundError:
        raise PipelineError("git", "is not installed; install it with the system's package manager") from None
    if result.returncode:
        complaint = result.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise PipelineError(root, f"git {arguments[0]} failed: {complaint[0]}; nothing was changed")
    return result.stdout
