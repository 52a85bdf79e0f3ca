"""The two documents of a comparison: operations, parameters and schemas, found through references and path items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import METHODS, Document, escape, is_list, is_object
from pipeline.drift.schemas.comparison import SchemaComparison
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef


@dataclass(frozen=True)
class Endpoint:
    """One operation with the path item it stands in."""

    method: str
    path: str
    pointer: str
    raw: Document
    item: Document
    item_pointer: str

    @property
    def label(self) -> str:
        """The operation as a report names it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def shape(self) -> tuple[str, str]:
        """What is the same when only path parameters are renamed."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


@dataclass
class DocumentView:
    """One of the two documents."""

    document: Document
    place: str
    reader: SchemaReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = SchemaReader(self.document, self.place)

    def endpoints(self) -> dict[tuple[str, str], Endpoint]:
        """The operations by method and path, path parameters unnamed."""
        found: dict[tuple[str, str], Endpoint] = {}
        for path, item in self.document["paths"].items():
            resolved = self.reader.follow(SchemaRef(item, f"/paths/{escape(path)}"))[0]
            for method in METHODS:
                raw = resolved.raw.get(method) if is_object(resolved.raw) else None
                if is_object(raw):
                    one = Endpoint(method, path, f"{resolved.pointer}/{method}", raw, resolved.raw, resolved.pointer)
                    found[one.shape] = one
        return found

    def parameters(self, endpoint: Endpoint) -> dict[tuple[str, str], SchemaRef]:
        """Parameters by place and name; path parameters by their position in the path."""
        names = re.findall(r"\{([^}]*)\}", endpoint.path)
        found: dict[tuple[str, str], SchemaRef] = {}
        for owner, pointer in ((endpoint.item, endpoint.item_pointer), (endpoint.raw, endpoint.pointer)):
            listed: Any = owner.get("parameters")
            for index in range(len(listed) if is_list(listed) else 0):
                spot = self.reader.follow(SchemaRef(listed[index], f"{pointer}/parameters/{index}"))[0]
                if is_object(spot.raw) and isinstance(spot.raw.get("name"), str):
                    where, name = str(spot.raw.get("in")), spot.raw["name"]
                    if where == "path":
                        # A name that the path does not have belongs to the only placeholder there is.
                        name = str(names.index(name) if name in names else 0)
                    found[where, name.lower() if where == "header" else name] = spot
        return found

    def component(self, spot: SchemaRef) -> SchemaRef:
        """A response, body or header that may be a reference."""
        found = self.reader.follow(spot)[0]
        return found if is_object(found.raw) else SchemaRef({}, found.pointer)

    def schema(self, spot: SchemaRef) -> SchemaRef | None:
        """The schema of a parameter, header or media type."""
        if "schema" in spot.raw and is_object(spot.raw["schema"]):
            return spot.child("schema")
        content: Any = spot.raw.get("content")
        for name, media in content.items() if is_object(content) else ():
            if is_object(media) and is_object(media.get("schema")):
                return spot.child("content", name, "schema")
        return None

    def security(self, endpoint: Endpoint | None) -> list[Document]:
        """The ways to authenticate: those of an operation or of the whole document, each once."""
        own: Any = endpoint.raw.get("security") if endpoint else self.document.get("security")
        listed = [one for one in own if is_object(one)] if is_list(own) else []
        return [one for index, one in enumerate(listed) if one not in listed[:index]]


@dataclass
class Views:
    """Both documents, with the comparison of their schemas."""

    base: DocumentView
    revision: DocumentView
    comparison: SchemaComparison = field(init=False)

    def __post_init__(self) -> None:
        self.comparison = SchemaComparison(self.base.reader, self.revision.reader)


def components(document: Document, kind: str) -> Document:
    """One kind of components."""
    found: Any = document.get("components")
    listed: Any = found.get(kind) if is_object(found) else None
    return listed if is_object(listed) else {}
