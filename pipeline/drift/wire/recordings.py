"""Responses of a server, recorded or live, compared with the document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dify_conformance.compare import Difference, differences
from dify_conformance.exchange import Exchange
from pipeline.document import Document
from pipeline.drift.rules.finding import Change, Finding, severity_key
from pipeline.drift.rules.grouping import to_finding
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.contract import contract

INVALID, UNKNOWN = "recording-invalid", "recording-unknown"


def compare(document: Document, exchanges: Iterable[Exchange]) -> list[Finding]:
    """Return a finding per difference between responses and document, with the exchanges that show it.

    Responses of operations that the document does not have are ignored.
    """
    expected = contract(document)
    causes: dict[tuple[str, str], list[tuple[str, str, Change]]] = {}
    for exchange in exchanges:
        for found in differences(expected, exchange):
            change = to_change(found)
            causes.setdefault((change.rule, change.words["new"]), []).append((exchange.name, found.label, change))
    findings = (
        replace(
            to_finding([(change, label) for _, label, change in uses], "wire"),
            payload={"exchanges": list(dict.fromkeys(name for name, _, _ in uses))},
        )
        for uses in causes.values()
    )
    return sorted(findings, key=severity_key)


def to_change(found: Difference) -> Change:
    """Return a difference as a change for a finding."""
    place = found.place or None
    return Change(UNKNOWN if found.is_open else INVALID, place, place, {"new": found.text})


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
