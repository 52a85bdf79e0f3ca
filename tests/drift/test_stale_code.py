"""Stale generated code is a finding, and so are changes of corrections between two trees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.conftest import ROOT

VENDORED = ROOT / "openapi_chatflow.json"


def tree(root: Path, *parts: str) -> Path:
    """Copy some parts of this tree."""
    for name in ("generator-config.yaml", "overlays/spec", "overlays/templates", *parts):
        source = ROOT / name
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, root / name)
    return root


def report(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, str], dict[str, object]]:
    code = main(["drift", *map(str, arguments), "--layer", "python", "--format", "json"])
    read = json.loads(capsys.readouterr().out)
    return code, {change["text"]: change["id"] for change in read["changes"]}, read


def test_stale_code_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tree(tmp_path / "tree", "openapi_chatflow.json", "generated", "overlays/dify_chatflow")
    document = root / "openapi_chatflow.json"
    assert report(capsys, document, document, "--root", root)[1] == {}
    stale = root / "generated" / "dify_chatflow_client" / "models" / "end_user.py"
    stale.write_text(stale.read_text() + "\n# by hand\n")
    code, found, read = report(capsys, document, document, "--root", root, "--fail-on", "warning")
    assert (code, list(found.values()), read["python"]) == (1, ["generated-stale"], "changed")
    assert "models/end_user.py" in next(iter(found))


def test_changed_corrections_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(tmp_path / "before")
    (before / "overlays" / "spec" / "conversations.yaml").unlink()
    code, found, _ = report(capsys, VENDORED, VENDORED, "--base-root", before)
    assert code == 1
    assert found["new field `total_tokens` of `ConversationMessage`"] == "python-field-added"
    assert report(capsys, VENDORED, VENDORED)[1] == {}


def test_missing_tree_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", str(VENDORED), str(VENDORED), "--base-root", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
