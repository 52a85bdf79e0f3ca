"""Stale code: `generated/` compared with the output for the vendored document and the corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.drift.python.edition import Edition
from pipeline.drift.python.packages import generate_all
from pipeline.drift.rules.finding import Change, Finding
from pipeline.drift.rules.grouping import to_finding
from pipeline.folders import differences
from pipeline.generator import PACKAGE
from pipeline.layout import Project
from pipeline.sources import Source

SHOWN = 3


def stale_findings(project: Project, sources: Iterable[tuple[Source, Edition]]) -> list[Finding]:
    """Return a finding if one of the documents is the vendored one and `generated/` is out of date."""
    committed = project.generated / PACKAGE
    if not (project.spec.is_file() and committed.is_dir()):
        return []
    text = project.spec.read_text(encoding="utf-8")
    vendored = next((edition for source, edition in sources if source.text == text), None)
    if vendored is None:
        return []
    (package,) = generate_all([(project, vendored.corrected)], is_formatted=True)
    if package.folder is None:
        return []
    files = sorted(differences(package.folder / PACKAGE, committed))
    return [finding(files)] if files else []


def finding(files: list[str]) -> Finding:
    """Return the finding, with the modules that differ."""
    some = ", ".join(f"`{name}`" for name in files[:SHOWN]) + (" …" if files[SHOWN:] else "")
    change = Change("generated-stale", None, None, {"count": str(len(files)), "new": some})
    modules = tuple(f"{PACKAGE}.{name.removesuffix('.py').replace('/', '.')}" for name in files)
    return replace(to_finding([(change, "")], "python"), python=modules)
