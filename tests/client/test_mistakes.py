"""Usual mistakes, each answered by one sentence before anything is sent; `docs/client.md` shows the table."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import anyio
import httpx
import pytest

from dify_chatflow import AsyncChatflow, Chatflow, ConfigurationError, StreamStateError
from dify_chatflow.testing import LocalDify
from tests.client.modes import enter, maybe_await, to_list
from tests.conftest import ROOT


class Mistake(NamedTuple):
    """A line of code, and the error that it raises."""

    code: str
    error: type[Exception]
    message: str


CHAT_OPTIONS = "extra_body, extra_headers, extra_query, max_retries, timeout, trace_id, trace_session_id"
STREAM_INSTEAD = "call chat.stream for a stream, and chat.send for the complete answer"
MISTAKES = [
    Mistake(
        "Chatflow()",
        ConfigurationError,
        "missing API key: pass api_key='app-...' or set the environment variable DIFY_API_KEY",
    ),
    Mistake(
        'Chatflow("app-1 2")',
        ConfigurationError,
        "invalid API key: it holds spaces or characters that a header cannot; copy it again",
    ),
    Mistake(
        'Chatflow(key, base_url="dify.local/v1")',
        ConfigurationError,
        "invalid base URL, without scheme, host or valid port: 'dify.local/v1'; pass base_url='https://your-dify/v1' "
        "or set DIFY_BASE_URL",
    ),
    Mistake(
        'Chatflow(key, base_url="https://dify.local/v1/chat-messages")',
        ConfigurationError,
        "invalid base URL, with the path of an endpoint: 'https://dify.local/v1/chat-messages'; end it before, in /v1",
    ),
    Mistake(
        "Chatflow(key, timeout=0)",
        ConfigurationError,
        "timeout must be a positive number, a (connect, read, write, pool) tuple, or None; got 0",
    ),
    Mistake(
        'Chatflow(key, headers=["X-Team: bikes"])',
        ConfigurationError,
        "headers must be a mapping of names to values, not list; pass headers={'X-Team': 'bikes'}",
    ),
    Mistake(
        "Chatflow(key, http_client=httpx.AsyncClient())",
        ConfigurationError,
        "http_client must be an httpx.Client, or a client with its interface; got AsyncClient",
    ),
    Mistake(
        "app.with_options(retries=3)",
        TypeError,
        "Chatflow.with_options() got an unexpected keyword argument 'retries'; did you mean 'max_retries'?",
    ),
    Mistake(
        'app.with_options(user=None).chat.send("Hello!")',
        ConfigurationError,
        "this call needs an end user: pass user='...', or give the client a default, Chatflow(user='...')",
    ),
    Mistake(
        "app.chat.send(None)",
        ConfigurationError,
        "query must be text; got None; pass the user's question",
    ),
    Mistake(
        'app.chat.send("Hello!", conversation="c")',
        TypeError,
        "Chat.send() got an unexpected keyword argument 'conversation'; did you mean 'conversation_id'?",
    ),
    Mistake(
        'app.chat.send("Hello!", temperature=0)',
        TypeError,
        f"Chat.send() got an unexpected keyword argument 'temperature'; the request options are {CHAT_OPTIONS}",
    ),
    Mistake(
        'app.chat.send("Hello!", stream=True)',
        TypeError,
        f"Chat.send() got an unexpected keyword argument 'stream'; {STREAM_INSTEAD}",
    ),
    Mistake(
        'app.chat.send("Hello!", via="streaming")',
        ConfigurationError,
        "via must be 'blocking' or 'stream'; got 'streaming'",
    ),
    Mistake(
        'app.chat.send("Hello!", inputs="English")',
        ConfigurationError,
        "inputs must be a mapping of names to values; got a value of type str; pass inputs={'name': value}",
    ),
    Mistake(
        'app.chat.send("Hello!", inputs={"photo": b"..."})',
        ConfigurationError,
        "inputs['photo'] cannot be sent as JSON: it is a value of type bytes; upload files with files.upload and pass "
        "the result",
    ),
    Mistake(
        'app.chat.send("Hello!", files="photo.png")',
        TypeError,
        "files must be a list; pass files=[...]",
    ),
    Mistake(
        'app.chat.send("Hello!", trace_id="order 4711")',
        ConfigurationError,
        "trace_id must be 1 to 128 letters, digits, hyphens and underscores; got 'order 4711'",
    ),
    Mistake(
        'app.chat.stream("Hello!").stop()',
        StreamStateError,
        "cannot stop: no event has been received yet; read the first one before",
    ),
    Mistake(
        'app.files.upload(io.StringIO("text"))',
        TypeError,
        "the file is open in text mode; open it with mode 'rb'",
    ),
    Mistake(
        'app.files.upload("https://example.com/photo.png")',
        ConfigurationError,
        "not a path: 'https://example.com/photo.png'…; pass a path, or bytes for content; the server fetches the http "
        "and https URLs in files=[...] itself",
    ),
    Mistake(
        'app.files.upload(b"...", mime_type="image")',
        ConfigurationError,
        "mime_type is invalid: 'image'; pass one like 'image/png'",
    ),
    Mistake(
        'app.files.download("file-1", to=5)',
        TypeError,
        "cannot write a file to int; pass a path or an open binary file as `to`",
    ),
    Mistake(
        "app.audio.speak()",
        ConfigurationError,
        "speech needs a text or a message; pass a text, or message_id='...'",
    ),
    Mistake(
        "app.runs.get(None)",
        ConfigurationError,
        "workflow_run_id must be an id; got None; pass the id as text",
    ),
    Mistake(
        'app.runs.list(created_after="yesterday")',
        ValueError,
        "created_after='yesterday' is not an ISO 8601 date or time; pass one like 2026-01-31T12:00:00Z",
    ),
    Mistake(
        'app.feedback.submit("message-1", "good")',
        ConfigurationError,
        "rating must be 'like', 'dislike', or None to remove it; got 'good'",
    ),
    Mistake(
        'app.request("GET", "info")',
        ConfigurationError,
        "path must begin with one slash, without the base URL; got 'info'",
    ),
]


def markdown_table() -> str:
    """Return the table of the guide."""
    rows = [f"| `{code}` | `{error.__name__}` | {message} |" for code, error, message in MISTAKES]
    return "\n".join(["| code | exception | message |", "| --- | --- | --- |", *rows])


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDify]:
    """Run a local Dify."""
    with LocalDify() as running:
        yield running


async def call(app: Chatflow | AsyncChatflow, code: str, names: dict[str, Any]) -> None:
    """Run a line with the client, up to the first request of what it returns."""
    result = eval(code, names | {"app": app})  # noqa: S307 - the lines above
    if hasattr(result, "page"):
        await maybe_await(result.page())
    elif hasattr(result, "until_done"):
        async with enter(result) as stream:
            await to_list(stream)
    else:
        await maybe_await(result)


@pytest.mark.parametrize("mode", [Chatflow, AsyncChatflow])
@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.code for mistake in MISTAKES])
def test_mistake_is_answered_by_a_sentence(
    mistake: Mistake, mode: type[Chatflow | AsyncChatflow], server: LocalDify, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DIFY_API_KEY", "DIFY_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    server.requests.clear()
    is_async = mode is AsyncChatflow
    names = {"Chatflow": mode, "key": server.api_key, "httpx": httpx, "io": io}
    code, message = mistake.code, mistake.message
    if is_async:
        code = code.replace("AsyncClient", "Client")
        message = message.replace("Client;", "AsyncClient;").replace("httpx.Client,", "httpx.AsyncClient,")
        message = message.replace("got AsyncClient", "got Client")
        message = message.replace("Chat.send()", "AsyncChat.send()").replace("Chatflow.with", "AsyncChatflow.with")
    app = mode(server.api_key, base_url=server.base_url, user="eve")
    with pytest.raises(mistake.error) as caught:
        anyio.run(call, app, code, names)
    assert str(caught.value) == message
    assert type(caught.value) is mistake.error
    assert server.requests == []


def test_guide_shows_the_mistakes() -> None:
    assert len(MISTAKES) >= 25
    assert markdown_table() in (ROOT / "docs" / "client.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(markdown_table() + "\n")
