"""The same program gives the same reply on every kind of server, as far as the server has it."""

from __future__ import annotations

import asyncio
import runpy
from contextlib import AsyncExitStack
from typing import Any, Literal

import pytest

from dify_chatflow import Reply, StreamInterruptedError
from dify_chatflow.testing import VERSIONS, Flow, LocalDify, Node, Script
from tests.client.modes import App, Mode, Stream, enter, maybe_await, submit, to_list
from tests.exchanges import ROOT
from tests.local_dify import recorded_matrix
from tests.local_dify.version_matrix import APP, PLAYED, SCENARIOS, WORDS, Scenario, client, outcome, running, table

GOOD = "complete, usage, succeeded"
NO_USAGE = "complete, no usage, succeeded"
BROKEN = "error, no usage, StreamInterruptedError"
# Outcomes by scenario and kind of server, several where the server leaves a choice to the client.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "plain": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "failed": {"ABCDE": {"no answer, no usage, failed"}},
    "stopped": {"ABCDE": {"partial, usage, stopped", "partial, no usage, stopped"}},
    # 1.13.0 loses the replacement, so that only its stored message is moderated.
    "moderated": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    # Newer servers send no `message_end` there.
    "moderated while streamed": {"AB": {"complete, usage, stopped"}, "CDE": {"complete, no usage, stopped"}},
    "paused": {
        "AB": {"error, no usage, StreamBadRequestError"},
        "CD": {"partial, no usage, paused"},
        "E": {GOOD},
    },
    "speech": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "files": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "loop": {"ABDE": {GOOD}, "C": {NO_USAGE}},
    "cut and resumed": {"A": {BROKEN}, "B": {NO_USAGE, BROKEN}, "CD": {NO_USAGE}, "E": {GOOD, NO_USAGE}},
    "disconnected": {
        "A": {"no answer, no usage, running"},
        "B": {"no answer, no usage, succeeded"},
        "CDE": {NO_USAGE},
    },
}


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("version", PLAYED)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_outcome_is_as_the_server_allows(scenario: Scenario, version: str, mode: str) -> None:
    expected = next(outcomes for kinds, outcomes in EXPECTED[scenario.name].items() if VERSIONS[version].kind in kinds)
    assert str(outcome(version, scenario, mode)) in expected


@pytest.fixture(autouse=True)
def short_ends() -> None:
    """Wait for the ends of streams as outside of tests: the local server plays the pauses of each version."""


@pytest.fixture(autouse=True)
def waits() -> None:
    """Wait before a run is joined again as outside of tests."""


def test_table_in_the_docs_is_current() -> None:
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    assert table() in page, "run `python -m tests.local_dify.version_matrix` and copy its table to docs/versions.md"


def test_table_of_recordings_is_current() -> None:
    page = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    found = recorded_matrix.table()
    assert found in page, "run `python -m tests.local_dify.recorded_matrix` and copy its table to docs/versions.md"


@pytest.mark.parametrize("version", PLAYED)
def test_example_runs_on_every_kind(
    version: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    example = ROOT / "examples" / "chat.py"
    with LocalDify(version=version) as server:
        monkeypatch.setenv("DIFY_API_KEY", server.api_key)
        monkeypatch.setenv("DIFY_BASE_URL", server.base_url)
        monkeypatch.setattr("sys.argv", [str(example)])
        runpy.run_path(str(example), run_name="__main__")
    printed = capsys.readouterr().out
    assert "= num 3" in printed
    assert ": succeeded" in printed


FORMS = Script(
    flows=(
        Flow(
            nodes=(
                Node(type="human-input", id="first", form="Well?", actions={"go": ()}),
                Node(type="answer", id="middle", text="middle "),
                Node(type="human-input", id="second", form="Sure?", actions={"go": ()}),
                Node(type="llm", text="one two three", pace=0.05),
                Node(type="answer", id="end", text="{{#llm.text#}}"),
            )
        ),
    )
)


async def submit_all(app: App) -> Reply:
    """Submit every form of a run, and return its reply."""
    stream = app.chat.stream("hi")
    async with AsyncExitStack() as stack:
        opened: Stream = await stack.enter_async_context(enter(stream))
        await to_list(opened)
        while opened.reply.forms:
            resumed = await submit(opened, opened.reply.forms[0], "go")
            opened = await stack.enter_async_context(enter(resumed))
            await to_list(opened)
        return opened.reply


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize(
    ("version", "is_disturbing"), [("1.14.2", False), ("1.16.1", False), ("1.16.1", True), ("next", False)]
)
def test_two_forms_in_a_row(version: str, is_disturbing: bool, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Seconds after which a stream with nothing but pings looks at the run's detail.
    monkeypatch.setattr("dify_chatflow._streaming.silence.CHECK_INTERVAL", 0.2)

    async def play(server: LocalDify) -> Any:
        async with enter(client(server, Mode(mode))) as app:
            return await submit_all(app)

    with LocalDify(FORMS, version=version, ping_interval=0.05) as server:
        server.disturb_readers(on=is_disturbing)
        reply = asyncio.run(play(server))
    assert (reply.answer, reply.status, reply.forms) == ("middle one two three", "succeeded", [])


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_cut_stream_is_resumed_among_deaf_readers(mode: str) -> None:
    with LocalDify(APP, version="1.16.1", ping_interval=0.05) as server:
        server.disturb_readers()
        result = asyncio.run(SCENARIOS[-2].run(server, Mode(mode)))
    assert str(result) == GOOD


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize(
    ("query", "answer"), [("hi", WORDS), ("leak", "Withheld."), ("spill", "Withheld."), ("loop", "looped")]
)
@pytest.mark.parametrize("via", ["blocking", "stream"])
def test_handed_over_run_is_followed(via: Literal["blocking", "stream"], query: str, answer: str, mode: str) -> None:
    async def play(server: LocalDify) -> Any:
        async with enter(client(server, Mode(mode))) as app:
            return await maybe_await(app.chat.send(f"{query} {via} {mode}", via=via))

    server = running("next", autoplay=False)
    server.hand_over()
    try:
        found = asyncio.run(play(server))
    finally:
        server.hand_over(on=False)
    assert found.answer == answer
    assert found.message_id


LONG = Script(
    flows=(
        Flow(
            nodes=(
                Node(type="llm", text="one two three", pace=0.7),
                Node(type="answer", id="end", text="{{#llm.text#}}"),
            )
        ),
    )
)


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("version", ["1.16.1", "next"])
def test_run_cut_before_its_start(version: str, mode: str) -> None:
    async def play(server: LocalDify) -> tuple[str, Reply]:
        async with enter(client(server, Mode(mode))) as app, enter(app.chat.stream("hi", resume=True)) as opened:
            deltas = await to_list(opened.text_deltas())
            return "".join(deltas), opened.reply

    with LocalDify(LONG, version=version, ping_interval=0.05) as server:
        server.fault("POST /chat-messages", cut_after_events=0)
        if version == "next":
            text, reply = asyncio.run(play(server))
            assert (text, reply.answer, reply.status) == ("one two three", "one two three", "succeeded")
            assert None not in (reply.message_id, reply.conversation_id, reply.usage)
        else:
            with pytest.raises(StreamInterruptedError, match="cannot be resumed: the server has not sent its id"):
                asyncio.run(play(server))
