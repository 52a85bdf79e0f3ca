"""The two documents of a comparison: their operations, parameters and schemas, with references followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import METHODS, Document, escape, is_list, is_object
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.schemas.comparison import SchemaComparison
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef


@dataclass(frozen=True)
class Endpoint:
    """One operation with its path item."""

    method: str
    path: str
    pointer: str
    raw: Document
    item: Document
    item_pointer: str

    @property
    def label(self) -> str:
        """The operation as reports name it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """Method and path, with path parameters unnamed."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


@dataclass
class DocumentView:
    """One document, whose place errors name, with a reader of its schemas."""

    document: Document
    place: str
    reader: SchemaReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = SchemaReader(self.document, self.place)

    def endpoints(self) -> dict[tuple[str, str], Endpoint]:
        """Return the operations by their keys."""
        found: dict[tuple[str, str], Endpoint] = {}
        for path, item in self.document["paths"].items():
            resolved = self.reader.follow(SchemaRef(item, f"/paths/{escape(path)}"))[0]
            for method in METHODS:
                raw = resolved.raw.get(method) if is_object(resolved.raw) else None
                if is_object(raw):
                    one = Endpoint(method, path, f"{resolved.pointer}/{method}", raw, resolved.raw, resolved.pointer)
                    found[one.key] = one
        return found

    def parameters(self, endpoint: Endpoint) -> dict[tuple[str, str], SchemaRef]:
        """Return the parameters by location and name; path parameters by their index in the path."""
        names = re.findall(r"\{([^}]*)\}", endpoint.path)
        found: dict[tuple[str, str], SchemaRef] = {}
        for owner, pointer in ((endpoint.item, endpoint.item_pointer), (endpoint.raw, endpoint.pointer)):
            for index, raw in enumerate(list_at(owner, "parameters")):
                ref = self.reader.follow(SchemaRef(raw, f"{pointer}/parameters/{index}"))[0]
                if is_object(ref.raw) and isinstance(ref.raw.get("name"), str):
                    location, name = str(ref.raw.get("in")), ref.raw["name"]
                    if location == "path":
                        # A name that the path does not have belongs to its only placeholder.
                        name = str(names.index(name) if name in names else 0)
                    found[location, name.lower() if location == "header" else name] = ref
        return found

    def component(self, ref: SchemaRef) -> SchemaRef:
        """Return a response, body or header, with its reference followed."""
        found = self.reader.follow(ref)[0]
        return found if is_object(found.raw) else SchemaRef({}, found.pointer)

    def schema(self, ref: SchemaRef) -> SchemaRef | None:
        """Return the schema of a parameter, header or media type, if it has one."""
        if is_object(ref.raw.get("schema")):
            return ref.child("schema")
        for name, media_type in object_at(ref.raw, "content").items():
            if is_object(media_type) and is_object(media_type.get("schema")):
                return ref.child("content", name, "schema")
        return None

    def schema_of(self, ref: SchemaRef) -> SchemaRef:
        """Return the schema of a parameter or header; without one, any value is allowed."""
        return self.schema(ref) or SchemaRef({}, ref.pointer)

    def security(self, endpoint: Endpoint | None) -> list[Document]:
        """Return the ways to authenticate for an operation, or for the document, each once."""
        own: Any = endpoint.raw.get("security") if endpoint else self.document.get("security")
        listed = [one for one in own if is_object(one)] if is_list(own) else []
        return [one for index, one in enumerate(listed) if one not in listed[:index]]


@dataclass
class Views:
    """Both documents, with the comparison of their schemas."""

    base: DocumentView
    revision: DocumentView
    schemas: SchemaComparison = field(init=False)

    def __post_init__(self) -> None:
        self.schemas = SchemaComparison(self.base.reader, self.revision.reader)


def components(document: Document, kind: str) -> Document:
    """Return the components of one kind by name."""
    return object_at(document.get("components"), kind)
