"""JSON, for programs."""

from __future__ import annotations

import json

from pipeline.drift.rules.verdict import Report


def render(report: Report) -> str:
    """Return the report as one JSON object."""
    return json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
