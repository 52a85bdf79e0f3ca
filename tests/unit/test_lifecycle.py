"""The end of a stream for every order in which servers send the events that may be last."""

from __future__ import annotations

from typing import Any

import pytest

from dify_chatflow._streaming.event import UnknownEvent
from dify_chatflow._streaming.lifecycle import Lifecycle
from dify_chatflow._streaming.reader import read_object

# The events after which the stream has ended are marked with an exclamation mark.
ORDERS: dict[str, tuple[dict[str, Any], str]] = {
    "end before finish": ({}, "workflow_started message message_end workflow_finished!"),
    "finish before end": ({}, "workflow_started workflow_finished message_end tts_message tts_message_end!"),
    "finish without end": ({}, "workflow_started workflow_finished"),
    "end without run": ({}, "message message_end!"),
    "end without run after speech": ({}, "message tts_message message_end tts_message_end!"),
    "speech before end without run": ({}, "tts_message tts_message_end message_end!"),
    "speech between both ends": ({}, "workflow_started message_end tts_message tts_message_end workflow_finished!"),
    "speech over before any end": ({}, "workflow_started tts_message tts_message_end workflow_finished"),
    "speech over before the end": ({}, "workflow_started workflow_finished tts_message tts_message_end"),
    "pause": ({}, "workflow_started workflow_paused!"),
    "pause that continues": (
        {"continue_on_pause": True},
        "workflow_started workflow_paused workflow_started message_end workflow_finished!",
    ),
    "joined run": ({"is_joined": True, "is_started": True}, "node_finished workflow_finished!"),
    "joined end is not final": ({"is_joined": True}, "message_end workflow_finished!"),
    "error": ({}, "workflow_started error!"),
    "error alone": ({}, "error!"),
    "nothing final": ({}, "ping node_started queue_position"),
}


@pytest.mark.parametrize(("options", "order"), ORDERS.values(), ids=ORDERS)
def test_stream_ends_with_its_last_event(options: dict[str, Any], order: str) -> None:
    lifecycle = Lifecycle(**options)
    for word in order.split():
        name = word.removesuffix("!")
        is_ended = lifecycle.observe(UnknownEvent(name, None, "not read"))
        assert (is_ended, lifecycle.is_ended) == (word != name, word != name), word


def test_state_follows_the_run() -> None:
    lifecycle = Lifecycle(continue_on_pause=True)
    states: list[tuple[bool, bool, bool, bool]] = []
    for name in ("workflow_started", "workflow_paused", "workflow_started", "message_end", "workflow_finished"):
        lifecycle.observe(UnknownEvent(name, None, "not read"))
        states.append((lifecycle.is_started, lifecycle.is_paused, lifecycle.has_message_end, lifecycle.is_run_over))
    assert states == [
        (True, False, False, False),
        (True, True, False, False),
        (True, False, False, False),
        (True, False, True, False),
        (True, False, True, True),
    ]


def test_finish_ends_a_pause() -> None:
    lifecycle = Lifecycle(continue_on_pause=True, is_paused=True)
    lifecycle.observe(UnknownEvent("workflow_finished", None, "not read"))
    assert (lifecycle.is_paused, lifecycle.is_run_over) == (False, True)


def test_rejoined_run_is_under_way() -> None:
    lifecycle = Lifecycle(is_paused=True, is_ended=True)
    lifecycle.rejoin()
    assert (lifecycle.is_joined, lifecycle.is_started) == (True, True)
    assert (lifecycle.is_paused, lifecycle.is_ended, lifecycle.is_run_over) == (False, False, False)
    assert lifecycle.observe(UnknownEvent("workflow_finished", None, "not read"))


def test_finished_stream_is_over() -> None:
    lifecycle = Lifecycle()
    lifecycle.finish()
    assert (lifecycle.is_run_over, lifecycle.is_ended) == (True, True)


@pytest.mark.parametrize(
    ("names", "wait"),
    [
        ("", None),
        ("workflow_started", None),
        ("workflow_started message_end", None),
        ("workflow_started workflow_finished", 10.0),
        ("workflow_started+ workflow_finished", 2.0),
        ("workflow_started+ workflow_started workflow_finished", 10.0),
        ("workflow_started message_end workflow_finished", 0.5),
        ("workflow_started workflow_finished tts_message", 10.0),
        ("workflow_started workflow_finished tts_message tts_message_end", 10.0),
        ("tts_message message_end", 10.0),
        ("message_end", 0.5),
    ],
)
def test_next_bytes_may_take_some_seconds(names: str, wait: float | None) -> None:
    lifecycle = Lifecycle()
    for name in names.split():
        # Servers from 1.13 on give the reason of the start.
        reason = {"reason": "initial"} if name.endswith("+") else {}
        lifecycle.observe(read_object({"event": name.removesuffix("+"), "data": reason}, "message"))
    assert lifecycle.wait == wait


@pytest.mark.parametrize(
    ("end_timeout", "names", "wait"),
    [
        (20.0, "workflow_finished tts_message", 20.0),
        (1.0, "workflow_finished tts_message", 8.0),
        (0.1, "workflow_finished message_end", 0.1),
        (0.1, "workflow_finished", 0.1),
        (0.1, "workflow_started+ workflow_finished", 0.1),
    ],
)
def test_end_timeout_bounds_the_wait(end_timeout: float, names: str, wait: float) -> None:
    lifecycle = Lifecycle(end_timeout=end_timeout)
    for name in names.split():
        data = {"reason": "initial"} if name.endswith("+") else {}
        lifecycle.observe(read_object({"event": name.removesuffix("+"), "data": data}, "message"))
    assert lifecycle.wait == wait


@pytest.mark.parametrize(
    ("names", "may_speak"),
    [
        ("workflow_started workflow_finished message_end", True),
        ("workflow_started workflow_finished tts_message message_end", False),
        ("workflow_started workflow_finished message_end tts_message", False),
        ("workflow_started message_end workflow_finished", False),
        ("message_end", False),
    ],
)
def test_speech_may_follow_both_ends(names: str, may_speak: bool) -> None:
    lifecycle = Lifecycle()
    for name in names.split():
        lifecycle.observe(UnknownEvent(name, None, "not read"))
    assert lifecycle.may_speak is may_speak


@pytest.mark.parametrize(("is_expected", "wait"), [(True, 10.0), (False, 0.5)])
def test_expected_speech_is_waited_for(is_expected: bool, wait: float) -> None:
    lifecycle = Lifecycle(is_run_over=True, has_message_end=True, may_speak=True)
    lifecycle.expect_speech(is_expected=is_expected)
    assert (lifecycle.may_speak, lifecycle.wait) == (False, wait)
