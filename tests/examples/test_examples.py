"""Every short example, run against a local Dify server."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from dify_chatflow.testing import LocalDify
from tests.conftest import ROOT

EXAMPLES: dict[str, tuple[list[str], str]] = {
    "approval": ([], "approved: Fine. a"),
    "async_chat": ([], "What does it cost? You said: What does it cost?"),
    "custom_http_client": ([], "You said: hello"),
    "files": (["note.txt"], "note.txt: 5 bytes, text/plain"),
    "nodes": ([], "num 3"),
}
ANSWERS = {"comment: ": "Fine.", "pick: ": "a", "approve, reject? ": "approve"}


@pytest.fixture(scope="module")
def dify() -> Iterator[LocalDify]:
    with LocalDify() as server:
        yield server


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_prints_the_answer(
    name: str, dify: LocalDify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, expected = EXAMPLES[name]
    example = ROOT / "examples" / f"{name}.py"
    (tmp_path / "note.txt").write_text("hello")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIFY_API_KEY", dify.api_key)
    monkeypatch.setenv("DIFY_BASE_URL", dify.base_url)
    monkeypatch.setattr("sys.argv", [str(example), *arguments])
    monkeypatch.setattr("builtins.input", ANSWERS.__getitem__)
    runpy.run_path(str(example), run_name="__main__")
    assert expected in capsys.readouterr().out
    assert len(example.read_text(encoding="utf-8").splitlines()) <= 40
