"""Malformed JSON and documents are refused with the line or pointer of the first problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.errors import PipelineError
from pipeline.json_text import MAX_DEPTH, parse
from pipeline.structure import check_structure
from tests.conftest import ROOT

VENDORED = ROOT / "openapi_chatflow.json"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1,\n"a": 2}', "f:2: has the key 'a' twice"),
        ('{"a": {"x": 1},\n"b": [{"x": 1, "y": "a\\"{",\n"y": 3}]}', "f:3: has the key 'y' twice"),
        ('{"a":\n[NaN]}', "f:2: has NaN"),
        ('{"a": -Infinity}', "f:1: has -Infinity"),
        ('{"a": "b",\n"c": "\\ud800"}', "f:2: has a lone surrogate"),
        ('{"a":\n' + "9" * 5000 + "}", "f:2: has a number with too many digits"),
        ('{"a":' * 300 + "1" + "}" * 300, "f#/a/a/a/a/a/a/a/a/…/a/a: is nested"),
        ("[" * 100_000, "f: is nested"),
        ('{"a":\n1,}', "f:2:"),
    ],
)
def test_malformed_json_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PipelineError) as caught:
        parse(text, "f")
    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ['{"a": "\\ud83d\\ude00 \\\\ud800"}', "[" * MAX_DEPTH + "]" * MAX_DEPTH, '{"a": {"a": 1e9}}']
)
def test_valid_json_is_parsed(text: str) -> None:
    assert parse(text, "f") == json.loads(text)


@pytest.mark.parametrize("name", ["\r", "a\nb", "\x1b[2J", "\u2028", "\ud83d"])
def test_unprintable_name_is_shown_escaped(name: str) -> None:
    with pytest.raises(PipelineError) as caught:
        check_structure({"components": {"schemas": {name: None}}}, "f")
    assert str(caught.value).isprintable()
    assert caught.value.place == f"f#/components/schemas/{name.encode('unicode_escape').decode()}"


OPERATION = "/paths/~1info/get"
BROKEN: list[tuple[str, Any]] = [
    ("/paths/~1info", None),
    (OPERATION, []),
    (f"{OPERATION}/parameters", {}),
    (f"{OPERATION}/parameters/0/in", 5),
    (f"{OPERATION}/responses/200", "text"),
    (f"{OPERATION}/operationId", 5),
    ("/components", True),
    ("/components/schemas", []),
    ("/components/schemas/Usage", None),
    ("/components/schemas/Usage/properties", ["a"]),
    ("/components/schemas/Usage/required", "a"),
    ("/components/schemas/Usage/type", 5),
    ("/tags", {}),
]


@pytest.mark.parametrize(("pointer", "value"), BROKEN, ids=[pointer for pointer, _ in BROKEN])
@pytest.mark.parametrize("command", ["drift", "generate"])
def test_malformed_document_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, pointer: str, value: Any
) -> None:
    document = json.loads(VENDORED.read_text())
    document["paths"]["/info"]["get"]["parameters"] = [{"name": "a", "in": "query", "schema": {"type": "string"}}]
    *path, last = [part.replace("~1", "/") for part in pointer.split("/")[1:]]
    node = document
    for key in path:
        node = node[int(key) if isinstance(node, list) else key]
    node[last] = value
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document))
    arguments = (
        ["--spec", str(broken), "--out", str(tmp_path)] if command == "generate" else [str(VENDORED), str(broken)]
    )
    assert main([command, *arguments]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"{broken}#{pointer}: must be ")
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("command", [["drift"], ["generate", "--spec"]])
def test_device_is_refused(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert main([*command, "/dev/zero"]) == 2
    assert "not a regular file" in capsys.readouterr().err
