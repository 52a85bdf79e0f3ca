"""The contract of a document: what the comparison of responses needs of it, without prose, requests and spellings."""

from __future__ import annotations

from typing import Any, cast

from dify_conformance.contract import Contract, Data, Response, Schema
from pipeline.document import Document, escape
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.normal import NormalSchema
from pipeline.drift.schemas.reference import SchemaRef, ref_to
from pipeline.drift.wire.streams import streams
from pipeline.drift.wire.views import DocumentView, Endpoint


def contract(document: Document) -> Contract:
    """Return the contract of a document."""
    return Contract(contract_data(document))


def contract_data(document: Document) -> Data:
    """Return the contract of a document as JSON."""
    return Builder(document).build()


class Builder:
    """The schemas of one document that its responses and events reach, by their places."""

    def __init__(self, document: Document) -> None:
        self.view = DocumentView(document, "document")
        self.schemas: dict[str, Schema] = {}

    def build(self) -> Data:
        """Return the contract."""
        paths: dict[str, dict[str, dict[str, Response]]] = {}
        for endpoint in self.view.endpoints().values():
            paths.setdefault(endpoint.path, {})[endpoint.method.upper()] = self.responses(endpoint)
        events = {
            name: self.place(event.schema)
            for stream in reversed(streams(self.view).values())
            for name, event in stream.events.items()
        }
        return {"paths": paths, "events": events, "schemas": self.schemas}

    def responses(self, endpoint: Endpoint) -> dict[str, Response]:
        """Return the responses of an operation by status."""
        found: dict[str, Response] = {}
        for status, raw in object_at(endpoint.raw, "responses").items():
            ref = self.view.component(SchemaRef(raw, f"{endpoint.pointer}/responses/{status}"))
            content: dict[str, str] = {}
            for kind, media in object_at(ref.raw, "content").items():
                # The text of a stream is compared event by event.
                has_schema = kind != "text/event-stream" and "schema" in media
                place = f"{ref.pointer}/content/{escape(kind)}/schema"
                content[kind.partition(";")[0]] = self.place(SchemaRef(media["schema"], place)) if has_schema else ""
            found[status] = {"place": ref.pointer, "content": content}
        return found

    def place(self, ref: SchemaRef) -> str:
        """Return the place of a schema, which is added to the contract with everything that it refers to."""
        waiting = [ref]
        while waiting:
            one = waiting.pop()
            if one.id in self.schemas:
                continue
            schema = self.view.reader.normalise(one)
            if schema.is_component and schema.pointer != one.id:
                self.schemas[one.id] = Schema(same=schema.pointer)
                waiting.append(ref_to(schema.pointer))
            else:
                self.schemas[one.id] = entry(schema)
                waiting += children(schema)
        return ref.id


def children(schema: NormalSchema) -> list[SchemaRef]:
    """Return the schemas directly below a schema."""
    others = [one for one in (schema.additional, schema.items) if isinstance(one, SchemaRef)]
    return [*schema.properties.values(), *others, *(schema.union.members if schema.union else ())]


def entry(schema: NormalSchema) -> Schema:
    """Return a schema as the contract has it; keywords that constrain nothing are left out."""
    additional = schema.additional
    found: dict[str, Any] = {
        "types": sorted(schema.types),
        "format": schema.format,
        "nullable": schema.nullable,
        "enum": schema.enum,
        "listed": schema.plain.get("x-extensible-enum"),
        "required": sorted(schema.required),
        "properties": {name: ref.id for name, ref in schema.properties.items()},
        "items": schema.items.id if schema.items else None,
        "any": [ref.id for ref in schema.union.members] if schema.union else None,
    }
    kept: dict[str, Any] = {
        key: value for key, value in found.items() if value or (key == "enum" and value is not None)
    }
    if additional is not None:
        kept["additional"] = additional.id if isinstance(additional, SchemaRef) else additional
    return cast("Schema", kept)
