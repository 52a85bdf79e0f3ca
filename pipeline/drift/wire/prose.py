"""Prose: descriptions, summaries, titles and examples, which change nothing but what people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import escape, is_list, is_object, resolve

PROSE = frozenset(
    {"description", "summary", "title", "example", "examples", "externalDocs", "termsOfService", "contact"}
)
INFO = frozenset({"license", "version", "bearerFormat"})
# Below these keys the names are chosen by the author: a property may be called `description`.
NAMED = frozenset(
    {"properties", "patternProperties", "schemas", "responses", "parameters", "paths", "headers", "content", "mapping"}
    | {"variables", "securitySchemes", "requestBodies", "callbacks", "links", "definitions", "$defs", "scopes"}
)
VALUES = frozenset({"default", "enum", "const"})


def changes(
    old: Any, new: Any, pointer: str = "", *, named: bool = False, whole: tuple[Any, Any] | None = None
) -> Iterator[str]:
    """The pointers at which the prose of two documents differs, as far as they are built alike."""
    if old == new:
        return
    whole = whole or (old, new)
    old, new = unwrapped(old), unwrapped(new)
    if is_object(old) and is_object(new) and ("$ref" in old) != ("$ref" in new):
        # One of them says here what the other says in a component.
        old, new = target(old, whole[0]), target(new, whole[1])
    if pointer == "/tags":
        yield pointer
    elif is_object(old) and is_object(new):
        for key in old.keys() | new.keys():
            inner = f"{pointer}/{escape(str(key))}"
            told = (not named and is_prose(str(key))) or inner in ("/tags", "/openapi")
            if told and old.get(key) != new.get(key):
                yield inner
            elif not told and key in old and key in new and key not in VALUES:
                yield from changes(old[key], new[key], inner, named=not named and key in NAMED, whole=whole)
    elif is_list(old) and is_list(new):
        known = {named_as(one, index): one for index, one in enumerate(old)}
        for index, other in enumerate(new):
            yield from changes(known.get(named_as(other, index), other), other, f"{pointer}/{index}", whole=whole)


def named_as(node: Any, index: int) -> object:
    """What tells an item of a list from the others: the name of a parameter or tag, else its place."""
    name = node.get("name") if is_object(node) else None
    return (node.get("in"), name) if isinstance(name, str) else index


def unwrapped(node: Any) -> Any:
    """What stands alone in an `allOf`, `oneOf` or `anyOf`; anything else is itself."""
    if is_object(node) and len(node) == 1 and node.keys() <= {"allOf", "oneOf", "anyOf"}:
        (parts,) = node.values()
        return parts[0] if is_list(parts) and len(parts) == 1 else node
    return node


def target(node: Any, whole: Any) -> Any:
    """What a reference leads to; anything else, and one that leads nowhere, is itself."""
    try:
        return resolve(whole, node["$ref"])
    except (LookupError, AttributeError):
        return node


def is_prose(key: str) -> bool:
    """Whether a keyword only talks to people; extensions talk to tools, some of which have rules too."""
    return key in PROSE | INFO or key.startswith("x-")
