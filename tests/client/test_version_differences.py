"""Operations whose requests or responses differ between versions of Dify have one result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import (
    BadRequestError,
    IncompleteListError,
    InternalServerError,
    NotFoundError,
    ResponseDecodeError,
    StreamInterruptedError,
)
from dify_chatflow._versions import OPERATIONS, markdown_table
from pipeline import document
from tests.client.modes import App, enter, maybe_await, to_list
from tests.client.operations import FURTHER, HELPERS, USES, without_names
from tests.contract.cases import corrected
from tests.exchanges import ROOT, copy_of
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

RUN = "1f6d4b5a-0000-4000-8000-000000000001"
STREAM = {"Content-Type": "text/event-stream"}


def recorded(name: str) -> Answer:
    """Return the response of a recording of 1.9.2."""
    exchange = copy_of(name, "1.9.2")
    return Answer(exchange.status, exchange.response["body"], headers={"X-Version": "1.9.2"})


def refusal(status: int, code: str = "invalid_param", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"code": code, "message": "no", "status": status}, headers=named)


# run detail


@pytest.mark.parametrize("form", [dict, json.dumps])
async def test_run_inputs_and_outputs_are_mappings(form: Any, app: App, server: Server) -> None:
    body = {"id": RUN, "status": "succeeded", "inputs": form({"a": 1}), "outputs": form({"answer": "Hi"})}
    server.reply(body=body)
    run = await maybe_await(app.runs.get(RUN))
    assert (run.inputs, run.outputs) == ({"a": 1}, {"answer": "Hi"})
    assert (run.inputs.to_dict(), run.outputs.to_dict()) == ({"a": 1}, {"answer": "Hi"})
    assert run.to_dict() == body


@pytest.mark.parametrize("value", [None, "null"])
async def test_run_without_outputs_has_an_empty_mapping(value: Any, app: App, server: Server) -> None:
    body = {"id": RUN, "status": "failed", "inputs": "{}", "outputs": value}
    server.reply(body=body)
    run = await maybe_await(app.runs.get(RUN))
    assert run.outputs == {}
    assert run.to_dict() == body


@pytest.mark.parametrize("text", ["not JSON", "[1]", "5", ""])
async def test_run_outputs_of_other_text_are_raw(text: str, app: App, server: Server) -> None:
    server.reply(body={"id": RUN, "status": "failed", "inputs": text, "outputs": text})
    run = await maybe_await(app.runs.get(RUN))
    assert run.inputs == run.outputs == {"raw": text}


async def test_changed_run_outputs_are_written(app: App, server: Server) -> None:
    server.reply(body={"id": RUN, "status": "succeeded", "inputs": "{}", "outputs": '{"answer": "Hi"}'})
    run = await maybe_await(app.runs.get(RUN))
    run.outputs["answer"] = "Hello"
    assert run.to_dict()["outputs"] == {"answer": "Hello"}
    assert run.to_dict()["inputs"] == "{}"


async def test_recorded_run_detail_has_mappings(app: App, server: Server) -> None:
    server.answers = [recorded("201_wfrun_succeeded")]
    run = await maybe_await(app.runs.get(RUN))
    assert isinstance(run.outputs["answer"], str)
    assert run.inputs["sys.user_id"] == "u1"


async def test_unknown_run_of_nulls_is_not_found(app: App, server: Server) -> None:
    server.answers = [recorded("206_wfrun_404")]
    with pytest.raises(NotFoundError, match="the run does not exist") as caught:
        await maybe_await(app.runs.get(RUN))
    assert (caught.value.status_code, caught.value.server_version) == (404, "1.9.2")
    assert str(caught.value).endswith(f"(GET /v1/workflows/run/{RUN})")


# errors


VALIDATION = {
    "1.7.2": ({"code": "invalid_param", "message": "limit must be at most 100", "params": "limit"}, "at most 100"),
    "1.9.2": (
        {"errors": {"limit": "must be at most 100"}, "message": "Input payload validation failed"},
        "limit: must",
    ),
    "1.11.0": ({"code": "invalid_param", "message": "1 validation error\nlimit\n  too big", "status": 400}, "too big"),
}


@pytest.mark.parametrize("version", VALIDATION)
async def test_validation_error_names_the_reason(version: str, app: App, server: Server) -> None:
    body, reason = VALIDATION[version]
    server.reply(400, body, headers={"X-Version": version})
    with pytest.raises(BadRequestError, match=reason) as caught:
        await maybe_await(app.conversations.list(limit=101).page())
    assert caught.value.server_version == version
    assert caught.value.params == (None if version == "1.11.0" else "limit")


async def test_recorded_validation_error_names_the_parameter(app: App, server: Server) -> None:
    server.answers = [recorded("019_chat_no_query")]
    with pytest.raises(BadRequestError, match="query: The chat query Missing required parameter"):
        await maybe_await(app.chat.send(""))


async def test_server_version_is_on_raw_responses(app: App, server: Server) -> None:
    server.answers = [
        Answer(200, {"name": "Bikes"}, headers={"X-Version": "1.16.1"}),
        Answer(200, {"name": "Bikes"}),
        Answer(200, "<html>", headers={"X-Version": "1.4.0"}),
    ]
    assert (await maybe_await(app.raw.application.info())).server_version == "1.16.1"
    assert (await maybe_await(app.raw.application.info())).server_version is None
    with pytest.raises(ResponseDecodeError) as caught:
        await maybe_await(app.application.info())
    assert caught.value.server_version == "1.4.0"


# statuses


async def test_delete_with_a_body_returns_none(app: App, server: Server) -> None:
    server.default = Answer(200, {"result": "success"})
    await maybe_await(app.conversations.delete("c"))
    await maybe_await(app.annotations.delete("a"))
    assert [request.method for request in server.requests] == ["DELETE", "DELETE"]


@pytest.mark.parametrize("status", [200, 201])
async def test_created_annotation_is_read(status: int, app: App, server: Server) -> None:
    server.reply(status, {"id": "a", "question": "q", "answer": "a"})
    assert (await maybe_await(app.annotations.create("q", "a"))).id == "a"


@pytest.mark.parametrize("lost", [Answer(drop=True), refusal(503)])
async def test_repeated_delete_that_finds_nothing_succeeds(lost: Answer, app: App, server: Server) -> None:
    server.answers = [lost, refusal(404, "not_found")]
    await maybe_await(app.conversations.delete("c"))
    assert len(server.requests) == 2


async def test_first_delete_that_finds_nothing_fails(app: App, server: Server) -> None:
    server.default = refusal(404, "not_found")
    with pytest.raises(NotFoundError):
        await maybe_await(app.conversations.delete("c"))
    assert len(server.requests) == 1


# filters that servers ignore


async def test_variable_name_is_applied_to_ignored_filter(app: App, server: Server) -> None:
    server.default = recorded("171_variables_name")
    assert [found.name for found in await to_list(app.conversations.variables("c", variable_name="count"))] == ["count"]
    assert await to_list(app.conversations.variables("c", variable_name="other")) == []
    page = await maybe_await(app.conversations.variables("c", variable_name="note").page())
    assert [variable.name for variable in page.data] == ["note"]
    pages = await to_list(app.conversations.variables("c", variable_name="note").pages())
    assert [[variable.name for variable in page.data] for page in pages] == [["note"]]
    raw = await maybe_await(app.raw.conversations.variables("c", variable_name="note"))
    assert [variable.name for variable in raw.parsed.data] == ["note"]


async def test_variable_name_is_applied_after_server_error(app: App, server: Server) -> None:
    def answer(request: Received) -> Answer:
        return refusal(500, "unknown") if "variable_name" in request.query else recorded("171_variables_name")

    server.default = answer
    assert [found.name for found in await to_list(app.conversations.variables("c", variable_name="count"))] == ["count"]
    server.default = refusal(500, "unknown")
    with pytest.raises(InternalServerError):
        await to_list(app.conversations.variables("c", variable_name="count"))


async def test_creator_is_applied_to_ignored_filters(app: App, server: Server) -> None:
    eve = {"id": "1", "created_by_end_user": {"id": "e", "session_id": "eve"}, "created_by_account": None}
    bob = {"id": "2", "created_by_end_user": {"id": "b", "session_id": "bob"}, "created_by_account": None}
    ada = {"id": "3", "created_by_end_user": None, "created_by_account": {"id": "a", "email": "ada@example.org"}}
    unknown = {"id": "4", "created_by_end_user": None, "created_by_account": None}
    server.default = Answer(200, {"data": [eve, bob, ada, unknown], "has_more": False, "page": 1, "limit": 100})
    by_user = await to_list(app.runs.list(created_by_end_user_session_id="eve"))
    by_account = await to_list(app.runs.list(created_by_account="ada@example.org"))
    assert [entry.id for entry in by_user] == ["1", "4"]
    assert [entry.id for entry in by_account] == ["3", "4"]
    assert len(await to_list(app.runs.list())) == 4


# rows of the same second


def server_of_messages(times: list[int]) -> Any:
    """Serve messages as Dify does: those of an earlier second than that of `first_id`."""
    rows: list[dict[str, Any]] = [{"id": f"m{number}", "created_at": time} for number, time in enumerate(times)]

    def answer(request: Received) -> Answer:
        first = next((row["created_at"] for row in rows if row["id"] == request.query.get("first_id")), 10**10)
        found = [row for row in rows if row["created_at"] < first]
        size = int(request.query["limit"])
        return Answer(200, {"data": found[-size:], "has_more": len(found) > size, "limit": size})

    return answer


TIMES = [1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 6]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 10, 11, None])
async def test_history_is_complete_and_ordered(limit: int | None, app: App, server: Server) -> None:
    server.default = server_of_messages(TIMES)
    wanted = [f"m{number}" for number in range(len(TIMES))]
    assert [message.id for message in await maybe_await(app.conversations.history("c"))] == wanted
    listed = [message.id for message in await to_list(app.conversations.messages("c", limit=limit))]
    assert sorted(listed) == sorted(wanted)
    pages = await to_list(app.conversations.messages("c", limit=limit).pages())
    assert [message.id for page in reversed(pages) for message in page.data] == wanted


async def test_history_over_many_pages_is_complete(app: App, server: Server) -> None:
    server.default = server_of_messages([number // 3 for number in range(1000)])
    history = await maybe_await(app.conversations.history("c"))
    assert [message.id for message in history] == [f"m{number}" for number in range(1000)]
    assert len(server.requests) < 12


async def test_variables_of_one_second_are_complete(app: App, server: Server) -> None:
    rows = [{"id": f"v{number}", "name": f"v{number}", "created_at": 7} for number in range(60)]

    def answer(request: Received) -> Answer:
        size, found = int(request.query["limit"]), [] if "last_id" in request.query else rows
        return Answer(200, {"data": found[:size], "has_more": len(found) > size, "limit": size})

    server.default = answer
    assert len(await to_list(app.conversations.variables("c", limit=20))) == 60


async def test_variables_that_cannot_be_paged_raise(app: App, server: Server) -> None:
    rows = [{"id": f"v{number}", "name": f"v{number}", "created_at": 7} for number in range(100)]
    server.default = Answer(200, {"data": rows, "has_more": True, "limit": 100})
    with pytest.raises(IncompleteListError, match="more items than those received"):
        await to_list(app.conversations.variables("c"))


# requests of certain versions


async def test_set_variable_falls_back_to_json_text(app: App, server: Server) -> None:
    server.answers = [refusal(400, X_Version="1.7.2"), Answer(200, {"id": "v"})]
    await maybe_await(app.conversations.set_variable("c", "v", ["ä", 1]))
    assert [request.json["value"] for request in server.requests] == [["ä", 1], '["ä", 1]']


@pytest.mark.parametrize("version", ["1.8.0", "1.16.1", None])
async def test_set_variable_is_sent_once_to_others(version: str | None, app: App, server: Server) -> None:
    server.default = refusal(400, **({"X_Version": version} if version else {}))
    with pytest.raises(BadRequestError):
        await maybe_await(app.conversations.set_variable("c", "v", 1))
    assert len(server.requests) == 1


async def test_empty_conversation_id_starts_a_conversation(app: App, server: Server) -> None:
    server.default = Answer(200, {"answer": "hi", "event": "message", "conversation_id": "c-1"})
    await maybe_await(app.chat.send("hi", conversation_id=""))
    conversation = app.conversation("")
    assert (await maybe_await(conversation.send("hi"))).answer == "hi"
    assert [request.json.get("conversation_id") for request in server.requests] == [None, None]
    assert conversation.id == "c-1"


async def test_blocking_call_refuses_an_event_stream(app: App, server: Server) -> None:
    headers = {**STREAM, "X-Version": "1.13.0"}
    server.default = Answer(200, headers=headers, chunks=[b"event: ping\n\n"], linger=True)
    with pytest.raises(ResponseDecodeError, match=r'as Dify 1\.13\.0 does.*via="stream"') as caught:
        await maybe_await(app.chat.send("hi"))
    assert caught.value.server_version == "1.13.0"
    assert len(server.requests) == 1


MAINTENANCE = {"event": "workflow_maintenance_paused", "workflow_run_id": RUN}
FINISHED = {"event": "workflow_finished", "task_id": "t", "workflow_run_id": RUN, "conversation_id": "c"}


async def test_handed_over_run_is_followed(app: App, server: Server, waits: list[float]) -> None:
    finished = {**FINISHED, "data": {"id": RUN, "status": "succeeded", "outputs": {"answer": "Hi"}}}
    replayed: list[dict[str, Any]] = [
        {"event": "workflow_started", "task_id": "t", "workflow_run_id": RUN, "data": {"id": RUN}},
        {"event": "message", "task_id": "t", "message_id": "m", "conversation_id": "c", "answer": "Hi"},
        {"event": "message_end", "task_id": "t", "message_id": "m", "conversation_id": "c", "metadata": {}},
        finished,
    ]
    lines = b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in replayed)
    server.answers = [
        Answer(202, MAINTENANCE, headers={"Retry-After": "1"}),
        Answer(200, headers=STREAM, chunks=[lines]),
    ]
    answer = await maybe_await(app.chat.send("hi"))
    assert answer.answer == "Hi"
    assert waits == [1.0]
    assert [request.method for request in server.requests] == ["POST", "GET"]
    assert server.requests[1].path == f"/v1/workflow/{RUN}/events"


ENDED = {
    "event": "workflow_finished",
    "workflow_run_id": RUN,
    "data": {"status": "succeeded", "outputs": {"answer": "Hi"}},
}
INPUTS = json.dumps({"sys.query": "hi", "sys.dialogue_count": 2})
MESSAGE = {"id": "m", "conversation_id": "c", "query": "hi", "answer": "Hi", "created_at": 100}


def server_after_the_run(*messages: dict[str, Any]) -> Any:
    """Serve a run that has ended, and one conversation."""

    def answer(request: Received) -> Answer:
        bodies: dict[str, Any] = {
            "/v1/chat-messages": MAINTENANCE,
            f"/v1/workflows/run/{RUN}": {"id": RUN, "status": "succeeded", "created_at": 100, "inputs": INPUTS},
            "/v1/parameters": {"sensitive_word_avoidance": {"enabled": False}},
            "/v1/conversations": {"data": [{"id": "c"}], "has_more": False},
            "/v1/messages": {"data": list(messages), "has_more": False},
        }
        if request.path.endswith("/events"):
            return Answer(200, headers=STREAM, chunks=[b"data: %s\n\n" % json.dumps(ENDED).encode()])
        return Answer(202 if request.method == "POST" else 200, bodies[request.path])

    return answer


@pytest.mark.parametrize("conversation_id", [None, "c"])
async def test_handed_over_run_that_ended_has_ids(conversation_id: str | None, app: App, server: Server) -> None:
    other = {**MESSAGE, "id": "n", "created_at": 90}
    server.default = server_after_the_run(other, MESSAGE)
    answer = await maybe_await(app.chat.send("hi", conversation_id=conversation_id))
    assert (answer.answer, answer.message_id, answer.conversation_id) == ("Hi", "m", "c")
    listed = "/v1/conversations" in [request.path for request in server.requests]
    assert listed is (conversation_id is None)


@pytest.mark.parametrize("messages", [[], [MESSAGE, {**MESSAGE, "id": "n"}], [{**MESSAGE, "created_at": None}]])
async def test_handed_over_run_without_message_is_named(messages: Any, app: App, server: Server) -> None:
    server.default = server_after_the_run(*messages)
    with pytest.raises(StreamInterruptedError, match=RUN) as caught:
        await maybe_await(app.chat.send("hi"))
    assert caught.value.workflow_run_id == RUN
    assert caught.value.reply is not None
    assert caught.value.reply.answer == "Hi"


async def test_handed_over_run_without_end_is_named(app: App, server: Server) -> None:
    server.answers = [Answer(202, MAINTENANCE)]
    with pytest.raises((StreamInterruptedError, NotFoundError)) as caught:
        await maybe_await(app.chat.send("hi"))
    assert RUN in f"{caught.value} {getattr(caught.value, 'workflow_run_id', '')}"
    assert [request.method for request in server.requests].count("POST") == 1


async def test_stream_with_empty_conversation_id(app: App, server: Server) -> None:
    server.default = refusal(400)
    with pytest.raises(BadRequestError):
        async with enter(app.chat.stream("hi", conversation_id="")):
            pass
    assert "conversation_id" not in server.requests[0].json


# downloads


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_interrupted_download_is_retried(app: App, server: Server, tmp_path: Path) -> None:
    headers = {"Content-Type": "audio/mpeg"}
    server.answers = [
        Answer(200, headers=headers, chunks=[b"x" * 1000], cut=True),
        Answer(200, b"complete", headers=headers),
    ]
    target: Path = await maybe_await(app.files.download("f", to=tmp_path / "copy.bin"))
    assert target.name == "copy.bin"
    assert contents(tmp_path) == {"copy.bin": b"complete"}


async def test_interrupted_speech_is_not_retried(app: App, server: Server, tmp_path: Path) -> None:
    server.default = Answer(200, headers={"Content-Type": "audio/mpeg"}, chunks=[b"x" * 1000], cut=True)
    with pytest.raises(Exception, match="POST /text-to-audio"):
        await maybe_await(app.audio.speak("hi", to=tmp_path / "copy.bin"))
    assert len(server.requests) == 1


# the table of operations


def test_table_has_every_operation_and_method() -> None:
    documented = {(verb.upper(), without_names(path)) for verb, path, _ in document.operations(corrected())}
    assert {(verb, without_names(path)) for verb, path in OPERATIONS} == documented
    methods = {name for support in OPERATIONS.values() for name in support.method.split(", ")}
    assert methods == ({use.name for use in USES.values()} | FURTHER.keys() | HELPERS) - {
        "annotations.wait_for_reply_job"
    }


def test_table_in_the_docs_is_complete() -> None:
    assert markdown_table() in (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
