"""The published revision that was vendored, as hashes of its texts and names, so that reports show only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.document import Document
from pipeline.drift.wire import prose
from pipeline.drift.wire.selection import Selection

# Where the hashes are committed, below the root of a tree.
PATH = Path("pipeline", "drift", "wire", "published.json")
LENGTH = 8
Fact = tuple[str, Any]


@dataclass
class Published:
    """Hashes of the facts of a revision by the hashes of their places; `known` counts the facts that were found."""

    facts: dict[str, str] = field(default_factory=dict[str, str])
    known: int = 0

    @classmethod
    def load(cls, path: Path) -> Published:
        """Return the committed hashes, or none where there is no file."""
        return cls(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else cls()

    @classmethod
    def of(cls, document: Document, selection: Selection | None) -> Published:
        """Return the hashes of a published document, given how its chatflow part was selected."""
        facts = [*((text.place, text.value) for text in prose.texts(document)), *names(selection)]
        return cls({digest(place): digest(value) for place, value in facts})

    def has(self, place: str, value: Any) -> bool:
        """Return whether the revision has a value at a place, and count it; None is an absent value."""
        if not self.facts:
            return False
        is_known = self.facts.get(digest(place)) == (None if value is None else digest(value))
        self.known += is_known
        return is_known

    def text(self) -> str:
        """Return the content of the committed file."""
        return json.dumps(self.facts, indent=0, sort_keys=True) + "\n"


def names(selection: Selection | None) -> Iterable[Fact]:
    """Return what a selection renamed, and the operations that are not listed for chatflow apps."""
    if selection is None:
        return []
    return [
        *((f"operationId {ours}", theirs) for ours, theirs in selection.operation_ids),
        *((f"schema {ours}", theirs) for theirs, ours in selection.names.schemas.items()),
        *((f"unlisted {label}", True) for label in selection.unlisted),
    ]


def digest(value: Any) -> str:
    """Return a short hash of a JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:LENGTH]
