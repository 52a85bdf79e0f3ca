"""SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from typing import Any

from pipeline.drift.findings import Finding, Report
from pipeline.drift.rules import RULES

LEVELS = {"breaking": "error", "warning": "warning", "non-breaking": "note", "docs-only": "note", "no-change": "none"}


def render(report: Report) -> str:
    """One run with the rules that were met and a result per finding."""
    met = sorted({finding.id for finding in report.findings})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": RULES[name].sentence},
            "help": {"text": RULES[name].hint or RULES[name].sentence},
            "defaultConfiguration": {"level": LEVELS[RULES[name].level]},
        }
        for name in met
    ]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "dify-chatflow drift", "rules": rules}},
        "results": [result(report, finding, met.index(finding.id)) for finding in report.findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    """One finding."""
    places = finding.places[:20]
    shown: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": {"text": f"{finding.text}. {finding.hint}".strip()},
        "partialFingerprints": {"drift/v1": finding.fingerprint},
        "locations": [
            location(report, place.revision, place.revision_line, place.base, place.base_line) for place in places
        ],
    }
    if not places:
        shown["locations"] = [location(report, None, None, None, None)]
    if finding.waived:
        shown["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    return shown


def location(
    report: Report, new: str | None, new_line: int | None, old: str | None, old_line: int | None
) -> dict[str, Any]:
    """A place in the new document, or in the old one for what is gone."""
    here = new is not None or old is None
    name, line, pointer = (report.revision, new_line, new) if here else (report.base, old_line, old)
    physical = {"artifactLocation": {"uri": name.replace(" ", "%20")}, "region": {"startLine": line or 1}}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": pointer or "/"}]}
