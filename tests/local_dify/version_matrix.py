"""Outcome of each scenario on each kind of server, as a Markdown table: `python -m tests.local_dify.version_matrix`.

The servers are local ones that play one version each. `docs/versions.md` shows the table.
"""

from __future__ import annotations

import asyncio
import atexit
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from dify_chatflow import DifyError
from dify_chatflow.testing import VERSIONS, Flow, LocalDify, Node, Script, Version
from tests.client.modes import App, Mode, enter, iterate, maybe_await, submit, to_list

# One version of each kind, and those that differ within kind E.
PLAYED = ("1.8.0", "1.9.2", "1.12.1", "1.13.0", "1.13.3", "1.14.2", "1.16.1", "next")
USER = "matrix"
PACE = 0.01
INNER = "1 2 "


@dataclass(frozen=True)
class Outcome:
    """Result for a user of the client: the answer, the usage, and the status or the error."""

    answer: str
    has_usage: bool
    status: str

    def __str__(self) -> str:
        return f"{self.answer}, {'usage' if self.has_usage else 'no usage'}, {self.status}"


@dataclass(frozen=True)
class Scenario:
    """A chat: how it is read, and its complete answer."""

    name: str
    play: Callable[[LocalDify, Mode], Awaitable[tuple[str, Any, str]]]
    complete: str = ""

    async def run(self, server: LocalDify, mode: Mode) -> Outcome:
        """Play the scenario and return its outcome."""
        try:
            answer, usage, status = await self.play(server, mode)
        except DifyError as error:
            return Outcome("error", False, type(error).__name__)
        return Outcome(self.describe(answer, server.version), usage is not None, status)

    def describe(self, answer: str, version: Version) -> str:
        """Return a word for the answer; some versions stream the answers inside loops."""
        if "secret" in answer:
            return "withheld text"
        if not answer:
            return "no answer"
        complete = INNER + self.complete if self.name == "loop" and version.inner_answers else self.complete
        return "complete" if answer == complete else "partial"


def client(server: LocalDify, mode: Mode) -> App:
    """Return a client of the server."""
    return mode.client(server.api_key, base_url=server.base_url, user=USER)


async def stream(server: LocalDify, mode: Mode, query: str = "hi", **options: Any) -> tuple[str, Any, str]:
    """Stream a chat to its end."""
    async with enter(client(server, mode)) as app, enter(app.chat.stream(query, **options)) as opened:
        async for _ in iterate(opened):
            pass
        return opened.reply.answer, opened.reply.usage, opened.reply.status


async def stop(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Stop a run after its first text."""
    async with enter(client(server, mode)) as app, enter(app.chat.stream("hi")) as opened:
        is_stopped = False
        async for event in iterate(opened):
            if event.event == "message" and not is_stopped:
                is_stopped = True
                await maybe_await(opened.stop())
        return opened.reply.answer, opened.reply.usage, opened.reply.status


async def pause(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Submit the form of a paused run, where the server has an operation for it, and read to the end."""
    async with enter(client(server, mode)) as app, enter(app.chat.stream("human")) as opened:
        async for _ in iterate(opened):
            pass
        reply = opened.reply
        if not reply.forms or server.version.missing:
            return reply.answer, reply.usage, reply.status
        async with enter(await submit(opened, reply.forms[0], "ok")) as resumed:
            async for _ in iterate(resumed):
                pass
            return resumed.reply.answer, resumed.reply.usage, resumed.reply.status


async def upload(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Send a file and get it back in the answer."""
    async with enter(client(server, mode)) as app:
        note = await maybe_await(app.files.upload(b"a note", filename="note.txt", mime_type="text/plain"))
        async with enter(app.chat.stream("files", files=[note.attachment])) as opened:
            async for _ in iterate(opened):
                pass
        reply = opened.reply
        answer = reply.answer.partition("(")[0] if reply.files else "no files"
        return answer, reply.usage, reply.status


async def speak(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Stream an answer with speech to its end."""
    async with enter(client(server, mode)) as app, enter(app.chat.stream("talk")) as opened:
        names = [event.event for event in await to_list(opened)]
        is_heard = names.count("tts_message") >= 2 and (names[-1] == "tts_message_end") is server.version.late_speech
        answer = opened.reply.answer if is_heard else "no speech"
        return answer, opened.reply.usage, opened.reply.status


async def cut(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Lose the connection after the first text, and resume."""
    server.fault("POST /chat-messages", cut_after_events=7)
    return await stream(server, mode, resume=True)


async def leave(server: LocalDify, mode: Mode) -> tuple[str, Any, str]:
    """Leave after the first text, wait for the run, and read the stored message and the run's detail."""
    async with enter(client(server, mode)) as app:
        async with enter(app.chat.stream("hi")) as opened:
            async for event in iterate(opened):
                if event.event == "message":
                    break
        run_id, conversation_id = opened.workflow_run_id, opened.conversation_id
        assert run_id
        assert conversation_id
        deadline = time.monotonic() + 5 * PACE * len(WORDS.split())
        status = "running"
        while status == "running" and time.monotonic() < deadline:
            await asyncio.sleep(PACE)
            status = (await maybe_await(app.runs.get(run_id))).status
        (message,) = await to_list(app.conversations.messages(conversation_id))
        return message.answer, None, status


WORDS = "One two three four five six seven eight."
ANSWER = Node(type="answer", text="{{#llm.text#}}")
LLM = Node(type="llm", text=WORDS, pace=PACE)
LOOP = Node(
    type="loop",
    id="lp",
    variables={"n": 0},
    rounds=2,
    nodes=(
        Node(type="assigner", id="more", assign={"lp.n": "+= 1"}),
        Node(type="answer", id="inner", text="{{#lp.n#}} "),
    ),
)
FORM = Node(type="human-input", id="ask", form="Go on?", actions={"ok": (Node(type="answer", id="end", text="Done."),)})
FLOWS = (
    Flow(when="fail", nodes=(Node(type="code", error="boom"), Node(type="answer", text="{{#code.result#}}"))),
    Flow(when="leak", nodes=(Node(type="llm", text="This is a secret.", pace=PACE), ANSWER)),
    Flow(when="spill", nodes=(Node(type="llm", text="a secret " * 40, chunks=90, pace=PACE), ANSWER)),
    Flow(when="human", nodes=(Node(type="answer", id="before", text="Wait. "), FORM)),
    Flow(when="files", nodes=(Node(type="answer", text="{{#sys.files#}}"),)),
    Flow(when="loop", nodes=(LOOP, Node(type="answer", text="looped"))),
    Flow(nodes=(LLM, ANSWER)),
)
APP = Script(flows=FLOWS, unsafe_words=("secret",), blocked_output="Withheld.", speech=True)
SCENARIOS = (
    Scenario("plain", stream, WORDS),
    Scenario("failed", partial(stream, query="fail")),
    Scenario("stopped", stop, WORDS),
    Scenario("moderated", partial(stream, query="leak"), "Withheld."),
    Scenario("moderated while streamed", partial(stream, query="spill"), "Withheld."),
    Scenario("paused", pause, "Wait. Done."),
    Scenario("speech", speak, WORDS),
    Scenario("files", upload, "[note.txt]"),
    Scenario("loop", partial(stream, query="loop"), "looped"),
    Scenario("cut and resumed", cut, WORDS),
    Scenario("disconnected", leave, WORDS),
)


@cache
def running(version: str, *, autoplay: bool) -> LocalDify:
    """Return the one server of a version, which runs until the process ends."""
    script = replace(APP, autoplay=autoplay)
    server = LocalDify(script, version=version, ping_interval=0.2, silence=1.0).start()
    atexit.register(server.stop)
    return server


@cache
def outcome(version: str, scenario: Scenario, mode: str) -> Outcome:
    """Play one scenario on one version."""
    server = running(version, autoplay=scenario.name == "speech")
    return asyncio.run(scenario.run(server, Mode(mode)))


def table() -> str:
    """Return the table of all outcomes."""
    head = ["scenario", *(f"{version} ({VERSIONS[version].kind})" for version in PLAYED)]
    rows = [
        [scenario.name, *(str(outcome(version, scenario, "async")) for version in PLAYED)] for scenario in SCENARIOS
    ]
    return markdown(head, rows)


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
