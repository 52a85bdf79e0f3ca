"""Workflows: pinned actions, minimal permissions, and no code of a pull request in jobs that may write."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
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


@pytest.fixture
def propose(tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Return a function that proposes changed files; it returns the exit code, the output and the pushed files."""
    script = jobs(ROOT / ".github" / "workflows" / "drift.yml")["propose"]["steps"][-1]["run"]
    tree, pushed, made, tools = (tmp_path / name for name in ("tree", "pushed.git", "made", "tools"))
    for folder in (tree, made, tools):
        folder.mkdir()
    (tools / "gh").write_text("#!/bin/sh\n")
    (tools / "gh").chmod(0o755)
    environment = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GH_TOKEN": "secret",
        "GH_REPO": "owner/name",
        "BRANCH": "drift/update",
        "TARGET": "main",
        "TITLE": "Update",
        "MADE": str(made),
    }

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@host.example", *arguments]
        return subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True, text=True).stdout

    def run(*moves: tuple[str | None, str]) -> tuple[int, str, str]:
        for old, new in moves:
            (tree / new).parent.mkdir(parents=True, exist_ok=True)
            if old:
                git("mv", old, new)
            else:
                (tree / new).write_text("changed\n")
        git("add", "--all")
        (made / "update.patch").write_text(git("diff", "--cached", "--binary", "-M"))
        git("reset", "--quiet", "--hard")
        command = [shutil.which("bash") or "bash", "-e", "-c", script]
        result = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        is_pushed = "drift/update" in git("ls-remote", str(pushed))
        return result.returncode, result.stdout, git("diff", "--name-only", "main", "drift/update") if is_pushed else ""

    git("init", "--quiet", "--initial-branch=main")
    git("init", "--quiet", "--bare", str(pushed))
    git("config", f"url.{pushed}.insteadOf", "https://x-access-token:secret@github.com/owner/name.git")
    for name in ("CHANGELOG.md", "openapi_chatflow.json"):
        (tree / name).write_text(f"{name}\n" * 9)
    git("add", "--all")
    git("commit", "--quiet", "--message=Start")
    return run


def test_proposal_pushes_an_update(propose: Callable[..., tuple[int, str, str]]) -> None:
    model = "generated/dify_chatflow_client/models/new.py"
    code, _, pushed = propose((None, "CHANGELOG.md"), (None, model))
    assert code == 0
    assert pushed.split() == ["CHANGELOG.md", model]


@pytest.mark.parametrize(
    "move",
    [
        (None, ".github/workflows/ci.yml"),
        (None, "pipeline/release.py"),
        (None, "overlays/dify_chatflow/_http.py"),
        (None, "generated/dify_chatflow_client.py"),
        (None, "generated/dify_chatflow_client/a\n.py"),
        ("openapi_chatflow.json", ".github/openapi.json"),
    ],
    ids=lambda move: repr(move[1]),
)
def test_proposal_refuses_other_paths(
    move: tuple[str | None, str], propose: Callable[..., tuple[int, str, str]]
) -> None:
    code, output, pushed = propose((None, "CHANGELOG.md"), move)
    assert code == 1
    assert "the update changes other files" in output
    assert not pushed
