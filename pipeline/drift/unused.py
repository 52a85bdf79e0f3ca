"""Schemas that neither an operation nor an event reaches: only the generated classes know them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Document, escape, references
from pipeline.drift.compare.wording import code
from pipeline.drift.events import SCHEMAS, streams
from pipeline.drift.findings import Change
from pipeline.drift.wire import Side, components


def reached(side: Side) -> set[str]:
    """The names of the schemas that operations and events use, directly or through others."""
    schemas = components(side.document, "schemas")
    uses = {name: {reference for _, reference in references(schema)} for name, schema in schemas.items()}
    others: Document = {key: value for key, value in side.document.get("components", {}).items() if key != "schemas"}
    roots = {reference for _, reference in references([side.document["paths"], others])}
    for stream in streams(side).values():
        roots |= {SCHEMAS + stream.name, *(event.target for event in stream.events.values())}
    waiting = [reference.removeprefix(SCHEMAS) for reference in roots if reference.startswith(SCHEMAS)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop().split("/", 1)[0].replace("~1", "/").replace("~0", "~")
        if name not in found:
            found.add(name)
            waiting += [one.removeprefix(SCHEMAS) for one in uses.get(name, ()) if one.startswith(SCHEMAS)]
    return found


def changes(base: Side, revision: Side) -> Iterator[Change]:
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
