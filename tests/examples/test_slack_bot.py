"""The example of a Slack bot: signed events in, messages of a recorded Slack API out."""

from __future__ import annotations

import json
import runpy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from dify_chatflow import Chatflow
from dify_chatflow.testing import Fault, LocalDify, RecordedRequest
from tests.browser import wait_for
from tests.conftest import ROOT

SECRET = "signing-secret"


@dataclass
class Slack:
    """A Slack API that records its calls, and the bot that uses it."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    bot: App | None = None

    def mention(self, text: str, *, secret: str = SECRET, **event: str) -> int:
        """Send an event to the bot and return the status of its response."""
        details = {"type": "app_mention", "user": "U1", "channel": "C1", "text": f"<@B1> {text}", **event}
        body = json.dumps({"type": "event_callback", "event_id": "E1", "team_id": "T1", "event": details})
        now = str(int(time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=body) or ""
        headers: dict[str, str | Sequence[str]] = {
            "content-type": "application/json",
            "x-slack-request-timestamp": now,
            "x-slack-signature": signature,
        }
        assert self.bot is not None
        return int(self.bot.dispatch(BoltRequest(body=body, headers=headers)).status)

    def wait_for_text(self, text: str) -> None:
        """Wait until the bot has sent a text."""
        wait_for(lambda: any(call.get("text") == text for _, call in self.calls))

    def texts(self, thread: str) -> list[str]:
        """Return the texts of the bot's message in a thread, once it has the last one."""
        wait_for(lambda: self._texts(thread)[-1:] not in ([], ["…"]) and not self._texts(thread)[-1].endswith(" …"))
        return self._texts(thread)

    def _texts(self, thread: str) -> list[str]:
        return [
            call["text"]
            for name, call in self.calls
            if name.startswith("chat.") and thread in (call.get("thread_ts"), call.get("ts"))
        ]


@pytest.fixture(scope="module")
def slack(dify: LocalDify) -> Iterator[Slack]:
    """Yield the bot with a Slack API that it can reach; messages have the time of their thread."""
    recorded = Slack()

    def answer(request: RecordedRequest) -> Fault:
        text = request.body.decode()
        call = json.loads(text) if text.startswith("{") else dict(parse_qsl(text))
        recorded.calls.append((request.path.rpartition("/")[2], call))
        body = {"ok": True, "ts": call.get("thread_ts", ""), "bot_id": "B1", "user_id": "U0", "bot_user_id": "U0"}
        return Fault(status=200, body=body)

    assert dify.base_url
    build = runpy.run_path(str(ROOT / "examples" / "slack_bot.py"))["build"]
    with LocalDify() as server, Chatflow() as app:
        server.answer("*", answer)
        client = WebClient(token="xoxb-test", base_url=f"{server.base_url}/")
        recorded.bot = build(app, client, SECRET, seconds_between_edits=0)
        yield recorded


def test_answer_is_edited_while_it_is_streamed(slack: Slack) -> None:
    assert slack.mention("one two", ts="1.1") == 200
    texts = slack.texts("1.1")
    assert (texts[0], texts[-1]) == ("…", "You said: one two")
    assert len(texts) > 3
    assert all("You said: one two".startswith(text.removesuffix(" …")) for text in texts[1:])


def test_thread_is_a_conversation(slack: Slack, dify: LocalDify) -> None:
    for thread, ts in (("2.1", "2.1"), ("2.1", "2.2"), ("3.1", "3.1")):
        count = len([name for name, _ in slack.calls if name == "chat.postMessage"])
        slack.mention(f"hello {ts}", ts=ts, **({"thread_ts": thread} if thread != ts else {}))
        slack.wait_for_text(f"You said: hello {ts}")
        assert len([name for name, _ in slack.calls if name == "chat.postMessage"]) == count + 1
    first, second, other = [request.json() for request in dify.requests if request.path.endswith("/chat-messages")][-3:]
    assert first.get("conversation_id") in (None, "")
    assert second["conversation_id"]
    assert other.get("conversation_id") in (None, "")
    assert first["user"] == second["user"] != other["user"]


def test_request_without_signature_is_refused(slack: Slack, dify: LocalDify) -> None:
    seen = len(dify.requests)
    assert slack.mention("hello", ts="4.1", secret="another") == 401
    assert len(dify.requests) == seen


def test_failed_run_is_shown(slack: Slack) -> None:
    slack.mention("fail", ts="5.1")
    assert slack.texts("5.1")[-1].endswith("_The answer could not be completed._")
