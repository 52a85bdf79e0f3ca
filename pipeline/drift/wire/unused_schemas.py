"""Schemas that neither an operation nor an event reaches: only the generated classes know them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Document, escape
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.streams import SCHEMAS, reach, streams
from pipeline.drift.wire.views import DocumentView, components


def reached(side: DocumentView) -> set[str]:
    """The names of the schemas that operations and events use, directly or through others."""
    kinds: Document = side.document.get("components") or {}
    others = {kind: one for kind, one in kinds.items() if kind != "schemas"}
    events = [
        {"$ref": reference}
        for stream in streams(side).values()
        for reference in (SCHEMAS + escape(stream.name), *(event.target for event in stream.events.values()))
    ]
    return reach(side, side.document["paths"], others, events)


def changes(base: DocumentView, revision: DocumentView) -> Iterator[Change]:
    """Unused schemas that came, went and changed."""
    old, new = components(base.document, "schemas"), components(revision.document, "schemas")
    used, still = reached(base), reached(revision)
    for name in old.keys() | new.keys():
        pointer = f"/components/schemas/{escape(name)}"
        if name not in new and name not in used:
            yield Change("api-schema-removed", pointer, None, {"old": code(name)})
        elif name not in old and name not in still:
            yield Change("api-schema-added", None, pointer, {"new": code(name)})
        elif name in old and name in new and not {name} & (used | still) and old[name] != new[name]:
            yield Change("api-schema-changed", pointer, pointer, {"name": code(name)})
