"""The check before a release, and the settings it depends on."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.__main__ import main
from pipeline.update.changelog import project_version, split
from tests.conftest import ROOT

READY = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n\n### Added\n\n- One.\n"


def release(root: Path, changelog: str = READY, urls: str = 'urls = {Source = "https://host.example"}') -> list[str]:
    (root / "pyproject.toml").write_text(f'[project]\n{urls}\n[tool.hatch.version]\npath = "version.py"\n')
    (root / "version.py").write_text('__version__ = "1.2.3"\n')
    (root / "CHANGELOG.md").write_text(changelog)
    return ["release-check", "--root", str(root)]


def test_matching_release_is_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*release(tmp_path), "v1.2.3"]) == 0
    assert capsys.readouterr().out == "ready to release 1.2.3\n"


@pytest.mark.parametrize(
    ("changelog", "tag", "message"),
    [
        (READY, "v1.2.4", "the tag does not match the version: v1.2.4"),
        (READY.replace("1.2.3", "1.2.2"), "v1.2.3", "is 1.2.2; add"),
        (READY.replace("## [1", "- Two.\n\n## [1"), "v1.2.3", "has unreleased entries"),
        (READY.replace(" - 2026-01-31", ""), "v1.2.3", "has no date or no entries"),
        (READY.partition("### Added")[0], "v1.2.3", "has no date or no entries"),
    ],
)
def test_differences_prevent_a_release(
    changelog: str, tag: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*release(tmp_path, changelog), tag]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert message in line


def test_missing_repository_prevents_a_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(release(tmp_path, urls="")) == 1
    assert "project.urls.Source" in capsys.readouterr().out


def test_changelog_has_entry_for_version() -> None:
    unreleased, released = split((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert unreleased.strip() or released == project_version(ROOT)


def test_forms_and_updates_parse() -> None:
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        assert {"name", "description", "body"} <= set(yaml.safe_load(path.read_text()))
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)
