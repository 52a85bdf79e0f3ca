"""Benchmarks on a small scale, without the environments of other clients; no time is checked."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import environments, payloads, report
from benchmarks.figures import Figure, Line
from benchmarks.process import Server, Worker
from benchmarks.rounds import Answer, Runner, take
from benchmarks.work import LIMIT, MINE, PEERS, PLAIN, WORK, Work, checker, measure
from tests.conftest import ROOT

GOALS = {work.name: work for work in WORK}


@pytest.mark.parametrize("name", command.NAMES)
def test_each_benchmark_gives_right_results(name: str, tmp_path: Path) -> None:
    assert command.main(["--small", "--no-peers", "--only", name, "--out", str(tmp_path)]) in (0, 1)
    found = json.loads((tmp_path / "results.json").read_bytes())
    assert found["growth"] if name == "growth" else found["lines"]
    for line in found["lines"]:
        assert MINE in line["figures"]
        assert not any(figure["wrong"] for figure in line["figures"].values())
    if name in GOALS:
        assert len(found["lines"]) == len(GOALS[name].goals)


def test_unknown_name_is_refused_with_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--only", "nonsense"]) == 2
    assert "nothing is called nonsense; there are stream, packed" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["messages", "packed", "mixed", "single", "pinged", "endless"])
def test_server_sends_the_expected_events(kind: str) -> None:
    sent = payloads.body(kind, 2000 if kind == "endless" else 100)
    assert sent.endswith(b"0\r\n\r\n")
    with Server() as server, Worker("limit") as limit:
        seen = limit.run("stream", base_url=server.url(kind, 2000), verify=True)
    assert seen["result"] == payloads.expected(kind, 2000)


def test_mixed_stream_has_large_events() -> None:
    events = list(payloads.mixed(50))
    assert max(len(payloads.data(event)) for event in events) > 150_000
    assert {"node_started", "loop_next", "iteration_next", "message", "workflow_finished"} <= {
        e["event"] for e in events
    }


def test_candidate_losing_events_is_marked_wrong(tmp_path: Path) -> None:
    work = Work("x", "x", "packed", (200, 200), ())
    counts = iter([201, 199])
    runners: dict[str, Runner] = {
        LIMIT: lambda: {"cpu": 1.0, "result": {"events": 201}},
        MINE: lambda: {"cpu": 1.0, "result": {"events": next(counts)}},
        "broken": lambda: {"error": "ValueError: no"},
    }
    taken = take(runners, 2, checker(work, 200))
    assert taken.wrong == {MINE: "199 of 201 events", "broken": "ValueError: no"}
    figures = taken.figures(lambda answer: float(answer["cpu"]), LIMIT)
    assert figures[MINE].text("×") == "wrong: 199 of 201 events"
    line = Line("x", "x", "×", 9.0, "1 ms", figures)
    assert line.holds is False
    report.save([line], [], tmp_path / "results.json")
    assert json.loads((tmp_path / "results.json").read_bytes())["lines"][0]["holds"] is False


def test_wrong_baseline_stops_the_measurement() -> None:
    with pytest.raises(RuntimeError, match="raw httpx, with whom all are compared, is wrong: no"):
        take({LIMIT: lambda: {"error": "no"}}, 1, lambda _: "")


def test_rounds_are_interleaved_and_rotated() -> None:
    order: list[str] = []

    def run(name: str) -> Answer:
        order.append(name)
        return {"cpu": 1.0, "result": {}}

    take({name: partial(run, name) for name in "abc"}, 3, lambda _: "")
    assert ["".join(order[start : start + 3]) for start in (0, 3, 6)] == ["abc", "acb", "cab"]


def test_figure_is_median_with_quartiles() -> None:
    figure = Figure.of([1.0, 2.0, 3.0, 4.0, 100.0])
    assert figure == Figure(3.0, 2.0, 4.0)
    assert figure.text("×") == "3.00 × (2.00–4.00)"


def test_plain_candidate_has_no_orjson() -> None:
    work = Work("x", "x", "packed", (200, 200), GOALS["packed"].goals, contenders=(LIMIT, PLAIN))
    with Server() as server:
        (line,) = measure(work, server, Path(), small=True)
    assert not line.figures[PLAIN].wrong


def test_table_is_replaced_in_the_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n\n{report.BEGIN}\nold\n{report.END}\n\nafter\n")
    report.refresh(readme, [Line("x", "a | b", "×", 1.25, "3 ms", {MINE: Figure(1.1, 1.0, 1.2)})])
    assert readme.read_text().splitlines() == [
        *("before", "", report.BEGIN),
        "| work | limit | target | dify-chatflow |",
        "| --- | --- | --- | --- |",
        "| a \\| b | 3 ms | ≤ 1.25 × | 1.10 × (1.00–1.20) |",
        *(report.END, "", "after"),
    ]


def test_every_environment_is_pinned() -> None:
    for peer in [*PEERS.values(), "plot"]:
        lines = (environments.PEERS / f"{peer}.txt").read_text().splitlines()
        assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_published_results_cover_every_line() -> None:
    found = json.loads((ROOT / "benchmarks" / "results.json").read_bytes())
    measured = {line["name"] for line in found["lines"]}
    assert {work.name for work in WORK if any(goal.what == "cpu" for goal in work.goals)} <= measured
    table = (ROOT / "benchmarks" / "README.md").read_text()
    for line in found["lines"]:
        assert line["figures"][MINE]["wrong"] == ""
        assert line["work"] in table
