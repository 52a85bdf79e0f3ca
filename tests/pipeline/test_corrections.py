"""Corrections without a reason, a match or an effect stop generation at their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import corrections, overlay
from pipeline.corrections import Correction
from pipeline.document import Document, escape, parse_unchecked
from pipeline.document import load as load_document
from pipeline.errors import PipelineError
from pipeline.generate import load_corrected
from tests.contract.cases import PROJECT
from tests.exchanges import FOLDERS, JUNE, ROOT, complete, shared_folder

OVERLAY = """overlay: 1.0.0
info: {{title: t, version: "1"}}
actions:
  - target: $.info
    description: A reason.
    x-evidence: [somewhere]
    update: {{title: new}}
  - {action}
"""


def spec() -> Document:
    schemas = {"A": {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]}}
    return {"openapi": "3.0.1", "info": {"title": "old"}, "paths": {}, "components": {"schemas": schemas}}


def action(**change: Any) -> Correction:
    return corrections.correction("file:1", {"description": "why", "x-evidence": ["proof"], **change})


def load(folder: Path, text: str) -> list[Correction]:
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    return corrections.load(folder)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(PipelineError) as caught:
        corrections.correct(spec(), load(folder, text), "spec")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_updates_and_removals_apply_in_order() -> None:
    first = action(target="$.components.schemas.A", update={"required": ["y"], "properties": {"y": {}}})
    second = action(target="$.components.schemas.A.properties.x", remove=True)
    corrected = corrections.correct(spec(), [first, second], "spec")
    assert corrected["components"]["schemas"]["A"] == {
        "type": "object",
        "properties": {"y": {}},
        "required": ["x", "y"],
    }


def test_original_document_is_unchanged() -> None:
    original = spec()
    corrections.correct(original, [action(target="$.info", update={"title": "new"})], "spec")
    assert original == spec()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{target: $.nowhere, description: d, x-evidence: [e], update: {a: 1}}", "matches nothing"),
        ("{target: $.info, description: d, x-evidence: [e], update: {title: new}}", "changes nothing"),
        (
            "{target: $.components.schemas.A, description: d, x-evidence: [e], update: {type: object}}",
            "changes nothing",
        ),
        ("{target: $..A, description: d, x-evidence: [e], update: {required: [x]}}", "changes nothing"),
        ("{target: '$.[[', description: d, x-evidence: [e], remove: true}", "is not a JSONPath"),
        ("{target: $.info, x-evidence: [e], update: {a: 1}}", "has no description"),
        ("{target: $.info, description: d, update: {a: 1}}", "has no x-evidence"),
        ("{description: d, x-evidence: [e], update: {a: 1}}", "has no target"),
        ("{target: $.info, description: d, x-evidence: [e]}", "needs either an update or remove: true"),
        ("{target: $.info, description: d, x-evidence: [e], remove: false}", "needs either an update or remove: true"),
        ("{target: $.info, description: d, x-evidence: [e], remove: 1}", "needs either an update or remove: true"),
        ("{target: $.info, description: d, x-evidence: [e], remove: true, update: {a: 1}}", "needs either an update"),
        ("{target: 5, description: d, x-evidence: [e], remove: true}", "needs a text as target"),
        ("{target: $.info, description: d, x-evidence: e, remove: true}", "a list as x-evidence"),
        ("{target: $.info.title, description: d, x-evidence: [e], update: {a: 1}}", "cannot update $.info.title"),
        ("just words", "is not an action"),
        ("[]", "is not an action"),
    ],
)
def test_invalid_action_is_refused_with_its_line(tmp_path: Path, line: str, expected: str) -> None:
    message = refused(tmp_path, OVERLAY.format(action=line))
    assert message.startswith(f"{tmp_path / 'one.yaml'}:8: ")
    assert expected in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("overlay: [", "one.yaml:1: is not valid YAML"),
        ("overlay: 1.0.0\n? [a]\n: 1\n", "one.yaml:2: is not valid YAML: found unhashable key"),
        ("overlay: 2.0.0", "is not an OpenAPI Overlay 1.0.0"),
        ("- 1", "is not an OpenAPI Overlay 1.0.0"),
        ("overlay: 1.0.0", "has no list of actions"),
    ],
)
def test_invalid_file_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refused(tmp_path, text)


def test_repeated_key_is_refused_with_its_line(tmp_path: Path) -> None:
    message = refused(tmp_path, "overlay: 1.0.0\ninfo: {}\ninfo: {}\nactions: []\n")
    assert message == f"{tmp_path / 'one.yaml'}:3: is not valid YAML: found key 'info' twice"


def test_plain_values_follow_yaml_1_2(tmp_path: Path) -> None:
    update = "update: {a: yes, b: on, c: 012, d: 2026-01-01, e: true, f: -7, g: 1.5, h: null, i: 12:30}"
    line = "{target: $.info, description: d, x-evidence: [e], " + update + "}"
    (tmp_path / "one.yaml").write_text(OVERLAY.format(action=line), encoding="utf-8")
    plain = {
        "a": "yes",
        "b": "on",
        "c": "012",
        "d": "2026-01-01",
        "e": True,
        "f": -7,
        "g": 1.5,
        "h": None,
        "i": "12:30",
    }
    assert corrections.load(tmp_path)[-1].change == {"update": plain}


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="is not a folder with overlay files"):
        corrections.load(tmp_path / "gone")


def test_dangling_reference_of_a_correction_is_refused() -> None:
    dangling = action(target="$.components.schemas.A", update={"properties": {"x": {"$ref": "#/gone"}}})
    with pytest.raises(PipelineError, match="which does not exist"):
        corrections.correct(spec(), [dangling], "spec")


def test_evidence_of_every_correction_exists() -> None:
    """Evidence is a recording, an example of the document, or the statement that none was recorded."""
    if shared_folder() is None:
        pytest.skip("no complete recordings: set CHATFLOW_FIXTURES to the folder that holds wire/")
    recordings = {f"{exchange.version}/{exchange.name}".removeprefix(f"{JUNE}/") for exchange in complete(*FOLDERS)}
    document = PROJECT.spec.read_text(encoding="utf-8")
    named = [(one.place, name) for one in corrections.load(PROJECT.corrections) for name in one.evidence]
    unknown = [(place, name) for place, name in named if name not in recordings and f'"{name}": {{' not in document]
    assert len(named) > 150
    assert [pair for pair in unknown if not pair[1].startswith("none recorded")] == []


def test_every_correction_of_the_project_is_needed() -> None:
    assert len(corrections.load(ROOT / "overlays" / "spec")) > 90
    load_corrected(PROJECT, PROJECT.spec)


def test_order_of_files_does_not_matter() -> None:
    document = parse_unchecked(PROJECT.spec.read_text(encoding="utf-8"), PROJECT.spec)
    files = sorted(PROJECT.corrections.glob("*.yaml"), reverse=True)
    backwards = [one for path in files for one in corrections.load_file(path)]
    assert corrections.correct(document, backwards, "spec") == load_corrected(PROJECT, PROJECT.spec)


@pytest.mark.parametrize(
    "target",
    [
        "$..[?@.format == 'uuid']",
        "$..[?@.additionalProperties == true || @.additionalProperties.type == 'string']",
        "$..[?@.type == 'string' && @.nullable == true]",
    ],
)
def test_search_finds_what_the_library_finds(target: str) -> None:
    document = load_document(PROJECT.spec)
    parts = [match.parts for match in overlay.environment().finditer(target, document)]
    expected = ["".join(f"/{escape(str(part))}" for part in one) for one in parts]
    assert overlay.SEARCH.fullmatch(target)
    assert expected
    assert [node.pointer for node in overlay.find(document, target)] == expected
