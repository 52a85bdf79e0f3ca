"""SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from pipeline.drift.report.elements import file_of, instruction, message
from pipeline.drift.rules import RULES
from pipeline.drift.rules.finding import Finding, Place
from pipeline.drift.rules.verdict import Report

LEVELS = {"breaking": "error", "warning": "warning", "non-breaking": "note", "docs-only": "note", "no-change": "none"}
SHOWN = 20


def render(report: Report) -> str:
    """Return one run with a result per finding, and the rules of these."""
    ids = sorted({finding.id for finding in report.findings})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": re.sub(r"\{\w+\}", "…", RULES[name].sentence)},
            "defaultConfiguration": {"level": LEVELS[RULES[name].level]},
            **({"help": {"text": RULES[name].hint}} if RULES[name].hint else {}),
        }
        for name in ids
    ]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "dify-chatflow drift", "rules": rules}},
        "results": [result(report, finding, ids.index(finding.id)) for finding in report.findings],
    }
    if report.notes:
        notes = [{"level": "note", "message": {"text": note}} for note in report.notes]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    """Return the result for one finding."""
    places: tuple[Place | None, ...] = finding.places[:SHOWN] or (None,)
    shown: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": index,
        "level": "note" if finding.absorbed else LEVELS[finding.level],
        "message": {"text": f"{message(finding)}. {instruction(finding)}"},
        "partialFingerprints": {"drift/v1": finding.fingerprint},
        "locations": [location(report, place) for place in places],
        "properties": {"layer": finding.layer, "python": list(finding.python)},
    }
    if finding.waived:
        shown["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    return shown


def location(report: Report, place: Place | None) -> dict[str, Any]:
    """Return a place in the new document, or in the old one if it was removed."""
    is_removed = place is not None and place.revision is None and place.base is not None
    name = report.base if is_removed else report.revision
    pointer, line = (place.base, place.base_line) if place and is_removed else (place and place.revision, None)
    line = line or (place and place.revision_line) or 1
    uri = quote(file_of(name) or name, safe="/:@?=&#%+~")
    physical = {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": pointer or "/"}]}
