"""Order of the events of a chat stream, by kind of server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from dify_conformance.ending import order_differences
from tests.exchanges import FOLDERS, recorded_streams

# Streams that were cut: by the recording client, or by another reader that left the run.
CUT = {
    "1.9.2-289_disconnect_middle_stream",
    "1.9.2-293_disconnect_after_workflow_finished_stream",
    "459_disconnect_stream",
    "1.16.1-762_stream_cut_by_leaving_reader",
}


def texts(names: str, version: str | None, status: str = "succeeded") -> list[str]:
    sent: Sequence[Any] = [{"event": name, "data": {"id": "1", "status": status}} for name in names.split()]
    return [found.text for found in order_differences(sent, version)]


RUN = "workflow_started node_started message node_finished "


@pytest.mark.parametrize(
    ("version", "end", "status"),
    [
        ("1.8.0", "workflow_finished message_end", "succeeded"),
        ("1.9.2", "workflow_finished message_replace message_end tts_message tts_message_end", "succeeded"),
        ("1.12.1", "workflow_finished error", "failed"),
        ("1.12.1", "workflow_finished message_end", "stopped"),
        ("1.13.0", "workflow_finished", "succeeded"),
        ("1.13.3", "message_end workflow_finished", "succeeded"),
        ("1.16.1", "message_end ping workflow_finished", "partial-succeeded"),
        ("1.16.1", "workflow_finished", "failed"),
        ("1.16.1", "human_input_required workflow_paused", "paused"),
        ("1.16.1", "message_end", "succeeded"),
        (None, "workflow_finished message_end", "succeeded"),
        ("1.16.1", "error", "failed"),
    ],
)
def test_regular_ends_are_accepted(version: str | None, end: str, status: str) -> None:
    assert texts(RUN + end, version, status) == []


@pytest.mark.parametrize(
    ("version", "end", "words"),
    [
        ("1.16.1", "workflow_finished message_end", "`workflow_finished message_end`, not as a server of kind E does"),
        ("1.16.1", "workflow_finished", "`workflow_finished`, not as a server of kind E"),
        ("1.9.2", "message_end workflow_finished", "not as a server of kind B"),
        ("1.13.0", "message_end workflow_finished", "not as a server of kind C"),
        ("1.16.1", "message_end workflow_finished message", "`message_end workflow_finished message`"),
        (None, "message_end workflow_finished error", "as no kind of server does"),
        ("1.16.1", "", "ends with `node_finished`, without a closing event"),
        ("1.16.1", "workflow_started message_end workflow_finished", "workflow_started comes after `node_finished`"),
        ("1.16.1", "loop_completed message_end workflow_finished", "loop_completed comes without loop_started"),
    ],
)
def test_irregular_orders_are_differences(version: str | None, end: str, words: str) -> None:
    (text,) = texts(RUN + end, version)
    assert words in text


def test_recorded_streams_end_as_their_version() -> None:
    chats = [one for one in recorded_streams(*FOLDERS) if one.request["path"].endswith("/chat-messages")]
    wrong = {str(one) for one in chats if list(order_differences(one.events, one.response["headers"].get("x-version")))}
    assert len(chats) > 30
    assert wrong <= CUT, json.dumps(sorted(wrong))
