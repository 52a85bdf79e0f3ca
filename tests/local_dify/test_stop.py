"""Stops of the local Dify at awkward moments."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from local_dify.engine.engine import Engine, Turn


def test_stop_of_an_ended_run_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stop comes after the last event of the run, and before the event loop has removed its task."""
    start, stops = Engine.start, list[asyncio.Task[bool]]()

    def start_and_stop(self: Engine, app: Any, message: Any, user: Any, *arguments: Any, **options: Any) -> Turn:
        turn = start(self, app, message, user, *arguments, **options)
        stops.append(asyncio.create_task(stop(self, turn, user)))
        return turn

    async def stop(engine: Engine, turn: Turn, user: Any) -> bool:
        while not any(event["event"] == "workflow_finished" for event in turn.channel.events):
            await turn.channel.wait()
        engine.stop(turn.envelope.task_id, user)
        return turn.task is not None and turn.task.done()

    monkeypatch.setattr(Engine, "start", start_and_stop)
    with LocalDify() as server, Chatflow(server.api_key, base_url=server.base_url, user="u") as app:
        with app.chat.stream("hello") as stream:
            reply = stream.until_done()
        assert (reply.status, reply.answer) == ("succeeded", "You said: hello")
        assert app.runs.get(reply.workflow_run_id or "").status == "succeeded"
    assert [one.result() for one in stops] == [True]
