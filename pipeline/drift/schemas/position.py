"""The position of a schema in a document: who writes its values, who reads them, and what reports call it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.drift.rules import POSITIONS


@dataclass(frozen=True, slots=True)
class Position:
    """A position: `root` is the first part of its rule ids, `name` the name that people know it by.

    `text_encoded` is set where every value is text on the wire: "query", or "text" for other parameters, headers and
    bodies that are not JSON. `is_non_binding` is set for read-only fields of requests and write-only fields of
    responses, whose bounds bind nobody.
    """

    root: str
    name: str
    text_encoded: str = ""
    is_non_binding: bool = False

    @property
    def is_request(self) -> bool:
        """True for values that clients write."""
        return POSITIONS[self.root][0]

    @property
    def is_event(self) -> bool:
        """True for fields of stream events."""
        return self.root == "event-field"

    @property
    def label(self) -> str:
        """The name in a sentence."""
        return f"`{self.name}`" if self.name else ""

    def inner(self, name: str, *, non_binding: bool = False) -> Position:
        """Return the position of a part."""
        roots = {
            "request-body": "request-property",
            "response-body": "response-property",
            "request-parameter": "request-parameter-property",
        }
        root = roots.get(self.root, self.root)
        return replace(self, root=root, name=name, is_non_binding=self.is_non_binding or non_binding)
