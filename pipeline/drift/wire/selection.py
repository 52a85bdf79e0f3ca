"""Selection: the chatflow part of a document for all kinds of apps, under the names that Python users know."""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from pipeline.document import METHODS, Document, escape, is_list, is_object, operations
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.wire.renaming import match_schemas, rename_schemas, restore_references
from pipeline.drift.wire.stable_names import StableNames
from pipeline.drift.wire.streams import SCHEMAS, bases, streams
from pipeline.drift.wire.unused_schemas import used_schemas
from pipeline.drift.wire.views import DocumentView, components

# Smaller documents are never taken for a part of another one.
MIN_OPERATIONS = 5
# The published document lists the kinds of apps that have an operation in its description.
AVAILABLE = re.compile(r"^\W*available for\b(.*)$", re.IGNORECASE | re.MULTILINE)
# The stream of chatflow apps; the published document describes others, too.
CHAT_STREAM = "ChunkChatEvent"


@dataclass
class Selection:
    """A selected document.

    `operation_ids` lists our operationIds with the published ones, `left_out` counts the operations that are not for
    chatflow apps, and `unlisted` names the operations that we have, although they are not listed for chatflow apps.
    `prefix` is what the paths of the original document begin with.
    """

    document: Document
    names: StableNames
    operation_ids: list[tuple[str, str]]
    left_out: int
    unlisted: list[str]
    prefix: str = ""

    def original(self, pointer: str) -> str:
        """Return a pointer into the selected document as one into the original document."""
        parts = pointer.split("/")
        if parts[1:3] == ["components", "schemas"] and parts[3:]:
            published = {ours: theirs for theirs, ours in self.names.schemas.items()}
            parts[3] = published.get(parts[3], parts[3])
        elif parts[1:2] == ["paths"] and parts[2:]:
            parts[2] = escape(self.prefix) + parts[2]
        return "/".join(parts)


def shape(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def path_prefix(base: Document, revision: Document) -> str:
    """Return what the paths of a revision have before those of the base, such as `/v1`."""
    ours, theirs = ({shape(path) for path in one["paths"]} for one in (base, revision))
    if ours & theirs:
        return ""
    found = Counter(path.removesuffix(known) for path in theirs for known in ours if path.endswith(known))
    return max(found, key=lambda prefix: (found[prefix], -len(prefix)), default="")


def without_prefix(revision: Document, prefix: str) -> Document:
    """Return a document with its paths without a prefix."""
    return {**revision, "paths": {path.removeprefix(prefix): item for path, item in revision["paths"].items()}}


def is_superset(base: Document, revision: Document) -> bool:
    """Return whether a document has the operations of the other one and many more."""
    old, new = ({(method, shape(path)) for method, path, _ in operations(one)} for one in (base, revision))
    common = old & new
    return len(common) * 2 > len(old) > MIN_OPERATIONS and len(new - old) * 2 > len(common)


def is_chatflow(operation: Document) -> bool:
    """Return whether an operation is tagged or listed as one for chatflow apps."""
    labels = [*list_at(operation, "tags"), *list_at(operation, "x-app-types")]
    labels += AVAILABLE.findall(str(operation.get("description", "")))
    return any("chatflow" in str(label).lower() for label in labels)


def is_for_other_apps(operation: Document) -> bool:
    """Return whether an operation lists the kinds of apps that have it, and chatflow apps are not among them."""
    return bool(AVAILABLE.search(str(operation.get("description", "")))) and not is_chatflow(operation)


def select(base: Document, revision: Document, names: StableNames | None = None) -> Selection:
    """Return the chatflow part of `revision`, its operations and schemas named as in `base`."""
    names = names or StableNames.load()
    selection = select_operations(base, revision, names)
    schema_names = match_schemas(base, selection.document, names.schemas)
    selected = rename_schemas(selection.document, schema_names)
    restore_references(base, selected)
    remove_foreign_events(selected, names)
    prune_schemas(selected)
    selected = in_order_of(base, selected)
    operation_names = {
        f"{method.upper()} {path}": {"operationId": one.get("operationId"), "tags": one.get("tags", [])}
        for method, path, one in operations(selected)
    }
    return replace(selection, document=selected, names=replace(names, operations=operation_names, schemas=schema_names))


def select_operations(base: Document, revision: Document, names: StableNames) -> Selection:
    """Return the operations for chatflow apps under our names, with everything else unchanged."""
    known = {(method, shape(path)): operation for method, path, operation in operations(base)}
    entries = {shape(label): entry for label, entry in names.operations.items()}
    selection = Selection(copy.deepcopy({**revision, "paths": {}}), names, [], 0, [])
    for path, item in revision["paths"].items():
        kept: Document = {key: copy.deepcopy(value) for key, value in item.items() if key not in METHODS}
        for method in METHODS:
            operation = item.get(method)
            if not is_object(operation):
                continue
            label = f"{method.upper()} {path}"
            entry = entries.get(shape(label))
            ours = known.get((method, shape(path)))
            if ours is None and entry is None and not is_chatflow(operation):
                selection.left_out += 1
                continue
            kept[method] = under_our_names(operation, entry or {}, ours or {}, selection.operation_ids)
            selection.unlisted += [label] if is_for_other_apps(operation) else []
        if kept.keys() & set(METHODS):
            selection.document["paths"][path] = kept
    return selection


def under_our_names(operation: Document, entry: Document, ours: Document, renamed: list[tuple[str, str]]) -> Document:
    """Return an operation with operationId and tags of the map, or of our own operation; note changes in `renamed`."""
    copied = copy.deepcopy(operation)
    for key in ("operationId", "tags"):
        name = entry.get(key) or ours.get(key)
        if name is not None and name != copied.get(key):
            if key == "operationId":
                renamed.append((str(name), str(copied.get(key))))
            copied[key] = copy.deepcopy(name)
    return copied


def in_order_of(base: Any, selected: Any) -> Any:
    """Return the selected document with its keys in the base's order, new ones last, so that git shows few changes."""
    if is_object(base) and is_object(selected):
        keys = [*(key for key in base if key in selected), *(key for key in selected if key not in base)]
        return {key: in_order_of(base.get(key), selected[key]) for key in keys}
    if is_list(base) and is_list(selected):
        rest = [*base, *[None] * (len(selected) - len(base))]
        return [in_order_of(old, new) for old, new in zip(rest, selected, strict=False)]
    return selected


def remove_foreign_events(document: Document, names: StableNames) -> None:
    """Remove the events and examples of other kinds of apps."""
    removed: set[str] = set()
    schemas = components(document, "schemas")
    for stream in schemas.values():
        discriminator = object_at(stream, "discriminator")
        mapping: Any = discriminator.get("mapping")
        if is_object(mapping):
            removed |= {str(target) for key, target in mapping.items() if key in names.events}
            discriminator["mapping"] = {key: target for key, target in mapping.items() if key not in names.events}
            tag = object_at(object_at(stream, "properties"), str(discriminator.get("propertyName")))
            if is_list(tag.get("enum")):
                tag["enum"] = [value for value in tag["enum"] if value not in names.events]
    for target in removed:
        schemas.pop(target.removeprefix(SCHEMAS), None)
    for method, path, operation in operations(document):
        for status, response in operation.get("responses", {}).items():
            for kind, media_type in response.get("content", {}).items():
                prefix = f"{method.upper()} {path} {status} {kind} "
                for name in [name for name in media_type.get("examples", {}) if prefix + name in names.examples]:
                    del media_type["examples"][name]


def prune_schemas(document: Document) -> None:
    """Remove schemas that no selected operation or chat event uses, streams of other kinds of apps, and unused tags."""
    schemas = components(document, "schemas")
    if CHAT_STREAM in schemas:
        remove_foreign_streams(document)
    used = used_schemas(DocumentView(document, "revision"))
    for name in [name for name in schemas if name not in used]:
        schemas.pop(name)
    tags = {tag for _, _, operation in operations(document) for tag in operation.get("tags", [])}
    if is_list(document.get("tags")):
        document["tags"] = [tag for tag in document["tags"] if tag.get("name") in tags]


def remove_foreign_streams(document: Document) -> None:
    """Remove all streams but that of chatflow apps, with the events built on them."""
    schemas = components(document, "schemas")
    foreign = {name for name in streams(DocumentView(document, "revision")) if name != CHAT_STREAM}
    for name in foreign:
        schemas.pop(name, None)
    chat = streams(DocumentView(document, "revision"))[CHAT_STREAM]
    members = {event.target.removeprefix(SCHEMAS) for event in chat.events.values()}
    for name, schema in list(schemas.items()):
        if name not in members and foreign & {base.removeprefix(SCHEMAS) for base in bases(schema)}:
            schemas.pop(name)
