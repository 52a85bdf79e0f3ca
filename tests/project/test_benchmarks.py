"""Benchmarks on a small scale, without the environments of other clients; no time is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import environments, gate, payloads, report
from benchmarks.figures import Figure, Row
from benchmarks.process import Server, Worker, clean_environment
from benchmarks.rounds import Result, Runner, Scale, run_rounds
from benchmarks.work import BASELINE, CLIENT, CLIENT_PLAIN, PEERS, WORK, Work, make_check, measure
from tests.conftest import ROOT

WORK_BY_NAME = {work.name: work for work in WORK}


@pytest.mark.parametrize("name", command.NAMES)
def test_benchmark_has_correct_results(name: str, tmp_path: Path) -> None:
    assert command.main(["--small", "--no-peers", "--only", name, "--out", str(tmp_path)]) == 0
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
    (row,) = measure(work, server, Path(), Scale(small=True))
    assert not row.figures[CLIENT_PLAIN].error


def test_results_are_replaced_in_the_readme(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n\n{report.BEGIN}\nold\n{report.END}\n\nafter\n")
    row = Row("x", "a | b", "×", 1.25, "3 ms", {CLIENT: Figure(1.1, 1.0, 1.2)}, plain_target=1.5)
    results = report.save([row], [], tmp_path / "results.json")
    report.update_readme(readme, results)
    lines = readme.read_text().splitlines()
    assert lines[:3] == ["before", "", report.BEGIN]
    assert lines[-6:] == [
        "| work | baseline | target | dify-chatflow |",
        "| --- | --- | --- | --- |",
        "| a \\| b | 3 ms | ≤ 1.25 ×, without orjson ≤ 1.5 × | 1.10 × (1.00–1.20) |",
        *(report.END, "", "after"),
    ]


def gate_rows(ratio: float, error: str = "") -> list[Row]:
    return [
        Row("packed", "x", "×", 1.2, "", {CLIENT: Figure(ratio, ratio, ratio, error)}),
        Row("import", "x", "ms", 1, ""),
    ]


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "reference.json"
    spread = Row("packed", "x", "×", 1.2, "", {CLIENT: Figure(1.2, 1.18, 1.22)})
    gate.save_reference([spread], path)
    return path


@pytest.mark.parametrize(
    ("ratio", "error", "slack", "line"),
    [
        (1.3, "", "1", ""),
        (1.5, "", "3", ""),
        (
            *(1.5, "", "1"),
            "packed: dify-chatflow costs 1.50 × the baseline, above the limit of 1.32 × (reference 1.20 ×)",
        ),
        (1.0, "199 of 201 events", "1", "packed: result of dify-chatflow is wrong: 199 of 201 events"),
    ],
)
def test_gate_fails_for_regressed_ratios(
    ratio: float, error: str, slack: str, line: str, reference: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = command.build_parser().parse_args(["--reference", str(reference), "--slack", slack])
    assert command.conclude(gate_rows(ratio, error), options) == (1 if line else 0)
    output = capsys.readouterr().out
    assert f"regression: {line}" in output if line else "regression" not in output


def test_gate_refuses_ratios_without_reference() -> None:
    assert gate.find_regressions(gate_rows(1.0), {}) == [
        "packed: no reference ratio of dify-chatflow; measure with --accept"
    ]


def test_accepted_ratios_become_the_reference(reference: Path) -> None:
    options = command.build_parser().parse_args(["--reference", str(reference), "--accept"])
    assert command.conclude(gate_rows(2.0), options) == 0
    assert gate.load_reference(reference)["packed"][CLIENT] == {"ratio": 2.0, "tolerance": 0.08}


def test_measured_processes_ignore_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "https_proxy", "ALL_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert not [name for name in clean_environment() if name.lower().endswith("_proxy")]


def test_every_environment_is_pinned() -> None:
    for peer in [*PEERS.values(), "plot"]:
        lines = (environments.PEERS / f"{peer}.txt").read_text().splitlines()
        assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


def test_page_shows_the_published_results() -> None:
    results = json.loads((ROOT / "benchmarks" / "results.json").read_bytes())
    page = (ROOT / "benchmarks" / "README.md").read_text()
    shown = page.partition(report.BEGIN)[2].partition(report.END)[0].strip()
    assert shown == report.format_results(results)
    assert {work.name for work in WORK} <= {row["name"] for row in results["rows"]}
    assert all(row["figures"][CLIENT]["error"] == "" for row in results["rows"])


def test_reference_covers_every_published_ratio() -> None:
    results = json.loads((ROOT / "benchmarks" / "results.json").read_bytes())
    ratios = gate.find_ratios([Row.from_dict(row) for row in results["rows"]])
    reference = gate.load_reference()
    assert all(name in reference[row.name] for row, name, _ in ratios)
