"""The source of an answer whose events were missed: the stored message, or outputs of an app that does not moderate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dify_chatflow import StreamInterruptedError
from dify_chatflow.testing import LocalDify
from tests.client.modes import App, Mode, close, enter, maybe_await, to_list
from tests.client.stream_bytes import HEADERS, PING, finished, started, stream, text
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

INPUTS = {"sys.query": "hi", "sys.dialogue_count": 2}
MESSAGE = {"id": "m-1", "conversation_id": "c-1", "query": "hi", "answer": "kept", "created_at": 99}
OFF, ON = {"sensitive_word_avoidance": {"enabled": False}}, {"sensitive_word_avoidance": {"enabled": True}}


def finished_run(**parts: Any) -> Callable[[Received], Answer]:
    """Serve a run that has ended: one event without ids, a detail, and what the server stores."""
    end: dict[str, Any] = {"event": "workflow_finished", "workflow_run_id": "run-1"}
    end["data"] = {"id": "run-1", "status": "succeeded", "outputs": {"answer": "withheld"}}
    bodies: dict[str, Any] = {
        "run-1": {"id": "run-1", "status": "succeeded", "created_at": 100, "finished_at": 101, "inputs": INPUTS},
        "conversations": {"data": [{"id": "c-1", "created_at": 50}], "has_more": False},
        "messages": {"data": [MESSAGE], "has_more": False},
        "parameters": ON,
        **parts,
    }

    def answer(request: Received) -> Answer:
        name = request.path.rpartition("/")[2]
        if name == "events":
            return Answer(200, headers=HEADERS, chunks=[b"data: %s\n\n" % json.dumps(end).encode()])
        body = bodies[name]
        return Answer(404 if body is None else 200, body or {"code": "not_found", "message": "gone", "status": 404})

    return answer


def asked(server: Server) -> list[str]:
    return [request.path.rpartition("/")[2] for request in server.requests]


async def test_finished_run_has_its_stored_message(app: App, server: Server) -> None:
    """The single event of a finished run has the text before moderation, and names no message."""
    server.default = finished_run()
    async with enter(app.runs.events("run-1")) as opened:
        assert "".join(await to_list(opened.text_deltas())) == "kept"
    reply = opened.reply
    assert (reply.answer, reply.message_id, reply.conversation_id, reply.status) == ("kept", "m-1", "c-1", "succeeded")
    assert asked(server) == ["events", "run-1", "conversations", "messages"]


@pytest.mark.parametrize(
    "parts",
    [
        {"messages": {"data": []}},
        {"messages": {"data": [{**MESSAGE, "query": "other"}]}},
        {"messages": {"data": [{**MESSAGE, "created_at": 90}, {**MESSAGE, "created_at": None}]}},
        {"messages": {"data": [MESSAGE, {**MESSAGE, "id": "m-2", "answer": "else"}]}},
        {"messages": None},
        {"conversations": {"data": []}},
        {"conversations": None},
        {"run-1": None},
        {"run-1": {"id": "run-1", "status": "succeeded", "created_at": 100, "inputs": "{"}},
        {"run-1": {"id": "run-1", "status": "succeeded", "created_at": None, "inputs": INPUTS}},
        {"run-1": {"id": "run-1", "created_at": 100, "inputs": {**INPUTS, "sys.dialogue_count": 1}}},
    ],
)
async def test_unknown_message_never_gives_moderated_outputs(parts: dict[str, Any], app: App, server: Server) -> None:
    for parameters in (ON, None):
        server.default = finished_run(**parts, parameters=parameters)
        async with enter(app.runs.events("run-1")) as opened:
            with pytest.raises(StreamInterruptedError, match="the answer is not complete") as caught:
                await maybe_await(opened.until_done())
        assert caught.value.workflow_run_id == "run-1"
        assert (opened.reply.answer, opened.reply.status) == ("", "succeeded")
    server.default = finished_run(**parts, parameters=OFF)
    assert (await maybe_await(app.runs.events("run-1").until_done())).answer == "withheld"


async def test_repeated_query_is_identified_by_outputs(app: App, server: Server) -> None:
    other = {**MESSAGE, "id": "m-2", "answer": "withheld"}
    for rows, message_id, answer in (([MESSAGE, other], "m-2", "withheld"), ([MESSAGE, MESSAGE], None, "kept")):
        server.default = finished_run(messages={"data": rows})
        reply = await maybe_await(app.runs.events("run-1").until_done())
        assert (reply.message_id, reply.answer) == (message_id, answer)


async def test_first_message_is_in_new_conversation(app: App, server: Server) -> None:
    rows = [{"id": f"c-{number}", "created_at": 90 + 6 * number} for number in range(3)]
    first = {"id": "run-1", "created_at": 100, "inputs": json.dumps({"sys.query": "hi", "sys.dialogue_count": 1})}
    server.default = finished_run(conversations={"data": rows}, **{"run-1": first})
    assert (await maybe_await(app.runs.events("run-1").until_done())).answer == "kept"
    listed = [request.query["conversation_id"] for request in server.requests if request.path.endswith("messages")]
    assert listed == ["c-1"]


@pytest.mark.parametrize("parameters", [ON, OFF, None])
async def test_resumed_query_never_gives_moderated_outputs(
    parameters: dict[str, Any] | None, app: App, server: Server
) -> None:
    server.default = finished_run(messages={"data": []}, parameters=parameters)
    server.answers = [Answer(200, headers={**HEADERS, "X-Workflow-Run-ID": "run-1"}, chunks=[PING], cut=True)]
    async with enter(app.chat.stream("hi", resume=True)) as opened:
        if parameters == OFF:
            assert (await maybe_await(opened.until_done())).answer == "withheld"
        else:
            with pytest.raises(StreamInterruptedError, match="the answer is not complete"):
                await maybe_await(opened.until_done())
            assert opened.reply.answer == ""


# Answers whose `message_end` is missing, before which servers replace a moderated answer


@pytest.mark.parametrize("cut", [False, True])
@pytest.mark.parametrize("stored", ["kept", "withheld"])
async def test_answer_without_message_end_is_confirmed(stored: str, cut: bool, app: App, server: Server) -> None:
    message = {**MESSAGE, "id": "message-1", "answer": stored}
    server.answers = [stream(started(), text("with"), text("held"), finished(), cut=cut)]
    server.default = finished_run(messages={"data": [message]})
    reply = await maybe_await(app.chat.stream("hi").until_done())
    assert (reply.answer, reply.moderated) == (stored, stored == "kept")


async def test_answer_that_cannot_be_confirmed_raises(app: App, server: Server) -> None:
    for parameters, answer in ((ON, None), (OFF, "withheld"), (None, "withheld")):
        server.answers = [stream(started(), text("withheld"), finished(), cut=True)]
        server.default = finished_run(messages={"data": []}, parameters=parameters)
        opened = app.chat.stream("hi")
        if answer is None:
            with pytest.raises(StreamInterruptedError, match="the app moderates answers"):
                await maybe_await(opened.until_done())
        else:
            assert (await maybe_await(opened.until_done())).answer == answer


@pytest.mark.parametrize("is_cut", [False, True])
async def test_images_lost_by_the_message_remain(is_cut: bool, app: App, server: Server) -> None:
    """Servers 1.9.0 to 1.15 store answers with files without their Markdown images."""
    answer = "See ![a](https://x/a.png) here"
    message = {**MESSAGE, "id": "message-1", "answer": "See  here"}
    detail = {"id": "run-1", "status": "succeeded", "outputs": {"answer": answer}, "finished_at": 2}
    server.default = finished_run(messages={"data": [message]}, **{"run-1": detail})
    rest = [Answer(404, {"code": "not_found", "message": "gone", "status": 404})]
    chunks = [started(), text("See ")] if is_cut else [started(), text(answer), finished()]
    server.answers = [stream(*chunks, cut=is_cut), *rest[: int(is_cut)]]
    reply = await maybe_await(app.chat.stream("hi", resume=True).until_done())
    assert (reply.answer, reply.moderated) == (answer, False)


# The local server as several versions


@pytest.fixture(scope="module", params=["1.14.2", "main-2026-06", "1.16.1", "next"])
def local(request: pytest.FixtureRequest) -> Iterator[LocalDify]:
    """Run the local server as a version whose runs can be joined."""
    with LocalDify(version=request.param) as server:
        yield server


@pytest.fixture
async def local_app(mode: Mode, local: LocalDify) -> Any:
    """Return a client of the local server."""
    app = mode.client(local.api_key, base_url=local.base_url, user=mode.name)
    yield app
    await close(app)


@pytest.mark.parametrize("query", ["a plain question", "say something unsafe"])
async def test_finished_run_has_answer_on_each_version(query: str, local_app: App) -> None:
    complete = await maybe_await(local_app.chat.stream(query).until_done())
    assert complete.workflow_run_id is not None
    joined = await maybe_await(local_app.runs.events(complete.workflow_run_id).until_done())
    assert (joined.answer, joined.status) == (complete.answer, complete.status)
    assert (joined.message_id, joined.conversation_id) == (complete.message_id, complete.conversation_id)
