"""Every rule of the Python layer: a pair of generated packages, and a program that breaks, or provably does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document
from pipeline.drift.python import layer
from pipeline.drift.python.edition import Edition
from pipeline.drift.python.excerpt import Excerpt
from pipeline.drift.python.packages import Package, generate_all
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.python import PYTHON
from pipeline.layout import Project
from tests.conftest import ROOT
from tests.drift.mutations.edits import add, both, cut, drop, put, rename

PACKAGE = "dify_chatflow_client"
S = "/components/schemas/"
ITEM = "/paths/~1items~1{id}/get"
ITEMS = "/paths/~1items/get"
CREATE = "/paths/~1items/post"
Edit = Callable[[Document], Any]


def json_body(name: str) -> Document:
    return {"description": "d", "content": {"application/json": {"schema": {"$ref": f"#{S}{name}"}}}}


def item_operation(**more: Any) -> Document:
    """Return an operation with a path parameter, and errors of two types."""
    problems = {status: json_body("Problem") for status in ("400", "401", "403", "404")}
    responses = {"200": json_body("Item"), **problems, "422": json_body("Refusal")}
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {"tags": ["items"], "parameters": [path], "responses": responses, **more}


def document() -> Document:
    """Return a small API with every kind of place that rules concern."""
    color = {"type": "string", "enum": ["red", "green"]}
    item = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "note": {"type": "string", "nullable": True},
            "score": {"type": "number"},
            "color": {"$ref": f"#{S}Color"},
        },
    }
    draft = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "size": {"type": "integer", "default": 1},
            "kind": {"$ref": f"#{S}Kind"},
        },
    }
    queries = [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 20}},
        {"name": "sort", "in": "query", "schema": {"type": "string"}},
    ]
    events = {"description": "d", "content": {"text/event-stream": {"schema": {"$ref": f"#{S}Event"}}}}
    pair = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in ("one", "two")]
    upload = {"multipart/form-data": {"schema": {"$ref": f"#{S}Upload"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Items", "version": "1"},
        "paths": {
            "/items/{id}": {"get": item_operation(operationId="get_item")},
            "/pairs/{one}/{two}": {
                "get": {
                    "operationId": "get_pair",
                    "tags": ["items"],
                    "parameters": pair,
                    "responses": {"200": json_body("Item")},
                }
            },
            "/old": {"delete": {"operationId": "drop", "tags": ["items"], "responses": {"204": {"description": "d"}}}},
            "/items": {
                "get": {
                    "operationId": "list_items",
                    "tags": ["items"],
                    "parameters": queries,
                    "responses": {"200": json_body("Page")},
                },
                "post": {
                    "operationId": "create_item",
                    "tags": ["items"],
                    "requestBody": {**json_body("Draft"), "required": True},
                    "responses": {"201": json_body("Item")},
                },
            },
            "/upload": {
                "post": {
                    "operationId": "upload",
                    "tags": ["items"],
                    "requestBody": {"content": upload, "required": True},
                    "responses": {"200": events},
                }
            },
        },
        "components": {
            "schemas": {
                "Color": color,
                "Kind": {"type": "string", "enum": ["small", "large"]},
                "Item": item,
                "Draft": draft,
                "Page": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": f"#{S}Item"}}}},
                "Problem": {
                    "type": "object",
                    "required": ["code"],
                    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
                    "additionalProperties": False,
                },
                "Refusal": {"type": "object", "properties": {"reason": {"type": "string"}}},
                "Upload": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}},
                "Empty": {"type": "object", "additionalProperties": False},
                "Unused": {"type": "object", "properties": {"a": {"type": "string"}}},
                "Event": {
                    "type": "object",
                    "properties": {"event": {"type": "string"}},
                    "discriminator": {
                        "propertyName": "event",
                        "mapping": {"start": f"#{S}Start", "end": f"#{S}End"},
                    },
                },
                **{
                    name: {
                        "type": "object",
                        "required": ["event", "at"],
                        "properties": {"event": {"type": "string"}, "at": {"type": "integer"}},
                    }
                    for name in ("Start", "End")
                },
            }
        },
    }


@dataclass(frozen=True)
class Case:
    """A change, and a program.

    Attributes:
        edit: The change of the document.
        program: Statements that use `api`, `models`, `errors`, `types`, `client` and, unless typed, `respond`.
        works: Whether the program works with the old and with the new package.
        is_typed: Whether a type checker judges the program instead of running it.
    """

    edit: Edit
    program: str
    works: tuple[bool, bool] = (True, False)
    is_typed: bool = False


BOTH = (True, True)
# Rules whose excerpts are compared, too: names, statuses, order, unions, and what leads to other schemas.
SAMPLED = (
    "python-argument-renamed",
    "python-status-result-changed",
    "python-class-renamed",
    "python-class-removed",
    "python-class-replaced",
    "python-field-moved",
    "python-union-changed",
    "python-parse-fails-old-server",
)
GET = "api.get_item.sync('1', client=respond({}, {{'code': 'x'}}, {}))"
RAISES = f"""
try:
    {GET.format(503, True)}
except errors.UnexpectedStatus:
    pass
else:
    raise AssertionError
"""
KEEPS_FALLBACK = f"assert type({GET.format(502, False)}) is models.Problem"
KEEPS_RESULT = f"assert type({GET.format(503, False)}) is models.Problem"
NAME = "def show(item: models.Item) -> str:\n    return item.name"
END = "def pass_on(event: models.End) -> models.Event:\n    return event"
PAGE = "page: models.Page | None = api.list_items.sync(client=client)"
RESULT = "item: models.Item | models.Problem | models.Refusal | None = api.get_item.sync('1', client=client)"
START = "models.Start.from_dict({'event': 'start', 'at': 1})"
EXHAUSTIVE = "from typing import assert_never\n\ndef show(value: models.{0}) -> None:\n    match value:\n{1}"
COLORS = EXHAUSTIVE.format(
    "Color", "        case 'red' | 'green':\n            pass\n        case _:\n            assert_never(value)"
)
EVENTS = EXHAUSTIVE.format(
    "Event",
    "        case models.Start() | models.End():\n            pass\n        case _:\n            assert_never(value)",
)
TEXT = {"type": "string"}
OTHER = {"type": "object", "required": ["event", "x"], "properties": {"event": TEXT, "x": TEXT}}
QUERY = {"name": "trace", "in": "query", "schema": TEXT}
AT = {"name": "at", "in": "path", "required": True, "schema": TEXT}
XML = {"description": "d", "content": {"application/xml": {"schema": {"$ref": f"#{S}Item"}}}}
UNDECLARED = {"get": {"operationId": "fresh", "tags": ["items"], "responses": {"200": json_body("Item")}}}
FRESH = {"get": {"operationId": "fresh", "tags": ["items"], "responses": {"200": json_body("Item"), "201": XML}}}
DRAFT = document()["components"]["schemas"]["Draft"]

CASES: dict[str, Case] = {
    "python-function-moved": Case(put(f"{ITEM}/operationId", "fetch_item"), "api.get_item"),
    "python-function-removed": Case(cut("/paths/~1old"), "api.drop"),
    "python-function-added": Case(
        put("/paths/~1new~1{id}", {"get": item_operation(operationId="fresh")}), "api.get_item", BOTH
    ),
    "python-operation-dropped": Case(cut(f"{ITEM}/parameters"), "api.get_item"),
    "python-response-dropped": Case(
        put(f"{ITEMS}/responses/200", XML), "assert api.list_items.sync(client=respond(200, {}))"
    ),
    "python-new-operation-dropped": Case(put("/paths/~1new~1{id}", UNDECLARED), "api.get_item", BOTH),
    "python-new-response-dropped": Case(put("/paths/~1new", FRESH), "api.get_item", BOTH),
    "python-argument-added-required": Case(
        add(f"{ITEMS}/parameters", {**QUERY, "required": True}), "api.list_items.operation.request()"
    ),
    "python-argument-added": Case(add(f"{ITEMS}/parameters", QUERY), "api.list_items.operation.request(limit=1)", BOTH),
    "python-argument-removed": Case(cut(f"{ITEMS}/parameters/1"), "api.list_items.operation.request(sort='a')"),
    "python-argument-renamed": Case(
        both(rename("/paths/~1items~1{id}", "/items/{key}"), put("/paths/~1items~1{key}/get/parameters/0/name", "key")),
        "api.get_item.operation.request(id='1')",
    ),
    "python-argument-became-required": Case(
        put(f"{ITEMS}/parameters/1/required", True), "api.list_items.operation.request()"
    ),
    "python-argument-became-optional": Case(
        put(f"{CREATE}/requestBody/required", False),
        "api.create_item.operation.request(body=models.Draft('a'))",
        BOTH,
    ),
    "python-argument-default-changed": Case(
        put(f"{ITEMS}/parameters/0/schema/default", 5),
        "assert api.list_items.operation.request()['params']['limit'] == 20",
    ),
    "python-argument-type-narrowed": Case(
        put(f"{ITEMS}/parameters/1/schema/type", "integer"),
        "api.list_items.sync(client=client, sort='a')",
        is_typed=True,
    ),
    "python-argument-type-widened": Case(
        put(f"{ITEMS}/parameters/0/schema/type", "number"),
        "api.list_items.sync(client=client, limit=3)",
        BOTH,
        is_typed=True,
    ),
    "python-argument-moved": Case(
        both(
            rename("/paths/~1pairs~1{one}~1{two}", "/pairs/{two}/{one}"),
            put("/paths/~1pairs~1{two}~1{one}/get/parameters", [{**AT, "name": "two"}, {**AT, "name": "one"}]),
        ),
        "assert api.get_pair.operation.request('a', 'b') == api.get_pair.operation.request(one='a', two='b')",
    ),
    "python-return-known": Case(
        put("/paths/~1old/delete/responses", {"200": json_body("Item")}),
        "assert api.drop.sync(client=respond(204)) is None",
        BOTH,
    ),
    "python-return-widened": Case(put(f"{ITEMS}/responses/400", json_body("Problem")), PAGE, is_typed=True),
    "python-return-narrowed": Case(cut(f"{ITEM}/responses/422"), RESULT, BOTH, is_typed=True),
    "python-return-changed": Case(put(f"{ITEMS}/responses/200", json_body("Item")), PAGE, is_typed=True),
    "python-status-result-changed": Case(
        put(f"{ITEM}/responses/400", json_body("Refusal")), f"assert type({GET.format(400, False)}) is models.Problem"
    ),
    "python-fallback-changed": Case(
        both(*(cut(f"{ITEM}/responses/{status}") for status in (400, 401, 403, 404))), KEEPS_FALLBACK
    ),
    "python-status-declared": Case(put(f"{ITEM}/responses/503", json_body("Problem")), RAISES),
    "python-status-declared (other clients)": Case(
        put(f"{ITEM}/responses/503", json_body("Problem")), f"{KEEPS_FALLBACK}\n{KEEPS_RESULT}", BOTH
    ),
    "python-status-undeclared": Case(cut(f"{ITEM}/responses/404"), GET.format(404, True)),
    "python-result-moved": Case(
        rename(f"{CREATE}/responses/201", "200"),
        "assert api.create_item.sync(client=respond(201, {'id': 1, 'name': 'a'}), body=models.Draft('a'))",
    ),
    "python-error-status-moved": Case(rename(f"{ITEM}/responses/404", "409"), GET.format(404, True)),
    "python-class-replaced": Case(
        put(f"{CREATE}/requestBody/content/application~1json/schema", DRAFT),
        "api.create_item.sync(client=client, body=models.Draft('a'))",
        is_typed=True,
    ),
    "python-class-replaced (no enum)": Case(cut(f"{S}Kind/enum"), "models.Kind"),
    "python-class-renamed": Case(put(f"{S}Problem/title", "Failure"), "models.Problem"),
    "python-class-removed": Case(cut(f"{S}Unused"), "models.Unused"),
    "python-union-changed (another event in its place)": Case(
        both(
            rename(f"{S}End", "Finish"),
            cut(f"{S}Event/discriminator/mapping/end"),
            put(f"{S}Event/discriminator/mapping/finish", f"#{S}Finish"),
        ),
        "models.End",
    ),
    "python-class-added": Case(put(f"{S}Extra", OTHER), "models.Item(1, 'a')", BOTH),
    "python-field-removed": Case(cut(f"{S}Item/properties/note"), "models.Item(1, 'a').note"),
    "python-field-renamed": Case(rename(f"{S}Draft/properties/kind", "sort"), "models.Draft('a', kind='small')"),
    "python-field-added": Case(put(f"{S}Item/properties/extra", TEXT), "models.Item(1, 'a')", BOTH),
    "python-field-added-required": Case(
        both(put(f"{S}Draft/properties/aim", TEXT), add(f"{S}Draft/required", "aim")), "models.Draft('a')"
    ),
    "python-field-became-required": Case(add(f"{S}Draft/required", "kind"), "models.Draft('a')"),
    "python-field-became-optional": Case(drop(f"{S}Item/required", "name"), NAME, is_typed=True),
    "python-field-type-changed": Case(put(f"{S}Item/properties/name/type", "integer"), NAME, is_typed=True),
    "python-field-type-widened": Case(put(f"{S}Item/properties/name/nullable", True), NAME, is_typed=True),
    "python-field-type-narrowed": Case(
        put(f"{S}Item/properties/score/type", "integer"),
        "def show(item: models.Item) -> float | None:\n    return item.score",
        BOTH,
        is_typed=True,
    ),
    "python-field-input-widened": Case(
        put(f"{S}Draft/properties/name/nullable", True), "models.Draft('a')", BOTH, is_typed=True
    ),
    "python-field-json-name-changed": Case(
        rename(f"{S}Draft/properties/size", "Size"), "assert models.Draft('a', size=2).to_dict()['size'] == 2"
    ),
    "python-field-default-changed": Case(
        put(f"{S}Draft/properties/size/default", 2), "assert models.Draft('a').to_dict()['size'] == 1"
    ),
    "python-field-always-there": Case(add(f"{S}Item/required", "note"), "models.Item(1, 'a')"),
    "python-field-may-be-left-out": Case(drop(f"{S}Draft/required", "name"), "models.Draft(name='a')", BOTH),
    "python-field-moved": Case(
        put(f"{S}Draft/properties", {key: DRAFT["properties"][key] for key in ("name", "kind", "size")}),
        "assert models.Draft('a', 3).to_dict()['size'] == 3",
    ),
    "python-literal-input-added": Case(
        add(f"{S}Kind/enum", "huge"), "models.Draft('a', kind='small')", BOTH, is_typed=True
    ),
    "python-literal-value-removed": Case(
        drop(f"{S}Color/enum", "green"), "color: models.Color = 'green'", is_typed=True
    ),
    "python-literal-value-added": Case(add(f"{S}Color/enum", "blue"), COLORS, is_typed=True),
    "python-union-widened": Case(
        both(
            put(f"{S}Other", OTHER),
            put(f"{S}Event/discriminator/mapping/other", f"#{S}Other"),
        ),
        EVENTS,
        is_typed=True,
    ),
    "python-union-narrowed": Case(cut(f"{S}Event/discriminator/mapping/end"), END, is_typed=True),
    "python-union-changed": Case(
        both(
            put(f"{S}Other", OTHER),
            cut(f"{S}Event/discriminator/mapping/end"),
            put(f"{S}Event/discriminator/mapping/other", f"#{S}Other"),
        ),
        END,
        is_typed=True,
    ),
    "python-behaviour-changed": Case(
        rename("/paths/~1items", "/things"), "api.list_items.sync(client=respond(200, {}), limit=3)", BOTH
    ),
    "python-other-changed": Case(cut(f"{S}Empty/additionalProperties"), "models.Empty()", BOTH),
    "python-new-parse-fails": Case(put(f"{S}Event/discriminator/mapping/begin", f"#{S}Start"), START),
    "python-parse-fails": Case(
        put(f"{S}Problem/properties/reason", TEXT),
        "models.Problem.from_dict({'code': 'x', 'reason': 'y'})",
        (False, True),
    ),
    "python-parse-fails-old-server": Case(
        cut(f"{S}Problem/properties/detail"), "models.Problem.from_dict({'code': 'x', 'detail': 'y'})"
    ),
}
# Rules for documents from which nothing can be generated.
WITHOUT_PACKAGE = {"python-generation-failed", "python-base-failed"}
PREPARATION = """
import importlib, json, sys
import httpx

class Api:
    def __init__(self, name):
        self.name = name

    def __getattr__(self, module):
        return importlib.import_module(f"{self.name}.api.items.{module}")

def scope(name):
    client = importlib.import_module(name + ".client")

    def respond(status, body=None, is_strict=False):
        answer = httpx.MockTransport(lambda request: httpx.Response(status, json=body))
        arguments = {"transport": answer}
        return client.Client("http://test", raise_on_unexpected_status=is_strict, httpx_args=arguments)

    modules = {word: importlib.import_module(f"{name}.{word}") for word in ("models", "errors", "types")}
    return {"api": Api(name), "respond": respond, **modules}

def works(name, program):
    try:
        exec(program, scope(name))
    except Exception:
        return False
    return True

json.dump([[works(name, program) for name in names] for names, program in json.load(sys.stdin)], sys.stdout)
"""


@dataclass(frozen=True)
class Results:
    """The findings of all cases by rule, for complete documents and for excerpts, and the outcomes of the programs."""

    findings: dict[str, list[Finding]]
    excerpts: dict[str, list[Finding] | None]
    works: dict[str, tuple[bool, bool]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Generate all packages, and check all programs in one process each for running and typing."""
    folder = tmp_path_factory.mktemp("programs")
    old, *packages = generate_packages(*documents())
    names: dict[str, list[str]] = {}
    for number, (rule, package) in enumerate(zip(CASES, packages, strict=True)):
        names[rule] = ["old", f"new{number}"]
        copy_package(package, folder / f"new{number}")
    copy_package(old, folder / "old")
    findings = {rule: layer.compare_packages(ROOT, old, package) for rule, package in zip(CASES, packages, strict=True)}
    by_rule = dict(zip(CASES, packages, strict=True))
    excerpts = {rule: compare_excerpts(old, by_rule[rule]) for rule in SAMPLED}
    return Results(findings, excerpts, run_programs(folder, names) | check_types(folder, names))


def generate_packages(*listed: Document) -> list[Package]:
    project = Project(ROOT)
    return generate_all([(project, Edition(project, one, []).corrected) for one in listed])


def compare_excerpts(old: Package, new: Package) -> list[Finding] | None:
    """Return the findings of excerpts, or None if their names depend on what is left out."""
    excerpt = Excerpt.of(old.document, new.document, largest=1.0)
    found = layer.Regenerated.of(ROOT, *generate_all([(Project(ROOT), one) for one in excerpt.documents]))
    assert found, "a package fails"
    return None if excerpt.collides(found.pair, found.names.overrides) else found.findings()


def documents() -> Iterator[Document]:
    yield document()
    for case in CASES.values():
        changed = document()
        case.edit(changed)
        yield changed


def copy_package(package: Package, target: Path) -> None:
    assert package.folder is not None, package.complaint
    shutil.copytree(package.folder / PACKAGE, target)


def run_programs(folder: Path, names: dict[str, list[str]]) -> dict[str, tuple[bool, bool]]:
    listed = {rule: case for rule, case in CASES.items() if not case.is_typed}
    given = json.dumps([[names[rule], case.program] for rule, case in listed.items()])
    command = [sys.executable, "-c", PREPARATION]
    result = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=True)
    return {rule: (old, new) for rule, (old, new) in zip(listed, json.loads(result.stdout), strict=True)}


def check_types(folder: Path, names: dict[str, list[str]]) -> dict[str, tuple[bool, bool]]:
    programs: dict[tuple[str, int], str] = {}
    for number, (rule, case) in enumerate(CASES.items()):
        for side, package in enumerate(names[rule] if case.is_typed else ()):
            used = re.findall(r"api\.(\w+)\.", case.program)
            lines = [f"from {package} import models, types", f"from {package}.client import Client"]
            lines += [f"from {package}.api.items import {name}" for name in used]
            lines += ["client = Client('http://test')", case.program.replace("api.", "")]
            programs[rule, side] = f"program_{number}_{side}.py"
            (folder / programs[rule, side]).write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent"]
    result = subprocess.run([*command, *programs.values()], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode in (0, 1), result.stderr
    wrong = {line.partition(":")[0] for line in result.stdout.splitlines() if " error: " in line}
    return {
        rule: (programs[rule, 0] not in wrong, programs[rule, 1] not in wrong)
        for rule, case in CASES.items()
        if case.is_typed
    }


def test_every_rule_has_a_case() -> None:
    assert {rule.partition(" ")[0] for rule in CASES} | WITHOUT_PACKAGE == {rule.id for rule in PYTHON}


@pytest.mark.parametrize("rule", CASES)
def test_rules_agree_with_programs(results: Results, rule: str) -> None:
    findings = results.findings[rule]
    found = {finding.id for finding in findings} | {name for finding in findings for name in finding.also}
    assert rule.partition(" ")[0] in found
    assert results.works[rule] == CASES[rule].works


@pytest.mark.parametrize("rule", SAMPLED)
def test_excerpts_have_the_same_findings(results: Results, rule: str) -> None:
    assert results.excerpts[rule] in (results.findings[rule], None)


def test_moved_operation_is_not_breaking(results: Results) -> None:
    findings = results.findings["python-behaviour-changed"]
    assert [(finding.level, finding.text) for finding in findings] == [
        ("warning", f"the request of `api.items.{name}` is different: `{method} /things` instead of `{method} /items`")
        for name, method in (("create_item", "POST"), ("list_items", "GET"))
    ]


def test_renamed_argument_is_one_finding(results: Results) -> None:
    findings = results.findings["python-argument-renamed"]
    assert [finding.id for finding in findings] == ["python-argument-renamed"]


def test_multipart_lists_are_several_parts(tmp_path: Path) -> None:
    changed = document()
    put(f"{S}Upload/properties/file", {"type": "array", "items": {"type": "string", "format": "binary"}})(changed)
    put(f"{S}Upload/properties/hints", {"type": "object", "properties": {"a": {"type": "boolean"}}})(changed)
    (package,) = generate_packages(changed)
    copy_package(package, tmp_path / "old")
    program = """
import io
files = [types.File(io.BytesIO(letter.encode()), letter) for letter in "ab"]
parts = api.upload.operation.request(body=models.Upload(file=files, hints=models.UploadHints(a=True)))["files"]
assert [(key, part[0]) for key, part in parts] == [("file", "a"), ("file", "b"), ("hints", None)], parts
assert parts[2][1][1:] == (b'{"a": true}', "application/json"), parts
"""
    assert works(tmp_path, program)


def test_reserved_names_are_renamed(tmp_path: Path) -> None:
    changed = document()
    reserved = ("additional_properties", "additional_keys", "to_dict", "to_json", "from_dict", "to_multipart", "keys")
    put(f"{S}Item/properties", dict.fromkeys(reserved, TEXT))(changed)
    put(f"{S}Item/required", ["to_dict"])(changed)
    (package,) = generate_packages(changed)
    copy_package(package, tmp_path / "old")
    payload = {**dict.fromkeys(reserved, "a"), "more": 1}
    program = f"""
item = models.Item.from_dict({payload})
assert item.to_dict() == {payload}
assert (item.to_dict_, item.additional_properties) == ("a", {{"more": 1}})
"""
    assert works(tmp_path, program)


def works(folder: Path, program: str) -> bool:
    given = json.dumps([[["old"], program]])
    command = [sys.executable, "-c", PREPARATION]
    result = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=True)
    return bool(json.loads(result.stdout) == [[True]])


@pytest.mark.parametrize("name", ["\uff49mport", "\ufb01eld"])
def test_names_that_python_changes_are_refused(name: str) -> None:
    changed = document()
    put(f"{S}Item/properties/{name}", TEXT)(changed)
    old, new = generate_packages(document(), changed)
    assert new.folder is None
    assert new.complaint.startswith(f"cannot name {name!r} at {S}Item/properties/{name}, which Python reads as")
    found = [layer.compare_packages(ROOT, *pair) for pair in ((old, new), (new, old))]
    assert [[finding.id for finding in findings] for findings in found] == [
        ["python-generation-failed"],
        ["python-base-failed"],
    ]
