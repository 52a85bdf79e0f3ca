"""Selection: the chatflow part of a document for all kinds of apps, under the names our Python users know."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.document import METHODS, Document, is_list, is_object, operations
from pipeline.drift.schemas.access import list_at
from pipeline.drift.schemas.comparison import SchemaComparison
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.events import partner
from pipeline.drift.wire.stable_names import Names
from pipeline.drift.wire.streams import SCHEMAS, streams
from pipeline.drift.wire.unused_schemas import reached
from pipeline.drift.wire.views import DocumentView, components

# Smaller documents than this are never taken for a part of another.
FEWEST = 5
# How the successor says in its descriptions which kinds of apps have an operation.
AVAILABLE = re.compile(r"^\W*available for\b(.*)$", re.IGNORECASE | re.MULTILINE)


@dataclass
class Selection:
    """The selected document, what it was called before, and how to find its places in the original."""

    document: Document
    names: Names
    operation_ids: list[tuple[str, str]]
    left_out: int
    unlisted: list[str]

    def original(self, pointer: str) -> str:
        """A pointer into the selected document as one into the document it came from."""
        parts = pointer.split("/")
        if parts[1:3] == ["components", "schemas"] and parts[3:]:
            ours = {new: old for old, new in self.names.schemas.items()}
            parts[3] = ours.get(parts[3], parts[3])
        return "/".join(parts)


def is_superset(base: Document, revision: Document) -> bool:
    """Whether a document has the operations of the other one and many more beside."""
    old = {(method, path) for method, path, _ in operations(base)}
    new = {(method, path) for method, path, _ in operations(revision)}
    both = old & new
    return len(both) * 2 > len(old) > FEWEST and len(new - old) * 2 > len(both)


def is_chatflow(operation: Document) -> bool:
    """Whether an operation we do not have is tagged or listed as one for chatflow apps."""
    labels = [*list_at(operation, "tags"), *list_at(operation, "x-app-types")]
    labels += AVAILABLE.findall(str(operation.get("description", "")))
    return any("chatflow" in str(label).lower() for label in labels)


def is_for_others(operation: Document) -> bool:
    """Whether an operation says which kinds of apps have it, and chatflow apps are not among them."""
    return bool(AVAILABLE.search(str(operation.get("description", "")))) and not is_chatflow(operation)


def select(base: Document, revision: Document, names: Names | None = None) -> Selection:
    """The chatflow part of `revision`, its operations and schemas called as `base` calls them."""
    names = names or Names.load()
    chosen = copy.deepcopy({key: value for key, value in revision.items() if key != "paths"})
    chosen["paths"] = {}
    known = {(method, path): operation for method, path, operation in operations(base)}
    left_out = 0
    renamed: list[tuple[str, str]] = []
    unlisted: list[str] = []
    for path, item in revision["paths"].items():
        kept: Document = {key: copy.deepcopy(value) for key, value in item.items() if key not in METHODS}
        for method in METHODS:
            operation = item.get(method)
            if not is_object(operation):
                continue
            entry = names.operations.get(f"{method.upper()} {path}")
            mine = known.get((method, path))
            if mine is None and entry is None and not is_chatflow(operation):
                left_out += 1
                continue
            kept[method] = named(operation, mine or {}, entry or {}, renamed)
            unlisted += [f"{method.upper()} {path}"] if is_for_others(operation) else []
        if kept.keys() & set(METHODS):
            chosen["paths"][path] = kept
    schemas = stable(base, chosen, names)
    chosen = rename(chosen, schemas)
    fold(base, chosen)
    leave_out(chosen, names)
    prune(chosen)
    chosen = ordered(base, chosen)
    operations_map = {
        f"{method.upper()} {path}": {"operationId": one.get("operationId"), "tags": one.get("tags", [])}
        for method, path, one in operations(chosen)
    }
    return Selection(chosen, replace(names, operations=operations_map, schemas=schemas), renamed, left_out, unlisted)


def ordered(base: Any, chosen: Any) -> Any:
    """The chosen document with its keys in our order, new ones last: fields keep their places, and so do lines."""
    if is_object(base) and is_object(chosen):
        keys = [*(key for key in base if key in chosen), *(key for key in chosen if key not in base)]
        return {key: ordered(base.get(key), chosen[key]) for key in keys}
    if is_list(base) and is_list(chosen):
        rest = [*base, *[None] * (len(chosen) - len(base))]
        return [ordered(old, new) for old, new in zip(rest, chosen, strict=False)]
    return chosen


def named(operation: Document, mine: Document, entry: Document, renamed: list[tuple[str, str]]) -> Document:
    """An operation under our operationId and tags."""
    copied = copy.deepcopy(operation)
    for key in ("operationId", "tags"):
        ours = entry.get(key) or mine.get(key)
        if ours is not None and ours != copied.get(key):
            if key == "operationId":
                renamed.append((str(ours), str(copied.get(key))))
            copied[key] = copy.deepcopy(ours)
    return copied


def stable(base: Document, chosen: Document, names: Names) -> dict[str, str]:
    """Our names for schemas that are called otherwise: from the committed map, then by where they are used."""
    have, ours = components(chosen, "schemas"), components(base, "schemas")
    found = {new: old for new, old in names.schemas.items() if new in have}
    taken = set(found.values()) | {name for name in have if name in ours and name not in found}
    for new, old in pairs(base, chosen):
        free = new in have and new not in ours and new not in found
        if free and old in ours and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def pairs(base: Document, chosen: Document) -> Iterator[tuple[str, str]]:
    """Names of schemas that stand in the same place of both documents: new, old."""
    left, right = DocumentView(base, "base"), DocumentView(chosen, "revision")
    old, new = streams(left), streams(right)
    for name, other in partner(old, new).items():
        yield other, name
        for event, mine in old[name].events.items():
            theirs = new[other].events.get(event)
            if theirs:
                yield theirs.target.removeprefix(SCHEMAS), mine.target.removeprefix(SCHEMAS)
    known = {(method, path): operation for method, path, operation in operations(base)}
    seen: set[tuple[str, str]] = set()
    for method, path, operation in operations(chosen):
        if (method, path) in known:
            yield from beside(left, right, known[method, path], operation, seen)
    for name in components(base, "schemas").keys() & components(chosen, "schemas").keys():
        yield from beside(left, right, base["components"]["schemas"][name], chosen["components"]["schemas"][name], seen)


def beside(
    left: DocumentView, right: DocumentView, old: Any, new: Any, seen: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """References at the same place, and what stands at the same place behind them."""
    if is_object(old) and is_object(new):
        mine, theirs = old.get("$ref"), new.get("$ref")
        if isinstance(mine, str) and isinstance(theirs, str):
            names = (theirs.removeprefix(SCHEMAS), mine.removeprefix(SCHEMAS))
            if names in seen or not (mine.startswith(SCHEMAS) and theirs.startswith(SCHEMAS)):
                return
            seen.add(names)
            yield names
            schemas = (
                components(left.document, "schemas").get(names[1]),
                components(right.document, "schemas").get(names[0]),
            )
            yield from beside(left, right, *schemas, seen)
            return
        for key in old.keys() & new.keys():
            yield from beside(left, right, old[key], new[key], seen)
    elif is_list(old) and is_list(new):
        for one, other in zip(old, new, strict=False):
            yield from beside(left, right, one, other, seen)


def fold(base: Document, chosen: Document) -> None:
    """Put references where we have them and the successor wrote the same schema out, for corrections aim at ours."""
    left, right = DocumentView(base, "base"), DocumentView(chosen, "revision")
    comparison = SchemaComparison(left.reader, right.reader)
    known = {(method, path): operation for method, path, operation in operations(base)}
    places = [(known[method, path], one) for method, path, one in operations(chosen) if (method, path) in known]
    mine, theirs = components(base, "schemas"), components(chosen, "schemas")
    places += [(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]
    for old, new in places:
        for holder, key, reference in written_out(old, new):
            name = reference.removeprefix(SCHEMAS)
            written = SchemaRef(holder[key], f"/inline/{name}/{id(holder)}")
            if name in mine and comparison.is_equal(
                SchemaRef({"$ref": reference}, ""), written, Position("response-body", "")
            ):
                theirs.setdefault(name, holder[key])
                holder[key] = {"$ref": reference}


def leave_out(node: Any, names: Names) -> None:
    """Take out the events and examples of other kinds of apps."""
    gone: set[str] = set()
    schemas = components(node, "schemas")
    for stream in schemas.values():
        tag: Any = stream.get("discriminator") if is_object(stream) else None
        if is_object(tag) and is_object(tag.get("mapping")):
            gone |= {str(target) for key, target in tag["mapping"].items() if key in names.events}
            tag["mapping"] = {key: target for key, target in tag["mapping"].items() if key not in names.events}
            listed = stream.get("properties", {}).get(tag.get("propertyName"), {})
            if is_list(listed.get("enum")):
                listed["enum"] = [value for value in listed["enum"] if value not in names.events]
    for target in gone:
        schemas.pop(target.removeprefix(SCHEMAS), None)
    for method, path, operation in operations(node):
        for status, response in operation.get("responses", {}).items():
            for kind, medium in response.get("content", {}).items():
                place = f"{method.upper()} {path} {status} {kind} "
                for name in [name for name in medium.get("examples", {}) if place + name in names.examples]:
                    del medium["examples"][name]


def written_out(old: Any, new: Any) -> Iterator[tuple[Any, Any, str]]:
    """Places where one document has a reference to a schema and the other one an object."""
    if is_object(old) and is_object(new) and "$ref" not in new:
        keys: Any = old.keys() & new.keys()
    elif is_list(old) and is_list(new):
        keys = range(min(len(old), len(new)))
    else:
        return
    for key in keys:
        reference = old[key].get("$ref") if is_object(old[key]) else None
        inline = is_object(new[key]) and "$ref" not in new[key]
        if isinstance(reference, str) and reference.startswith(SCHEMAS) and inline:
            yield new, key, reference
        else:
            yield from written_out(old[key], new[key])


def rename(node: Any, names: dict[str, str]) -> Any:
    """A document with other names for some schemas, in definitions, references and mappings."""
    references = {SCHEMAS + new: SCHEMAS + old for new, old in names.items()}
    schemas = components(node, "schemas")
    renamed = replaced(node, references)
    if schemas:
        renamed["components"]["schemas"] = {
            names.get(name, name): replaced(one, references) for name, one in schemas.items()
        }
    return renamed


def replaced(node: Any, references: dict[str, str]) -> Any:
    """A copy with other references."""
    if is_object(node):
        return {key: replaced(value, references) for key, value in node.items()}
    if is_list(node):
        return [replaced(item, references) for item in node]
    return references.get(node, node) if isinstance(node, str) else node


def prune(document: Document) -> None:
    """Drop schemas that no chosen operation or chat event reaches, and streams of other kinds of apps."""
    side = DocumentView(document, "revision")
    schemas = components(document, "schemas")
    used = {name for name in streams(side) if name != "ChunkChatEvent"}
    if "ChunkChatEvent" in schemas:
        for name in used:
            schemas.pop(name, None)
        members = {
            event.target.removeprefix(SCHEMAS)
            for event in streams(DocumentView(document, "revision"))["ChunkChatEvent"].events.values()
        }
        foreign = [name for name, one in schemas.items() if name not in members and built_on(one, used)]
        for name in foreign:
            schemas.pop(name)
    keep = reached(DocumentView(document, "revision"))
    for name in [name for name in schemas if name not in keep]:
        schemas.pop(name)
    tags = {tag for _, _, operation in operations(document) for tag in operation.get("tags", [])}
    if is_list(document.get("tags")):
        document["tags"] = [tag for tag in document["tags"] if tag.get("name") in tags]


def built_on(schema: Any, names: set[str]) -> bool:
    """Whether a schema is an allOf with one of some schemas."""
    parts: Any = schema.get("allOf") if is_object(schema) else None
    return is_list(parts) and any(
        is_object(part) and str(part.get("$ref", "")).removeprefix(SCHEMAS) in names for part in parts
    )
