"""The log: a line for each request and response, without keys and bodies."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dify_chatflow import APIConnectionError, InternalServerError
from tests.client.modes import KEY, App, maybe_await
from tests.server import Answer, Server, refusing

pytestmark = pytest.mark.anyio

SECRETS = (KEY, "Bearer", "a private question", "a private answer", "abc-123")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """Return a function that returns the log so far."""

    def logged() -> list[str]:
        return [record.getMessage() for record in caplog.records if record.name == "dify_chatflow"]

    with caplog.at_level(logging.DEBUG, "dify_chatflow"):
        yield logged


async def test_request_and_response_are_logged(app: App, server: Server, lines: Any) -> None:
    server.reply(body={"event": "message", "answer": "a private answer", "metadata": {}})
    await maybe_await(app.chat.send("a private question"))
    first, second = lines()
    assert first == "POST /chat-messages (attempt 1)"
    assert re.fullmatch(r"POST /chat-messages → 200 in \d+ ms \(attempt 1\)", second)


async def test_attempts_and_waits_are_logged(app: App, server: Server, lines: Any) -> None:
    server.answers = [Answer(503, "a private answer"), Answer(200, {"id": "r"})]
    await maybe_await(app.runs.get("r"))
    said = [re.sub(r"[\d.]+ (?=ms|s )", "N ", line) for line in lines()]
    assert said == [
        "GET /workflows/run/r (attempt 1)",
        "GET /workflows/run/r → 503 in N ms (attempt 1)",
        "GET /workflows/run/r sent again in N s (attempt 1 failed)",
        "GET /workflows/run/r (attempt 2)",
        "GET /workflows/run/r → 200 in N ms (attempt 2)",
    ]


async def test_connection_failure_is_logged(make: Callable[..., App], lines: Any) -> None:
    with refusing() as base_url, pytest.raises(APIConnectionError):
        await maybe_await(make(base_url=base_url, max_retries=0).application.info())
    assert lines() == ["GET /info (attempt 1)", "GET /info failed: ConnectError"]


async def test_secrets_and_bodies_are_never_logged(app: App, server: Server, lines: Any, caplog: Any) -> None:
    server.default = Answer(500, {"code": "unknown", "message": "a private answer", "status": 500})
    with pytest.raises(InternalServerError):
        await maybe_await(app.chat.send("a private question"))
    with pytest.raises(InternalServerError):
        await maybe_await(app.chat.suggested("message-1"))
    text = "\n".join(lines())
    assert len(lines()) == 4
    assert [secret for secret in SECRETS if secret in text] == []
    assert KEY not in caplog.text


async def test_form_token_is_never_logged(app: App, server: Server, lines: Any) -> None:
    server.default = Answer(200, {})
    await maybe_await(app.human_input.submit("a-secret-token", "approve"))
    assert lines()[0] == "POST /form/human_input/{form_token} (attempt 1)"
    assert "a-secret-token" not in "".join(lines())


@pytest.mark.parametrize(
    ("level", "shown"), [("debug", True), ("DEBUG", True), ("1", True), ("warning", False), ("", False), ("0", False)]
)
def test_environment_switches_logging_on(level: str, shown: bool, server: Server) -> None:
    server.default = Answer(200, {"name": "Bikes"})
    code = "from dify_chatflow import Chatflow\nwith Chatflow() as app: Chatflow(); app.application.info()"
    environment = {"DIFY_API_KEY": KEY, "DIFY_BASE_URL": server.base_url, "DIFY_LOG": level}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert done.stderr.count("GET /info") == (2 if shown else 0), "once each, also with two clients"
    assert KEY not in done.stderr


def test_own_handler_gets_each_line_once(server: Server) -> None:
    server.default = Answer(200, {"name": "Bikes"})
    code = """
import logging
from dify_chatflow import Chatflow
logging.getLogger("dify_chatflow").addHandler(logging.StreamHandler())
with Chatflow() as app:
    app.application.info()
"""
    environment = {"DIFY_API_KEY": KEY, "DIFY_BASE_URL": server.base_url, "DIFY_LOG": "debug"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.count("GET /info") == 2


def test_unknown_level_is_a_warning() -> None:
    code = """
import logging
from dify_chatflow import Chatflow
Chatflow("k")
print(logging.getLogger("dify_chatflow").handlers)
"""
    environment = {"DIFY_LOG": "loud"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert "DIFY_LOG is no level: 'loud'; set it to debug, info or warning" in done.stderr
