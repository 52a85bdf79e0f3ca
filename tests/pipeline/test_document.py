"""Documents are read or refused with one line that names the place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import document
from pipeline.errors import PipelineError

MINIMAL = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}


def write(folder: Path, text: str) -> Path:
    path = folder / "spec.json"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    with pytest.raises(PipelineError) as caught:
        document.load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def test_a_good_document_is_read(tmp_path: Path) -> None:
    assert document.load(write(tmp_path, json.dumps(MINIMAL))) == MINIMAL


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in complaint(tmp_path / "nowhere.json")


def test_invalid_json_is_refused_with_its_position(tmp_path: Path) -> None:
    assert re.search(r"spec\.json:2:\d+: is not valid JSON", complaint(write(tmp_path, '{\n "paths" oops}')))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    path.write_bytes(b'{"a": "\xff"}')
    assert "is not UTF-8" in complaint(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert "nested too deeply" in complaint(write(tmp_path, "[" * 100_000))


@pytest.mark.parametrize("text", ["[]", "{}", '{"openapi": "2.0"}', '{"openapi": 3}', '{"swagger": "2.0"}'])
def test_other_documents_are_refused(tmp_path: Path, text: str) -> None:
    assert "is not an OpenAPI 3.x document" in complaint(write(tmp_path, text))


def test_a_document_without_paths_is_refused(tmp_path: Path) -> None:
    assert "has no paths" in complaint(write(tmp_path, '{"openapi": "3.0.0"}'))


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#/components/schemas/Gone", "does not exist"),
        ("#/paths/~1a/get/0", "does not exist"),
        ("other.json#/Pet", "only local references"),
    ],
)
def test_dangling_reference_is_refused_with_pointer(tmp_path: Path, reference: str, expected: str) -> None:
    answer = {"content": {"application/json": {"schema": {"$ref": reference}}}}
    spec = {**MINIMAL, "paths": {"/a": {"get": {"responses": {"200": answer}}}}}
    message = complaint(write(tmp_path, json.dumps(spec)))
    assert "#/paths/~1a/get/responses/200/content/application~1json/schema/$ref" in message
    assert expected in message


def test_a_reference_inside_an_example_is_data(tmp_path: Path) -> None:
    spec = {**MINIMAL, "paths": {"/a": {"get": {"example": {"$ref": "nothing"}}}}}
    assert document.load(write(tmp_path, json.dumps(spec))) == spec


def test_references_resolve_through_escapes_and_lists() -> None:
    spec = {"paths": {"/a/{b~c}": [{"name": "x"}]}}
    assert document.resolve(spec, "#/paths/~1a~1{b~0c}/0/name") == "x"


def test_operations_are_yielded_in_order() -> None:
    spec: document.Document = {
        "paths": {"/a": {"parameters": [], "get": {"n": 1}, "post": {"n": 2}}, "/b": {"put": {"n": 3}}}
    }
    assert [(m, p) for m, p, _ in document.operations(spec)] == [("get", "/a"), ("post", "/a"), ("put", "/b")]


def test_invalid_document_is_refused() -> None:
    document.check_valid({**MINIMAL, "paths": {"/a": {"get": {"responses": {"200": {"description": "d"}}}}}}, "spec")
    with pytest.raises(PipelineError, match=r"spec#/paths/~1a/get: is not valid OpenAPI: .responses. is "):
        document.check_valid({**MINIMAL, "paths": {"/a": {"get": {}}}}, "spec")


def test_encoded_references_are_decoded() -> None:
    encoded = {
        "openapi": "3.0.1",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/%72esponses/A"}}}}},
        "components": {"responses": {"A": {"description": "Yes."}}},
    }
    read = document.parse(json.dumps(encoded), "document")
    assert read["paths"]["/a"]["get"]["responses"]["200"] == {"$ref": "#/components/responses/A"}


def test_targets_are_those_of_references(shared: Path) -> None:
    for path in (shared / "upstream").glob("*.json"):
        read = document.load(path)
        assert document.targets(read) == {reference for _, reference in document.references(read)}
