"""Command line in a real terminal: live view, forms, sessions, Ctrl-C, the hidden prompt, and the local server."""

from __future__ import annotations

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from tests.cli.terminal import Terminal


@pytest.fixture
def settings(dify: LocalDify) -> dict[str, str]:
    return {"DIFY_API_KEY": dify.api_key, "DIFY_BASE_URL": dify.base_url}


def test_interrupt_stops_the_run(settings: dict[str, str], app: Chatflow) -> None:
    with Terminal(["chat", "slow 60"], settings, 60) as terminal:
        terminal.wait_for("Code")
        terminal.interrupt()
        assert terminal.finish() == 130
    entry = app.runs.list().first()
    assert entry is not None
    assert f"stopped the run {entry.workflow_run.id} on the server" in terminal.text
    with app.runs.events(entry.workflow_run.id) as stream:
        assert stream.until_done().status == "stopped"


def test_form_is_asked_for(settings: dict[str, str]) -> None:
    with Terminal(["chat", "human x"], settings | {"NO_COLOR": "1"}, 60) as terminal:
        for prompt, text in {"comment [fine]: ": "good", "pick: ": "b", "Action: ": "1"}.items():
            terminal.wait_for(prompt)
            terminal.type(text)
        assert terminal.finish() == 0
    assert "Please review: human x\n[comment]" in terminal.text
    assert "approved: good b" in terminal.text
    assert "\x1b[3" not in terminal.text


def test_session_continues_its_conversation(settings: dict[str, str], app: Chatflow) -> None:
    with Terminal(["chat"], {**settings, "DIFY_API_KEY": ""}) as terminal:
        terminal.wait_for("API key (hidden): ")
        terminal.type(settings["DIFY_API_KEY"])
        for query, answer in {
            "one": "You said: one",
            "fail": "error: ",
            "/what": "/new starts",
            "two": "You said: two",
        }.items():
            terminal.wait_for("> ")
            terminal.type(query)
            terminal.wait_for(answer)
        terminal.wait_for("> ")
        terminal.type("/exit")
        assert terminal.finish() == 0
    assert settings["DIFY_API_KEY"] not in terminal.text
    conversation = app.conversations.list().first()
    assert conversation is not None
    assert [message.query for message in app.conversations.history(conversation.id)] == ["one", "fail", "two"]


def test_serve_runs_a_local_dify() -> None:
    with Terminal(["serve", "--port", "0", "--version", "1.9.2"], {}) as terminal:
        terminal.wait_for("DIFY_API_KEY=app-")
        terminal.wait_for("\n")
        found = dict(line.split("=") for line in terminal.text.splitlines())
        with Chatflow(found["DIFY_API_KEY"], base_url=found["DIFY_BASE_URL"], user="eva") as client:
            assert client.chat.send("hello").answer == "You said: hello"
        terminal.interrupt()
        assert terminal.finish() == 0
