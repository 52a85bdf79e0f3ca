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
from pipeline.drift.python.pair import SurfacePair
from pipeline.drift.python.samples import samples
from pipeline.drift.python.surface import Surface, operation_key
from pipeline.drift.schemas.access import is_same, object_at
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.wire.streams import streams
from pipeline.drift.wire.views import DocumentView, Endpoint
from pipeline.errors import PipelineError

SECONDS = 60
# Module, class, status and value of a payload.
Case = tuple[str | None, str, int, Any]
# Reads all packages in one process, each once, since importing the models takes as long as parsing.
READER = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
PACKAGE = "dify_chatflow_client"
results = []


# What generated code reads of a response; httpx has the rest, which takes 0.1 s to import.
class Response:
    def __init__(self, status, payload):
        self.status_code = status
        self.payload = payload

    def json(self):
        return self.payload

    def __getattr__(self, name):
        import httpx
        return getattr(httpx.Response(self.status_code, json=self.payload), name)


class Client:
    raise_on_unexpected_status = False

    def __getattr__(self, name):
        return getattr(importlib.import_module(PACKAGE + ".client").Client(base_url="http://localhost"), name)


loaded = None
for folder, cases in json.load(sys.stdin):
    if folder != loaded:
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        loaded = folder
    failures = []
    results.append(failures)
    try:
        models = importlib.import_module(PACKAGE + ".models")
    except Exception as error:
        failures.append([None, type(error).__name__ + ": " + str(error)[:200]])
        continue
    for number, (module, name, status, payload) in enumerate(cases):
        try:
            if module:
                parse = importlib.import_module(PACKAGE + "." + module)._parse_response
                parse(client=Client(), response=Response(status, payload))
            else:
                getattr(models, name).from_dict(payload)
        except Exception as error:
            failures.append([number, type(error).__name__ + ": " + str(error)[:200]])
json.dump(results, sys.stdout)
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


def relevant(pair: SurfacePair, old: Document, new: Document) -> tuple[list[Payload], list[Payload]]:
    """Return the payloads of two documents, without those of labels where neither payloads nor code differ."""
    both = payloads(old), payloads(new)
    by_label = [grouped(listed) for listed in both]
    same = {
        label
        for label, listed in by_label[0].items()
        if pair.has_same_code(label) and is_same(listed, by_label[1].get(label))
    }
    mine, theirs = ([one for one in listed if one.label not in same] for listed in both)
    return mine, theirs


def grouped(listed: list[Payload]) -> dict[str, list[tuple[int, Any]]]:
    """Return the statuses and values of payloads by label."""
    found: dict[str, list[tuple[int, Any]]] = {}
    for one in listed:
        found.setdefault(one.label, []).append((one.status, one.value))
    return found


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


def failures(packages: list[tuple[Path, Surface, list[Payload]]]) -> list[list[Failure]]:
    """Return the payloads that each package cannot parse, without operations and events that it does not have."""
    known: list[list[Payload]] = []
    cases: list[tuple[str, list[Case]]] = []
    for folder, surface, listed in packages:
        found = [(payload, case) for payload in listed if (case := case_of(surface, payload))]
        known.append([payload for payload, _ in found])
        cases.append((str(folder), [case for _, case in found]))
    if not any(known):
        return [[] for _ in packages]
    result = subprocess.run(
        [sys.executable, "-I", "-c", READER],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise PipelineError("the generated packages", f"cannot be read with sample payloads: {last}")
    failed: list[list[tuple[int | None, str]]] = json.loads(result.stdout)
    return [
        [Failure(listed[number] if number is not None else Payload("", 0, None), error) for number, error in of_package]
        for listed, of_package in zip(known, failed, strict=True)
    ]


def case_of(surface: Surface, payload: Payload) -> Case | None:
    """Return the module, class, status and value for the child process; None if the package does not know the name."""
    if payload.event is not None and payload.event in surface.variants:
        return None, surface.variants[payload.event], 200, payload.value
    function = surface.functions.get(operation_key(payload.label))
    if function and str(payload.status) in function.statuses:
        return function.module, "", payload.status, payload.value
    return None
