"""Stable names: what users of the client know keeps its name when the published document renames it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

# Where the names are committed, below the root of a tree.
PATH = Path("pipeline", "drift", "wire", "stable_names.json")


@dataclass
class StableNames:
    """The committed names.

    Attributes:
        operations: operationId and tags by method and path.
        schemas: Our names of schemas by those in the published document.
        events: Events of other kinds of apps, which are left out, each with the reason.
        examples: Examples of other kinds of apps, which are left out, each with the reason.
    """

    operations: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    schemas: dict[str, str] = field(default_factory=dict[str, str])
    events: dict[str, str] = field(default_factory=dict[str, str])
    examples: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def load(cls, path: Path | None = None) -> StableNames:
        """Return the names in a file (default: this project's), or none if it does not exist."""
        path = path or Path(__file__).resolve().parents[3] / PATH
        if not path.is_file():
            return cls()
        read = json.loads(path.read_text(encoding="utf-8"))
        return cls(read["operations"], read["schemas"], read.get("events", {}), read.get("examples", {}))

    def updated(self, other: StableNames) -> StableNames:
        """Return the names with those of `other` added; names of what has been removed are kept."""
        return replace(self, operations=self.operations | other.operations, schemas=self.schemas | other.schemas)

    def text(self) -> str:
        """Return the content of the committed file."""
        return json.dumps(vars(self), indent=2, sort_keys=True) + "\n"
