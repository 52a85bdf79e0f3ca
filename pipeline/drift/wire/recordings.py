"""Responses of a server, recorded or live, compared with the document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.document import Document, escape, is_list, is_object
from pipeline.drift.rules.finding import Change, Finding, severity_key
from pipeline.drift.rules.grouping import to_finding
from pipeline.drift.rules.verdict import Report
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.normal import NormalSchema
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.reader import SchemaReader
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.streams import streams
from pipeline.drift.wire.views import DocumentView, Endpoint

# The JSON types of Python's types.
KINDS = {"dict": "object", "list": "array", "str": "string", "bool": "boolean", "int": "integer", "float": "number"}
STREAM = "text/event-stream"
JSON = "application/json"
# Media types in the document that admit every response.
ANY_MEDIA = {"*/*", "application/octet-stream"}
INVALID, UNKNOWN = "recording-invalid", "recording-unknown"


@dataclass(frozen=True)
class Exchange:
    """One request and its response.

    Attributes:
        name: The name of the exchange in reports.
        method: The method of the request.
        path: The path of the request, below that of the API.
        status: The status of the response.
        content_type: The media type of the response.
        body: The parsed JSON, or the text of any other response.
    """

    name: str
    method: str
    path: str
    status: int
    content_type: str
    body: Any


Problem = tuple[str, Change]


def compare(document: Document, exchanges: Iterable[Exchange]) -> list[Finding]:
    """Return a finding per difference between responses and document, with the exchanges that show it.

    Responses of operations that the document does not have are ignored.
    """
    expected = Expected(document)
    causes: dict[tuple[str, str], list[tuple[str, str, Change]]] = {}
    for exchange in exchanges:
        for label, change in expected.problems(exchange):
            causes.setdefault((change.rule, change.words["new"]), []).append((exchange.name, label, change))
    found = (
        replace(
            to_finding([(change, label) for _, label, change in uses], "wire"),
            payload={"exchanges": list(dict.fromkeys(name for name, _, _ in uses))},
        )
        for uses in causes.values()
    )
    return sorted(found, key=severity_key)


def report(document: Document, name: str, exchanges: Iterable[Exchange], server: str) -> Report:
    """Return the findings as a report on the document `name` and the `server`."""
    return Report(name, server, tuple(compare(document, exchanges)))


def recorded(folder: Path, base: str = "/v1") -> Iterator[Exchange]:
    """Yield the exchanges in a folder: `NAME.json` with request and response, and `NAME.sse` for a stream."""
    for file in sorted(folder.glob("*.json")):
        exchange = json.loads(file.read_text(encoding="utf-8"))
        request, response = exchange["request"], exchange["response"]
        path = str(request["path"]).partition("?")[0].removeprefix(base)
        kind = response["headers"].get("content-type", "").partition(";")[0]
        stream = file.with_suffix(".sse")
        body = stream.read_bytes().decode(errors="replace") if stream.is_file() else response["body"]
        yield Exchange(file.stem, request["method"], path, response["status"], kind, body)


class Expected:
    """The responses and events that a document describes."""

    def __init__(self, document: Document) -> None:
        self.view = DocumentView(document, "document")
        self.reader = self.view.reader
        self.endpoints = sorted(self.view.endpoints().values(), key=lambda one: one.path.count("{"))
        self.streams = streams(self.view)

    def endpoint(self, method: str, path: str) -> Endpoint | None:
        """Return the operation of a request; paths without parameters take precedence."""
        for one in self.endpoints:
            pattern = "[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", one.path)))
            if one.method == method.lower() and re.fullmatch(pattern, path):
                return one
        return None

    def problems(self, exchange: Exchange) -> Iterator[Problem]:
        """Yield the problems of one response, each with its operation or event."""
        endpoint = self.endpoint(exchange.method, exchange.path)
        if endpoint is None:
            return
        responses = object_at(endpoint.raw, "responses")
        pointer = f"{endpoint.pointer}/responses/{exchange.status}"
        response = responses.get(str(exchange.status), responses.get("default"))
        if response is None:
            yield (
                endpoint.label,
                problem(INVALID, endpoint.pointer, f"response {exchange.status} is not in the document"),
            )
            return
        ref = self.view.component(SchemaRef(response, pointer))
        kinds = {kind.partition(";")[0] for kind in object_at(ref.raw, "content")}
        if kinds and not kinds & {exchange.content_type, *ANY_MEDIA}:
            kind = exchange.content_type or "without a media type"
            text = f"response {exchange.status} is {kind}, not {' or '.join(sorted(kinds))}"
            yield endpoint.label, problem(INVALID, ref.pointer, text)
        elif exchange.content_type == STREAM:
            for event in events(exchange.body):
                yield from self.event(event)
        elif exchange.content_type == JSON:
            media = object_at(ref.raw, "content").get(JSON, {})
            if "schema" in media:
                body = SchemaRef(media["schema"], f"{ref.pointer}/content/{escape(JSON)}/schema")
                for change in Body(self.reader, endpoint.label).problems(body, exchange.body, ""):
                    yield endpoint.label, change

    def event(self, body: Any) -> Iterator[Problem]:
        """Yield the problems of one event of a stream."""
        known = None
        for stream in self.streams.values():
            name = body.get(stream.tag) if is_object(body) else None
            known = known or stream.events.get(str(name))
        if known:
            for change in Body(self.reader, known.label).problems(known.schema, body, ""):
                yield known.label, change
        else:
            name = body.get("event") if is_object(body) else body
            yield "stream", problem(INVALID, None, f"the event {code(name)} is not in the document")


@dataclass(frozen=True)
class Body:
    """A comparison of values with schemas; `label` names values without a named schema."""

    reader: SchemaReader
    label: str

    def problems(self, ref: SchemaRef, value: Any, path: str) -> Iterator[Change]:
        """Yield the problems of one value; for a union, those with the alternative that fits best."""
        schema = self.reader.normalise(ref)
        name = self.name(schema.pointer or ref.pointer, path)
        if value is None:
            if schema.types and not schema.nullable:
                yield problem(INVALID, ref.pointer, f"{name} is null, but should be {schema.type_name}")
        elif schema.union:
            yield from self.alternatives(schema.union.members, ref, value, path)
        elif schema.types and not fits(value, schema):
            kind = KINDS.get(type(value).__name__, "of no JSON type")
            yield problem(INVALID, ref.pointer, f"{name} is {kind}, but should be {schema.type_name}")
        elif schema.enum is not None and value not in schema.enum:
            yield problem(INVALID, ref.pointer, f"{name} is {code(value)}, which is not listed")
        elif is_object(value):
            yield from self.in_object(schema, value, path)
        elif is_list(value) and schema.items:
            for item in value:
                yield from self.problems(schema.items, item, f"{path}[]")

    def alternatives(self, members: Iterable[SchemaRef], ref: SchemaRef, value: Any, path: str) -> Iterator[Change]:
        """Yield the problems with the best alternative, or a single one if several do not fit at all."""
        tried = [list(self.problems(one, value, path)) for one in members]
        fitting = [found for found in tried if all(one.rule == UNKNOWN for one in found)]
        if fitting or len(tried) == 1:
            yield from min(fitting or tried, key=len)
        elif tried:
            yield problem(INVALID, ref.pointer, f"{self.name(ref.pointer, path)} fits none of its alternatives")

    def in_object(self, schema: NormalSchema, value: Document, path: str) -> Iterator[Change]:
        """Yield the problems of the fields of an object."""
        for key in sorted(schema.required - value.keys()):
            yield problem(INVALID, schema.pointer, f"{self.name(schema.pointer, path, key)} is missing")
        for key, item in value.items():
            if key in schema.properties:
                yield from self.problems(schema.properties[key], item, f"{path}.{key}".lstrip("."))
            elif isinstance(schema.additional, SchemaRef):
                yield from self.problems(schema.additional, item, f"{path}.*".lstrip("."))
            elif schema.additional is False:
                yield problem(INVALID, schema.pointer, f"{self.name(schema.pointer, path, key)} is not in the document")
            elif schema.properties and schema.additional is None:
                yield problem(UNKNOWN, schema.pointer, self.name(schema.pointer, path, key))

    def name(self, pointer: str, path: str, field: str = "") -> str:
        """Return the name of a field in reports: after its named schema, or else by its path in the body."""
        match = re.match(r"/components/schemas/([^/]+)", pointer)
        inner = [
            part for part in (match[1] if match else "", path.rpartition(".")[2] if match else path, field) if part
        ]
        return f"`{'.'.join(inner)}`" if inner else f"the body of {self.label}"


def problem(rule: str, pointer: str | None, text: str) -> Change:
    """Return a problem with its place in the document."""
    return Change(rule, pointer, pointer, {"new": text})


def fits(value: Any, schema: NormalSchema) -> bool:
    """Return whether a value has one of the types of a schema."""
    kind = KINDS.get(type(value).__name__, "")
    return kind in schema.types or (kind == "integer" and "number" in schema.types)


def events(text: str) -> Iterator[Any]:
    """Yield the events of a stream that have data."""
    for block in re.split(r"\r?\n\r?\n", text):
        lines = [line[5:].removeprefix(" ") for line in re.split(r"\r?\n", block) if line.startswith("data:")]
        if lines:
            try:
                yield json.loads("\n".join(lines))
            except ValueError:
                yield "\n".join(lines)
