"""The committed map of names: what our Python users know stays called so when the published document renames it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

MAP = Path("pipeline", "drift", "wire", "stable_names.json")
NAMES = Path(__file__).resolve().parents[3] / MAP


@dataclass
class Names:
    """The committed map: operations by method and path, the successor's schema names with ours, and what is left out.

    `events` and `examples` belong to other kinds of apps; each is named with the reason.
    """

    operations: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    schemas: dict[str, str] = field(default_factory=dict[str, str])
    events: dict[str, str] = field(default_factory=dict[str, str])
    examples: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def load(cls, path: Path = NAMES) -> Names:
        """The map in a file; an empty one where there is none."""
        if not path.is_file():
            return cls()
        read = json.loads(path.read_text(encoding="utf-8"))
        return cls(read["operations"], read["schemas"], read.get("events", {}), read.get("examples", {}))

    def with_those_of(self, other: Names) -> Names:
        """The map with what another one knows, too; what is gone for now keeps its name."""
        return replace(self, operations=self.operations | other.operations, schemas=self.schemas | other.schemas)

    def text(self) -> str:
        """The map as it is committed."""
        return json.dumps(vars(self), indent=2, sort_keys=True) + "\n"
