"""The changelog entry of an update, and the version it asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

LAYERS = (("python", "Your code"), ("wire", "The server"))
TITLES = (("breaking", "breaking"), ("warning", "to know"), ("non-breaking", "new and compatible"))
# What is about this tree, not about users; an update puts the first right.
OURS = ("generated-stale", "correction-unmatched", "waiver-expired", "waiver-unused")
UNRELEASED = "## [Unreleased]"
MOST = 25


def bump(report: Report) -> str:
    """Which part of the version an update asks for: breaking, feature or fix."""
    return {"breaking": "breaking", "changed": "feature"}.get(report.python or "", "fix")


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


def entry(report: Report, root: Path) -> str:
    """The section for a changelog: what changes in users' code, what servers do, and what corrections keep away."""
    shown = report.revision.rsplit("/", 1)[-1]
    lines = [f"### API document: {shown}", "", suggestion(report, root), ""]
    told = [finding for finding in report.counted if finding.id not in OURS]
    felt = [finding for finding in told if not finding.absorbed]
    for layer, layer_title in LAYERS:
        for level, title in TITLES:
            found = [finding for finding in felt if (finding.layer, finding.level) == (layer, level)]
            lines += listed(f"{layer_title}, {title}:", [bullet(finding) for finding in found])
    absorbed = [finding for finding in told if finding.absorbed]
    return "\n".join([*lines, *listed("No change for Python users, since corrections had it:", map(bullet, absorbed))])


def listed(title: str, bullets: Iterable[str]) -> list[str]:
    """A list under its title; nothing where it is empty."""
    lines = list(bullets)
    rest = [f"- … and {len(lines) - MOST} more"] if lines[MOST:] else []
    return [title, "", *lines[:MOST], *rest, ""] if lines else []


def bullet(finding: Finding) -> str:
    """One finding as a line."""
    where = f" ({finding.operation})" if finding.operation else ""
    hint = f" {finding.hint}" if finding.hint and finding.level == "breaking" else ""
    return f"- {finding.text}{where}.{hint}"


def entered(text: str, report: Report, root: Path) -> str:
    """A changelog with the entry at the top of what is unreleased."""
    head, mark, rest = text.partition(UNRELEASED)
    if not mark:
        return f"{text.rstrip()}\n\n{UNRELEASED}\n\n{entry(report, root)}"
    return f"{head}{mark}\n\n{entry(report, root)}\n{rest.lstrip()}"
