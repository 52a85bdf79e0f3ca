"""Reports count absorbed findings apart, and show no active content of a document."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.drift.command import write
from pipeline.drift.report import FORMATS, render
from pipeline.drift.report.elements import headline
from pipeline.drift.rules.finding import Finding, Place
from pipeline.drift.rules.verdict import Report
from pipeline.drift.schemas.phrases import code

HOSTILE = "`@everyone ![x](http://localhost/x.png) <img src=x> [a](b) \x1b[31m \u202e \n::error::```"


def finding(name: str = "plain", *, absorbed: str | None = None, waived: str | None = None) -> Finding:
    return Finding(
        id="response-optional-property-removed",
        level="breaking",
        layer="wire",
        text=f"response field {code(name)} is gone from {name}",
        hint="Expect nothing.",
        places=(Place(f"GET /{name}", f"/paths/{name}", f"/paths/{name}", 1, 1),),
        payload={"name": name},
        absorbed=absorbed,
        waived=waived,
    )


def test_headline_counts_absorbed_findings_apart() -> None:
    report = Report("a", "b", (finding(), finding(absorbed="the corrections"), finding(waived="fine")))
    assert headline(report) == [
        ("wire: breaking (1 breaking, 1 waived; absorbed by corrections: 1 breaking)", "breaking")
    ]
    counts = json.loads(render(report, "json"))["counts"]
    assert (counts["breaking"], counts["absorbed"], counts["waived"]) == (1, 1, 1)


def test_headline_of_absorbed_findings_alone() -> None:
    report = Report("a", "b", (finding(absorbed="the corrections"),))
    assert headline(report)[0][0] == "wire: breaking (absorbed by corrections: 1 breaking)"


@pytest.mark.parametrize("form", FORMATS)
def test_control_characters_are_replaced(form: str) -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), form)
    assert "\x1b" not in text
    if form not in ("json", "sarif"):
        assert "\u202e" not in text
    if form in ("github", "markdown"):
        assert not [line for line in text.splitlines() if re.match(r"\s*::error::['`]", line)]


def test_markdown_has_no_active_content() -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), "markdown")
    lines = text.splitlines()
    assert not [line for line in lines if line.startswith("```")]
    for line in lines:
        outside_code = "".join(line.split("`")[::2])
        for active in ("@everyone", "![x](", "[a](", "<img"):
            assert active not in outside_code, line


def test_html_has_no_active_content() -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), "html")
    assert "<img" not in text


def test_output_replaces_a_symbolic_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("kept")
    link = tmp_path / "report"
    link.symlink_to(other)
    write(link, "report")
    assert (link.read_text(), other.read_text(), link.is_symlink()) == ("report", "kept", False)
