"""The files of an answer, each listed once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dify_chatflow._streaming.coerce import items, mapping


class FileList:
    """The files of an answer; `files` is what the reply shows."""

    def __init__(self) -> None:
        self.files: list[dict[str, Any]] = []
        self._keys: set[str] = set()

    def add(self, files: object) -> None:
        """Add the files that are new; their signed URLs differ each time."""
        if value := mapping(files):  # an expired form gives an array's type with it (1.16.1, recording 651)
            files = value.get("value")
        for file in map(mapping, items(files)):
            if file and (key := file_key(file)) not in self._keys:
                self._keys.add(key)
                self.files.append(file)


def file_key(file: Mapping[str, Any]) -> str:
    """Return the key that identifies a file."""
    keys = ("related_id", "id", "reference", "url", "remote_url")
    return next((f"{file[key]}" for key in keys if file.get(key)), repr(file))
