"""Documents of other APIs are refused in one sentence, unless corrections are switched off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.__main__ import main
from tests.conftest import ROOT

VENDORED = ROOT / "openapi_chatflow.json"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return a document of another API."""
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    answer = {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}
    document = {
        "openapi": "3.0.1",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            f"/orders{number}": {"get": {"operationId": f"getOrder{number}", "responses": {"200": answer}}}
            for number in range(7)
        },
        "components": {"schemas": {"Order": schema}},
    }
    path = tmp_path / "other.json"
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize("command", ["drift", "generate", "update"])
def test_other_api_is_named(other: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments: dict[str, list[Path | str]] = {
        "generate": ["--spec", other, "--out", tmp_path],
        "drift": [VENDORED, other],
        "update": [other],
    }
    assert main([command, *map(str, arguments[command])]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(f"{other}: describes another API")
    assert len(error.splitlines()) == 1


def test_other_api_is_generated(other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["generate", "--spec", str(other), "--out", str(out), "--corrections", "none"]) == 0
    assert "class Order" in (out / "dify_chatflow_client" / "models" / "order.py").read_text()
    assert main(["generate", "--spec", str(other), "--corrections", "none"]) == 2
    assert "give another --out" in capsys.readouterr().err


def test_other_api_is_compared(other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = tmp_path / "changed.json"
    changed.write_text(other.read_text().replace('"required": ["id"], ', ""))
    assert main(["drift", str(other), str(changed), "--corrections", "none", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {change["id"] for change in report["changes"]} == {
        "response-property-became-optional",
        "python-field-became-optional",
    }


@pytest.mark.parametrize("version", ["3.0.1", "3.1.0"])
def test_yaml_documents_are_compared(
    other: Path, tmp_path: Path, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(other.read_text())
    document["openapi"] = version
    for path in document["paths"].values():
        path["get"]["responses"] = {200: path["get"]["responses"]["200"]}
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    base.write_text(yaml.safe_dump(document, sort_keys=False))
    document["components"]["schemas"]["Order"]["required"] = []
    revision.write_text(f"# A comment\n---\n{yaml.safe_dump(document, sort_keys=False)}")
    assert main(["drift", str(base), str(revision), "--corrections", "none", "--format", "json"]) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [change["id"] for change in changes] == ["python-field-became-optional", "response-property-became-optional"]
    place: dict[str, Any] = changes[1]["places"][0]
    lines: list[tuple[Path, int]] = [(base, place["base_line"]), (revision, place["revision_line"])]
    for path, line in lines:
        assert path.read_text().splitlines()[line - 1].strip() == f"{place['revision'].rpartition('/')[2]}:"
    out = tmp_path / "out"
    assert main(["generate", "--spec", str(base), "--out", str(out), "--corrections", "none"]) == 0
    assert "class Order" in (out / "dify_chatflow_client" / "models" / "order.py").read_text()


PETS = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: &paging
        - {in: query, name: limit, schema: {type: [integer, "null"], minimum: 1}}
      responses:
        "200": &pet
          description: A pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
    post:
      operationId: addPet
      parameters: *paging
      responses: {"201": *pet}
webhooks:
  newPet: {post: {responses: {"200": *pet}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, kind: {const: pet}}}
"""


def test_anchors_and_webhooks_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, revision, out = tmp_path / "base.yaml", tmp_path / "revision.yaml", tmp_path / "out"
    base.write_text(PETS)
    revision.write_text(PETS.replace("minimum: 1", "minimum: 2").replace("newPet", "petAdded"))
    arguments = ["--corrections", "none", "--layer", "wire", "--format", "json"]
    assert main(["drift", str(base), str(revision), *arguments]) == 1
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["changes"]}
    assert found.keys() == {"request-parameter-min-increased", "api-webhooks-changed"}
    assert main(["generate", "--spec", str(base), "--out", str(out), "--corrections", "none"]) == 0
    assert "class Pet" in (out / "dify_chatflow_client" / "models" / "pet.py").read_text()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("openapi: 3.0.1\npaths: {a: [}\n", ":2: is not valid YAML"),
        ("openapi: 3.0.1\nopenapi: 3.0.1\n", ":2: is not valid YAML: found key 'openapi' twice"),
        ("openapi: 3.0.1\npaths: &a {b: *a}\n", ": is nested too deeply"),
        ("openapi: 3.0.1\nx: .nan\n", ": has a value that JSON does not have: nan"),
        ("openapi: 3.0.1\ninfo: {}\n", ": has no paths"),
    ],
)
def test_broken_yaml_is_one_line(tmp_path: Path, text: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    assert main(["drift", str(path), str(path), "--corrections", "none"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{path}{problem}")
    assert len(error.splitlines()) == 1
