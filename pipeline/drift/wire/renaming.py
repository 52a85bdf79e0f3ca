"""Schema names: which schemas of two documents are the same, and how to rename them in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, is_list, is_object, operations, with_references
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.events import match_streams
from pipeline.drift.wire.streams import SCHEMAS, streams
from pipeline.drift.wire.views import DocumentView, Views, components


def match_schemas(base: Document, revision: Document, known: dict[str, str]) -> dict[str, str]:
    """Return the base's names for schemas that the revision names differently, by the revision's names.

    A name comes from `known`, or from the base's schema at the same place.
    """
    theirs, ours = components(revision, "schemas"), components(base, "schemas")
    found = {new: old for new, old in known.items() if new in theirs}
    taken = set(found.values()) | {name for name in theirs if name in ours and name not in found}
    for new, old in names_at_same_places(base, revision):
        is_unnamed = new in theirs and new not in ours and new not in found
        if is_unnamed and old in ours and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def names_at_same_places(base: Document, revision: Document) -> Iterator[tuple[str, str]]:
    """Yield the names of schemas at the same places of both documents: the revision's, the base's."""
    old_streams, new_streams = streams(DocumentView(base, "base")), streams(DocumentView(revision, "revision"))
    for old_name, new_name in match_streams(old_streams, new_streams).items():
        yield new_name, old_name
        for name, event in old_streams[old_name].events.items():
            other = new_streams[new_name].events.get(name)
            if other:
                yield other.target.removeprefix(SCHEMAS), event.target.removeprefix(SCHEMAS)
    waiting = list(common_parts(base, revision))[::-1]
    seen: set[tuple[str, str]] = set()
    while waiting:
        old, new = waiting.pop()
        for mine, theirs in references_at_same_places(old, new):
            names = (theirs.removeprefix(SCHEMAS), mine.removeprefix(SCHEMAS))
            if names not in seen and mine.startswith(SCHEMAS) and theirs.startswith(SCHEMAS):
                seen.add(names)
                yield names
                waiting.append(
                    (components(base, "schemas").get(names[1]), components(revision, "schemas").get(names[0]))
                )


def references_at_same_places(old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """Yield the references that both versions have at the same place."""
    if is_object(old) and is_object(new):
        mine, theirs = old.get("$ref"), new.get("$ref")
        if isinstance(mine, str) and isinstance(theirs, str):
            yield mine, theirs
            return
        for key in [key for key in old if key in new]:
            yield from references_at_same_places(old[key], new[key])
    elif is_list(old) and is_list(new):
        for one, other in zip(old, new, strict=False):
            yield from references_at_same_places(one, other)


def common_parts(base: Document, revision: Document) -> Iterator[tuple[Any, Any]]:
    """Yield the operations and schemas that both documents have under the same names."""
    known = {(method, path): operation for method, path, operation in operations(base)}
    for method, path, operation in operations(revision):
        if (method, path) in known:
            yield known[method, path], operation
    old, new = components(base, "schemas"), components(revision, "schemas")
    yield from ((old[name], new[name]) for name in old if name in new)


def restore_references(base: Document, revision: Document) -> None:
    """Replace schemas written out in the revision by references where the base has them, as corrections expect."""
    views = Views(DocumentView(base, "base"), DocumentView(revision, "revision"))
    ours, theirs = components(base, "schemas"), components(revision, "schemas")
    for old, new in list(common_parts(base, revision)):
        for holder, key, reference in inlined(old, new):
            name = reference.removeprefix(SCHEMAS)
            # The pointer is only a key for the comparison, which must differ for every place.
            inline = SchemaRef(holder[key], f"/inline/{name}/{id(holder)}")
            ref = SchemaRef({"$ref": reference}, "")
            if name in ours and views.schemas.is_equal(ref, inline, Position("response-body", "")):
                theirs.setdefault(name, holder[key])
                holder[key] = {"$ref": reference}


def inlined(old: Any, new: Any) -> Iterator[tuple[Any, Any, str]]:
    """Yield the places where the old version has a reference to a schema and the new one an object."""
    if is_object(old) and is_object(new) and "$ref" not in new:
        keys: Any = [key for key in old if key in new]
    elif is_list(old) and is_list(new):
        keys = range(min(len(old), len(new)))
    else:
        return
    for key in keys:
        reference = old[key].get("$ref") if is_object(old[key]) else None
        is_inline = is_object(new[key]) and "$ref" not in new[key]
        if isinstance(reference, str) and reference.startswith(SCHEMAS) and is_inline:
            yield new, key, reference
        else:
            yield from inlined(old[key], new[key])


def rename_schemas(document: Document, names: dict[str, str]) -> Document:
    """Return the document with other names for some schemas, in definitions, references and mappings."""
    references = {SCHEMAS + new: SCHEMAS + old for new, old in names.items()}
    renamed: Document = with_references(document, references)
    schemas = components(renamed, "schemas")
    if schemas:
        renamed["components"]["schemas"] = {names.get(name, name): one for name, one in schemas.items()}
    return renamed
