"""Checks before a commit: they run the project's own tools and download nothing."""

from __future__ import annotations

from typing import Any

import yaml

from tests.conftest import ROOT

CONFIGURATION: Any = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
HOOKS: list[dict[str, Any]] = [hook for repo in CONFIGURATION["repos"] for hook in repo["hooks"]]


def test_hooks_are_local() -> None:
    assert [repo["repo"] for repo in CONFIGURATION["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS} == {"system"}


def test_hooks_run_tools_of_make_check() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for hook in HOOKS:
        folder, _, command = hook["entry"].partition("/bin/")
        assert folder == ".venv"
        tool = "python -m pipeline check" if command.startswith("python") else command.split()[0]
        assert f"$(BIN)/{tool}" in makefile, hook["id"]
