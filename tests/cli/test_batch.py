"""Command `batch`: output, exit codes, Ctrl-C, and the report in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow.testing import LocalDify, RecordedRequest
from tests.browser import chromium, wait_for
from tests.cli.conftest import Call
from tests.cli.terminal import Terminal

Write = Callable[..., list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write queries to a file and return the arguments of a batch."""

    def write_queries(*queries: str) -> list[str]:
        (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(query)}\n" for query in queries))
        return ["batch", f"{tmp_path}/in.jsonl", "--out", f"{tmp_path}/out.jsonl"]

    return write_queries


def results(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


def queries(dify: LocalDify) -> list[RecordedRequest]:
    return [request for request in dify.requests if request.path.endswith("/chat-messages")]


def test_pipe_gets_the_summary(call: Call, write: Write, tmp_path: Path) -> None:
    result = call(*write("hello", "think"))
    assert (result.code, result.err) == (0, "")
    assert dict(result.cells)["rows"] == "2: 2 succeeded"
    assert [row["answer"] for row in results(tmp_path)] == ["You said: hello", "I thought about it: think"]


def test_json_is_one_object(call: Call, write: Write) -> None:
    result = call(*write("hello", "fail"), "--json")
    (summary,) = result.rows
    assert (result.code, summary["statuses"]) == (1, {"succeeded": 1, "failed": 1})
    assert summary["failures"] == {"400: RuntimeError: boom": 1}
    assert result.err == "error: 1 of 2 rows have no answer; --retry-failed sends failed rows again\n"


@pytest.mark.parametrize("columns", [60, 200])
def test_summary_fits_the_terminal(call: Call, write: Write, columns: int) -> None:
    result = call(*write("hello", "fail"), columns=columns)
    assert "2: 1 succeeded, 1 failed" in result.out
    assert "RuntimeError: boom" in result.out
    assert max(map(len, result.out.splitlines())) <= columns + 40  # codes for the terminal included


def test_wrong_rows_are_one_line(call: Call, write: Write, tmp_path: Path) -> None:
    result = call(*write("hello", ""))
    assert result == (2, "", f"error: {tmp_path}/in.jsonl:2: the query is missing or empty: write one\n")
    assert call("batch", f"{tmp_path}/none.csv", "--out", f"{tmp_path}/o.jsonl").code == 2
    result = call(*write("hello"), "--concurrency", "0")
    assert result == (2, "", "error: concurrency must be an integer of at least 1; got 0\n")


def test_stopped_batch_names_the_reason(call: Call, write: Write, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=401, body={"code": "unauthorized", "message": "no", "status": 401})
    result = call(*write("hello"))
    assert (result.code, dict(result.cells)["rows"]) == (1, "1: 1 pending")
    assert result.err.startswith("error: no row can be sent: 401 unauthorized: no")
    assert "run the batch again to continue" in result.err


def test_interrupted_batch_continues(call: Call, write: Write, dify: LocalDify, tmp_path: Path) -> None:
    dify.requests.clear()
    arguments = write("slow 1", "slow 1", "hello")
    environment = {"DIFY_API_KEY": dify.api_key, "DIFY_BASE_URL": dify.base_url}
    with Terminal([*arguments, "-n", "1"], environment) as terminal:
        terminal.wait_for("1 running")
        terminal.interrupt()
        terminal.wait_for("sending no further rows; 1 under way")
        terminal.wait_for("interrupted: 1 of 3 rows have a result; the same command continues")
        assert terminal.finish() == 130
    assert [row["answer"] for row in results(tmp_path)] == ["done slept"]
    with Terminal([*arguments, "-n", "1"], environment) as terminal:
        wait_for(lambda: [request.status for request in queries(dify)][-2:] == [200, 200])
        terminal.interrupt()
        terminal.wait_for("sending no further rows")
        terminal.interrupt()
        terminal.wait_for("interrupted: 1 of 3")
        assert terminal.finish() == 130
    sent = len(queries(dify))
    assert call(*arguments).code == 0
    assert [row["looked_up"] for row in results(tmp_path)] == [False, True, False]
    assert len(queries(dify)) == sent + 1


def test_report_needs_its_extra(call: Call, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> None:
        assert name == "matplotlib"

    monkeypatch.setattr("dify_chatflow_cli.batch.find_spec", find_nothing)
    result = call(*write("hello"), "--report", f"{tmp_path}/r.html")
    assert result.code == 2
    assert 'pip install "dify-chatflow[report]"' in result.err
    assert not (tmp_path / "out.jsonl").exists()


def test_report_fits_its_window(call: Call, write: Write, tmp_path: Path) -> None:
    result = call(*write("hello", "think", "fail <b>"), "--report", f"{tmp_path}/r.html")
    assert result.err.startswith(f"report: {tmp_path}/r.html\n")
    html = (tmp_path / "r.html").read_text()
    assert ("<script" in html, 'href="http' in html, html.count("<svg")) == (False, False, 3)
    with chromium(tmp_path / "chromium") as page:
        page.open((tmp_path / "r.html").as_uri())
        colors = list[str]()
        for width, is_dark in ((1200, False), (360, True)):
            page.screenshot(tmp_path / "page.png", width=width, is_dark=is_dark)
            assert page.run("document.documentElement.scrollWidth") <= width
            colors.append(page.run("getComputedStyle(document.querySelector('svg text')).fill"))
            assert page.run("document.querySelector('svg').getBoundingClientRect().width") > 200
        assert len({*colors}) == 2
        assert "2 succeeded" in page.run("document.body.innerText.replace(/succeeded\\s+2/, '2 succeeded')")
