"""Parts of a document that the wire layer does not compare, so that a report can name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, is_list, is_object
from pipeline.drift.wire.prose import NAMED, PROSE, VALUES

# Keywords that neither the rules nor the comparison of texts look at, and what they are.
KEYWORDS = {
    "links": "links",
    "xml": "xml",
    **dict.fromkeys(("$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "jsonSchemaDialect"), "dialects"),
}
LEFT_OUT = PROSE | VALUES
SHOWN = {
    "links": "links between operations",
    "xml": "how values are written in XML",
    "dialects": "identifiers and dialects of schemas",
    "variables": "the values that variables of servers may have",
}


def not_compared(*documents: Document) -> list[str]:
    """Return the kinds of content of some documents that are not compared."""
    found = {kind for document in documents for kind in kinds(document)}
    return [text for kind, text in SHOWN.items() if kind in found]


def kinds(node: Any, parent: str = "", *, named: bool = False) -> Iterator[str]:
    """Yield the kinds of content below a node; `named` is set where the keys are the author's names."""
    if is_list(node):
        for item in node:
            yield from kinds(item, parent)
    for key, value in node.items() if is_object(node) else ():
        if named:
            if parent == "variables" and is_object(value) and "enum" in value:
                yield "variables"
            yield from kinds(value, key)
        elif key in KEYWORDS:
            yield KEYWORDS[key]
        elif key not in LEFT_OUT:
            yield from kinds(value, key, named=key in NAMED)
