"""The changelog entry of an update, and the next version."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report
from pipeline.errors import PipelineError

LAYERS = (("python", "Your code"), ("wire", "The server"))
LEVELS = (("breaking", "breaking"), ("warning", "possibly breaking"), ("non-breaking", "compatible"))
# Findings about this tree, which users of the client do not see.
INTERNAL = ("generated-stale", "correction-", "waiver-expired", "waiver-unused")
UNRELEASED = "## [Unreleased]"
SHOWN = 25
CHANGELOG = "CHANGELOG.md"
PHRASES = {"breaking": "a breaking change", "feature": "a new feature", "fix": "a fix"}


def kind_of_change(report: Report) -> str:
    """Return the kind of release that an update needs: breaking, feature or fix."""
    return {"breaking": "breaking", "changed": "feature"}.get(report.python or "", "fix")


def next_version(version: str, kind: str) -> str:
    """Return the next version by Semantic Versioning; before 1.0 a breaking change raises the middle number."""
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    if major == 0:
        return f"0.{minor + 1}.0" if kind == "breaking" else f"0.{minor}.{patch + 1}"
    return {"breaking": f"{major + 1}.0.0", "feature": f"{major}.{minor + 1}.0"}.get(
        kind, f"{major}.{minor}.{patch + 1}"
    )


def suggestion(report: Report, root: Path) -> str:
    """Return a sentence with the next version, which also covers the earlier changes since the last release."""
    changelog = root / CHANGELOG
    unreleased, released = split(changelog.read_text(encoding="utf-8") if changelog.is_file() else "")
    version = released or project_version(root)
    kind = kind_of_change(report)
    needed = [next_version(version, kind), *re.findall(r"→ (\d+\.\d+\.\d+)", unreleased)]
    return f"This is {PHRASES[kind]}: {version} → {max(needed, key=numbers)}."


def split(changelog: str) -> tuple[str, str | None]:
    """Return the unreleased section of a changelog, and the version of its last release if there is one."""
    _, _, rest = changelog.partition(UNRELEASED)
    unreleased, *_ = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)
    released = re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    return unreleased, released[1] if released else None


def project_version(root: Path) -> str:
    """Return the version in the file that pyproject.toml names."""
    project = root / "pyproject.toml"
    settings = tomllib.loads(project.read_text(encoding="utf-8")) if project.is_file() else {}
    path = root / settings.get("tool", {}).get("hatch", {}).get("version", {}).get("path", "")
    found = (
        re.search(r'^__version__ = "([\d.]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        if path.is_file()
        else None
    )
    if not found:
        raise PipelineError(project, "names no file with __version__; set tool.hatch.version.path")
    return found[1]


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version."""
    return tuple(map(int, version.split(".")))


def entry(report: Report, root: Path) -> str:
    """Return the section for a changelog: changes in users' code, changes of servers, and those without effect."""
    document = report.revision.rsplit("/", 1)[-1]
    lines = [f"### API document: {document}", "", suggestion(report, root), ""]
    relevant = [finding for finding in report.counted if not finding.id.startswith(INTERNAL)]
    visible = [finding for finding in relevant if not finding.absorbed]
    for layer, layer_title in LAYERS:
        for level, title in LEVELS:
            found = [finding for finding in visible if (finding.layer, finding.level) == (layer, level)]
            lines += section(f"{layer_title}, {title}:", map(bullet, found))
    absorbed = [finding for finding in relevant if finding.absorbed]
    return "\n".join([*lines, *section("No effect on Python users, due to corrections:", map(bullet, absorbed))])


def section(title: str, bullets: Iterable[str]) -> list[str]:
    """Return the lines of a titled list, or nothing if it is empty."""
    lines = list(bullets)
    rest = [f"- … and {len(lines) - SHOWN} more"] if lines[SHOWN:] else []
    return [title, "", *lines[:SHOWN], *rest, ""] if lines else []


def bullet(finding: Finding) -> str:
    """Return one finding as a list item."""
    where = f" ({finding.operation})" if finding.operation else ""
    hint = f" {finding.hint}" if finding.hint and finding.level == "breaking" else ""
    return f"- {finding.text}{where}.{hint}"


def with_entry(text: str, report: Report, root: Path) -> str:
    """Return a changelog with the entry at the top of its unreleased changes."""
    head, mark, rest = text.partition(UNRELEASED)
    if not mark:
        return f"{text.rstrip()}\n\n{UNRELEASED}\n\n{entry(report, root)}"
    return f"{head}{mark}\n\n{entry(report, root)}\n{rest.lstrip()}"
