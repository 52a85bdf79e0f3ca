"""Changes of prose: descriptions, summaries, titles and examples, which only people read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, resolve

PROSE = frozenset(
    {"description", "summary", "title", "example", "examples", "externalDocs", "termsOfService", "contact", "$comment"}
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
MISSING = object()


@dataclass(frozen=True)
class Text:
    """A text: its pointer, the same with the names of list items for their indexes, and its value, None if absent."""

    pointer: str
    place: str
    value: Any

    def inner(self, key: object, name: object, value: Any) -> Text:
        """Return a part, which `name` identifies in other revisions."""
        return Text(f"{self.pointer}/{escape(str(key))}", f"{self.place}/{escape(str(name))}", value)


def changed(old: Any, new: Any) -> Iterator[Text]:
    """Yield the texts that differ in the new one of two documents, as far as their structure is the same."""
    yield from _changed(old, Text("", "", new), (old, new), named=False)


def texts(document: Any) -> Iterator[Text]:
    """Yield all texts of a document."""
    yield from _changed(MISSING, Text("", "", document), (document, document), named=False)


def _changed(old: Any, at: Text, roots: tuple[Any, Any], *, named: bool) -> Iterator[Text]:
    """Yield the texts below `at`. `named` is set where the keys are the author's names."""
    if old == at.value:
        return
    is_all = old is MISSING
    old, new = unwrapped(old), unwrapped(at.value)
    if is_object(old) and is_object(new) and ("$ref" in old) != ("$ref" in new):
        # One document has a component where the other one has the schema itself.
        old, new = followed(old, roots[0]), followed(new, roots[1])
    if is_object(new) and (is_object(old) or is_all):
        before: Document = old if is_object(old) else {}
        for key in dict.fromkeys([*before, *new]):
            inner = at.inner(key, key, new.get(key))
            if (not named and is_prose(str(key))) or inner.pointer in PLAIN_POINTERS:
                if before.get(key) != new.get(key):
                    yield inner
            elif key in new and (is_all or key in before) and (named or key not in VALUES):
                yield from _changed(before.get(key, MISSING), inner, roots, named=not named and key in NAMED)
    elif is_list(new) and (is_list(old) or is_all):
        known = {item_key(one, index): one for index, one in enumerate(old if is_list(old) else [])}
        for index, item in enumerate(new):
            name = item_key(item, index)
            earlier: Any = MISSING if is_all else known.get(name, item)
            yield from _changed(earlier, at.inner(index, name, item), roots, named=False)


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
