"""Groups of commands: runs, conversations, files, annotations, and the app."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from tests.cli.conftest import Call


def test_runs_are_listed_and_shown(call: Call, app: Chatflow) -> None:
    answer = app.chat.send("hello", inputs={"name": "Eva"}, via="stream")
    run = answer.workflow_run_id or ""
    rows = {row[0]: row for row in call("runs", "list", "--after", "2026-01-01").cells}
    assert rows[run][1] == "succeeded"
    assert call("runs", "get", run, "--json").rows[0]["outputs"]["answer"] == "You said: hello"
    fields = dict(call("runs", "get", run).cells)
    assert (fields["status"], json.loads(fields["inputs"])["name"]) == ("succeeded", "Eva")
    assert run in [row["workflow_run"]["id"] for row in call("runs", "list", "--json", "--status", "succeeded").rows]


def test_watched_run_gives_its_answer(call: Call, app: Chatflow) -> None:
    run = app.chat.send("hello", via="stream").workflow_run_id or ""
    assert call("runs", "watch", run) == (0, "You said: hello\n", "")


@pytest.mark.parametrize("kind", ["run", "task"])
def test_running_run_is_stopped(call: Call, app: Chatflow, kind: str) -> None:
    with app.chat.stream("slow 30") as stream:
        next(stream)
        run = stream.workflow_run_id or ""
        arguments = (run,) if kind == "run" else (stream.task_id or "", "--task")
        assert call("runs", "stop", *arguments) == (0, "", "the server was asked to stop it\n")
        assert stream.until_done().status == "stopped"
    assert call("runs", "stop", run, "--json").rows == [{"id": run, "status": "stopped"}]


def test_limit_shows_that_there_are_more(call: Call, app: Chatflow) -> None:
    for query in ("one", "two"):
        app.chat.send(query)
    result = call("conversations", "list", "--limit", "1")
    assert len(result.cells) == 1
    assert result.err == "there are more; --limit is 1\n"


def test_conversation_is_shown_renamed_and_deleted(call: Call, app: Chatflow) -> None:
    talk = app.conversation()
    talk.send("one")
    talk.send("two")
    conversation = talk.id or ""
    assert [row["query"] for row in call("conversations", "show", conversation, "--json").rows] == ["one", "two"]
    assert "> two\nYou said: two\n" in call("conversations", "show", conversation).out
    assert call("conversations", "rename", conversation, "Mine").cells == [[conversation, "Mine"]]
    assert call("conversations", "rename", conversation, "--json").rows[0]["name"] != "Mine"
    assert conversation in [row["id"] for row in call("conversations", "list", "--json").rows]
    assert call("conversations", "delete", conversation).code == 2
    assert call("conversations", "delete", conversation, "--yes") == (0, "", "deleted\n")
    assert call("conversations", "show", conversation).code == 1


def test_conversation_is_exported(call: Call, app: Chatflow, tmp_path: Path) -> None:
    conversation = app.chat.send("hello").conversation_id
    (row,) = call("conversations", "export", conversation).rows
    assert row["answer"] == "You said: hello"
    target = tmp_path / "messages"
    assert call("conversations", "export", conversation, "--out", f"{target}").err.endswith("messages: 1 messages\n")
    assert json.loads(target.read_text()) == row
    assert call("conversations", "export", conversation, "--format", "md").out == "## hello\n\nYou said: hello\n"


def test_export_shows_the_error_of_a_message(call: Call, app: Chatflow) -> None:
    with app.chat.stream("fail") as stream:
        conversation = stream.until_done().conversation_id or ""
    out = call("conversations", "export", conversation, "--format", "md").out
    assert out == "## fail\n\n**Error:** Run failed: RuntimeError: boom\n"


def test_conversation_of_another_user_has_a_hint(call: Call, app: Chatflow) -> None:
    conversation = app.chat.send("hello", user="somebody else").conversation_id
    assert "does it belong to another end user?" in call("conversations", "export", conversation).err


def test_files_are_uploaded_and_downloaded(call: Call, app: Chatflow, tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_bytes(b"content")
    (record,) = call("files", "upload", f"{source}", "--json").rows
    assert (record["name"], record["size"]) == ("a.txt", 7)
    file = {"type": "document", "transfer_method": "local_file", "upload_file_id": record["id"]}
    app.chat.send("files", files=[file])
    assert call("files", "upload", f"{source}").cells[0][1:] == ["a.txt", "7"]
    assert call("files", "download", record["id"], "--to", f"{target}", "--json").rows[0]["size"] == 7
    assert call("files", "download", record["id"], "--to", f"{target}").err == f"{target}: 7 bytes\n"
    assert target.read_bytes() == b"content"
    assert call("files", "upload", f"{tmp_path / 'none'}").code == 2


def test_annotations_are_managed(call: Call) -> None:
    ((annotation, *_),) = call("annotations", "create", "When?", "Now.").cells
    assert call("annotations", "update", annotation, "When?", "Later.").cells == [[annotation, "0", "When?", "Later."]]
    assert [row["answer"] for row in call("annotations", "list", "--keyword", "When", "--json").rows] == ["Later."]
    assert call("annotations", "delete", annotation, "-y", "--json").rows == [{"id": annotation, "deleted": True}]
    assert call("annotations", "list").out == ""


def test_app_shows_settings_and_inputs(call: Call) -> None:
    out = call("app").out
    assert "mode\tadvanced-chat\n" in out
    assert "color\tselect\tno\t\tred, green\tColour\n" in out
    assert call("app", "--json").rows[0]["info"]["mode"] == "advanced-chat"
    assert [row["name"] for row in call("app", "--inputs", "--json").rows][:2] == ["name", "bio"]


@pytest.mark.parametrize("columns", [60, 200])
def test_tables_keep_ids_complete(call: Call, app: Chatflow, columns: int) -> None:
    run = app.chat.send("hello", via="stream").workflow_run_id or ""
    out = call("runs", "list", columns=columns).out
    assert run in out
    lines = re.sub(r"\x1b\[\d+m", "", out).splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.startswith("id     ") and "status" in line for line in lines) == (columns == 200)


def test_codes_for_terminals_are_removed(call: Call, dify: LocalDify) -> None:
    name = "a\x1b]0;title\x07b\x1b[31mc\x9b2J\u202ed[red]e"
    dify.answer("GET /info", {"name": name, "description": "", "tags": [], "mode": "x", "author_name": ""}, times=2)
    out = call("app", columns=100).out
    assert "abcd[red]e" in out
    assert "\x1b]" not in out
    assert "\x9b" not in out
    assert "\x9b" not in call("app", "--json").out
