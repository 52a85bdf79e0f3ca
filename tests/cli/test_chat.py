"""Command `chat` in pipes: answers, events, files, inputs and failures."""

from __future__ import annotations

from pathlib import Path

import pytest

from dify_chatflow import Chatflow
from tests.cli.conftest import Call


def test_pipe_gets_only_the_answer(call: Call) -> None:
    assert call("chat", "hello") == (0, "You said: hello\n", "")
    assert call("chat", stdin="from a pipe\n") == (0, "You said: from a pipe\n", "")
    assert call("chat", "unsafe text") == (0, "This answer is blocked.\n", "")


def test_json_gives_one_event_a_line(call: Call) -> None:
    result = call("chat", "hello", "--json")
    events = [row["event"] for row in result.rows]
    assert (result.code, events[0], events[-1]) == (0, "workflow_started", "workflow_finished")
    assert "".join(row["answer"] for row in result.rows if row["event"] == "message") == "You said: hello"


@pytest.mark.parametrize("columns", [60, 200])
def test_terminal_shows_nodes_and_ids(call: Call, columns: int) -> None:
    result = call("chat", "loop", columns=columns)
    final = result.out[result.out.rindex("Start") :]
    assert "└── " in final
    assert "Assigner" in final
    assert "2 rounds" in final
    assert "num 3" in final
    assert "conversation" in final
    assert "tokens" not in final


def test_failed_run_prints_no_answer(call: Call) -> None:
    assert call("chat", "fail") == (1, "", "error: 400: RuntimeError: boom\n")


def test_failed_run_keeps_its_nodes(call: Call) -> None:
    result = call("chat", "fail", columns=60)
    assert result.code == 1
    assert "failed" in result.out
    assert "RuntimeError: boom" in result.out


def test_paused_run_needs_a_terminal(call: Call, app: Chatflow) -> None:
    result = call("chat", "human please")
    run = next(iter(app.runs.list())).workflow_run.id
    assert result == (
        1,
        "",
        f"error: run {run} waits for a form; answer it in a terminal: dify-chatflow runs watch {run}\n",
    )
    assert [row["event"] for row in call("chat", "human please", "--json").rows][-1] == "workflow_paused"


def test_files_and_inputs_are_sent(call: Call, tmp_path: Path, app: Chatflow) -> None:
    (tmp_path / "a.txt").write_text("text")
    path = f"{tmp_path / 'a.txt'}"
    inputs = ("name=Eva=", "n:=3", f"doc={path}", f"docs={path}", f"docs={path}")
    options = ["-f", path, "-f", "http://127.0.0.1/b.png", *(part for value in inputs for part in ("-i", value))]
    result = call("chat", "files", *options)
    assert result.code == 0
    assert "a.txt" in result.out
    assert "b.png" in result.out
    sent = app.runs.get(next(iter(app.runs.list())).workflow_run.id).inputs
    assert (sent["name"], sent["n"], sent["doc"]["filename"], len(sent["docs"])) == ("Eva=", 3, "a.txt", 2)


@pytest.mark.parametrize("value", ["name", "=x", "n:=three", "color=blue", "colour=red"])
def test_malformed_input_is_refused(call: Call, value: str) -> None:
    result = call("chat", "hi", "--input", value)
    assert result.code == 2
    assert "input" in result.err


def test_empty_pipe_has_no_query(call: Call) -> None:
    assert call("chat", stdin=" \n") == (2, "", "error: no query: pass one, or pipe one in\n")


def test_missing_file_is_named(call: Call, tmp_path: Path) -> None:
    result = call("chat", "hi", "--file", f"{tmp_path}/none.png")
    assert result.code == 1
    assert "none.png" in result.err
    assert result.err.count("\n") == 1


def test_conversation_is_continued(call: Call, app: Chatflow) -> None:
    first = app.chat.send("one")
    assert call("chat", "two", "--conversation", first.conversation_id).code == 0
    assert [message.query for message in app.conversations.history(first.conversation_id)] == ["one", "two"]


def test_user_owns_the_conversation(call: Call, app: Chatflow) -> None:
    call("chat", "mine", "--user", "eva")
    assert [row.name for row in app.conversations.list(user="eva")] == ["mine"]
