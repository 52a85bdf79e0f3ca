"""The changelog entry of an update, and the version it asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pipeline.drift.findings import Finding, Report

TITLES = (("breaking", "Breaking"), ("warning", "To know"), ("non-breaking", "New and compatible"))
UNRELEASED = "## [Unreleased]"
MOST = 25


def bump(report: Report) -> str:
    """Which part of the version an update asks for: breaking, feature or fix."""
    if report.python == "breaking":
        return "breaking"
    added = any("added" in finding.id or finding.id.startswith("new-") for finding in report.findings)
    return "feature" if added or report.python == "changed" else "fix"


def next_version(version: str, kind: str) -> str:
    """The next version by Semantic Versioning; before 1.0 the middle number stands for breaking changes."""
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    if major == 0:
        return f"0.{minor + 1}.0" if kind == "breaking" else f"0.{minor}.{patch + 1}"
    return {"breaking": f"{major + 1}.0.0", "feature": f"{major}.{minor + 1}.0"}.get(
        kind, f"{major}.{minor}.{patch + 1}"
    )


def suggestion(report: Report, root: Path) -> str:
    """The suggested version in a sentence."""
    kind = bump(report)
    project = root / "pyproject.toml"
    version = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] if project.is_file() else "0.0.0"
    return f"This is a {kind} change: {version} → {next_version(version, kind)}."


def entry(report: Report) -> str:
    """The section for a changelog."""
    shown = report.revision.rsplit("/", 1)[-1]
    lines = [f"### API document: {shown}", "", f"For the changelog of the client this is a {bump(report)} change.", ""]
    for level, title in TITLES:
        found = [finding for finding in report.counted if finding.level == level]
        if found:
            lines += [f"{title}:", "", *(bullet(finding) for finding in found[:MOST])]
            lines += [f"- … and {len(found) - MOST} more"] if found[MOST:] else []
            lines.append("")
    return "\n".join(lines)


def bullet(finding: Finding) -> str:
    """One finding as a line."""
    where = f" ({finding.operation})" if finding.operation else ""
    hint = f" {finding.hint}" if finding.hint and finding.level == "breaking" else ""
    return f"- {finding.text}{where}.{hint}"


def entered(text: str, report: Report) -> str:
    """A changelog with the entry at the top of what is unreleased."""
    head, mark, rest = text.partition(UNRELEASED)
    if not mark:
        return f"{text.rstrip()}\n\n{UNRELEASED}\n\n{entry(report)}"
    return f"{head}{mark}\n\n{entry(report)}\n{rest.lstrip()}"
