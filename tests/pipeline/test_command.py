"""The commands `spec` and `explain`: the corrected document, and the corrections of a place."""

from __future__ import annotations

import json

import pytest

from pipeline.__main__ import main
from pipeline.generate import load_corrected
from tests.contract.cases import PROJECT


def test_spec_prints_the_corrected_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spec"]) == 0
    assert json.loads(capsys.readouterr().out) == load_corrected(PROJECT, PROJECT.spec)


def explain(capsys: pytest.CaptureFixture[str], pointer: str) -> str:
    assert main(["explain", pointer]) == 0
    return capsys.readouterr().out


def test_explain_lists_reasons_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    printed = explain(capsys, "/components/schemas/EndUserDetail/required")
    lines = printed.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("overlays/spec/end-users.yaml:")
    assert lines[1:] == [
        "  $.components.schemas.EndUserDetail",
        "  These fields are always sent.",
        "  evidence: 125_enduser",
    ]


def test_explain_finds_parts_and_containers(capsys: pytest.CaptureFixture[str]) -> None:
    place = "/components/schemas/WebAppSettingsResponse/properties"
    part = explain(capsys, f"{place}/input_placeholder/nullable")
    assert part in explain(capsys, place)
    assert part.count("evidence: ") == 1


def test_explain_finds_corrections_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert "identifiers.yaml:" in explain(capsys, "/components/schemas/AnnotationItem/properties/id/format")


def test_explain_reports_an_uncorrected_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "/info/title") == "no correction changes /info/title\n"


def test_explain_refuses_an_unknown_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "/components/schemas/Nothing"]) == 2
    assert "has nothing at '/components/schemas/Nothing'" in capsys.readouterr().err
