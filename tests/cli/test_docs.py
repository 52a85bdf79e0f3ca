"""Page on the command line: its commands give the outputs that it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dify_chatflow import Chatflow
from tests.cli.conftest import Call
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "cli.md"
# A command and its output, both of one line or more.
SAMPLE = re.compile(r"^\$ dify-chatflow ([^\n|]*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)
# Values that differ in each run, in the form of the page.
VARYING = {
    r"[0-9a-f]{8}-[0-9a-f-]{27}": "5f68694b-9507-4c29-a011-c20bbf67da4e",
    r"\d{4}-\d\d-\d\d \d\d:\d\d": "2026-11-25 20:07",
    r"\d+\.\d s": "0.4 s",
}


def settle(text: str) -> str:
    """Return an output without codes for the terminal, and with the same varying values each time."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text[text.rfind("\x1b[2K") + 1 :].removeprefix("[2K"))
    for pattern, value in VARYING.items():
        text = re.sub(pattern, value, text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def samples() -> list[tuple[str, str]]:
    return SAMPLE.findall(PAGE.read_text(encoding="utf-8"))


def test_page_shows_real_outputs(call: Call, app: Chatflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    shown_file = re.search(r"^\$ cat questions.csv\n([^$]*)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert shown_file is not None
    (tmp_path / "questions.csv").write_text(shown_file[1])
    (tmp_path / "questions.jsonl").write_text('"hello"\n{"query": "hello", "inputs": {"n": "many"}}\n')
    shown = [sample for sample in samples() if not sample[0].startswith(("serve", "doctor"))]
    assert len(shown) > 8
    for command, output in shown:
        run, conversation = app.runs.list().first(), app.conversations.list(user="cli").first()
        names = {"RUN": run and run.workflow_run.id, "CONVERSATION": conversation and conversation.id}
        result = call(*(names.get(word) or word for word in shlex.split(command)), columns=80)
        assert settle(result.out + result.err) == settle(output), command


def test_page_shows_rows_of_the_doctor(call: Call) -> None:
    (shown,) = [output for command, output in samples() if command == "doctor --write"]
    varying = (r"\d+ ms", "1 ms"), (r"127.0.0.1:\d+", "127.0.0.1:5001"), (r" +", " ")

    def lines(text: str) -> list[str]:
        text = settle(text)
        for pattern, value in varying:
            text = re.sub(pattern, value, text)
        return [line.strip() for line in text.splitlines()]

    printed = lines(call("doctor", "--write", columns=90).out)
    assert len(lines(shown)) > 10
    assert [line for line in lines(shown) if line not in printed] == []
