"""JUnit XML, for dashboards that show tests: every finding is a case, those that break or warn have failed."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from pipeline.drift.findings import Finding, Report
from pipeline.drift.report.words import where


def render(report: Report) -> str:
    """One suite per layer."""
    suites: list[str] = []
    for layer in ("wire", "python") if report.python_compared else ("wire",):
        found = [finding for finding in report.findings if finding.layer == layer]
        failed = [finding for finding in found if fails(finding)]
        cases = (
            "".join(case(finding) for finding in found) or f'<testcase classname="drift.{layer}" name="no change"/>\n'
        )
        head = f'name="drift {layer}" tests="{max(len(found), 1)}" failures="{len(failed)}"'
        suites.append(f"<testsuite {head}>\n{cases}</testsuite>\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{"".join(suites)}</testsuites>\n'


def fails(finding: Finding) -> bool:
    """Whether a finding is shown as a failed test."""
    return finding.level in ("breaking", "warning") and not finding.waived


def case(finding: Finding) -> str:
    """One finding as a test."""
    name = quoteattr(f"{finding.id}: {finding.text}")
    body = ""
    if fails(finding):
        detail = escape("\n".join([*where(finding, 50), *finding.python, finding.hint]))
        body = f"<failure type={quoteattr(finding.level)} message={quoteattr(finding.text)}>{detail}</failure>"
    elif finding.waived:
        body = f"<skipped message={quoteattr(finding.waived)}/>"
    return f'<testcase classname="drift.{finding.layer}" name={name}>{body}</testcase>\n'
