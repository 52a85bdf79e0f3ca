"""The command `drift`: sources, formats, exit codes, invalid documents and waivers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from tests.conftest import ROOT

VENDORED = ROOT / "openapi_chatflow.json"


def small(**changes: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, **changes}
    answer = {"description": "Yes.", "content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.0.1",
        "info": {"title": "Small", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": answer}}}},
    }


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two documents; the second one lacks an optional field, which is a warning."""
    base, revision = tmp_path / "base.json", tmp_path / "revision.json"
    base.write_text(json.dumps(small(), indent=1))
    revision.write_text(json.dumps(small(properties={}), indent=1))
    return base, revision


def wire(*arguments: object) -> int:
    return main(["drift", *map(str, arguments), "--layer", "wire"])


def test_json_report_has_every_field(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert wire(*pair, "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["verdict"], report["python"], report["base"], report["revision"]) == (
        "warning",
        None,
        *map(str, pair),
    )
    (change,) = report["changes"]
    assert {"id", "level", "layer", "operation", "pointer", "text", "python", "hint"} <= change.keys()
    assert (change["id"], change["level"], change["operation"]) == (
        "response-optional-property-removed",
        "warning",
        "GET /a",
    )
    number: int = change["places"][0]["base_line"]
    assert '"name"' in pair[0].read_text().splitlines()[number - 1]
    assert report["counts"]["warning"] == 1


@pytest.mark.parametrize(("threshold", "code"), [("breaking", 0), ("warning", 1), ("any", 1)])
def test_exit_code_follows_threshold(
    pair: tuple[Path, Path], threshold: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert wire(*pair, "--fail-on", threshold) == code
    assert "response-optional-property-removed" in capsys.readouterr().out


def test_equal_documents_have_no_drift(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert wire(pair[0], pair[0], "--fail-on", "any") == 0
    assert "no-change" in capsys.readouterr().out


def test_every_format_shows_the_finding(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    shown: dict[str, str] = {}
    for form in ("text", "markdown", "html", "junit", "sarif", "github"):
        assert wire(*pair, "--format", form, "--fail-on", "warning") == 1
        shown[form] = capsys.readouterr().out
        assert "name" in shown[form], form
    assert max(map(len, shown["text"].splitlines())) <= 80
    failure = ET.fromstring(shown["junit"]).find("testsuite/testcase/failure")  # noqa: S314
    assert failure is not None
    sarif = json.loads(shown["sarif"])
    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"][0]["level"] == "warning"
    assert shown["github"].startswith("::warning file=")
    assert shown["html"].startswith("<!doctype html>")
    assert "http" not in shown["html"].replace("https://docs", "")


def deep(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object"}
    for _ in range(depth):
        schema = {"allOf": [schema, {"type": "object"}]}
    return small(**schema)


def circle() -> dict[str, Any]:
    document = small()
    document["components"] = {
        "schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    }
    document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {
        "$ref": "#/components/schemas/A"
    }
    return document


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)
INVALID = {
    "empty": "",
    "truncated": VENDORED.read_text()[:5000],
    "a YAML bomb": BOMB,
    "not OpenAPI": '{"swagger": "2.0"}',
    "no paths": '{"openapi": "3.0.0"}',
    "a list": "[1, 2]",
    "nested lists": "[" * 100_000,
    "a circle of references": json.dumps(circle()),
    "deep allOf": json.dumps(deep(100)),
    "another document's schema": json.dumps(small(**{"$ref": "http://localhost:9/x.json#/A"})),
    "binary": "\udcff\udcfe",
}


@pytest.mark.parametrize("name", INVALID)
def test_invalid_documents_exit_with_2(
    tmp_path: Path, pair: tuple[Path, Path], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "invalid.json"
    path.write_bytes(INVALID[name].encode(errors="surrogateescape"))
    assert wire(pair[0], path) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(str(path))
    assert len(error.splitlines()) == 1


def test_recursive_schemas_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths: list[Path] = []
    for kind in ("string", "integer"):
        document = small()
        tree: dict[str, Any] = {
            "type": "object",
            "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
        }
        document["components"] = {"schemas": {"Tree": tree}}
        tree["properties"]["name"] = {"type": kind}
        media = document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]
        media["schema"] = {"$ref": "#/components/schemas/Tree"}
        paths.append(tmp_path / f"{kind}.json")
        paths[-1].write_text(json.dumps(document))
    assert wire(*paths, "--format", "json") == 1
    assert [change["id"] for change in json.loads(capsys.readouterr().out)["changes"]] == [
        "response-property-type-changed"
    ]


@pytest.mark.parametrize("arguments", [("missing.json",), ("HEAD:missing.json",), ("-", "-"), ("a", "b", "c")])
def test_missing_sources_exit_with_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert wire(*arguments) == 2
    assert capsys.readouterr().err


def test_internal_errors_exit_with_2(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("pipeline.drift.command.compare", broken)
    assert wire(*pair) == 2
    assert "not drift" in capsys.readouterr().err


def test_unwritable_output_exits_with_2(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert wire(*pair, "--output", tmp_path / "nowhere" / "report.txt") == 2
    assert "nowhere" in capsys.readouterr().err


def test_unwritable_cache_exits_with_2(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(pair[0]))
    assert main(["drift", *map(str, pair)]) == 2
    assert "XDG_CACHE_HOME" in capsys.readouterr().err


def test_standard_input_and_git_are_read(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run([*git, "init", "-q", str(tmp_path)], check=True)
    subprocess.run([*git, "add", "base.json"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "Base"], cwd=tmp_path, check=True)
    command = [sys.executable, "-m", "pipeline", "drift", "HEAD:base.json", "-", "--layer", "wire", "--format", "json"]
    result = subprocess.run(
        command,
        input=pair[1].read_text(),
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, json.loads(result.stdout)["verdict"]) == (0, "warning")


class Published(BaseHTTPRequestHandler):
    """A server of one document with an ETag, and of pages that are not documents."""

    etags: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.etags.append(self.headers["If-None-Match"])
        if self.path == "/page":
            self.respond(200, b"<html>", "text/html")
        elif self.path == "/gone":
            self.respond(404, b"", "text/plain")
        elif self.path == "/large":
            self.respond(200, b"{}" + b" " * 200_000, "application/json")
        elif self.headers["If-None-Match"] == '"1"':
            self.respond(304, b"", "application/json")
        else:
            self.respond(200, json.dumps(small(properties={})).encode(), "application/json")

    def respond(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Published.etags.clear()
    server = HTTPServer(("127.0.0.1", 0), Published)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_unchanged_urls_are_downloaded_once(
    pair: tuple[Path, Path], published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [wire(pair[0], f"{published}/openapi.json", "--format", "json") for _ in range(2)]
    assert outcomes == [0, 0]
    assert Published.etags == [None, '"1"']
    assert capsys.readouterr().out.count('"verdict": "warning"') == 2


def test_urls_have_limits(
    pair: tuple[Path, Path], published: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.sources.MAX_BYTES", 100_000)
        assert wire(pair[0], f"{published}/large") == 2
        assert "is larger than" in capsys.readouterr().err
    clock = iter(range(0, 1_000_000, 60))
    monkeypatch.setattr("pipeline.sources.monotonic", lambda: next(clock))
    assert wire(pair[0], f"{published}/large") == 2
    assert "takes longer than 20 s" in capsys.readouterr().err


def test_silent_server_times_out(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("pipeline.sources.SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/openapi.json"
        assert wire(pair[0], url) == 2
    assert url in capsys.readouterr().err


@pytest.mark.parametrize(("path", "words"), [("/page", "text/html"), ("/gone", "404")])
def test_other_urls_exit_with_2(
    pair: tuple[Path, Path], published: str, path: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert wire(pair[0], published + path) == 2
    assert words in capsys.readouterr().err


def test_unreachable_published_documents_exit_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRIFT_CANDIDATES", "http://127.0.0.1:9/a.json http://127.0.0.1:9/b.json")
    assert wire() == 2
    assert "SPEC=" in capsys.readouterr().err


RULE = "response-optional-property-removed"
WAIVER = f"waivers: [{{{{id: {RULE}, place: {{place}}, reason: Unused., owner: someone, expires: {{end}}}}}}]\n"


@pytest.mark.parametrize(
    ("place", "end", "verdict", "ids"),
    [
        ("GET /a", "2999-01-01", "no-change", []),
        ("GET /a", "2020-01-01", "warning", ["response-optional-property-removed", "waiver-expired"]),
        ("GET /b", "2999-01-01", "warning", ["response-optional-property-removed", "waiver-unused"]),
    ],
)
def test_waivers_apply(
    tmp_path: Path,
    pair: tuple[Path, Path],
    place: str,
    end: str,
    verdict: str,
    ids: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVER.format(place=place, end=end))
    wire(*pair, "--format", "json", "--waivers", path)
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"] == verdict
    assert sorted(change["id"] for change in report["changes"] if "waived" not in change) == ids


def test_fingerprint_is_not_a_number(tmp_path: Path, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.drift.rules.finding.Finding.fingerprint", "12345e678901")
    path = tmp_path / "waivers.yaml"
    path.write_text(f"waivers: [{{id: {RULE}, fingerprint: 12345e678901, reason: R, owner: o, expires: 2999-01-01}}]\n")
    assert wire(*pair, "--waivers", path, "--fail-on", "any") == 0


def test_waiver_of_other_layer_is_kept(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: [{id: python-field-removed, place: GET /a, reason: R, owner: o, expires: 2999-01-01}]\n")
    assert wire(pair[0], pair[0], "--waivers", path, "--fail-on", "any") == 0


def test_levels_can_be_changed(tmp_path: Path, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("levels: {response-optional-property-removed: breaking}\n")
    assert wire(*pair, "--waivers", path) == 1
    assert "breaking" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "waivers: [{id: nonsense}]",
        "waivers: 3",
        "levels: {nonsense: breaking}",
        "[",
        "other: 1",
        "levels: {event-added: loud}",
    ],
)
def test_incomplete_waivers_exit_with_2(
    tmp_path: Path, pair: tuple[Path, Path], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    assert wire(*pair, "--waivers", path) == 2
    assert str(path) in capsys.readouterr().err


def test_the_rules_are_documented() -> None:
    from pipeline.drift.rules import table

    assert (ROOT / "docs" / "drift-rules.md").read_text() == table()


AWKWARD = "odd \x00 | <b>"


def test_special_characters_keep_formats_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, revision = tmp_path / "base.json", tmp_path / "revision.json"
    base.write_text(json.dumps(small()))
    revision.write_text(json.dumps(small(properties={"name": {"type": "string"}, AWKWARD: {"enum": [AWKWARD]}})))
    shown: dict[str, str] = {}
    for form in ("markdown", "html", "junit", "sarif", "github"):
        assert wire(base, revision, "--format", form, "--fail-on", "any") == 1
        shown[form] = capsys.readouterr().out
    ET.fromstring(shown["junit"])  # noqa: S314
    assert "<b>" not in shown["html"]
    assert shown["markdown"].count("<b>") == shown["markdown"].count("`odd") > 0
    (row,) = [line for line in shown["markdown"].splitlines() if line.startswith("| 🟢")]
    assert row.replace("\\|", "").count("|") == 5
    assert len(shown["github"].splitlines()) == 1


def test_shared_place_is_listed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field of a schema that three operations share is one place; long pointers are broken at a slash."""
    paths: list[Path] = []
    field = "a_field_with_a_name_that_is_long_enough_to_be_broken_in_two"
    for kind in ("string", "integer"):
        document = small()
        answer = {
            "description": "Yes.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}},
        }
        document["paths"] = {f"/{name}": {"get": {"responses": {"200": answer}}} for name in "abc"}
        document["components"] = {"schemas": {"S": {"type": "object", "properties": {field: {"type": kind}}}}}
        paths.append(tmp_path / f"{kind}.json")
        paths[-1].write_text(json.dumps(document, indent=1))
    assert wire(*paths) == 1
    text = capsys.readouterr().out
    assert "    GET /a, GET /b, GET /c  line " in text
    assert f"      /components/schemas/S/properties/{field}\n" in text.replace("\n        /", "/")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_layers_are_counted_separately(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", *map(str, pair)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "wire: warning (1 warning)" in lines
    assert next(line for line in lines if line.startswith("python:")).startswith("python: breaking (1 breaking")
