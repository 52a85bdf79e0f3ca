"""Excerpts of two documents with all that can make a difference between the packages generated from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, operations, targets
from pipeline.drift.python.pair import SurfacePair
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.wire.prose import NAMED, PROSE, VALUES
from pipeline.drift.wire.streams import SCHEMAS, bases

# Prose that ends up in docstrings only, unlike titles, which name classes.
DOCSTRINGS = PROSE - {"title"}
# Keywords of schemas that are more than a class with fields.
OTHER_SCHEMAS = {"oneOf", "anyOf", "enum", "const", "discriminator", "$ref"}
# What the generator adds to the name of an operation for the types of its bodies.
BODIES = ("body", "jsonbody", "databody", "filesbody")
# The share of a document from which on it is generated completely: an excerpt of it can rarely be used again.
LARGEST = 0.5
# The components and path items of a document, by the references to them.
Units = dict[str, Any]


@dataclass(frozen=True)
class Excerpt:
    """The parts of two documents that changed, with what refers to them and what they refer to.

    Classes that only unchanged parts refer to have no fields.

    Attributes:
        documents: The excerpts of the old and the new document.
        left_out: Names that the generator may give to what was left out.
        is_small: Whether they leave out enough to be generated faster than the documents.
    """

    documents: tuple[Document, Document]
    left_out: frozenset[str]
    is_small: bool

    @classmethod
    def of(cls, old: Document, new: Document, largest: float = LARGEST) -> Excerpt:
        """Return the excerpts of two corrected documents, or the documents if more than that share is in an excerpt."""
        both = units(old), units(new)
        complete = needed(*both)
        if len(complete) > largest * max(map(len, both)):
            return cls((old, new), frozenset(), is_small=False)
        # The schemas that the complete parts refer to, without fields.
        edge = {
            reference
            for listed in both
            for name in complete & listed.keys()
            for reference in leads_to(listed[name])
            if reference not in complete
        }
        names = {
            name
            for listed in both
            for key, unit in listed.items()
            if key not in complete
            for name in generated_names(key, unit, is_empty=key in edge)
        }
        excerpts = excerpt(old, complete, edge), excerpt(new, complete, edge)
        return cls(excerpts, frozenset(names), is_small=True)

    def collides(self, pair: SurfacePair, overrides: dict[str, str]) -> bool:
        """Return whether a name in one of the packages may also be given to something that was left out.

        The same holds if something that was left out may still use a class that seems to be replaced.
        """
        if any(name in pair.new.classes or name in pair.new.aliases for name in pair.replaced):
            return True
        renamed = {plain(name): plain(given) for name, given in overrides.items()}
        left_out = {renamed.get(name, name) for name in self.left_out} | self.left_out
        made = {
            plain(name)
            for surface in (pair.old, pair.new)
            for name in (*surface.classes, *surface.aliases, *(one.module for one in surface.functions.values()))
        }
        return not made.isdisjoint(left_out)


def units(document: Document) -> Units:
    """Return the components and path items of a document."""
    found: Units = {f"#/paths/{escape(path)}": item for path, item in document["paths"].items()}
    for kind, named in object_at(document, "components").items():
        for name, one in (named if is_object(named) else {}).items():
            found[f"#/components/{kind}/{escape(name)}"] = one
    return found


def needed(old: Units, new: Units) -> set[str]:
    """Return the references to the units that changed, those they lead to, and those that lead to them."""
    changed = {key for key in old.keys() | new.keys() if written(old.get(key)) != written(new.get(key))}
    uses: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {}
    inherited: dict[str, set[str]] = {}
    for key, unit in (*old.items(), *new.items()):
        for reference in leads_to(unit):
            uses.setdefault(key, set()).add(reference)
            users.setdefault(reference, set()).add(key)
        inherited.setdefault(key, set()).update(map(str, bases(unit)))
    touched = closure(changed, users)
    # The fields of a class with a base are those of the base, too, and other schemas are not classes.
    complete = changed | {base for key in touched for base in inherited.get(key, ())}
    complete |= {
        reference
        for key in touched
        for reference in uses.get(key, ())
        if not (is_class(old.get(reference, new.get(reference))) and reference.startswith(SCHEMAS))
    }
    return touched | closure(complete, uses)


def closure(start: Iterable[str], edges: dict[str, set[str]]) -> set[str]:
    """Return all that can be reached along edges."""
    found = set(start)
    waiting = list(found)
    while waiting:
        fresh = edges.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


def leads_to(unit: Any) -> set[str]:
    """Return the references of a unit to others, those of discriminators included."""
    mapped = {str(one) for one in mappings(unit)}
    found = targets(unit) | {one if one.startswith("#") else SCHEMAS + one for one in mapped}
    # A reference below a component is one to the component.
    return {"/".join(one.split("/")[: 3 if one.startswith("#/paths/") else 4]) for one in found}


def mappings(node: Any) -> Iterator[Any]:
    """Yield the targets of all discriminators in a unit."""
    if is_object(node):
        yield from object_at(object_at(node, "discriminator"), "mapping").values()
        for value in node.values():
            yield from mappings(value)
    elif is_list(node):
        for item in node:
            yield from mappings(item)


def is_class(schema: Any) -> bool:
    """Return whether a schema is generated as a class with fields."""
    if not is_object(schema) or schema.keys() & OTHER_SCHEMAS:
        return False
    return schema.get("type") == "object" or ("type" not in schema and bool(schema.keys() & {"properties", "allOf"}))


def written(unit: Any) -> str:
    """Return a unit as text, without what only docstrings show; the order of fields becomes that of arguments."""
    return json.dumps(without_prose(unit))


def without_prose(node: Any, *, named: bool = False) -> Any:
    """Return a copy without the texts that only docstrings show; the keys of a named node are the author's."""
    if is_object(node):
        return {
            key: value if key in VALUES and not named else without_prose(value, named=not named and key in NAMED)
            for key, value in node.items()
            if named or key not in DOCSTRINGS
        }
    return [without_prose(item) for item in node] if is_list(node) else node


def excerpt(document: Document, complete: set[str], edge: set[str]) -> Document:
    """Return a document with some of its units, and others without their fields."""
    components: Document = {}
    for kind, named in object_at(document, "components").items():
        if not is_object(named):
            continue
        prefix = f"#/components/{kind}/"
        listed = {name: (one, prefix + escape(name)) for name, one in named.items()}
        components[kind] = {
            name: one if key in complete else without_fields(one)
            for name, (one, key) in listed.items()
            if key in complete or key in edge
        }
    components.setdefault("schemas", {})
    paths = {path: item for path, item in document["paths"].items() if f"#/paths/{escape(path)}" in complete}
    return {**document, "paths": paths, "components": components}


def without_fields(schema: Document) -> Document:
    """Return a class without its fields."""
    title = {"title": schema["title"]} if "title" in schema else {}
    return {"type": "object", **title}


def generated_names(key: str, unit: Any, *, is_empty: bool) -> Iterator[str]:
    """Yield the names that may be given to a unit that is left out and its parts; one `is_empty` has its own name."""
    if key.startswith("#/paths/"):
        for _, path, operation in operations({"paths": {key: unit}}):
            name = str(operation.get("operationId", path))
            for tag in list_at(operation, "tags") or ["default"]:
                yield plain(f"api.{tag}.{name}")
            starts = (*BODIES, *(f"response{status}" for status in object_at(operation, "responses")))
            for start in ("", *starts):
                yield from part_names(operation, name + start)
    else:
        name = key.rpartition("/")[2]
        own = {plain(name), plain(str(object_at({"": unit}, "").get("title", name)))}
        yield from () if is_empty else own
        yield from set(part_names(unit, name)) - own


def part_names(node: Any, prefix: str) -> Iterator[str]:
    """Yield the names of the classes and enums in a part of a document."""
    if is_list(node):
        for index, item in enumerate(node):
            yield from part_names(item, f"{prefix}type{index}")
            yield from part_names(item, prefix)
    elif is_object(node):
        title = node.get("title")
        prefixes = {prefix, title} if isinstance(title, str) else {prefix}
        yield from () if title is None else (plain(str(title)),)
        if isinstance(node.get("name"), str):
            prefixes |= {prefix + node["name"]}
        for one in prefixes:
            yield plain(one)
            for name, schema in object_at(node, "properties").items():
                yield from part_names(schema, one + name)
            yield from part_names(node.get("items"), f"{one}item")
            yield from part_names(node.get("additionalProperties"), f"{one}additionalproperty")
            for inner in ("schema", "allOf", "oneOf", "anyOf", "parameters"):
                yield from part_names(node.get(inner), one)
            for inner in ("content", "responses"):
                for value in object_at(node, inner).values():
                    yield from part_names(value, one)
            yield from part_names(node.get("requestBody"), one)


def plain(name: str) -> str:
    """Return a name without case and punctuation."""
    return re.sub(r"\W|_", "", name).lower()
