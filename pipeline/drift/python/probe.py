"""The parse probe: payloads that are valid under one document, parsed by the client generated from another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.document import Document, operations
from pipeline.drift.python.samples import samples
from pipeline.drift.python.surface import Surface
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.streams import streams
from pipeline.drift.wire.views import DocumentView, Endpoint

SECONDS = 60
READER = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
import httpx
client = importlib.import_module("dify_chatflow_client.client").Client(base_url="http://localhost")
models = importlib.import_module("dify_chatflow_client.models")
failures = []
for number, (module, name, status, payload) in enumerate(json.load(sys.stdin)):
    try:
        if module:
            response = httpx.Response(status, json=payload)
            importlib.import_module("dify_chatflow_client." + module)._parse_response(client=client, response=response)
        else:
            getattr(models, name).from_dict(payload)
    except Exception as error:
        failures.append([number, type(error).__name__ + ": " + str(error)[:200]])
json.dump(failures, sys.stdout)
"""


@dataclass(frozen=True)
class Payload:
    """One response or event."""

    label: str
    status: int
    value: Any

    @property
    def event(self) -> str | None:
        """The name of the event, or None for a response."""
        return self.label.removeprefix("event ") if self.label.startswith("event ") else None


@dataclass(frozen=True)
class Failure:
    """A payload that a client cannot parse, with the error."""

    payload: Payload
    error: str


def payloads(document: Document) -> list[Payload]:
    """Return responses and events that are valid under a document."""
    side = DocumentView(document, "corrected")
    return [*responses(side), *events(side)]


def responses(side: DocumentView) -> Iterator[Payload]:
    """Yield the JSON responses of every operation."""
    for method, path, operation in operations(side.document):
        endpoint = Endpoint(method, path, "", operation, {}, "")
        for status, response in object_at(operation, "responses").items():
            found = side.component(SchemaRef(response, f"/{method} {path}/{status}"))
            media = object_at(found.raw, "content")
            for kind in media:
                spot = side.schema(SchemaRef({"content": {kind: media[kind]}}, f"{found.pointer}/{kind}"))
                if spot and "json" in kind and str(status).isdigit():
                    yield from (Payload(endpoint.label, int(status), value) for value in samples(side.reader, spot))


def events(side: DocumentView) -> Iterator[Payload]:
    """Yield every event of every stream."""
    for stream in streams(side).values():
        for name, event in stream.events.items():
            for value in samples(side.reader, event.schema):
                yield Payload(event.label, 200, value | {stream.tag: name} if isinstance(value, dict) else value)


def failures(folder: Path, surface: Surface, listed: list[Payload]) -> list[Failure]:
    """Return the payloads that a package cannot parse, except for operations and events it does not have."""
    known: list[Payload] = []
    cases: list[tuple[str | None, str, int, Any]] = []
    for payload in listed:
        function = surface.functions.get(payload.label)
        if payload.event is not None and payload.event in surface.variants:
            cases.append((None, surface.variants[payload.event], 200, payload.value))
        elif function and str(payload.status) in function.statuses:
            cases.append((function.module, "", payload.status, payload.value))
        else:
            continue
        known.append(payload)
    command = [sys.executable, "-I", "-c", READER, str(folder)]
    result = subprocess.run(
        command, input=json.dumps(cases), capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        return [Failure(Payload("", 0, None), f"the package cannot be imported: {last}")]
    failed: list[tuple[int, str]] = json.loads(result.stdout)
    return [Failure(known[number], error) for number, error in failed]
