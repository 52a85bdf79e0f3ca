"""The wire layer: every change of the protocol between two documents."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.drift.rules.finding import Change, Finding
from pipeline.drift.rules.grouping import group
from pipeline.drift.wire import events, operations, prose, unused_schemas
from pipeline.drift.wire.views import DocumentView, Views


def findings(base: Document, revision: Document, places: tuple[str, str] = ("base", "revision")) -> list[Finding]:
    """Return the findings of the wire layer, most severe first. `places` name the documents in errors."""
    if base == revision:
        return []
    views = Views(DocumentView(base, places[0]), DocumentView(revision, places[1]))
    uses = [*operations.changes(views), *events.changes(views)]
    uses += [(change, "") for change in unused_schemas.changes(views.base, views.revision)]
    uses += [
        (Change("documentation-changed", pointer, pointer, {"new": f"`{pointer}`"}), "")
        for pointer in sorted(prose.changed_pointers(base, revision))
    ]
    return group(uses)
