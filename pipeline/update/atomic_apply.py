"""Taking back: the files made in a copy of the tree are put in their places all together or not at all."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import PipelineError

FOLDER = ".updating"
MANIFEST = "files.json"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "pthread_sigmask") else ()


def take_back(root: Path, copy: Path, changed: Iterable[str]) -> None:
    """Put the changed files in their places; when one of them fails, all are as before.

    What a killed process leaves half done is undone by `recover` at the next command: the list of files is written
    when the old and the new ones lie side by side in the tree, and goes when all are in their places.
    """
    names = list(changed)
    folder = root / FOLDER
    try:
        recover(root)
        prepare(root, copy, names)
        with undisturbed():
            write(folder / MANIFEST, json.dumps(names))
            try:
                for name in names:
                    put(folder / "new" / name, root / name)
            except OSError:
                recover(root)
                raise
            (folder / MANIFEST).unlink()
    except OSError as error:
        raise PipelineError(root, f"cannot be written ({error.strerror}); everything is as before") from None
    finally:
        if not (folder / MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)


def recover(root: Path) -> bool:
    """Undo what an update that was killed has done so far; whether there was one.

    A file that was changed since then stays as it is now.
    """
    folder = root / FOLDER
    manifest = folder / MANIFEST
    undone = manifest.is_file()
    if undone:
        for name in json.loads(manifest.read_text(encoding="utf-8")):
            if content(root / name) == content(folder / "new" / name):
                put(folder / "old" / name, root / name)
        manifest.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    return undone


def prepare(root: Path, copy: Path, names: list[str]) -> None:
    """The old and the new files side by side, on the file system they belong to."""
    for name in names:
        for source, part in ((root, "old"), (copy, "new")):
            if (source / name).is_file():
                kept = root / FOLDER / part / name
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / name, kept)


def put(source: Path, target: Path) -> None:
    """Make `target` what `source` is, in one step; remove it where there is no source."""
    if not source.is_file():
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = source.with_name(f"{source.name}.put")
    shutil.copy2(source, temporary)
    temporary.replace(target)


def write(path: Path, text: str) -> None:
    """Write a file in one step."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def content(path: Path) -> bytes | None:
    """What is in a file; None where there is none."""
    return path.read_bytes() if path.is_file() else None


@contextmanager
def undisturbed() -> Generator[None]:
    """Signals that end the process wait until the block is through."""
    if not ENDING:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
