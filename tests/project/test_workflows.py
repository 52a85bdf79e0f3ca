"""Workflows: pinned actions, minimal permissions, and no code of a pull request in jobs that may write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

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
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), step
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
