"""Differences between responses and a contract, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, TypeGuard

from dify_conformance.contract import ANY_MEDIA, Contract, Schema, component, type_name
from dify_conformance.exchange import JSON, STREAM, Exchange, events

Kind = Literal["missing", "type", "value", "field", "event", "status", "content", "order"]
# The JSON types of Python's types.
TYPES = {"dict": "object", "list": "array", "str": "string", "bool": "boolean", "int": "integer", "float": "number"}
MOST = 60
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Difference:
    """One difference between a response and the contract.

    Attributes:
        kind: `missing` and `type` of a field, `value` outside a list, `field`, `event`, `status` or media type
            (`content`) that the document does not have.
        label: The operation or the event.
        place: The JSON pointer in the document.
        text: The difference as a sentence.
        name: The field; empty where it is the response.
        is_open: The document allows it, but does not describe it: another field, another value of an open text.
    """

    kind: Kind
    label: str
    place: str
    text: str
    name: str = ""
    is_open: bool = False


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def differences(contract: Contract, exchange: Exchange) -> Iterator[Difference]:
    """Yield the differences of one response; one to an operation that the document does not have has none."""
    operation = contract.operation(exchange.method, exchange.path)
    if operation is None:
        return
    label = operation.label
    response = operation.responses.get(str(exchange.status), operation.responses.get("default"))
    if response is None:
        yield Difference("status", label, "", f"response {exchange.status} is not in the document")
        return
    content, media = response["content"], exchange.content_type
    if content and not content.keys() & {media, *ANY_MEDIA}:
        expected = f"{media or 'without a media type'}, not {' or '.join(sorted(content))}"
        subject = f"response {exchange.status}"
        if exchange.status == HTTPStatus.NOT_FOUND and has_malformed_id(label, exchange.path):
            subject += " to a malformed id"
        yield Difference("content", label, response["place"], f"{subject} is {expected}")
    elif media == STREAM:
        for event in events(exchange.body):
            yield from event_differences(contract, event)
    elif media == JSON and content.get(JSON):
        yield from Comparison(contract, label).differences(content[JSON], exchange.body)


def has_malformed_id(label: str, path: str) -> bool:
    """Return whether a path has something else than a UUID in the place of an id, by the label of its operation."""
    pairs = zip(label.partition(" ")[2].split("/"), path.split("/"), strict=True)
    return any(name.endswith("_id}") and not re.fullmatch(UUID, value, re.IGNORECASE) for name, value in pairs)


def event_differences(contract: Contract, event: Any) -> Iterator[Difference]:
    """Yield the differences of one event of a stream."""
    name = event.get("event") if is_object(event) else event
    place = contract.events.get(name) if isinstance(name, str) else None
    if place is None or not is_object(event):
        yield Difference("event", "stream", "", f"the event {quote(name)} is not in the document")
    else:
        yield from Comparison(contract, f"event {name}").differences(place, event)


@dataclass(frozen=True)
class Comparison:
    """A comparison of values with schemas; `label` names the operation or the event."""

    contract: Contract
    label: str

    def differences(self, place: str, value: Any, name: str = "") -> Iterator[Difference]:
        """Yield the differences of one value called `name`; for a union, those from the alternative that fits best."""
        own, schema = self.contract.schema(place)
        types, outer, name = schema.get("types", []), name, component(own) or name
        if value is None:
            if types and not schema.get("nullable"):
                yield self._found("type", place, outer or name, f"is null, but should be {type_name(schema)}")
        elif "any" in schema:
            yield from self._alternatives(schema["any"], place, value, name)
        elif types and not fits(value, types):
            kind = TYPES.get(type(value).__name__, "of no JSON type")
            yield self._found("type", place, name, f"is {kind}, but should be {type_name(schema)}")
        elif "enum" in schema and value not in schema["enum"]:
            yield self._found("value", place, name, f"is {quote(value)}, which is not listed")
        elif "listed" in schema and value not in schema["listed"]:
            yield self._found("value", place, name, f"with the value {quote(value)}", is_open=True)
        elif is_object(value):
            yield from self._fields(own, schema, value, name)
        elif is_list(value) and "items" in schema:
            for item in value:
                yield from self.differences(schema["items"], item, f"{name}[]")

    def _alternatives(self, members: Iterable[str], place: str, value: Any, name: str) -> Iterator[Difference]:
        tried = [list(self.differences(one, value, name)) for one in members]
        fitting = [found for found in tried if all(one.is_open for one in found)]
        if fitting or len(tried) == 1:
            yield from min(fitting or tried, key=len)
        elif tried:
            yield self._found("type", place, name, "fits none of its alternatives")

    def _fields(self, place: str, schema: Schema, value: dict[str, Any], name: str) -> Iterator[Difference]:
        properties, additional = schema.get("properties", {}), schema.get("additional")
        for key in sorted(set(schema.get("required", ())) - value.keys()):
            yield self._found("missing", place, join(name, key), "is missing")
        for key, item in value.items():
            if key in properties:
                yield from self.differences(properties[key], item, join(name, key))
            elif isinstance(additional, str):
                yield from self.differences(additional, item, join(name, "*"))
            elif additional is False:
                yield self._found("field", place, join(name, key), "is not in the document")
            elif properties and additional is None:
                yield self._found("field", place, join(name, key), "", is_open=True)

    def _found(self, kind: Kind, place: str, name: str, text: str, *, is_open: bool = False) -> Difference:
        subject = f"`{name}`" if name else f"the body of {self.label}"
        return Difference(kind, self.label, place, f"{subject} {text}".strip(), name, is_open)


def join(name: str, key: str) -> str:
    """Return the name of a field of a value."""
    return f"{name}.{key}" if name else key


def fits(value: Any, types: Iterable[str]) -> bool:
    """Return whether a value has one of the types of a schema."""
    kind = TYPES.get(type(value).__name__, "")
    return kind in types or (kind == "integer" and "number" in types)


def quote(value: Any) -> str:
    """Return a value in backticks, on one line, shortened where it is long."""
    text = " ".join((value if isinstance(value, str) else json.dumps(value, default=str)).split()).replace("`", "'")
    return f"`{text if len(text) <= MOST else text[: MOST - 1] + '…'}`"
