"""Updates of a copy of the tree: from one published revision to the next, and to the successor."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.document import load, operations
from pipeline.drift.compare import Task, compare
from pipeline.drift.rules.verdict import Report
from tests.conftest import ROOT
from tests.pipeline.chain import PARTS, copy_tree
from tests.pipeline.handwork import PUBLISHED
from tests.pipeline.test_vendored import facts

# In place of the project's contract tests, which take most of a minute: they must run with the new package.
CONTRACT = """
from pathlib import Path

import dify_chatflow
from dify_chatflow_client import models


def test_packages_are_those_of_this_tree():
    for module in (dify_chatflow, models):
        assert Path(module.__file__).is_relative_to(Path.cwd())
"""


@pytest.fixture
def tree(tmp_path: Path, shared: Path) -> Path:
    """Create a repository with the files of this tree and the document of April 2026."""
    root = copy_tree(tmp_path, shared / "upstream" / PUBLISHED[1], PARTS)
    (root / "tests" / "contract").mkdir(parents=True)
    (root / "tests" / "contract" / "test_contract.py").write_text(CONTRACT)
    return root


def state(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and not {"__pycache__", ".git"} & {*path.parts})
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def compare_wire(task: Task) -> Report:
    return compare(replace(task, layer="wire"))


def nothing(*_: object) -> None:
    pass


def no_errors(_: Path) -> list[str]:
    """Replace the type checker, which takes half a minute."""
    return []


def quicken(patch: pytest.MonkeyPatch) -> None:
    """Make updates compare the wire layer only, generate nothing, and check no types."""
    patch.setattr("pipeline.update.command.type_errors", no_errors)
    patch.setattr("pipeline.update.command.compare", compare_wire)
    patch.setattr("pipeline.update.stage.generate", nothing)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quicken(monkeypatch)


def update(tree: Path, document: Path, *options: str) -> int:
    return main(["update", str(document), "--root", str(tree), *options])


def test_updates_from_april_to_the_successor(
    tree: Path, shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.update.command.type_errors", no_errors)
    before = state(tree)
    july = shared / "upstream" / "openapi_chatflow.2026-07-09.json"
    with monkeypatch.context() as patch:
        quicken(patch)
        patch.setattr("pipeline.update.command.run_contract_tests", nothing)
        assert update(tree, july, "--dry-run") == 0
    assert "Would change" in capsys.readouterr().out
    assert state(tree) == before

    assert update(tree, july) == 0
    assert "The contract tests pass. This is a breaking change" in capsys.readouterr().out
    assert facts(load(tree / "openapi_chatflow.json")) == facts(load(july))
    changelog = (tree / "CHANGELOG.md").read_text()
    assert "### API document: openapi_chatflow.2026-07-09.json" in changelog
    assert changelog.index("## [Unreleased]") < changelog.index("### API document")

    names = [one["operationId"] for _, _, one in operations(load(tree / "openapi_chatflow.json"))]
    service = shared / "upstream" / "openapi_service.2026-07-22.json"
    assert update(tree, service) == 0
    assert "This is a breaking change" in capsys.readouterr().out
    taken = load(tree / "openapi_chatflow.json")
    assert sorted(one["operationId"] for _, _, one in operations(taken)) == sorted(names)
    assert len(names) == 31
    assert not {"ChunkWorkflowEvent", "StreamEventChatAgentMessage"} & taken["components"]["schemas"].keys()
    fields = [*load(july)["components"]["schemas"]["ConversationMessageItem"]["properties"]]
    assert [*taken["components"]["schemas"]["ConversationMessageItem"]["properties"]][: len(fields)] == fields
    assert {path.name for path in tree.iterdir()} == {*PARTS, "tests", "openapi_chatflow.json", ".git", ".gitignore"}

    before = state(tree)
    quicken(monkeypatch)
    assert update(tree, service) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert state(tree) == before


@pytest.mark.usefixtures("quick")
def test_unmatched_correction_stops_the_update(tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = load(ROOT / "openapi_chatflow.json")
    del document["components"]["schemas"]["StreamEventChatReasoningChunk"]["allOf"][2]
    path = tmp_path / "candidate.json"
    path.write_text(json.dumps(document))
    before = state(tree)
    assert update(tree, path) == 2
    out, error = capsys.readouterr()
    assert "StreamEventChatReasoningChunk" in out
    assert "reason: " in out
    assert "overlays/spec" in error
    assert state(tree) == before


def test_invalid_document_changes_nothing(tree: Path, tmp_path: Path) -> None:
    path = tmp_path / "candidate.json"
    path.write_text('{"openapi": "3.0.1"}')
    before = state(tree)
    assert update(tree, path) == 2
    assert state(tree) == before


@pytest.mark.usefixtures("quick")
def test_failing_contract_tests_change_nothing(tree: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "tests" / "contract" / "test_contract.py").write_text("def test_nothing():\n    assert not 'red'\n")
    before = state(tree)
    assert update(tree, shared / "upstream" / "openapi_chatflow.2026-07-09.json") == 2
    out, error = capsys.readouterr()
    assert "FAILED tests/contract/test_contract.py::test_nothing" in out
    assert "tests/contract" in error
    assert state(tree) == before


@pytest.fixture
def interrupt() -> Iterator[None]:
    """Let SIGINT interrupt, also where the shell that started the tests in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("quick", "interrupt")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_signal_changes_nothing(tree: Path, shared: Path, end: signal.Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    copies: list[Path] = []

    def ended(copy: Path) -> None:
        copies.append(copy)
        os.kill(os.getpid(), end)

    monkeypatch.setattr("pipeline.update.command.run_contract_tests", ended)
    before = state(tree)
    if end == signal.SIGINT:
        assert update(tree, shared / "upstream" / "openapi_chatflow.2026-07-09.json") == 130
    else:
        with pytest.raises(SystemExit, match="143"):
            update(tree, shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    assert state(tree) == before
    assert not copies[0].exists()
