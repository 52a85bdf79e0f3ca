"""Answers: what a server sent, recorded or live, against the document; the third kind of drift."""

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

# JSON's names for what Python reads it into.
KINDS = {"dict": "object", "list": "array", "str": "string", "bool": "boolean", "int": "integer", "float": "number"}
STREAM = "text/event-stream"
JSON = "application/json"
ANYTHING = ("*/*", "application/octet-stream")
INVALID, UNKNOWN = "recording-invalid", "recording-unknown"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `name` says which one it is, `path` is the one that was asked for, below the API's.

    `body` is what the JSON says, or the text of any other answer; that of a stream is the whole stream.
    """

    name: str
    method: str
    path: str
    status: int
    content_type: str
    body: Any


Problem = tuple[str, Change]


def compare(document: Document, exchanges: Iterable[Exchange]) -> list[Finding]:
    """What the answers say that the document does not: one finding per cause, with the exchanges that show it.

    An answer to an operation that the document does not have is passed over: tests of servers ask for such, too.
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
    """The same as a report, to be shown in any of the formats: the document `name` against the `server`."""
    return Report(name, server, tuple(compare(document, exchanges)))


def recorded(folder: Path, base: str = "/v1") -> Iterator[Exchange]:
    """The exchanges recorded in a folder: `NAME.json` with request and response, and `NAME.sse` for a stream."""
    for file in sorted(folder.glob("*.json")):
        exchange = json.loads(file.read_text(encoding="utf-8"))
        request, response = exchange["request"], exchange["response"]
        path = str(request["path"]).partition("?")[0].removeprefix(base)
        kind = response["headers"].get("content-type", "").partition(";")[0]
        stream = file.with_suffix(".sse")
        body = stream.read_bytes().decode(errors="replace") if stream.is_file() else response["body"]
        yield Exchange(file.stem, request["method"], path, response["status"], kind, body)


class Expected:
    """What a document says that servers send."""

    def __init__(self, document: Document) -> None:
        self.side = DocumentView(document, "document")
        self.reader = self.side.reader
        self.endpoints = sorted(self.side.endpoints().values(), key=lambda one: one.path.count("{"))
        self.streams = streams(self.side)

    def endpoint(self, method: str, path: str) -> Endpoint | None:
        """The operation that a request is for; paths without parameters come first."""
        for one in self.endpoints:
            pattern = "[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", one.path)))
            if one.method == method.lower() and re.fullmatch(pattern, path):
                return one
        return None

    def problems(self, exchange: Exchange) -> Iterator[Problem]:
        """What is wrong with one answer, with the operation or event it is wrong for."""
        endpoint = self.endpoint(exchange.method, exchange.path)
        if endpoint is None:
            return
        responses = object_at(endpoint.raw, "responses")
        pointer = f"{endpoint.pointer}/responses/{exchange.status}"
        answer = responses.get(str(exchange.status), responses.get("default"))
        if answer is None:
            yield endpoint.label, problem(INVALID, endpoint.pointer, f"answer {exchange.status} is not in the document")
            return
        spot = self.side.component(SchemaRef(answer, pointer))
        kinds = {kind.partition(";")[0] for kind in object_at(spot.raw, "content")}
        if (
            kinds
            and exchange.content_type not in kinds
            and "*/*" not in kinds
            and "application/octet-stream" not in kinds
        ):
            told = f"answer {exchange.status} is {exchange.content_type or 'without a type'}, not {' or '.join(kinds)}"
            yield endpoint.label, problem(INVALID, spot.pointer, told)
        elif exchange.content_type == STREAM:
            for event in events(exchange.body):
                yield from self.event(event)
        elif exchange.content_type == JSON:
            media = object_at(spot.raw, "content").get(JSON, {})
            if "schema" in media:
                body = SchemaRef(media["schema"], f"{spot.pointer}/content/{escape(JSON)}/schema")
                for change in Body(self.reader, endpoint.label).problems(body, exchange.body, ""):
                    yield endpoint.label, change

    def event(self, body: Any) -> Iterator[Problem]:
        """What is wrong with one event of a stream."""
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
    """Where a value does not fit a schema. `label` names what has no schema of its own."""

    reader: SchemaReader
    label: str

    def problems(self, spot: SchemaRef, value: Any, path: str) -> Iterator[Change]:
        """The problems of one value; those of a choice are the ones of the alternative that fits best."""
        shape = self.reader.normalise(spot)
        name = self.name(shape.pointer or spot.pointer, path)
        if value is None:
            if shape.types and not shape.nullable:
                yield problem(INVALID, spot.pointer, f"{name} is null, but should be {shape.type_name}")
        elif shape.union:
            yield from self.alternatives(shape.union.members, spot, value, path)
        elif shape.types and not fits(value, shape):
            kind = KINDS.get(type(value).__name__, "of no JSON type")
            yield problem(INVALID, spot.pointer, f"{name} is {kind}, but should be {shape.type_name}")
        elif shape.enum is not None and value not in shape.enum:
            yield problem(INVALID, spot.pointer, f"{name} is {code(value)}, which is not listed")
        elif is_object(value):
            yield from self.in_object(shape, value, path)
        elif is_list(value) and shape.items:
            for item in value:
                yield from self.problems(shape.items, item, f"{path}[]")

    def alternatives(self, members: Iterable[SchemaRef], spot: SchemaRef, value: Any, path: str) -> Iterator[Change]:
        """What the alternative that fits best leaves to say; one finding where none of several fits."""
        tried = [list(self.problems(one, value, path)) for one in members]
        fitting = [found for found in tried if all(one.rule == UNKNOWN for one in found)]
        if fitting or len(tried) == 1:
            yield from min(fitting or tried, key=len)
        elif tried:
            yield problem(INVALID, spot.pointer, f"{self.name(spot.pointer, path)} fits none of its alternatives")

    def in_object(self, shape: NormalSchema, value: Document, path: str) -> Iterator[Change]:
        """Where the fields of an object do not fit."""
        for key in sorted(shape.required - value.keys()):
            yield problem(INVALID, shape.pointer, f"{self.name(shape.pointer, path, key)} is missing")
        for key, item in value.items():
            if key in shape.properties:
                yield from self.problems(shape.properties[key], item, f"{path}.{key}".lstrip("."))
            elif isinstance(shape.additional, SchemaRef):
                yield from self.problems(shape.additional, item, f"{path}.*".lstrip("."))
            elif shape.additional is False:
                yield problem(INVALID, shape.pointer, f"{self.name(shape.pointer, path, key)} is not in the document")
            elif shape.properties and shape.additional is None:
                yield problem(UNKNOWN, shape.pointer, self.name(shape.pointer, path, key))

    def name(self, pointer: str, path: str, field: str = "") -> str:
        """A field as reports call it: by its schema where it has one, or else by its place in the body."""
        match = re.match(r"/components/schemas/([^/]+)", pointer)
        inner = [
            part for part in (match[1] if match else "", path.rpartition(".")[2] if match else path, field) if part
        ]
        return f"`{'.'.join(inner)}`" if inner else f"the body of {self.label}"


def problem(rule: str, pointer: str | None, text: str) -> Change:
    """A problem with its place in the document."""
    return Change(rule, pointer, pointer, {"new": text})


def fits(value: Any, shape: NormalSchema) -> bool:
    """Whether a value has one of the types."""
    kind = KINDS.get(type(value).__name__, "")
    return kind in shape.types or (kind == "integer" and "number" in shape.types)


def events(text: str) -> Iterator[Any]:
    """The events of a stream; those without data say nothing but that the server is alive."""
    for block in re.split(r"\r?\n\r?\n", text):
        lines = [line[5:].removeprefix(" ") for line in re.split(r"\r?\n", block) if line.startswith("data:")]
        if lines:
            try:
                yield json.loads("\n".join(lines))
            except ValueError:
                yield "\n".join(lines)
