"""A downloaded file, which is complete or absent."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copymode
from uuid import uuid4


class Download:
    """A file that replaces the target when it is complete, and is deleted when it is not."""

    def __init__(self, to: str | os.PathLike[str]) -> None:
        self.path = Path(to)
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path} is a directory; pass the name of a file")
        self._temporary = self.path.with_name(f".{uuid4().hex}.part")
        # Not created by tempfile, whose files only their owner may read.
        self._file = self._temporary.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        self._file.write(chunk)

    def __enter__(self) -> Download:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._file.close()
            if kind is None:
                if self.path.exists():
                    copymode(self.path, self._temporary)
                self._temporary.replace(self.path)
        finally:
            self._temporary.unlink(missing_ok=True)
