"""The same program gives the same reply on every kind of server, as far as the server has it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dify_chatflow.testing import VERSIONS, LocalDify
from tests.exchanges import ROOT
from tests.local_dify.version_matrix import PLAYED, SCENARIOS, Scenario, outcome, table

GOOD = "complete, usage, succeeded"
NO_USAGE = "complete, no usage, succeeded"
BROKEN = "error, no usage, StreamInterruptedError"
# Outcomes by scenario and kind of server, several where the server leaves a choice to the client.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "plain": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "failed": {"ABCDE": {"no answer, no usage, failed"}},
    "stopped": {"ABCDE": {"partial, usage, stopped", "partial, no usage, stopped"}},
    # 1.13.0 loses the replacement, so that only its stored message is moderated.
    "moderated": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "paused": {
        "AB": {"error, no usage, StreamBadRequestError"},
        "CD": {"partial, no usage, paused"},
        "E": {GOOD},
    },
    "speech": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "files": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "loop": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "cut and resumed": {"A": {BROKEN}, "B": {NO_USAGE, BROKEN}, "CD": {NO_USAGE}, "E": {GOOD, NO_USAGE}},
    "disconnected": {
        "A": {"no answer, no usage, running"},
        "B": {"no answer, no usage, succeeded"},
        "CDE": {NO_USAGE},
    },
}


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("version", PLAYED)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_outcome_is_as_the_server_allows(scenario: Scenario, version: str, mode: str) -> None:
    expected = next(outcomes for kinds, outcomes in EXPECTED[scenario.name].items() if VERSIONS[version].kind in kinds)
    assert str(outcome(version, scenario, mode)) in expected


@pytest.fixture(autouse=True)
def short_ends() -> None:
    """Wait for the ends of streams as outside of tests: the local server plays the pauses of each version."""


@pytest.fixture(autouse=True)
def waits() -> None:
    """Wait before a run is joined again as outside of tests."""


def test_table_in_the_docs_is_current() -> None:
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert table() in page, "run `python -m tests.local_dify.version_matrix` and copy its table to docs/versions.md"


@pytest.mark.parametrize("version", PLAYED)
def test_example_runs_on_every_kind(version: str) -> None:
    with LocalDify(version=version) as server:
        settings = {"DIFY_API_KEY": server.api_key, "DIFY_BASE_URL": server.base_url}
        command = [sys.executable, str(ROOT / "examples" / "chat.py")]
        run = subprocess.run(
            command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=60, check=False
        )
    assert run.returncode == 0, run.stderr
    assert "= num 3" in run.stdout
    assert ": succeeded" in run.stdout
