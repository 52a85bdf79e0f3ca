"""JUnit XML, for dashboards of tests: each finding is a test case, which fails if it is at or above the threshold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from pipeline.drift.report.elements import example, instruction, message, places
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

# Characters that XML 1.0 does not allow, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return a document with one suite per layer."""
    suites: list[str] = []
    for layer in ("wire", "python") if report.python_compared else ("wire",):
        found = [finding for finding in report.findings if finding.layer == layer]
        cases = [case(report, finding) for finding in found]
        cases = cases or [f'<testcase classname="drift.{layer}" name="no change"/>\n']
        failures = sum(report.is_failing(finding) for finding in found)
        skipped = sum(bool(finding.waived) for finding in found)
        head = f'name="drift {layer}" tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'
        suites.append(f"<testsuite {head}>\n{notes(report)}{''.join(cases)}</testsuite>\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{"".join(suites)}</testsuites>\n'


def notes(report: Report) -> str:
    """Return what the report does not show, as properties of a suite."""
    listed = "".join(f'<property name="note" value={attribute(note)}/>\n' for note in report.notes)
    return f"<properties>\n{listed}</properties>\n" if listed else ""


def case(report: Report, finding: Finding) -> str:
    """Return one finding as a test case."""
    name = attribute(f"{finding.level}: {finding.id}: {message(finding)}")
    lines = [*places(finding), *finding.python, f"example: {shown}" if (shown := example(finding)) else ""]
    detail = escape(plain("\n".join(filter(None, [instruction(finding), *lines]))))
    body = f"<system-out>{detail}</system-out>"
    if finding.waived:
        body = f"<skipped message={attribute(finding.waived)}/>"
    elif report.is_failing(finding):
        text = attribute(f"{message(finding)}. {instruction(finding)}")
        body = f"<failure type={attribute(finding.level)} message={text}>{detail}</failure>"
    return f'<testcase classname="drift.{finding.layer}" name={name}>{body}</testcase>\n'


def attribute(text: str) -> str:
    """Return text as the quoted value of an attribute."""
    return quoteattr(plain(text))


def plain(text: str) -> str:
    """Replace the characters that XML does not allow."""
    return FORBIDDEN.sub("\ufffd", text)
