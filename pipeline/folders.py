"""Folders of generated files: made next to the old ones, swapped in one step, and compared."""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import PipelineError

# Constants of renameat2(2): the working directory, and the exchange of two names.
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def temporary_folder(parent: Path) -> Generator[Path]:
    """Yield a folder in `parent`, which is made if missing; renaming out of it is atomic."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".generating-", dir=parent))
    except OSError as error:
        raise PipelineError(parent, f"cannot be written ({error.strerror}); give another folder") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(made: Path, target: Path) -> None:
    """Replace the folder `target` by `made`, in one atomic step where the system can do that."""
    if not target.exists():
        made.rename(target)
    elif not exchange(made, target):
        old = made.with_name("replaced")
        target.rename(old)
        try:
            made.rename(target)
        except OSError:
            old.rename(target)
            raise


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names and return True, where the system can: on Linux, but not on all file systems."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    return rename is not None and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def differences(made: Path, kept: Path) -> Iterator[str]:
    """Yield the names of the files that are not identical in both folders."""
    names = {path.relative_to(root) for root in (made, kept) for path in root.rglob("*") if is_source(path)}
    for name in names:
        left, right = made / name, kept / name
        if not (left.is_file() and right.is_file() and filecmp.cmp(left, right, shallow=False)):
            yield str(name)


def is_source(path: Path) -> bool:
    """Return True for a file of the package, False for a by-product of running it."""
    return path.is_file() and "__pycache__" not in path.parts


def folder_of(package: str) -> Path:
    """Return the folder of an installed package without importing it, which can be slow."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise PipelineError(package, "is not installed; run make, which installs what the pipeline needs")
    return Path(found.submodule_search_locations[0])
