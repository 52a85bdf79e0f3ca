"""Changes of prose: descriptions, summaries, titles and examples, which only people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import escape, is_list, is_object, resolve

PROSE = frozenset(
    {"description", "summary", "title", "example", "examples", "externalDocs", "termsOfService", "contact"}
)
INFO = frozenset({"license", "version", "bearerFormat"})
# Keywords whose keys are the author's names: a property may be called `description`.
NAMED = frozenset(
    {"properties", "patternProperties", "schemas", "responses", "parameters", "paths", "headers", "content", "mapping"}
    | {"variables", "securitySchemes", "requestBodies", "callbacks", "links", "definitions", "$defs", "scopes"}
)
VALUES = frozenset({"default", "enum", "const"})
# Compared as they are: tags have names and descriptions only.
PLAIN_POINTERS = ("/tags", "/openapi")


def changed_pointers(old: Any, new: Any) -> Iterator[str]:
    """Yield the pointers at which the prose of two documents differs, as far as their structure is the same."""
    yield from _changed(old, new, "", (old, new), named=False)


def _changed(old: Any, new: Any, pointer: str, roots: tuple[Any, Any], *, named: bool) -> Iterator[str]:
    """Yield the pointers below `pointer`. `named` is set where the keys are the author's names."""
    if old == new:
        return
    old, new = unwrapped(old), unwrapped(new)
    if is_object(old) and is_object(new) and ("$ref" in old) != ("$ref" in new):
        # One document has a component where the other one has the schema itself.
        old, new = followed(old, roots[0]), followed(new, roots[1])
    if is_object(old) and is_object(new):
        for key in old.keys() | new.keys():
            inner = f"{pointer}/{escape(str(key))}"
            if (not named and is_prose(str(key))) or inner in PLAIN_POINTERS:
                if old.get(key) != new.get(key):
                    yield inner
            elif key in old and key in new and key not in VALUES:
                yield from _changed(old[key], new[key], inner, roots, named=not named and key in NAMED)
    elif is_list(old) and is_list(new):
        known = {item_key(one, index): one for index, one in enumerate(old)}
        for index, other in enumerate(new):
            before = known.get(item_key(other, index), other)
            yield from _changed(before, other, f"{pointer}/{index}", roots, named=False)


def item_key(node: Any, index: int) -> object:
    """Return what identifies an item of a list: the name of a parameter or tag, else its index."""
    name = node.get("name") if is_object(node) else None
    return (node.get("in"), name) if isinstance(name, str) else index


def unwrapped(node: Any) -> Any:
    """Return the only member of an allOf, oneOf or anyOf; anything else as it is."""
    if is_object(node) and len(node) == 1 and node.keys() <= {"allOf", "oneOf", "anyOf"}:
        (parts,) = node.values()
        return parts[0] if is_list(parts) and len(parts) == 1 else node
    return node


def followed(node: Any, root: Any) -> Any:
    """Return the target of a reference; anything else, and a dangling reference, as it is."""
    try:
        return resolve(root, node["$ref"])
    except (LookupError, AttributeError):
        return node


def is_prose(key: str) -> bool:
    """Return whether a keyword is for people only. Extensions are for tools; those with rules are compared there."""
    return key in PROSE | INFO or key.startswith("x-")
