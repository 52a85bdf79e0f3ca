"""Every operation, sync and async, with recorded bodies of servers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from dify_chatflow import ConfigurationError, Form, ResponseDecodeError, StreamError, StreamInterruptedError
from tests.client.modes import App, maybe_await, method
from tests.client.operations import FILTERS, STREAM, USES, Use, spelled
from tests.contract.cases import Case, examples, recordings, same
from tests.exchanges import complete, copies
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

COPIED = copies()


def successes() -> dict[tuple[str, str], list[Case]]:
    """Return the complete bodies of every operation: recorded ones, and the document's examples."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in [*recordings(complete()), *examples()]:
        if case.status < 300 and not case.is_stream:
            found[spelled(case.method, case.path)].append(case)
    return found


WHOLE = [pytest.param(USES[place], cases, id=USES[place].name) for place, cases in successes().items()]


def answer_with(server: Server, case: Case) -> None:
    server.reply(case.status, case.content, headers={"Content-Type": case.content_type} if case.content_type else {})


@pytest.mark.parametrize(("use", "cases"), WHOLE)
async def test_success_returns_the_model(use: Use, cases: list[Case], app: App, server: Server) -> None:
    use = replace(use, kwargs={name: value for name, value in use.kwargs.items() if name not in FILTERS})
    for case in cases:
        answer_with(server, case)
        if case.body is None and case.status == 200:  # the server has no content
            with pytest.raises(ResponseDecodeError):
                await use(app)
            continue
        result = await use(app)
        if case.status == 204:
            assert result is None
        elif isinstance(result, bytes):
            assert result == case.content
        else:
            assert same(result.to_dict(), case.body), case.name
    assert len(server.requests) == len(cases)


@pytest.mark.parametrize(("use", "cases"), WHOLE)
async def test_raw_returns_status_headers_and_body(use: Use, cases: list[Case], app: App, server: Server) -> None:
    case = next(case for case in cases if case.body is not None or case.status == 204)
    answer_with(server, case)
    server.answers[0].headers["X-Version"] = "1.14.2"  # type: ignore[union-attr]
    answer = await maybe_await(method(app.raw, use.name)(*use.args, **use.kwargs))
    assert answer.status_code == case.status
    assert answer.headers["x-version"] == "1.14.2"
    assert answer.content == (b"" if case.status == 204 else case.content)
    answer_with(server, case)
    assert answer.parsed == await use(app)


def test_every_operation_has_a_recorded_body() -> None:
    streams = {("GET", "/workflow/{workflow_run_id}/events")}
    assert successes().keys() | streams == USES.keys()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in recordings(COPIED) if case.is_stream])
async def test_stream_yields_recorded_events(case: Case, app: App, server: Server) -> None:
    use = STREAM if case.method == "post" else USES[spelled("GET", case.path)]
    server.reply(chunks=[case.body.encode()], headers={"Content-Type": case.content_type})
    stream = method(app, use.name)(*use.args, **use.kwargs)
    if "snapshot" not in case.name and case.events() and case.events()[-1]["event"] == "error":
        with pytest.raises(StreamError):
            await Use.read(stream)
        assert stream.reply.status == "error"
        return
    try:
        events = await Use.read(stream)
    except StreamInterruptedError:
        assert case.name.startswith(("309_", "308_", "343_", "435_")), "the recording ends before the run"
        return
    given = [event.to_dict() for event in events]
    assert given == case.events()[: len(given)]
    assert given
    assert stream.response.status_code == 200


async def test_disable_reply_sends_the_action(app: App, server: Server) -> None:
    server.reply(body={"job_id": "job-1", "job_status": "waiting"})
    job = await maybe_await(app.annotations.disable_reply())
    assert (job.job_id, job.job_status) == ("job-1", "waiting")
    assert server.requests[0].path == "/v1/apps/annotation-reply/disable"


@pytest.mark.parametrize("end", ["completed", "error"])
async def test_wait_polls_until_job_ends(end: str, app: App, server: Server, waits: list[float]) -> None:
    for status in ("waiting", "processing", end):
        server.reply(body={"job_id": "job-1", "job_status": status, "error_msg": ""})
    done = await maybe_await(app.annotations.wait_for_reply_job("enable", "job-1", interval=2.0))
    assert done.job_status == end
    assert waits == [2.0, 2.0]


async def test_wait_ends_at_timeout(app: App, server: Server) -> None:
    from dify_chatflow import APITimeoutError

    server.reply(body={"job_id": "job-1", "job_status": "waiting", "error_msg": ""})
    with pytest.raises(APITimeoutError, match=r"job-1 is still waiting after 1\.0 s"):
        await maybe_await(app.annotations.wait_for_reply_job("enable", "job-1", timeout=1.0, interval=2.0))


@pytest.mark.parametrize("limits", [{"timeout": None}, {"timeout": 0}, {"interval": 0}, {"interval": "1"}])
async def test_wait_without_a_limit_is_refused(limits: dict[str, Any], app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match=f"{next(iter(limits))} must be a positive number of seconds; got"):
        await maybe_await(app.annotations.wait_for_reply_job("enable", "job-1", **limits))
    assert server.requests == []


async def test_run_inputs_are_a_mapping(app: App, server: Server) -> None:
    (case,) = [case for case in recordings(COPIED) if case.name.startswith("330_")]
    for sent, read in [
        ('{"name": "Ada"}', {"name": "Ada"}),
        ({"name": "Ada"}, {"name": "Ada"}),
        (None, {}),
        ("", {"raw": ""}),
        ("no JSON", {"raw": "no JSON"}),
        ("[1]", {"raw": "[1]"}),
    ]:
        server.reply(body={**case.body, "inputs": sent})
        detail = await maybe_await(app.runs.get("run-1"))
        assert dict(detail.inputs) == read


async def test_form_is_accepted_for_token(app: App, server: Server) -> None:
    form = Form(token="token-1")
    server.reply(body={"user_actions": []})
    await maybe_await(app.human_input.get(form))
    server.default = Answer(200, {})
    await maybe_await(app.human_input.submit(form, "approve"))
    await maybe_await(app.human_input.submit(form_token=form, action="approve"))
    await maybe_await(app.human_input.submit("token-1", action="approve"))
    assert {request.path for request in server.requests} == {"/v1/form/human_input/token-1"}
    for gone in (Form(), Form(token=""), ""):
        with pytest.raises(ConfigurationError, match="cannot be read or submitted"):
            await maybe_await(app.human_input.submit(gone, "approve"))
        with pytest.raises(ConfigurationError, match="cannot be read or submitted"):
            await maybe_await(app.human_input.get(gone))
    assert len(server.requests) == 4


async def test_path_parameters_are_escaped(app: App, server: Server) -> None:
    server.reply(body={"id": "any"})
    await maybe_await(app.end_users.get("a/../b?c#d"))
    assert server.requests[0].target == "/v1/end-users/a%2F..%2Fb%3Fc%23d"


@pytest.mark.parametrize("id_", ["", ".", ".."])
async def test_id_that_changes_path_is_refused(id_: str, app: App, server: Server) -> None:
    for call in (app.runs.get, app.conversations.delete, app.annotations.delete, app.chat.suggested, app.chat.stop):
        with pytest.raises(ConfigurationError, match="_id is empty or made of dots"):
            await maybe_await(call(id_))
    with pytest.raises(ConfigurationError, match="variable_id is empty"):
        await maybe_await(app.conversations.set_variable("c", id_, 1))
    assert server.requests == []


async def test_user_agent_names_the_client(app: App, server: Server) -> None:
    server.reply(body=[])
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.application.info())
    headers = server.requests[0].headers
    assert headers["authorization"] == "Bearer app-very-secret-key"
    assert headers["user-agent"].startswith("dify-chatflow/")


async def test_send_via_stream_collects_answer(app: App, server: Server) -> None:
    (case,) = [case for case in recordings(COPIED) if case.name == "402_llm_stream"]
    server.reply(chunks=[case.body.encode()], headers={"Content-Type": case.content_type})
    answer = await maybe_await(app.chat.send("llm hello", via="stream"))
    assert server.requests[0].json["response_mode"] == "streaming"
    assert answer.answer == case.events()[-1]["data"]["outputs"]["answer"]
    assert answer.conversation_id == case.events()[0]["conversation_id"]
    assert not answer.paused
    assert answer.metadata.usage is not None
    assert answer.metadata.usage.total_tokens > 0


async def test_send_reports_a_paused_run(app: App, server: Server) -> None:
    (case,) = [case for case in recordings(COPIED) if case.name == "301_human_stream"]
    server.reply(chunks=[case.body.encode()], headers={"Content-Type": case.content_type})
    answer = await maybe_await(app.chat.send("ask a person", via="stream"))
    assert answer.paused


async def test_events_keep_their_order(app: App, server: Server) -> None:
    (case,) = [case for case in recordings(COPIED) if case.name == "402_llm_stream"]
    pieces = [bytes([byte]) for byte in case.body.encode()]
    server.reply(chunks=pieces, headers={"Content-Type": case.content_type})
    events = await Use.read(app.chat.stream("llm hello"))
    assert [event.to_dict() for event in events] == case.events()
