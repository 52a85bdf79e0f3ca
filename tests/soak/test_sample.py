"""A sample of the soak runs: every fault once, every method often, and small loads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from soak import cases, load
from soak.cases import Case, Judged
from soak.census import Census
from soak.methods import METHODS
from soak.runner import all_cases, run, shared_certificates
from soak.server_faults import SERVER_FAULTS, ServerCase, run_case, server_cases
from soak.socket_faults import SOCKET_FAULTS

BOUND = 60.0


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the waits of the client and of the cases; the soak run keeps those of the client."""
    for name, seconds in {
        "dify_chatflow._retry.FIRST_WAIT": 0.02,
        "dify_chatflow._retry.LONGEST_WAIT": 0.05,
        "dify_chatflow._body.ERROR_SECONDS": 0.3,
        "dify_chatflow._async.recovery.BODY_TIMEOUT": 0.3,
        "dify_chatflow._sync.recovery.BODY_TIMEOUT": 0.3,
        "dify_chatflow._streaming.lifecycle.CLOSE_TIMEOUT": 0.2,
    }.items():
        monkeypatch.setattr(name, seconds)


def mistakes(results: list[Judged]) -> list[Judged]:
    return [result for result in results if result.judgement.verdict.is_mistake]


def sample() -> list[Case]:
    """Return one case of each fault, with another method and another mode for each."""
    chosen: list[Case] = []
    for number, fault in enumerate(SOCKET_FAULTS):
        possible = [case for case in all_cases() if case.fault is fault]
        chosen.append(possible[number * 7 % len(possible)])
    return chosen


def server_sample() -> list[ServerCase]:
    """Return one case of each fault of the local Dify."""
    chosen: list[ServerCase] = []
    for number, fault in enumerate(SERVER_FAULTS):
        possible = [case for case in server_cases() if case.fault is fault]
        chosen.append(possible[number * 5 % len(possible)])
    return chosen


def test_sample_has_every_fault_and_method() -> None:
    assert {case.fault for case in sample()} == set(SOCKET_FAULTS)
    assert {case.method for case in sample()} == set(METHODS)
    assert {case.mode for case in sample()} == {"sync", "async"}
    assert [case.fault for case in server_sample()] == list(SERVER_FAULTS)


def test_socket_faults_lead_to_results_or_errors() -> None:
    results, left = run(sample(), BOUND, parallel=16)
    assert mistakes(results) == []
    assert left == Census()


def test_server_faults_lead_to_results_or_errors() -> None:
    with shared_certificates(), ThreadPoolExecutor(8) as pool:
        assert mistakes(list(pool.map(run_case, server_sample()))) == []


def test_second_response_answers_no_other_request() -> None:
    twice = [case for case in all_cases() if case.fault.name == "response twice" and case.method.name == "upload"]
    results, _ = run(twice, BOUND)
    assert len(results) == 2
    assert mistakes(results) == []


def test_small_loads_leave_nothing_behind() -> None:
    with shared_certificates():
        rows = load.run(load.Scale(streams=20, calls=50, threads=5, events=2000, slow_events=5))
    assert [row for row in rows if not row.is_clean] == []


def test_names_of_faults_are_unique() -> None:
    for faults in (SOCKET_FAULTS, SERVER_FAULTS):
        names = [fault.name for fault in faults]
        assert len(names) == len(set(names))
    assert cases.BOUND > BOUND
