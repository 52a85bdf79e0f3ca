"""Every example that needs no server, run against a local Dify."""

from __future__ import annotations

import csv
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from tests.conftest import ROOT

FOLDER = ROOT / "examples"
SCRIPTS: dict[str, tuple[list[str], str]] = {
    "async_chat": ([], "What does it cost? You said: What does it cost?"),
    "chat": (["hello"], "run "),
    "custom_http_client": ([], "You said: hello"),
    "files": (["note.txt"], "note.txt: 5 bytes, text/plain"),
    "migration_dify_client": (["hello"], "You said: hello\nhello -> You said: hello\n"),
    "migration_dify_python_sdk": (["hello"], "You said: hello\n['And then?', 'Why?', 'Tell me more.']\n"),
    "nodes": ([], "num 3"),
    "quick_start": ([], "You said: What can you do?\n"),
    "tracing": (["hello"], "gen_ai.usage.output_tokens = 3\n"),
}
LINES = 90


def run(*arguments: str | Path, folder: Path) -> str:
    """Run a command of the environment in a folder and return its output."""
    command = [sys.executable, *map(str, arguments)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_prints_the_answer(
    name: str, dify: LocalDify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dify.base_url
    arguments, expected = SCRIPTS[name]
    (tmp_path / "note.txt").write_text("hello")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [f"{name}.py", *arguments])
    runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    assert expected in capsys.readouterr().out


def test_request_passes_the_proxy(dify: LocalDify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("DIFY_PROXY", dify.base_url.removesuffix("/v1"))
    monkeypatch.setenv("DIFY_BASE_URL", "http://dify.example/v1")
    dify.answer("*", {"answer": "from the proxy"}, times=1)
    runpy.run_path(str(FOLDER / "custom_http_client.py"), run_name="__main__")
    assert dify.requests[-1].headers["host"] == "dify.example"


def test_tables_have_runs_and_messages(dify: LocalDify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIFY_API_KEY", dify.add_app())
    with Chatflow(user="demo") as app:
        for query in ("hello", "fail"):
            with app.chat.stream(query) as stream:
                stream.until_done()
    printed = run(FOLDER / "to_pandas.py", folder=tmp_path)
    assert re.search(r"^succeeded +1 +0\.", printed, re.MULTILINE)
    assert printed.endswith("2 messages\n")
    with (tmp_path / "runs.csv").open() as runs, (tmp_path / "messages.csv").open() as messages:
        assert [(row["status"], row["total_tokens"]) for row in csv.DictReader(runs)] == [
            ("failed", "0"),
            ("succeeded", "4"),
        ]
        rows = {row["query"]: row for row in csv.DictReader(messages)}
    assert rows["hello"]["answer"] == "You said: hello"
    assert float(rows["hello"]["total_price"]) > 0
    assert rows["hello"]["created_at"].endswith("+00:00")
    assert "boom" in rows["fail"]["error"]


@pytest.mark.parametrize("name", ["batch", "batch_dask"])
def test_batch_writes_an_answer_a_row(name: str, dify: LocalDify, tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text("query,name\nhello,Eva\nfail,\n")
    sent = len(dify.requests)
    printed = run(FOLDER / f"{name}.py", "questions.csv", "answers.jsonl", folder=tmp_path)
    assert "{'succeeded': 1, 'failed': 1}" in printed
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert [(row["query"], row["answer"]) for row in answers] == [("hello", "You said: hello"), ("fail", "never ")]
    assert sum(request.path.endswith("/chat-messages") for request in dify.requests[sent:]) == 2


def test_tested_app_passes_its_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins here take seconds
    plugin = ("-p", "dify_chatflow.testing.plugin", "-p", "no:cacheprovider")
    printed = run("-m", "pytest", "-c", os.devnull, *plugin, FOLDER / "tested_app", folder=tmp_path)
    assert "= 6 passed in " in printed


def test_streamlit_page_shows_answers_and_failures(dify: LocalDify) -> None:
    queries = ("hello", "unsafe", "fail", "bye", "refused")
    dify.fault("POST /chat-messages", status=503, skip=len(queries) - 1)
    shown = json.loads(run("-m", "tests.examples.streamlit_page", *queries, folder=ROOT))
    assert shown["exceptions"] == []
    assert [error.partition(" fault")[0] for error in shown["errors"]] == ["The answer could not be completed: 503"]
    assert shown["messages"] == [
        ["user", "hello"],
        ["assistant", "You said: hello"],
        ["user", "unsafe"],
        ["assistant", "This answer is blocked."],
        ["user", "fail"],
        ["user", "bye"],
        ["assistant", "You said: bye"],
        ["user", "refused"],
        ["assistant"],
    ]


def test_notebook_runs(dify: LocalDify, tmp_path: Path) -> None:
    assert dify.base_url
    copy = tmp_path / "notebook.ipynb"
    copy.write_bytes((FOLDER / "notebook.ipynb").read_bytes())
    run("-c", "from nbclient.cli import main; main()", "--inplace", copy, folder=tmp_path)
    outputs = [output["data"] for cell in code_cells(copy) for output in cell["outputs"]]
    texts = ["".join(data.get("text/markdown", data["text/plain"])) for data in outputs]
    assert texts[1:4] == [
        "You said: My bike squeaks.",
        "You said: What does the repair cost?",
        "['My bike squeaks.', 'What does the repair cost?']",
    ]
    assert "| Loop | succeeded |" in texts[4]


def test_notebook_has_no_outputs() -> None:
    cells = code_cells(FOLDER / "notebook.ipynb")
    assert cells
    assert [cell for cell in cells if cell["outputs"] or cell["execution_count"] is not None] == []


def code_cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook that hold code."""
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_every_example_is_tested_and_listed() -> None:
    files = [*FOLDER.glob("*.py"), *FOLDER.glob("*.ipynb"), *FOLDER.glob("*/__init__.py")]
    names = sorted(path.parent.name if path.name == "__init__.py" else path.stem for path in files)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    assert [name for name in names if f'"{name}' not in tests] == []
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| \[(\w+)", page, re.MULTILINE)) == names


def test_examples_are_short() -> None:
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in FOLDER.rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > LINES} == {}
