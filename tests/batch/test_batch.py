"""Batches against a local Dify: results, refusals, failures, retries and later calls."""

from __future__ import annotations

import pickle
import re
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx
import pytest

from dify_chatflow import AsyncChatflow, Chatflow, ConfigurationError
from dify_chatflow.batch import BatchProgress, BatchStoppedError, Row, RowResult, run_batch, run_row
from dify_chatflow.batch.ledger import Ledger
from dify_chatflow.batch.source import read_rows
from dify_chatflow.testing import Flow, LocalDify, Node, Script
from tests.batch.conftest import Batch


def test_results_are_in_order_and_complete(batch: Batch, app: Chatflow, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    rows = [
        {"query": "slow 0.2"},
        {"query": "search", "id": "s"},
        {"query": "unsafe"},
        {"query": "files", "files": [f"{tmp_path}/note.txt"], "inputs": {"doc": f"{tmp_path}/note.txt"}},
    ]
    slow, search, unsafe, files = batch.run(rows, concurrency=3)
    assert (slow["row"], slow["answer"], slow["status"]) == (1, "done slept", "succeeded")
    assert (search["id"], search["metadata"]["retriever_resources"][0]["content"]) == ("s", "Found text")
    assert 0 < search["first_token"] <= search["elapsed"]
    assert (search["tokens"], search["currency"]) == (search["metadata"]["usage"]["total_tokens"], "USD")
    assert app.runs.get(search["workflow_run_id"]).status == "succeeded"
    assert unsafe["answer"] == "This answer is blocked."
    assert files["answer"].count("note.txt") == 2
    assert (batch.summary.statuses, batch.summary.latency.count) == ({"succeeded": 4}, 4)
    assert batch.summary.costs[0].rows == 4


def test_second_call_sends_nothing(batch: Batch) -> None:
    first = batch.run(["hello", "fail", "forbidden"])
    assert [row["status"] for row in first] == ["succeeded", "failed", "succeeded"]
    batch.out.unlink()
    assert batch.run(["hello", "fail", "forbidden"]) == first
    assert len(batch.sent) == 3


def test_failed_rows_are_sent_again_on_request(batch: Batch, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=400, body={"code": "invalid_param", "message": "no", "status": 400})
    (first,) = batch.run(["hello"])
    assert (first["status"], first["error_type"], batch.summary.is_success) == ("failed", "BadRequestError", False)
    (second,) = batch.run(["hello"], retry_failed=True)
    assert (second["status"], second["error"], second["attempts"]) == ("succeeded", None, 2)


@pytest.mark.parametrize(
    "fault", [{"status": 502, "html": True}, {"cut_before_headers": True}, {"status": 200, "body": "x"}]
)
def test_row_that_may_have_started_stays_unknown(batch: Batch, dify: LocalDify, fault: dict[str, Any]) -> None:
    dify.fault("POST /chat-messages", **fault)
    assert [row["status"] for row in batch.run(["hello"])] == ["unknown"]
    (result,) = batch.run(["hello"], retry_failed=True)
    assert "--retry-unknown" in result["error"]
    assert len(batch.sent) == 1
    assert [row["status"] for row in batch.run(["hello"], retry_unknown=True)] == ["succeeded"]
    assert len(batch.sent) == 2


def test_refused_rows_are_sent_later(batch: Batch, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=429, headers={"retry-after": "0"}, times=3)
    limits = list[int]()

    def note(progress: BatchProgress) -> None:
        limits.append(progress.limit)

    results = batch.run(["a", "b", "c", "d"], concurrency=4, on_progress=note)
    assert {row["status"] for row in results} == {"succeeded"}
    assert max(row["attempts"] for row in results) > 1
    assert (min(limits) < 4, len(batch.sent)) == (True, 7)


def test_concurrency_limit_counts_as_refusal(batch: Batch, dify: LocalDify) -> None:
    body = {"code": "invalid_param", "message": "Too many requests. The concurrency limit is 1.", "status": 400}
    dify.fault("POST /chat-messages", status=400, body=body, headers={"retry-after": "0"})
    (result,) = batch.run(["a"])
    assert (result["status"], result["attempts"]) == ("succeeded", 2)


def test_refused_key_stops_and_keeps_rows(batch: Batch, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=401, body={"code": "unauthorized", "message": "no", "status": 401})
    with pytest.raises(BatchStoppedError, match="no row can be sent: 401 unauthorized: no") as caught:
        batch.run(["a", "b"], concurrency=1)
    assert caught.value.summary.statuses == {"pending": 2}
    assert [row["status"] for row in batch.run(["a", "b"])] == ["succeeded", "succeeded"]
    assert sorted(batch.sent) == ["a", "a", "b"]


def test_unreachable_server_stops_after_patience(dify: LocalDify, tmp_path: Path) -> None:
    def refuse(request: Any, call_next: Any) -> Any:
        if request.url.path.endswith("/chat-messages"):
            raise httpx.ConnectError("refused")
        return call_next(request)

    with Chatflow(dify.api_key, base_url=dify.base_url, user="u", middleware=[refuse]) as app:
        with pytest.raises(BatchStoppedError, match=r"no row was sent .*patience=0\.1.*refused") as caught:
            run_batch(app, ["hello"], tmp_path / "out.jsonl", patience=0.1)
        assert caught.value.summary.statuses == {"pending": 1}


def test_batch_stops_after_many_failures(batch: Batch) -> None:
    with pytest.raises(BatchStoppedError, match="3 rows have failed one after another, the last one with: 400"):
        batch.run(["fail"] * 9, concurrency=1, stop_after=3)
    assert len(batch.sent) == 3


def test_paused_row_ends_with_its_form(batch: Batch, app: Chatflow) -> None:
    (paused,) = batch.run(["human please"])
    assert (paused["status"], batch.summary.is_success) == ("paused", False)
    assert f"runs watch {paused['workflow_run_id']}" in paused["error"]
    with app.runs.events(paused["workflow_run_id"]) as stream:
        form = stream.until_done().forms[0]
        with stream.submit(form, "approve", {"comment": "ok", "pick": "a"}) as resumed:
            resumed.until_done()
    (ended,) = batch.run(["human please"])
    assert (ended["status"], ended["looked_up"], ended["error"]) == ("succeeded", True, None)
    assert "approved: ok a" in ended["answer"]
    assert len(batch.sent) == 1


def test_rows_of_a_conversation_take_turns(batch: Batch, app: Chatflow) -> None:
    conversation = app.chat.send("first").conversation_id
    rows = [{"query": f"q{number}", "conversation_id": conversation} for number in range(4)]
    active = list[int]()

    def note(progress: BatchProgress) -> None:
        active.append(progress.active)

    batch.run(rows, on_progress=note)
    assert max(active) == 1
    assert [row.query for row in app.conversations.history(conversation)] == ["first", "q0", "q1", "q2", "q3"]


def test_progress_counts_rows(batch: Batch) -> None:
    seen = list[tuple[int, int]]()

    def note(progress: BatchProgress) -> None:
        seen.append((progress.done, progress.active))

    batch.run(["a", "fail"], concurrency=1, on_progress=note)
    assert seen == [(0, 1), (1, 0), (1, 1), (2, 0)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["a", "c"], "row 2: the row differs from that of the batch; choose another output"),
        (["a", "b", "c"], "row 3: the row was added after the batch was begun"),
        (["a"], "the input has fewer rows than when the batch was begun"),
        ([{"query": "a", "user": "other"}, "b"], "row 1: the row differs"),
    ],
)
def test_changed_input_is_refused(batch: Batch, rows: list[Any], message: str) -> None:
    before = batch.run(["a", "b"])
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        batch.run(rows)
    assert batch.results == before


def test_bad_input_sends_and_leaves_nothing(batch: Batch) -> None:
    for rows in (["a", {"query": ""}], [{"query": "a", "id": "x"}, {"query": "b", "id": "x"}], []):
        with pytest.raises(ConfigurationError):
            batch.run(rows)
    assert (batch.sent, list(batch.out.parent.iterdir())) == ([], [])


def test_other_files_are_never_overwritten(batch: Batch) -> None:
    batch.out.write_text("mine")
    with pytest.raises(ConfigurationError, match="exists, but is not of a batch"):
        batch.run(["a"])
    batch.out.with_name("out.jsonl.ledger").write_text("not a database, but long enough to be read as one" * 9)
    with pytest.raises(ConfigurationError, match="not a ledger"):
        batch.run(["a"])
    assert batch.out.read_text() == "mine"


def test_one_process_runs_a_batch(batch: Batch) -> None:
    with Ledger(batch.out.with_name("out.jsonl.ledger")), pytest.raises(ConfigurationError, match="another process"):
        batch.run(["a"])


@pytest.mark.parametrize("option", [{"concurrency": 0}, {"concurrency": "many"}, {"stop_after": 0}, {"patience": -1}])
def test_wrong_option_is_named(batch: Batch, option: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(option))):
        batch.run(["a"], **option)


def test_rows_run_elsewhere_are_pickled(batch: Batch, app: Chatflow, dify: LocalDify) -> None:
    def submit(row: Row) -> Future[RowResult]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DIFY_API_KEY", dify.api_key)
            function, client, sent = pickle.loads(pickled := pickle.dumps((run_row, app, row)))  # noqa: S301
        assert dify.api_key.encode() not in pickled
        future = Future[RowResult]()
        with client:
            future.set_result(pickle.loads(pickle.dumps(function(client, sent))))  # noqa: S301
        return future

    assert [row["answer"] for row in batch.run(["hello"], submit=submit)] == ["You said: hello"]


def test_lost_worker_leaves_row_unknown(batch: Batch) -> None:
    def submit(_: Row) -> Future[RowResult]:
        future = Future[RowResult]()
        future.set_exception(RuntimeError("the worker was lost"))
        return future

    (result,) = batch.run(["hello"], submit=submit)
    assert (result["status"], result["error_type"]) == ("unknown", "RuntimeError")


def test_mistake_in_a_thread_is_raised(batch: Batch) -> None:
    def fail(_: BatchProgress) -> None:
        raise LookupError("in on_progress")

    with pytest.raises(LookupError, match="in on_progress"):
        batch.run(["a"], on_progress=fail)


@pytest.mark.parametrize("version", ["1.9.2", "1.12.1", "1.13.3", "1.16.1"])
def test_lost_run_is_looked_up(tmp_path: Path, version: str) -> None:
    nodes = (Node(type="code", id="sleep", text="slept", delay="0.3"), Node(type="answer", text="done"))
    with (
        LocalDify(Script(flows=(Flow(nodes=nodes),)), version=version) as dify,
        Chatflow(dify.api_key, base_url=dify.base_url, user="u") as app,
    ):
        out = tmp_path / "out.jsonl"
        with app.chat.stream("slow") as stream:
            while stream.workflow_run_id is None:
                next(stream)
        with Ledger(tmp_path / "out.jsonl.ledger") as ledger:
            ledger.fill(read_rows(["slow", "lost"], "u", None), app.base_url)
            for number in (1, 2):
                ledger.start(number)
            ledger.note_ids(1, {"workflow_run_id": stream.workflow_run_id, "conversation_id": stream.conversation_id})
        summary = run_batch(app, ["slow", "lost"], out)
        assert summary.statuses == {"succeeded": 1, "unknown": 1}
        first, second = map(RowResult.from_dict, Batch(app, dify, tmp_path).results)
        assert (first.answer, first.looked_up, first.attempts) == ("done", True, 1)
        assert (second.status, second.attempts) == ("unknown", 1)
        assert sum(request.path.endswith("/chat-messages") for request in dify.requests) == 1


def test_async_client_is_refused(tmp_path: Path) -> None:
    client: Any = AsyncChatflow("app-1", user="u")
    with pytest.raises(ConfigurationError, match="needs a Chatflow; got AsyncChatflow"):
        run_batch(client, ["hello"], tmp_path / "answers.jsonl")
    assert list(tmp_path.iterdir()) == []
