"""Sessions, forms and Ctrl-C in this process, where a text is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import Flow, LocalDify, Node, Script
from dify_chatflow_cli import follow
from tests.cli.conftest import Call, Screen

FORM = Node(
    type="human-input",
    id="review",
    form="Please review.",
    fields=(
        {"output_variable_name": "docs", "type": "file-list"},
        {"output_variable_name": "comment", "type": "paragraph"},
    ),
    actions={"approve": (Node(type="answer", text="approved: {{#review.comment#}}"),), "reject": ()},
)


@pytest.fixture
def asking(dify: LocalDify) -> Iterator[None]:
    """Play an app whose form has a list of files."""
    default, dify.script = dify.script, Script(flows=(Flow(nodes=(FORM,)),))
    yield
    dify.script = default


@pytest.fixture
def interrupt_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that presses Ctrl-C when an event is printed."""

    def arrange(name: str) -> None:
        def press(event: dict[str, Any]) -> None:
            if event["event"] == name:
                raise KeyboardInterrupt

        monkeypatch.setattr(follow, "print_json", press)

    return arrange


def test_session_has_commands(call: Call, app: Chatflow, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    lines = ("one", f"/file {tmp_path / 'a.txt'}", "files", "/file none.txt", "/new", "", "two", "/exit", "never")
    result = call("chat", stdin=Screen("\n".join(lines)), columns=80)
    assert result.code == 0
    assert "1 attached to the next query" in result.err
    assert "error: none.txt: No such file or directory" in result.err
    second, first = list(app.conversations.list())[:2]
    assert [message.query for message in app.conversations.history(first.id)] == ["one", "files"]
    assert [message.query for message in app.conversations.history(second.id)] == ["two"]
    assert "a.txt" in app.conversations.history(first.id)[1].answer


@pytest.mark.usefixtures("asking")
def test_form_takes_files_and_buttons(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    typed = f"{tmp_path / 'a.txt'}, {tmp_path / 'a.txt'}\nfine\n3\napprove\n"
    result = call("chat", "hi", stdin=Screen(typed), columns=80)
    assert result.code == 0
    assert "choose a number from 1 to 2" in result.out
    assert "approved: fine" in result.out


@pytest.mark.usefixtures("asking")
def test_unanswered_form_keeps_waiting(call: Call, app: Chatflow) -> None:
    result = call("chat", "hi", stdin=Screen(""), columns=80)
    entry = app.runs.list().first()
    assert entry is not None
    run = entry.workflow_run.id
    assert result.code == 130
    assert result.err == f"run {run} waits for a form; answer it later: dify-chatflow runs watch {run}\n"
    watched = call("runs", "watch", run, stdin=Screen("none\n,\n"), columns=80)
    assert watched.code == 130
    assert "no such file: none" in watched.out
    assert "enter a path" in watched.out


@pytest.mark.parametrize(
    ("event", "version", "is_refused", "message"),
    [
        ("node_started", "next", False, "stopped the run "),
        ("node_started", "1.9.2", False, "did not confirm its end"),
        ("node_started", "next", True, "could not be stopped and may continue: 400"),
        ("workflow_finished", "next", False, "was over already: succeeded"),
    ],
)
def test_interrupt_reports_the_state(
    call: Call,
    interrupt_at: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    event: str,
    version: str,
    is_refused: bool,
    message: str,
) -> None:
    interrupt_at(event)
    with LocalDify(version=version) as server:
        monkeypatch.setenv("DIFY_API_KEY", server.api_key)
        monkeypatch.setenv("DIFY_BASE_URL", server.base_url)
        if is_refused:
            server.answer("POST /chat-messages/*/stop", {"code": "invalid_param", "message": "no"}, status=400)
        query = "slow 30" if event == "node_started" else "hello"
        result = call("chat", query, "--json")
    assert result.code == 130
    assert message in result.err


def test_replaced_answer_is_marked(call: Call) -> None:
    out = call("chat", "unsafe text", columns=80).out
    assert "moderated    the answer was replaced" in out
