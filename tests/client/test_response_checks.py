"""A response is accepted only when it has what the method is for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dify_chatflow import DifyError, ResponseDecodeError, StreamInterruptedError
from tests.client.memory import body, events, memory_app
from tests.client.modes import Mode, enter, maybe_await, method, to_list
from tests.client.operations import STREAM, USES, Use
from tests.client.stream_bytes import finished, sent, started, text

pytestmark = pytest.mark.anyio

FAILURE = {"code": "provider_quota_exceeded", "message": "no credits left", "status": 500}
FOREIGN: list[Any] = [FAILURE, {"data": {"id": "1", "answer": "a"}}, {"login": "please"}, [1], None, "text", 5, True]
# An empty object acknowledges these.
EMPTY = {"conversations.delete", "annotations.delete", "human_input.submit", "files.download"}
LISTS = [use for use in USES.values() if use.name.endswith((".list", ".messages", ".variables"))]


def id_of(use: Use) -> str:
    return use.name


@pytest.mark.parametrize("use", [*USES.values(), STREAM], ids=id_of)
async def test_foreign_body_is_refused(use: Use, mode: Mode) -> None:
    bodies = [FAILURE, None] if use.name == "files.download" else FOREIGN
    for content in bodies if use.name in EMPTY else [*bodies, {}]:
        with pytest.raises(ResponseDecodeError, match=r"^[A-Z]+ /"):
            await use(memory_app(mode, body(content), max_retries=0))


@pytest.mark.parametrize("use", USES.values(), ids=id_of)
async def test_page_of_a_proxy_is_refused(use: Use, mode: Mode) -> None:
    if use.name == "files.download":  # may be a web page
        return
    for content in (b"<html><p>Sign in", b"", b"\xff\x00"):
        if content or use.name not in EMPTY:
            with pytest.raises(ResponseDecodeError):
                await use(memory_app(mode, body(content, kind="text/html"), max_retries=0))


@pytest.mark.parametrize("use", LISTS, ids=id_of)
async def test_foreign_rows_are_refused(use: Use, mode: Mode) -> None:
    wrong: list[Any] = ["abc", 5, None, {}, ["a"], [None], [{}], [{"id": None}], [{"id": "1"}, 5], [[]], [{"foo": 1}]]
    for rows in wrong:
        app = memory_app(mode, body({"data": rows, "has_more": True}), max_retries=0)
        pager = method(app, use.name)(*use.args, **use.kwargs)
        with pytest.raises(ResponseDecodeError, match="data"):
            await to_list(pager)


async def test_refusal_shows_the_words_of_the_server(mode: Mode) -> None:
    app = memory_app(mode, body(FAILURE), max_retries=0)
    with pytest.raises(ResponseDecodeError, match="provider_quota_exceeded: no credits left") as caught:
        await maybe_await(app.chat.send("hi"))
    assert "200 (application/json, " in str(caught.value)
    assert json.loads(caught.value.payload) == FAILURE
    app = memory_app(mode, body(b"<html><p>Sign in" + b" please" * 10_000, kind="text/html"), max_retries=0)
    with pytest.raises(ResponseDecodeError, match=r"text/html.*Sign in please") as caught:
        await maybe_await(app.runs.get("r"))
    assert len(str(caught.value)) < 1000


async def test_file_may_be_any_other_json(mode: Mode) -> None:
    for content in ({}, [1], {"code": "x", "message": "y"}, {**FAILURE, "more": 1}):
        app = memory_app(mode, body(content))
        assert json.loads(await maybe_await(app.files.download("f"))) == content


async def test_paused_answer_may_have_no_text(mode: Mode) -> None:
    pause = {"event": "workflow_paused", "workflow_run_id": "r", "conversation_id": "c", "message_id": "m"}
    wrong: list[Any] = [None, [], "x", 5, [None], [{"TYPE": "human_input_required", "form_id": {}, "inputs": 5}]]
    for reasons in wrong:
        answer = await maybe_await(memory_app(mode, body({**pause, "data": {"reasons": reasons}})).chat.send("hi"))
        assert (answer.paused, answer.reply.answer) == (True, "")


@pytest.mark.parametrize("errors", [{"query": "Missing"}, ["Missing"], {"json": {"query": ["Missing"]}}])
async def test_listed_faults_are_shown(errors: Any, mode: Mode) -> None:
    app = memory_app(mode, body({"errors": errors, "message": "Validation failed"}, status=400))
    with pytest.raises(DifyError, match=r"Validation failed: .*Missing"):
        await maybe_await(app.runs.get("r"))


async def test_lone_surrogates_stay_out_of_messages(mode: Mode) -> None:
    app = memory_app(mode, body(b'{"code": "x", "message": "bad \\ud83d", "status": 400}', status=400))
    with pytest.raises(DifyError, match="bad") as caught:
        await maybe_await(app.runs.get("r"))
    assert str(caught.value).encode()


MISSED = [sent("Message", answer="1"), sent("text_chunk", data={"text": "1"}), sent("text_chunk", data={"text": None})]
END = sent("message_end", metadata={})


@pytest.mark.parametrize("missed", MISSED)
async def test_text_of_unknown_events_is_a_gap(missed: bytes, mode: Mode) -> None:
    parts = (started(), text("Total: "), missed, text(" EUR"), END)
    stored: Any = {"data": [], "sensitive_word_avoidance": {"enabled": False}}
    respond = events(*parts, finished(answer="Total: 1 EUR"), others=stored)
    async with enter(memory_app(mode, respond).chat.stream("hi")) as stream:
        assert (await maybe_await(stream.until_done())).answer == "Total: 1 EUR"
    async with enter(memory_app(mode, events(*parts, finished())).chat.stream("hi")) as stream:
        with pytest.raises(StreamInterruptedError, match="not complete"):
            await maybe_await(stream.until_done())
