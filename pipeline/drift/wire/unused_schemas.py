"""Changes of unused schemas, which neither an operation nor an event reaches: only generated classes show them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import escape
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.streams import SCHEMAS, reachable, streams
from pipeline.drift.wire.views import DocumentView, components


def used_schemas(view: DocumentView) -> set[str]:
    """Return the names of the schemas that operations and events use, directly or through others."""
    others = {kind: one for kind, one in object_at(view.document, "components").items() if kind != "schemas"}
    events = [
        {"$ref": reference}
        for stream in streams(view).values()
        for reference in (SCHEMAS + escape(stream.name), *(event.target for event in stream.events.values()))
    ]
    return reachable(view, view.document["paths"], others, events)


def changes(base: DocumentView, revision: DocumentView) -> Iterator[Change]:
    """Yield the unused schemas that were added, removed or changed."""
    old, new = components(base.document, "schemas"), components(revision.document, "schemas")
    used_before, used_after = used_schemas(base), used_schemas(revision)
    used = used_before | used_after
    for name in old.keys() | new.keys():
        pointer = f"/components/schemas/{escape(name)}"
        if name not in new:
            if name not in used_before:
                yield Change("api-schema-removed", pointer, None, {"old": code(name)})
        elif name not in old:
            if name not in used_after:
                yield Change("api-schema-added", None, pointer, {"new": code(name)})
        elif name not in used and old[name] != new[name]:
            yield Change("api-schema-changed", pointer, pointer, {"new": code(name)})
