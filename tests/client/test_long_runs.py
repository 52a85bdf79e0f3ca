"""Runs that are started and left, awaited by their id, and stopped with a look at their detail."""

from __future__ import annotations

import json
import pickle
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from dify_chatflow import (
    APIConnectionError,
    APITimeoutError,
    BadRequestError,
    ConfigurationError,
    InternalServerError,
    NotFoundError,
    RunTimeoutError,
    StreamBadRequestError,
    StreamInterruptedError,
    StreamStateError,
)
from dify_chatflow.testing import VERSIONS, Flow, LocalDify, Node, Script
from tests.client.modes import App, Mode, close, enter, maybe_await, next_event
from tests.client.stream_bytes import HEADERS, PING, RUN, finished, sent, started, stream, text
from tests.exchanges import copy_of
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

YES = {"yes": (Node(type="answer", text="Yes."),)}
SCRIPT = Script(
    flows=(
        Flow(when="long", nodes=(Node(type="code", id="work", text="x", delay=3600),)),
        Flow(
            when="ask",
            nodes=(Node(type="human-input", id="ask", form="?", actions={"yes": (Node(type="answer", text="Yes."),)}),),
        ),
        Flow(when="fail", nodes=(Node(type="code", id="work", error="broken"),)),
        Flow(nodes=(Node(type="code", id="work", text="report", delay=0.05), Node(type="answer", text="The report."))),
    ),
    blocked_words=("forbidden",),
)
PLAYED = ("1.8.0", "1.9.2", "1.12.1", "1.13.0", "1.13.3", "1.14.2", "1.16.1", "next")
# Kinds of servers whose runs continue without a reader, and are stored.
INDEPENDENT = "CDE"


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, LocalDify]]:
    """Yield a server of each version."""
    running = {version: LocalDify(SCRIPT, version=version, ping_interval=0.02).start() for version in PLAYED}
    yield running
    for local in running.values():
        local.stop()


@pytest.fixture
async def real(mode: Mode, servers: dict[str, LocalDify], version: str) -> AsyncIterator[App]:
    """Yield a client of the local server of a version."""
    local = servers[version]
    app = mode.client(local.api_key, base_url=local.base_url, user="eve")
    yield app
    await close(app)


# Starting


@pytest.mark.parametrize("version", PLAYED)
async def test_started_run_ends_and_is_stored(real: App) -> None:
    begun = await maybe_await(real.chat.start("hello"))
    assert begun.task_id
    assert begun.conversation_id
    run = await maybe_await(real.runs.wait(begun.workflow_run_id or "", interval=0.01))
    assert (run.id, run.status) == (begun.workflow_run_id, "succeeded")
    [message] = await maybe_await(real.conversations.history(begun.conversation_id))
    assert (message.id, message.answer) == (begun.message_id, "The report.")


@pytest.mark.parametrize("version", [version for version in PLAYED if VERSIONS[version].kind in INDEPENDENT])
async def test_start_returns_before_the_end(real: App, version: str) -> None:
    begun = await maybe_await(real.chat.start("long"))
    assert begun.status == "running"
    stopping = real.chat.stop(begun.task_id or "", workflow_run_id=begun.workflow_run_id)
    assert (await maybe_await(stopping)).result == "success"
    assert (await maybe_await(real.runs.get(begun.workflow_run_id or ""))).status == "stopped", version


@pytest.mark.parametrize("version", ["1.16.1"])
async def test_moderated_query_starts_no_run(real: App) -> None:
    begun = await maybe_await(real.chat.start("this is forbidden"))
    assert (begun.workflow_run_id, begun.finished) == (None, True)
    assert begun.answer


@pytest.mark.parametrize("version", ["1.12.1", "1.16.1"])
async def test_failed_run_is_found_by_waiting(real: App) -> None:
    begun = await maybe_await(real.chat.start("fail"))
    assert (await maybe_await(real.runs.wait(begun.workflow_run_id or "", interval=0.01))).status == "failed"


@pytest.mark.parametrize("version", ["1.16.1"])
async def test_wait_ends_at_a_pause(real: App) -> None:
    begun = await maybe_await(real.chat.start("ask"))
    assert (await maybe_await(real.runs.wait(begun.workflow_run_id or "", interval=0.01))).status == "paused"
    with pytest.raises(RunTimeoutError, match="status: paused"):
        await maybe_await(real.runs.wait(begun.workflow_run_id or "", continue_on_pause=True, timeout=0.01))


async def test_start_leaves_the_stream_at_once(app: App, server: Server) -> None:
    server.answers = [stream(PING, started(), linger=True)]
    begun = await maybe_await(app.chat.start("hi", inputs={"name": "Ada"}, trace_id="t-1"))
    assert (begun.workflow_run_id, begun.task_id, begun.message_id) == (RUN, "task-1", "message-1")
    [request] = server.requests
    assert request.json["inputs"] == {"name": "Ada"}
    assert (request.json["response_mode"], request.headers["x-trace-id"]) == ("streaming", "t-1")


async def test_start_reads_on_where_workers_are_missing(app: App, server: Server) -> None:
    old = started().replace(b'"reason"', b'"other"')
    server.answers = [stream(old, text("Hello"), finished(answer="Hello"), sent("message_end", metadata={}))]
    begun = await maybe_await(app.chat.start("hi"))
    assert (begun.status, begun.answer) == ("succeeded", "Hello")


async def test_start_joins_a_run_known_by_header(app: App, server: Server) -> None:
    named = Answer(200, headers={**HEADERS, "X-Workflow-Run-ID": RUN}, chunks=[PING], cut=True)
    server.answers = [named, stream(started(), linger=True)]
    begun = await maybe_await(app.chat.start("hi"))
    assert (begun.workflow_run_id, begun.task_id) == (RUN, "task-1")
    assert [request.method for request in server.requests] == ["POST", "GET"]


async def test_start_joins_a_handed_over_run(app: App, server: Server) -> None:
    server.answers = [Answer(202, {"event": "workflow_maintenance_paused", "workflow_run_id": RUN})]
    server.answers += [stream(started(), linger=True)]
    begun = await maybe_await(app.chat.start("hi"))
    assert (begun.workflow_run_id, begun.task_id, begun.status) == (RUN, "task-1", "running")
    assert [request.method for request in server.requests] == ["POST", "GET"]


async def test_refusal_in_a_stream_is_no_run(app: App, server: Server) -> None:
    server.answers = [stream(copy_of("628_missing_input_stream", "1.16.1").stream)]
    with pytest.raises(StreamBadRequestError):
        await maybe_await(app.chat.start("hi"))


async def test_start_without_a_run_fails(app: App, server: Server) -> None:
    server.answers = [stream(PING, cut=True)]
    with pytest.raises(StreamInterruptedError):
        await maybe_await(app.chat.start("hi"))
    server.answers = [Answer(400, {"code": "invalid_param", "message": "name is required", "status": 400})]
    with pytest.raises(BadRequestError):
        await maybe_await(app.chat.start("hi"))
    assert len(server.requests) == 2, "a query is never sent again"


# Waiting


def detail(status: str, **fields: Any) -> Answer:
    end = None if status in ("running", "paused") else 2
    return Answer(200, {"id": RUN, "status": status, "inputs": {}, "outputs": {}, "finished_at": end}, **fields)


async def test_wait_looks_less_and_less_often(app: App, server: Server, waits: list[float]) -> None:
    server.answers = [*[detail("running")] * 8, detail("succeeded")]
    assert (await maybe_await(app.runs.wait(RUN, interval=2))).status == "succeeded"
    assert waits == [2, 3, 4.5, 6.75, 10.125, 15.1875, 20, 20]
    assert {request.path for request in server.requests} == {f"/v1/workflows/run/{RUN}"}


async def test_wait_outlasts_failures_of_a_known_run(app: App, server: Server, waits: list[float]) -> None:
    faults = [Answer(503, ""), Answer(drop=True), Answer(500, ""), Answer(429, "", {"Retry-After": "30"})]
    html = Answer(200, "<html>", {"Content-Type": "text/html"})
    server.answers = [detail("running"), *faults, html, detail("stopped")]
    assert (await maybe_await(app.runs.wait(RUN, max_retries=0))).status == "stopped"
    assert waits == [1, 1.5, 2.25, 3.375, 30, 7.59375]


@pytest.mark.parametrize(("answers", "error"), [(3, InternalServerError), (2, None)])
async def test_unknown_run_is_requested_as_any_other(
    answers: int, error: type[Exception] | None, app: App, server: Server
) -> None:
    server.answers = [*[Answer(503, "")] * answers, detail("succeeded")]
    if error is None:
        assert (await maybe_await(app.runs.wait(RUN))).status == "succeeded"
        return
    with pytest.raises(error):
        await maybe_await(app.runs.wait(RUN))
    assert len(server.requests) == 3


@pytest.mark.parametrize(("status", "error"), [(404, NotFoundError), (500, InternalServerError)])
async def test_missing_run_ends_the_wait(status: int, error: type[Exception], app: App, server: Server) -> None:
    server.answers = [Answer(status, {"code": "x", "message": "no", "status": status})]
    with pytest.raises(error):
        await maybe_await(app.runs.wait(RUN))
    assert len(server.requests) == 1


async def test_deleted_run_ends_the_wait(app: App, server: Server) -> None:
    server.answers = [detail("running")]
    with pytest.raises(NotFoundError):
        await maybe_await(app.runs.wait(RUN))
    assert len(server.requests) == 2


async def test_timeout_names_run_and_status(app: App, server: Server) -> None:
    server.default = detail("running")
    with pytest.raises(RunTimeoutError, match=f"{RUN} has not ended in 0.01 s .status: running.; wait again") as caught:
        await maybe_await(app.runs.wait(RUN, timeout=0.01))
    assert isinstance(caught.value, APITimeoutError)
    again: RunTimeoutError = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - its own
    for error in (caught.value, again):
        assert (error.workflow_run_id, error.status) == (RUN, "running")


async def test_timeout_shows_the_last_failure(app: App, server: Server) -> None:
    server.answers = [detail("running")]
    server.default = Answer(502, "")
    with pytest.raises(RunTimeoutError) as caught:
        await maybe_await(app.runs.wait(RUN, timeout=0.05))
    assert isinstance(caught.value.__cause__, InternalServerError)


async def test_silent_server_does_not_prolong_the_wait(app: App, server: Server) -> None:
    server.answers = [detail("running")]
    server.default = Answer(hang=True)
    with pytest.raises(RunTimeoutError) as caught:
        await maybe_await(app.runs.wait(RUN, timeout=0.05, interval=0.01))
    assert isinstance(caught.value.__cause__, APITimeoutError)


@pytest.mark.parametrize("version", ["1.9.1", "1.3.1"])
async def test_old_server_never_ends_an_unread_run(version: str, app: App, server: Server) -> None:
    server.default = detail("running", headers={"X-Version": version})
    with pytest.raises(RunTimeoutError, match=f"Dify {version} stores the end of a run only while its stream is read"):
        await maybe_await(app.runs.wait(RUN))
    assert len(server.requests) == 1
    server.default = detail("succeeded", headers={"X-Version": version})
    assert (await maybe_await(app.runs.wait(RUN))).status == "succeeded"


@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": None}, {"interval": -1}, {"interval": "1"}])
async def test_wait_checks_its_limits(options: dict[str, Any], app: App, server: Server) -> None:
    [name] = options
    with pytest.raises(ConfigurationError, match=f"{name} must be a positive number of seconds"):
        await maybe_await(app.runs.wait(RUN, **options))
    assert server.requests == []


# Stopping


# The first versions whose stopped runs have an end in their detail.
@pytest.mark.parametrize("version", [version for version in PLAYED if version not in ("1.8.0", "1.9.2")])
async def test_verified_stop_shows_in_the_detail(real: App) -> None:
    async with enter(real.chat.stream("long")) as opened:
        while (await next_event(opened)).event != "node_started":
            pass
        await maybe_await(opened.stop(verify=True))
        assert (await maybe_await(real.runs.get(opened.workflow_run_id or ""))).status == "stopped"
        assert (await maybe_await(opened.until_done())).status == "stopped"


@pytest.mark.parametrize("version", ["1.8.0", "1.9.2"])
async def test_stop_cannot_be_verified_on_old_servers(real: App, version: str) -> None:
    async with enter(real.chat.stream("long")) as opened:
        while (await next_event(opened)).event != "node_started":
            pass
        with pytest.raises(RunTimeoutError, match=f"Dify {version} stores no end of a stopped run; read its stream"):
            await maybe_await(opened.stop(verify=True))
        assert (await maybe_await(opened.until_done())).status == "stopped"


async def test_verified_stop_looks_until_the_end(app: App, server: Server, waits: list[float]) -> None:
    server.answers = [stream(started(), linger=True), Answer(200, {"result": "success"})]
    server.answers += [detail("running", headers={"X-Version": "1.10.1"}), detail("paused"), detail("stopped")]
    async with enter(app.chat.stream("hi")) as opened:
        await next_event(opened)
        await maybe_await(opened.stop(verify=True))
    assert [request.method for request in server.requests] == ["POST", "POST", "GET", "GET", "GET"]
    assert waits == [0.2, pytest.approx(0.3)]


async def test_unverified_stop_looks_at_nothing(app: App, server: Server) -> None:
    server.answers = [Answer(200, {"result": "success"})]
    await maybe_await(app.chat.stop("task-1"))
    assert len(server.requests) == 1


async def test_verified_stop_raises_for_a_running_run(
    app: App, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("_async", "_sync"):
        monkeypatch.setattr(f"dify_chatflow.{package}.stopping.VERIFY_TIMEOUT", 0.01)
    server.answers = [Answer(200, {"result": "success"})]
    server.default = detail("running")
    with pytest.raises(RunTimeoutError, match="status: running"):
        await maybe_await(app.chat.stop("task-1", workflow_run_id=RUN))


async def test_verified_stop_needs_a_run(app: App, server: Server) -> None:
    server.answers = [stream(text("hi"), linger=True)]
    async with enter(app.chat.stream("hi")) as opened:
        await next_event(opened)
        with pytest.raises(StreamStateError, match="the run has not started"):
            await maybe_await(opened.stop(verify=True))
    assert len(server.requests) == 1


# Errors after which a run continues

CONTINUES = "the run may continue and is billed; look for its end with "


@pytest.mark.parametrize("status", [502, 504, 520, 521, 522, 523, 524])
@pytest.mark.parametrize("body", ["<html><title>Gateway</title></html>", ""])
async def test_proxy_error_reports_that_the_run_continues(status: int, body: str, app: App, server: Server) -> None:
    server.answers = [Answer(status, body)]
    with pytest.raises(InternalServerError) as caught:
        await maybe_await(app.chat.send("hi"))
    assert f"{CONTINUES}conversations.list()" in str(caught.value)
    assert str(caught.value).endswith(f"; {caught.value.hint}")
    assert caught.value.workflow_run_id is None
    assert len(server.requests) == 1


async def test_hint_names_known_ids(app: App, server: Server) -> None:
    server.answers = [Answer(504, ""), Answer(504, "", {"X-Workflow-Run-ID": RUN})]
    with pytest.raises(InternalServerError, match=r"conversations\.history\('c-1'\) before sending the query again"):
        await maybe_await(app.chat.send("hi", conversation_id="c-1"))
    with pytest.raises(InternalServerError, match=rf"runs\.wait\('{RUN}'\)") as caught:
        await maybe_await(app.chat.send("hi", conversation_id="c-1"))
    assert caught.value.workflow_run_id == RUN


@pytest.mark.parametrize("answer", [Answer(hang=True), Answer(200, chunks=[b"{"], linger=True)])
async def test_read_timeout_reports_that_the_run_continues(answer: Answer, app: App, server: Server) -> None:
    server.answers = [answer]
    with pytest.raises(APITimeoutError, match=r"pass a longer .* the run may continue") as caught:
        await maybe_await(app.chat.send("hi", timeout=0.05))
    assert (caught.value.hint or "").startswith(CONTINUES)


async def test_lost_connection_reports_that_the_run_continues(app: App, server: Server) -> None:
    server.answers = [Answer(drop=True)]
    with pytest.raises(APIConnectionError, match="the run may continue"):
        await maybe_await(app.chat.send("hi"))


@pytest.mark.parametrize(
    "answer", [Answer(503, ""), Answer(500, ""), Answer(502, json.dumps({"code": "plugin_runtime_error"}))]
)
async def test_refusal_does_not_mention_a_run(answer: Answer, app: App, server: Server) -> None:
    server.answers = [answer]
    with pytest.raises(InternalServerError) as caught:
        await maybe_await(app.chat.send("hi"))
    assert "the run" not in str(caught.value)


async def test_other_requests_mention_no_run(app: App, server: Server) -> None:
    server.default = Answer(504, "")
    with pytest.raises(InternalServerError) as caught:
        await maybe_await(app.application.info())
    assert caught.value.hint is None

    def hang(_: Received) -> Answer:
        return Answer(hang=True)

    server.default = hang
    with pytest.raises(APITimeoutError) as late:
        await maybe_await(app.application.info(timeout=0.05, max_retries=0))
    assert late.value.hint is None
