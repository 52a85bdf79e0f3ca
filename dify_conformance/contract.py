"""Contract of a document: its responses, events and schemas in the form that `python -m pipeline generate` writes.

A schema is found by its place, the JSON pointer in the document.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

FILE = "contract.json"
# Media types in the document that admit every response.
ANY_MEDIA = frozenset({"*/*", "application/octet-stream"})


class Schema(TypedDict, total=False):
    """The constraints of a value. `listed` are known values of an open text; `same` is the place of another schema."""

    same: str
    types: list[str]
    format: str
    nullable: bool
    enum: list[Any]
    listed: list[Any]
    required: list[str]
    properties: dict[str, str]
    additional: str | bool
    items: str
    any: list[str]


class Response(TypedDict):
    """A response: its place, and the places of its schemas by media type; an empty place is any body."""

    place: str
    content: dict[str, str]


class Data(TypedDict):
    """A contract as it is written to a file."""

    paths: dict[str, dict[str, dict[str, Response]]]
    events: dict[str, str]
    schemas: dict[str, Schema]


@dataclass(frozen=True)
class Operation:
    """One operation with its responses by status."""

    method: str
    path: str
    responses: dict[str, Response] = field(repr=False)

    @property
    def label(self) -> str:
        """The operation as reports name it."""
        return f"{self.method} {self.path}"


class Contract:
    """The responses and events of a document."""

    def __init__(self, data: Data) -> None:
        self.events, self.schemas = data["events"], data["schemas"]
        self.operations = [
            Operation(method, path, responses)
            for path, methods in data["paths"].items()
            for method, responses in methods.items()
        ]
        self._patterns = [
            (one.method, re.compile("[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", one.path)))), one)
            for one in sorted(self.operations, key=lambda one: one.path.count("{"))
        ]

    def operation(self, method: str, path: str) -> Operation | None:
        """Return the operation of a request; paths without parameters take precedence."""
        for known, pattern, one in self._patterns:
            if known == method.upper() and pattern.fullmatch(path):
                return one
        return None

    def schema(self, place: str) -> tuple[str, Schema]:
        """Return the schema at a place, with its own place; one that is missing allows every value."""
        while target := (schema := self.schemas.get(place, Schema())).get("same"):
            place = target
        return place, schema


@cache
def corrected() -> Contract:
    """Return the contract of the corrected document, which is part of the package."""
    return Contract(json.loads((files("dify_conformance") / FILE).read_text(encoding="utf-8")))


def type_name(schema: Schema) -> str:
    """Return the type for people: `string (uuid)`, `integer or null`, `array`."""
    types = " or ".join(sorted(schema.get("types", ()))) or ("a choice" if "any" in schema else "any type")
    kind = f" ({schema['format']})" if "format" in schema else ""
    return types + kind + (" or null" if schema.get("nullable") else "")


def component(place: str) -> str:
    """Return the name of the component at a place; empty for any other place."""
    *above, name = place.split("/")
    return name.replace("~1", "/").replace("~0", "~") if above == ["", "components", "schemas"] else ""
