"""Workflows: pinned actions, minimal permissions, and no code of a pull request in jobs that may write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.update.stage import PATHS
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    workflow: Any = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    return dict(workflow["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_without_credentials(path: Path) -> None:
    steps = [step for job in jobs(path).values() for step in job["steps"]]
    uses = [step for step in steps if "uses" in step]
    assert uses
    for step in uses:
        assert re.fullmatch(
            r"(actions/[\w-]+|github/codeql-action/\w+|pypa/gh-action-pypi-publish)@[0-9a-f]{40}", step["uses"]
        ), step
        if "/checkout@" in step["uses"]:
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_writing_jobs_run_no_project_code(path: Path) -> None:
    for name, job in jobs(path).items():
        scripts = "\n".join(step.get("run", "") for step in job["steps"])
        assert "${{" not in scripts, f"{name}: pass foreign text through the environment"
        assert job["timeout-minutes"] <= 30
        if "write" in job.get("permissions", {}).values():
            assert not re.search(r"\b(make|python|pip|pytest)\b|\./|\.ci/", scripts), name
        else:
            assert "token" not in str([step.get("env") for step in job["steps"]])


def test_no_workflow_uses_pull_request_target() -> None:
    assert not [path.name for path in WORKFLOWS if "pull_request_target" in path.read_text()]


def test_proposal_accepts_only_updated_paths() -> None:
    script = jobs(ROOT / ".github" / "workflows" / "drift.yml")["propose"]["steps"][-1]["run"]
    allowed = re.search(r"allowed='(.*)'", script)
    assert allowed
    paths = [path + "/api/x.py" if (ROOT / path).is_dir() else path for path in PATHS]
    assert all(re.search(allowed[1], path) for path in paths)
    for path in (".github/workflows/ci.yml", "Makefile", "pipeline/release.py", "x/CHANGELOG.md", "CHANGELOG.md.py"):
        assert not re.search(allowed[1], path)
