"""The next version covers all changes since the last release."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.drift.rules import Level
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report
from pipeline.update.changelog import CHANGELOG, suggestion, with_entry


def report(level: Level | None) -> Report:
    findings = () if level is None else (Finding("python-field-added", level, "python", "a field", "", ()),)
    return Report("base", "revision", findings, python_compared=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.hatch.version]\npath = "version.py"\n')
    (tmp_path / "version.py").write_text('__version__ = "0.1.0"\n')
    (tmp_path / CHANGELOG).write_text("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n")
    return tmp_path


def take(root: Path, level: Level | None) -> str:
    """Write an entry, and return the sentence about the version."""
    sentence = suggestion(report(level), root)
    changelog = root / CHANGELOG
    changelog.write_text(with_entry(changelog.read_text(), report(level), root))
    assert suggestion(report(level), root) == sentence
    return sentence


def test_later_updates_keep_the_higher_version(root: Path) -> None:
    assert take(root, "breaking") == "This is a breaking change: 0.1.0 → 0.2.0."
    assert take(root, None) == "This is a fix: 0.1.0 → 0.2.0."
    assert take(root, "non-breaking") == "This is a new feature: 0.1.0 → 0.2.0."
    assert (root / CHANGELOG).read_text().count("0.1.0 → 0.2.0") == 3


def test_later_breaking_change_raises_the_version(root: Path) -> None:
    assert take(root, None) == "This is a fix: 0.1.0 → 0.1.1."
    assert take(root, "breaking") == "This is a breaking change: 0.1.0 → 0.2.0."


def test_last_release_is_the_base(root: Path) -> None:
    take(root, "breaking")
    changelog = root / CHANGELOG
    changelog.write_text(changelog.read_text().replace("## [Unreleased]", "## [Unreleased]\n\n## [1.2.0] - 2026-01-01"))
    assert take(root, None) == "This is a fix: 1.2.0 → 1.2.1."
    assert take(root, "non-breaking") == "This is a new feature: 1.2.0 → 1.3.0."
