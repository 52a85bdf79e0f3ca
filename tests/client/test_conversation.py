"""Conversations keep their id, warn when the server starts another, and run one query at a time."""

from __future__ import annotations

import asyncio
import copy
import itertools
import json
import threading
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from dify_chatflow import (
    AsyncChatflow,
    AsyncChatStream,
    Chatflow,
    ChatStream,
    ConfigurationError,
    ConversationChangedWarning,
    InternalServerError,
    NotFoundError,
    StreamInterruptedError,
    StreamStateError,
)
from dify_chatflow.testing import LocalDify
from tests.client.modes import KEY, App, Mode, close, enter, maybe_await, to_list
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio


def answer(conversation_id: str | None, **details: Any) -> Answer:
    body: dict[str, Any] = {"event": "message", "answer": "hi", "metadata": {}, "conversation_id": conversation_id}
    return Answer(200, {**body, **details})


def streamed(conversation_id: str, *, ends: bool = True) -> Answer:
    ids = {"conversation_id": conversation_id, "message_id": "m", "task_id": "t", "created_at": 1}
    events: list[dict[str, Any]] = [{"event": "message", **ids, "id": "m", "answer": "hi"}]
    events += [{"event": "message_end", **ids, "id": "m", "metadata": {}}] if ends else []
    chunks = [f"data: {json.dumps(event)}\n\n".encode() for event in events]
    return Answer(200, headers={"Content-Type": "text/event-stream"}, chunks=chunks)


def asked(server: Server) -> list[str | None]:
    return [request.json.get("conversation_id") for request in server.requests]


async def test_id_is_kept_between_answers(app: App, server: Server) -> None:
    talk = app.conversation(user="eve")
    assert talk.id is None, "before the first answer"
    server.answers = [answer("c-1"), streamed("c-1"), answer("c-1")]
    await maybe_await(talk.send("one", inputs={"name": "Ada"}))
    async with enter(talk.stream("two")) as stream:
        assert [event.event for event in await to_list(stream)] == ["message", "message_end"]
    await maybe_await(talk.send("three"))
    assert asked(server) == [None, "c-1", "c-1"]
    assert {request.json["user"] for request in server.requests} == {"eve"}
    assert server.requests[0].json["inputs"] == {"name": "Ada"}
    assert talk.id == "c-1"
    assert talk.previous_ids == []


async def test_known_conversation_uses_the_client_user(app: App, server: Server) -> None:
    server.answers = [answer("c-7")]
    await maybe_await(app.conversation("c-7").send("hi"))
    assert (asked(server), server.requests[0].json["user"]) == (["c-7"], "abc-123")


async def test_changed_conversation_warns(app: App, server: Server) -> None:
    talk = app.conversation("c-0")
    server.answers = [answer("c-1"), streamed("c-2"), answer("c-2")]
    with pytest.warns(ConversationChangedWarning, match="c-0 is unknown .* started c-1"):
        await maybe_await(talk.send("one"))
    with pytest.warns(ConversationChangedWarning, match="c-1 is unknown .* started c-2"):
        async with enter(talk.stream("two")) as stream:
            await to_list(stream)
    await maybe_await(talk.send("three"))
    assert (talk.id, talk.previous_ids) == ("c-2", ["c-0", "c-1"])
    assert asked(server) == ["c-0", "c-1", "c-2"]


async def test_warning_as_error_keeps_new_id(app: App, server: Server) -> None:
    talk = app.conversation("c-0")
    server.answers = [answer("c-1"), answer("c-1")]
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConversationChangedWarning)
        with pytest.raises(ConversationChangedWarning):
            await maybe_await(talk.send("one"))
    await maybe_await(talk.send("two"))
    assert asked(server) == ["c-0", "c-1"]


@pytest.mark.parametrize("told", [None, ""])
async def test_answer_without_id_changes_nothing(told: str | None, app: App, server: Server) -> None:
    talk = app.conversation("c-1")
    server.answers = [answer(told)]
    await maybe_await(talk.send("one"))
    assert (talk.id, talk.previous_ids) == ("c-1", [])


async def test_failure_keeps_id_and_releases_lock(app: App, server: Server) -> None:
    talk = app.conversation("c-1")
    server.answers = [Answer(500, ""), answer("c-1"), Answer(500, ""), streamed("c-1", ends=False), answer("c-1")]
    with pytest.raises(InternalServerError):
        await maybe_await(talk.send("one"))
    await maybe_await(talk.send("two"))
    with pytest.raises(InternalServerError):
        async with enter(talk.stream("three")):
            pass
    with pytest.raises(StreamInterruptedError):
        async with enter(talk.stream("four")) as stream:
            await to_list(stream)
    await maybe_await(talk.send("five"))
    assert asked(server) == ["c-1"] * 5


async def test_interrupted_stream_sets_id(app: App, server: Server) -> None:
    talk = app.conversation()
    server.answers = [streamed("c-1", ends=False), answer("c-1")]
    with pytest.raises(StreamInterruptedError):
        async with enter(talk.stream("one")) as stream:
            await to_list(stream)
    assert talk.id == "c-1"


async def test_conversation_requires_a_user(make: Callable[..., App], server: Server) -> None:
    talk = make(user=None).conversation()
    with pytest.raises(ConfigurationError, match="needs an end user"):
        await maybe_await(talk.send("one"))
    assert server.requests == []


async def test_send_during_own_stream_raises(app: App, server: Server) -> None:
    talk = app.conversation()
    server.answers = [streamed("c-1"), answer("c-1")]
    async with enter(talk.stream("one")) as stream:
        await to_list(stream)
        with pytest.raises(StreamStateError, match="leave its `with` block first"):
            await maybe_await(talk.send("two"))
    await maybe_await(talk.send("two"))
    assert asked(server) == [None, "c-1"]


async def test_send_accepts_arguments_of_chat(app: App, server: Server) -> None:
    talk = app.conversation()
    server.answers = [streamed("c-1"), streamed("c-1")]
    assert (await maybe_await(talk.send("one", via="stream", workflow_id="w"))).answer == "hi"
    async with enter(talk.stream("two", idle_timeout=5.0, accumulate=False)) as stream:
        await to_list(stream)
    assert stream.reply.answer == ""
    assert server.requests[0].json["workflow_id"] == "w"


async def test_stream_can_be_left_by_another_task(server: Server) -> None:
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        talk = app.conversation()
        server.answers = [streamed("c-1"), answer("c-1")]
        talking = talk.stream("one")
        await asyncio.create_task(talking.__aenter__())
        waiting = asyncio.create_task(talk.send("two"))
        await asyncio.sleep(0)
        assert len(server.requests) == 1, "the other task waits for its turn"
        await asyncio.create_task(talking.__aexit__(None, None, None))
        assert (await waiting).answer == "hi"


async def test_stream_is_a_chat_stream(app: App, server: Server) -> None:
    server.answers = [streamed("c-1")]
    opened = app.conversation().stream("one")
    assert isinstance(opened, (ChatStream, AsyncChatStream))
    assert repr(opened).endswith("message_id=None))")
    with pytest.raises(StreamStateError, match="enter the stream of a conversation before"):
        await maybe_await(opened.until_done())
    assert server.requests == []
    async with enter(opened):
        assert (await maybe_await(opened.until_done())).answer == "hi"
    assert (await maybe_await(opened.until_done())).answer == "hi"


async def test_stream_made_earlier_continues_the_conversation(app: App, server: Server) -> None:
    talk = app.conversation()
    server.answers = [answer("c-1"), streamed("c-1")]
    later = talk.stream("two")
    await maybe_await(talk.send("one"))
    async with enter(later):
        await maybe_await(later.until_done())
    assert asked(server) == [None, "c-1"]


async def test_stream_checks_arguments_when_made(app: App, server: Server) -> None:
    talk: Any = app.conversation()
    with pytest.raises(TypeError, match=r"Conversation\.stream\(\) got .*'reusme'; did you mean 'resume'"):
        talk.stream("one", reusme=True)
    with pytest.raises(ConfigurationError, match="idle_timeout must be"):
        talk.stream("one", idle_timeout=-1)
    server.answers = [streamed("c-1")]
    files = [{"type": "image", "transfer_method": "remote_url", "url": "https://example.com/a.png"}]
    async with enter(talk.stream("one", files=files, inputs={"a": 1}, workflow_id="w", auto_generate_name=False)):
        pass
    sent = server.requests[0].json
    assert (sent["files"], sent["inputs"]) == (files, {"a": 1})
    assert (sent["workflow_id"], sent["auto_generate_name"]) == ("w", False)


async def test_warning_as_error_leaves_the_conversation_usable(app: App, server: Server) -> None:
    talk = app.conversation("c-0")
    server.answers = [streamed("c-1"), answer("c-1")]
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConversationChangedWarning)
        with pytest.raises(ConversationChangedWarning):
            async with enter(talk.stream("one")) as stream:
                await to_list(stream)
    await maybe_await(talk.send("two"))
    assert asked(server) == ["c-0", "c-1"]


@pytest.mark.parametrize("make_copy", [copy.copy, copy.deepcopy])
async def test_copy_continues_on_its_own(make_copy: Callable[[Any], Any], app: App, server: Server) -> None:
    talk = app.conversation("c-1", user="eve")
    copied = make_copy(talk)
    server.answers = [streamed("c-1"), Answer(204), answer("c-2"), answer("c-1")]
    async with enter(talk.stream("held")):
        await maybe_await(copied.delete())
    assert (copied.id, talk.id) == (None, "c-1")
    await maybe_await(copied.send("new"))
    await maybe_await(talk.send("more"))
    assert (copied.id, talk.id) == ("c-2", "c-1")
    assert repr(talk).endswith("Conversation(id='c-1', user='eve')")


# What the conversation has on the server


@pytest.fixture(scope="module")
def local() -> Iterator[LocalDify]:
    """Yield a local server on which each row is of another second."""
    with LocalDify(clock=itertools.count(1.8e9).__next__) as running:
        yield running


@pytest.fixture
async def real(mode: Mode, local: LocalDify) -> AsyncIterator[App]:
    """Yield a client of the local server."""
    app = mode.client(local.api_key, base_url=local.base_url, user="abc-123")
    yield app
    await close(app)


async def test_conversation_reads_and_changes_itself(real: App) -> None:
    talk = real.conversation(user="eve")
    for query in ("one", "two", "three"):
        await maybe_await(talk.send(query))
    assert [message.query for message in await maybe_await(talk.history())] == ["one", "two", "three"]
    assert [message.query for message in await to_list(talk.messages(limit=3))] == ["one", "two", "three"]
    assert (await maybe_await(talk.rename("Bikes"))).name == "Bikes"
    assert (await maybe_await(talk.rename(auto_generate=True))).name != "Bikes"
    [variable, *_] = [found for found in await to_list(talk.variables()) if found.value_type == "string"]
    await maybe_await(talk.set_variable(variable.id, "blue"))
    [changed] = await to_list(talk.variables(variable_name=variable.name, limit=1))
    assert changed.value == "blue"


async def test_deleted_conversation_starts_anew(real: App) -> None:
    talk = real.conversation()
    await maybe_await(talk.send("one"))
    deleted = talk.id
    await maybe_await(talk.delete())
    assert talk.id is None
    with pytest.raises(NotFoundError):
        await maybe_await(real.conversations.history(deleted or ""))
    await maybe_await(talk.send("two"))
    assert talk.id not in (None, deleted)
    assert talk.previous_ids == []


@pytest.mark.parametrize("name", ["messages", "history", "rename", "delete", "variables", "set_variable"])
async def test_new_conversation_has_nothing_yet(name: str, app: App, server: Server) -> None:
    call: Any = getattr(app.conversation(), name)
    with pytest.raises(StreamStateError, match="no id yet: send a query first"):
        await maybe_await(call(*(("v", 1) if name == "set_variable" else ())))
    assert server.requests == []


async def test_methods_pass_user_and_options(app: App, server: Server) -> None:
    talk = app.conversation("c-1", user="eve")
    server.default = Answer(200, {"data": [], "has_more": False, "limit": 100})
    await maybe_await(talk.history(extra_headers={"X-Team": "bikes"}))
    await to_list(talk.variables(max_retries=0, extra_query={"debug": "1"}))
    messages, variables = server.requests
    assert (messages.query["user"], messages.headers["x-team"]) == ("eve", "bikes")
    assert (variables.query["user"], variables.query["debug"]) == ("eve", "1")


class Watch:
    """A server's answer that notes how many questions are under way at once."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    def __call__(self, received: Received) -> Answer:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1
        return answer(received.json.get("conversation_id") or f"new-{len(received.body)}")


async def test_tasks_share_a_conversation_in_turn(server: Server) -> None:
    watch = server.default = Watch()
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        talk = app.conversation()
        await asyncio.gather(*(talk.send("hi") for _ in range(6)))
    assert watch.most == 1
    assert asked(server) == [None, *[talk.id] * 5]


def test_threads_share_a_conversation_in_turn(server: Server) -> None:
    watch = server.default = Watch()
    with Chatflow(KEY, base_url=server.base_url, user="eve") as app, ThreadPoolExecutor(6) as threads:
        talk = app.conversation()
        assert [done.answer for done in threads.map(talk.send, ["hi"] * 6)] == ["hi"] * 6
    assert watch.most == 1
    assert asked(server) == [None, *[talk.id] * 5]


def test_conversation_needs_no_running_loop(server: Server) -> None:
    app = AsyncChatflow(KEY, base_url=server.base_url, user="eve")
    talk = app.conversation()
    server.answers = [answer("c-1")]

    async def talk_once() -> None:
        async with app:
            await talk.send("hi")

    asyncio.run(talk_once())
    assert talk.id == "c-1"
