"""Corrections that do not fit a new document are findings, and stop an update with the edit to make."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.document import Document, load
from pipeline.update.worktree import git
from tests.conftest import ROOT

VENDORED = ROOT / "openapi_chatflow.json"
EVENTS = "/workflow/{workflow_run_id}/events"
RUN_EVENTS = "/workflow/{run_id}/events"


def find_nothing(*_: object, **__: object) -> list[Any]:
    """Return no findings."""
    return []


def do_nothing(*_: object) -> None:
    """Replace a slow step."""


def contradict(document: Document) -> None:
    run = document["components"]["schemas"]["WorkflowRunDetailResponse"]
    run["properties"]["inputs"] = {"type": "array", "items": {"type": "string"}}


def rename_path(document: Document) -> None:
    item = json.dumps(document["paths"].pop(EVENTS)).replace('"workflow_run_id"', '"run_id"')
    document["paths"][RUN_EVENTS] = json.loads(item)


def remove_schema(document: Document) -> None:
    schemas = document["components"]["schemas"]
    del schemas["EndUserSummary"]
    schemas["WorkflowLogItem"]["properties"]["created_by_end_user"] = {"type": "object"}


def fulfil(document: Document) -> None:
    fields = document["components"]["schemas"]["WebAppSettingsResponse"]["properties"]
    for name in ("chat_color_theme", "description", "copyright", "privacy_policy"):
        fields[name]["nullable"] = True


def remove_payload(document: Document) -> None:
    del document["components"]["schemas"]["StreamEventChatReasoningChunk"]["allOf"][2]


Change = Callable[[Document], None]
KINDS: list[tuple[Change, str, str, list[str]]] = [
    (
        contradict,
        "correction-contradicted",
        "overlays/spec/runs.yaml",
        ["WorkflowRunDetailResponse/properties/inputs", "from object, string to array", "also accepts"],
    ),
    (
        rename_path,
        "correction-place-lost",
        "overlays/spec/events.yaml",
        ["workflow_run_id", "not in the new document", f"Take `{EVENTS}` out"],
    ),
    (
        remove_schema,
        "correction-place-lost",
        "overlays/spec/runs.yaml",
        ["/components/schemas/EndUserSummary", "Take `EndUserSummary` out"],
    ),
    (fulfil, "correction-needless", "overlays/spec/application.yaml", ["changes nothing", "Remove the action"]),
    (
        remove_payload,
        "correction-unmatched",
        "overlays/spec/events.yaml",
        ["StreamEventChatReasoningChunk", "change its target"],
    ),
]
EVERY_KIND = pytest.mark.parametrize(("change", "rule", "file", "words"), KINDS, ids=[one[0].__name__ for one in KINDS])


def candidate(folder: Path, *changes: Change) -> Path:
    document = load(VENDORED)
    for change in changes:
        change(document)
    path = folder / "candidate.json"
    path.write_text(json.dumps(document))
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return the findings for a document with every kind of problem."""
    folder = tmp_path_factory.mktemp("report")
    path, report = candidate(folder, *(one[0] for one in KINDS)), folder / "report.json"
    assert main(["drift", str(VENDORED), str(path), "--format", "json", "--output", str(report)]) == 1
    changes: list[Any] = json.loads(report.read_text())["changes"]
    return changes


@EVERY_KIND
def test_report_names_problem_and_edit(
    change: Change, rule: str, file: str, words: list[str], found: list[Any]
) -> None:
    del change
    texts = [f"{one['text']}\n{one['hint']}" for one in found if one["id"] == rule and file in one["text"]]
    assert any(all(word in text for word in words) for text in texts), texts


def test_contradicted_correction_absorbs_nothing(found: list[Any]) -> None:
    (changed,) = [
        one
        for one in found
        if one["id"] == "response-property-type-changed" and "WorkflowRunDetailResponse.inputs" in one["text"]
    ]
    assert "absorbed" not in changed
    assert changed["hint"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name in ("overlays/spec", "generator-config.yaml", "openapi_chatflow.json", "CHANGELOG.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, root / name)
    for name in ("pyproject.toml", "pipeline/drift/wire/stable_names.json", "overlays/dify_chatflow/_version.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Start")
    return root


@EVERY_KIND
def test_update_stops_with_the_edit(
    change: Change,
    rule: str,
    file: str,
    words: list[str],
    tree: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del rule
    monkeypatch.setattr("pipeline.drift.compare.python_findings", find_nothing)
    before = (tree / "openapi_chatflow.json").read_bytes()
    assert main(["update", str(candidate(tmp_path, change)), "--root", str(tree)]) == 2
    out, error = capsys.readouterr()
    assert f"{file}:" in out
    assert all(word in out for word in words)
    assert "    edit: " in out
    assert "make the edits above" in error
    assert (tree / "openapi_chatflow.json").read_bytes() == before


def test_edit_ends_the_update_green(
    tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("compare.python_findings", "compare.stale_findings"):
        monkeypatch.setattr(f"pipeline.drift.{name}", find_nothing)
    monkeypatch.setattr("pipeline.update.stage.generate", do_nothing)
    monkeypatch.setattr("pipeline.update.command.run_contract_tests", do_nothing)
    monkeypatch.setattr("pipeline.update.command.type_errors", find_nothing)
    path = candidate(tmp_path, rename_path)
    assert main(["update", str(path), "--root", str(tree)]) == 2
    events = tree / "overlays" / "spec" / "events.yaml"
    events.write_text(events.read_text().replace(f"'{EVENTS}'", f"'{RUN_EVENTS}'"))
    capsys.readouterr()
    assert main(["update", str(path), "--root", str(tree)]) == 0
    assert RUN_EVENTS in load(tree / "openapi_chatflow.json")["paths"]
