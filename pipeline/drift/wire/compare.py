"""The wire layer: every change of the protocol between two documents."""

from __future__ import annotations

from pipeline.document import Document, decode_references
from pipeline.drift.rules.finding import Change, Finding
from pipeline.drift.rules.grouping import group
from pipeline.drift.schemas.access import is_same
from pipeline.drift.schemas.normal import PLAIN
from pipeline.drift.wire import events, operations, prose, unused_schemas
from pipeline.drift.wire.published import Published
from pipeline.drift.wire.views import DocumentView, Views


def findings(
    base: Document,
    revision: Document,
    places: tuple[str, str] = ("base", "revision"),
    published: Published | None = None,
) -> list[Finding]:
    """Return the findings of the wire layer, most severe first.

    Args:
        base: The old document.
        revision: The new document.
        places: The documents' names in errors.
        published: The published revision that was vendored, whose texts need no finding.
    """
    if is_same(base, revision):
        return []
    base, revision = decode_references(base), decode_references(revision)
    views = Views(DocumentView(base, places[0]), DocumentView(revision, places[1]))
    uses = [*operations.changes(views), *events.changes(views)]
    if base.get("webhooks") != revision.get("webhooks"):
        uses.append((Change("api-webhooks-changed", "/webhooks", "/webhooks"), ""))
    uses += [(change, "") for change in unused_schemas.changes(views.base, views.revision)]
    judged = {change.pointer for change, _ in uses}
    uses += [
        (Change("documentation-changed", text.pointer, text.pointer, {"new": f"`{text.pointer}`"}), "")
        for text in sorted(prose.changed(base, revision), key=lambda text: text.pointer)
        if not (published and published.has(text.place, text.value))
        # The rules judge sunset dates and the like, unless they make no difference.
        if not (text.pointer.rpartition("/")[2] in PLAIN and text.pointer.rpartition("/")[0] in judged)
    ]
    return group(uses)
