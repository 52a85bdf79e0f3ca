"""Benchmarks on a small scale, without the environments of other clients; no time is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import environments, payloads, report
from benchmarks.figures import Figure, Row
from benchmarks.process import Server, Worker
from benchmarks.rounds import Result, Runner, run_rounds
from benchmarks.work import BASELINE, CLIENT, CLIENT_PLAIN, PEERS, WORK, Work, make_check, measure
from tests.conftest import ROOT

WORK_BY_NAME = {work.name: work for work in WORK}


@pytest.mark.parametrize("name", command.NAMES)
def test_benchmark_has_correct_results(name: str, tmp_path: Path) -> None:
    assert command.main(["--small", "--no-peers", "--only", name, "--out", str(tmp_path)]) in (0, 1)
    results = json.loads((tmp_path / "results.json").read_bytes())
    assert results["growth"] if name == "growth" else results["rows"]
    for row in results["rows"]:
        assert CLIENT in row["figures"]
        assert not any(figure["error"] for figure in row["figures"].values())
    if name in WORK_BY_NAME:
        assert len(results["rows"]) == len(WORK_BY_NAME[name].goals)


def test_unknown_name_is_refused_with_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--only", "nonsense"]) == 2
    assert "unknown name: nonsense; choose from stream, packed" in capsys.readouterr().err


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def baseline() -> Iterator[Worker]:
    with Worker("baseline") as baseline:
        yield baseline


@pytest.mark.parametrize("kind", ["messages", "packed", "mixed", "single", "pinged", "endless"])
def test_server_sends_the_expected_events(server: Server, baseline: Worker, kind: str) -> None:
    content = payloads.stream_body(kind, 2000 if kind == "endless" else 100)
    assert content.endswith(b"0\r\n\r\n")
    result = baseline.run("stream", base_url=server.base_url(kind, 2000), verify=True)
    assert result["result"] == payloads.expected_digest(kind, 2000)


def test_mixed_stream_has_large_events() -> None:
    events = list(payloads.mixed_events(50))
    assert max(len(payloads.encode(event)) for event in events) > 150_000
    assert {"node_started", "loop_next", "iteration_next", "message", "workflow_finished"} <= {
        e["event"] for e in events
    }


def test_candidate_losing_events_is_marked_wrong(tmp_path: Path) -> None:
    work = Work("x", "x", "packed", (200, 200), ())
    counts = iter([201, 199])
    runners: dict[str, Runner] = {
        BASELINE: lambda: {"cpu": 1.0, "result": {"events": 201}},
        CLIENT: lambda: {"cpu": 1.0, "result": {"events": next(counts)}},
        "broken": lambda: {"error": "ValueError: no"},
    }
    collected = run_rounds(runners, 2, make_check(work, 200))
    assert collected.errors == {CLIENT: "199 of 201 events", "broken": "ValueError: no"}
    figures = collected.figures(lambda result: float(result["cpu"]), BASELINE)
    assert figures[CLIENT].format("×") == "wrong: 199 of 201 events"
    row = Row("x", "x", "×", 9.0, "1 ms", figures)
    assert row.meets_target is False
    report.save([row], [], tmp_path / "results.json")
    assert json.loads((tmp_path / "results.json").read_bytes())["rows"][0]["meets_target"] is False


def test_wrong_baseline_stops_the_measurement() -> None:
    with pytest.raises(RuntimeError, match="the baseline raw httpx is wrong: no"):
        run_rounds({BASELINE: lambda: {"error": "no"}}, 1, lambda _: "")


def test_rounds_are_interleaved_and_rotated() -> None:
    order: list[str] = []

    def run(name: str) -> Result:
        order.append(name)
        return {"cpu": 1.0, "result": {}}

    run_rounds({name: partial(run, name) for name in "abc"}, 3, lambda _: "")
    assert ["".join(order[start : start + 3]) for start in (0, 3, 6)] == ["abc", "acb", "cab"]


def test_figure_is_median_with_quartiles() -> None:
    figure = Figure.of([1.0, 2.0, 3.0, 4.0, 100.0])
    assert figure == Figure(3.0, 2.0, 4.0)
    assert figure.format("×") == "3.00 × (2.00–4.00)"


def test_plain_candidate_has_no_orjson(server: Server) -> None:
    work = Work("x", "x", "packed", (200, 200), WORK_BY_NAME["packed"].goals, candidates=(BASELINE, CLIENT_PLAIN))
    (row,) = measure(work, server, Path(), small=True)
    assert not row.figures[CLIENT_PLAIN].error


def test_table_is_replaced_in_the_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n\n{report.BEGIN}\nold\n{report.END}\n\nafter\n")
    report.update_readme(readme, [Row("x", "a | b", "×", 1.25, "3 ms", {CLIENT: Figure(1.1, 1.0, 1.2)})])
    assert readme.read_text().splitlines() == [
        *("before", "", report.BEGIN),
        "| work | baseline | target | dify-chatflow |",
        "| --- | --- | --- | --- |",
        "| a \\| b | 3 ms | ≤ 1.25 × | 1.10 × (1.00–1.20) |",
        *(report.END, "", "after"),
    ]


def test_every_environment_is_pinned() -> None:
    for peer in [*PEERS.values(), "plot"]:
        lines = (environments.PEERS / f"{peer}.txt").read_text().splitlines()
        assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_published_results_cover_every_row() -> None:
    results = json.loads((ROOT / "benchmarks" / "results.json").read_bytes())
    names = {row["name"] for row in results["rows"]}
    assert {work.name for work in WORK if any(goal.metric == "cpu" for goal in work.goals)} <= names
    table = (ROOT / "benchmarks" / "README.md").read_text()
    for row in results["rows"]:
        assert row["figures"][CLIENT]["error"] == ""
        assert row["work"] in table
