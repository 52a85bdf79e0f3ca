"""The findings of the wire layer: operations, events, unused schemas and prose together."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.drift.rules.finding import Change, Finding
from pipeline.drift.rules.grouping import group
from pipeline.drift.wire import events, operations, prose, unused_schemas
from pipeline.drift.wire.views import DocumentView, Views


def findings(base: Document, revision: Document, places: tuple[str, str] = ("base", "revision")) -> list[Finding]:
    """What changes in the protocol from one document to the other, gravest first."""
    if base == revision:
        return []
    sides = Views(DocumentView(base, places[0]), DocumentView(revision, places[1]))
    seen = [*operations.changes(sides), *events.changes(sides)]
    seen += [(change, "") for change in unused_schemas.changes(sides.base, sides.revision)]
    seen += [
        (Change("documentation-changed", pointer, pointer, {"new": f"`{pointer}`"}), "")
        for pointer in sorted(prose.changes(base, revision))
    ]
    return group(seen)
