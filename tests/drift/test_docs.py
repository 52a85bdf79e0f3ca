"""The guide to drift checks is correct: its report, options, waivers and snippet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main, parser
from pipeline.drift.report.waivers import Waivers
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
run: Callable[..., None] = exec


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def test_report_in_guide_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "openapi_chatflow.json").read_text()
    document = json.loads(text)
    document["components"]["schemas"]["ConversationListItem"]["properties"]["name"]["nullable"] = True
    monkeypatch.chdir(tmp_path)
    Path("openapi_chatflow.json").write_text(text)
    Path("candidate.json").write_text(json.dumps(document, indent=2, ensure_ascii=False))
    assert main(["drift", "openapi_chatflow.json", "candidate.json"]) == 1
    printed, shown = (re.sub(r"line \d+", "line …", report) for report in (capsys.readouterr().out, blocks("text")[0]))
    assert printed == shown


def test_every_option_is_in_guide(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["drift", "--help"])
    options = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert {option for option in options if f"| `{option}" not in GUIDE} == set()


def test_waivers_in_guide_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(blocks("yaml")[0])
    waivers = Waivers.load(path)
    assert (waivers.waivers[0].fingerprint, waivers.waivers[0].expires) == ("1f2e3d4c5b6a", date(2027, 1, 31))
    assert waivers.levels == {"event-added": "non-breaking"}


def test_snippet_in_guide_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"__name__": "__main__"}
    run(blocks("python")[0], names)
    assert capsys.readouterr().out.startswith("openapi_chatflow.json → recordings\nwire: warning")
