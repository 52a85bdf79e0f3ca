"""Recordings without people: ids are replaced, texts become as many x, and facts that the document lists are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from dify_conformance.compare import is_list, is_object
from dify_conformance.contract import Contract, Schema
from dify_conformance.exchange import JSON, STREAM, Exchange

UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
NUMBER = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?")
CURSOR = re.compile(r"\d+-\d+")
# A short word of a program, such as a status or a type.
WORD = re.compile(r"[a-z][a-z0-9_.\[\]/+-]{0,40}")
# Documented fields whose words are facts about the server, although the document lists no values.
FACTS = frozenset(
    {"event", "node_type", "type", "belongs_to", "mode", "status", "currency", "mime_type", "extension", "code"}
    | {"transfer_method", "created_from", "created_by_role", "triggered_from", "icon_type", "from_source"}
    | {"response_mode"}
)
HEADERS = ("content-type", "transfer-encoding", "x-version", "retry-after", "cache-control")
# Parameters of queries whose values are settings, not data.
SETTINGS = frozenset({"limit", "page", "sort_by", "include_state_snapshot", "continue_on_pause", "as_attachment"})
# Fields of requests, which the contract does not have.
SENT = frozenset({"query", "user", "response_mode", "auto_generate_name", "inputs", "text"})
OPEN = Schema(additional=True)


@dataclass
class Redactor:
    """Redaction of one session; the same id becomes the same id everywhere."""

    contract: Contract
    ids: dict[str, str] = field(default_factory=dict[str, str])
    keys: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self._fields = {name for schema in self.contract.schemas.values() for name in schema.get("properties", ())}

    def exchange(self, exchange: Exchange) -> Exchange:
        """Return an exchange without texts, keys and ids of its server."""
        return replace(
            exchange,
            path=self.path(exchange.path),
            query="&".join(self._parameter(one) for one in exchange.query.split("&") if one),
            sent=self._open(exchange.sent),
            headers={name: exchange.headers[name] for name in HEADERS if name in exchange.headers},
            body=self.body(exchange),
        )

    def body(self, exchange: Exchange) -> Any:
        """Return the body of a response."""
        if exchange.content_type == STREAM:
            return "\n\n".join(self._block(block) for block in exchange.body.replace("\r\n", "\n").split("\n\n"))
        if exchange.content_type != JSON:
            return hide(exchange.body) if isinstance(exchange.body, str) else None
        operation = self.contract.operation(exchange.method, exchange.path)
        response = operation.responses.get(str(exchange.status)) if operation else None
        return self.value(response["content"].get(JSON, "") if response else "", exchange.body)

    def path(self, path: str) -> str:
        """Return a path with other ids; what a template has as a word is kept."""
        operation = next((one for one in self.contract.operations if fits(one.path, path)), None)
        words = operation.path.split("/") if operation else path.split("/")
        parts = zip(words, path.split("/"), strict=True)
        return "/".join(part if word == part or WORD.fullmatch(part) else self.id(part) for word, part in parts)

    def id(self, text: str) -> str:
        """Return the id that replaces another."""
        number = len(self.ids) + 1
        return self.ids.setdefault(
            text, f"00000000-0000-4000-8000-{number:012}" if UUID.fullmatch(text) else f"id-{number}"
        )

    def value(self, place: str, value: Any, name: str = "") -> Any:
        """Return a value with the schema at a place."""
        _, schema = self.contract.schema(place)
        for one in schema.get("any", ()):
            below = self.contract.schema(one)[1]
            if is_object(value) and value.keys() <= below.get("properties", {}).keys():
                return self.value(one, value, name)
        if is_object(value):
            return self._fields_of(schema, value)
        if is_list(value):
            return [self.value(schema.get("items", ""), item, name) for item in value]
        if isinstance(value, str):
            return self._text(schema, value, name)
        return value if schema.get("types") or not isinstance(value, int | float) else without_number(value)

    def _fields_of(self, schema: Schema, value: Mapping[str, Any]) -> dict[str, Any]:
        properties, additional = schema.get("properties", {}), schema.get("additional")
        kept: dict[str, Any] = {}
        for key, item in value.items():
            if key in properties:
                kept[key] = self.value(properties[key], item, key)
            elif properties and WORD.fullmatch(key):  # an undocumented field is what a recording is about
                kept[key] = self._open(item)
            else:
                kept[self._key(key)] = self.value(additional, item) if isinstance(additional, str) else self._open(item)
        return kept

    def _open(self, value: Any, name: str = "") -> Any:
        """Return a value that no schema describes."""
        if is_object(value):
            return {self._key(key): self._open(item, key) for key, item in value.items()}
        if is_list(value):
            return [self._open(item) for item in value]
        return (
            self._text(OPEN, value, name if name == "response_mode" else "")
            if isinstance(value, str)
            else without_number(value)
        )

    def _key(self, key: str) -> str:
        """Return a key of an open object: a name that the document has somewhere, or a number."""
        if key in self._fields or key in SENT or re.fullmatch(r"sys\.[a-z_]+", key):
            return key
        return self.keys.setdefault(key, f"key-{len(self.keys) + 1}")

    def _text(self, schema: Schema, text: str, name: str) -> str:
        is_fact = name in FACTS or "enum" in schema or "listed" in schema
        is_decimal = schema.get("format") == "decimal" and NUMBER.fullmatch(text)
        if (is_fact and WORD.fullmatch(text)) or is_decimal:
            return text
        if UUID.fullmatch(text) or (text and schema.get("format") == "identifier"):
            return self.id(text)
        if text[:1] in ("{", "["):
            with suppress(ValueError):
                return json.dumps(self._open(json.loads(text)))
        return hide(text)

    def _parameter(self, text: str) -> str:
        name, _, value = text.partition("=")
        return text if name in SETTINGS else f"{name}={self.id(value) if UUID.fullmatch(value) else hide(value)}"

    def _block(self, block: str) -> str:
        lines = block.split("\n")
        data = [line.removeprefix("data:").removeprefix(" ") for line in lines if line.startswith("data:")]
        kept = [line for line in lines if line in ("", "event: ping", ": ping")]
        kept += [line for line in lines if line.startswith("id:") and CURSOR.fullmatch(line[3:].strip())]
        if not data:
            return "\n".join(kept)
        text = "\n".join(data)
        try:
            event = json.loads(text)
        except ValueError:
            return "\n".join([*kept, *(f"data: {hide(line)}" for line in data)])
        name = event.get("event") if is_object(event) else None
        place = self.contract.events.get(name, "") if isinstance(name, str) else ""
        redacted = self.value(place, event)
        if is_object(redacted) and isinstance(name, str) and WORD.fullmatch(name):
            redacted["event"] = name
        is_spaced = text.startswith('{"event": ')
        made = json.dumps(redacted, ensure_ascii=is_spaced, separators=None if is_spaced else (",", ":"))
        return "\n".join([*kept, f"data: {made}"])


def fits(template: str, path: str) -> bool:
    """Return whether a path has the form of a template."""
    return bool(re.fullmatch("[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", template))), path))


def hide(text: str) -> str:
    """Return a text of the same length and spacing, without its characters."""
    return re.sub(r"\S", "x", text)


def without_number(value: Any) -> Any:
    """Return zero for a number, and anything else as it is."""
    return type(value)(0) if isinstance(value, int | float) and not isinstance(value, bool) else value
