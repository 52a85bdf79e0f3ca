"""Targets for the pipeline: documents, corrections and waivers that are read or refused in one line, and compared."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline import corrections, document
from pipeline.__main__ import main
from pipeline.document import Document, is_list, is_object
from pipeline.drift.report.waivers import Waivers
from pipeline.drift.rules import LEVELS, RULES
from pipeline.drift.rules.finding import Finding
from pipeline.drift.wire.compare import findings
from pipeline.errors import PipelineError
from tests.fuzz.target import Target
from tests.fuzz.values import json_values, plain, words

REF = {"$ref": "#/components/schemas/Thing"}
JSON_BODY = {"application/json": {"schema": REF}}
# A small document with every part that a comparison looks at.
SMALL: Document = {
    "openapi": "3.0.1",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://things.example"}],
    "tags": [{"name": "things"}],
    "security": [{"Key": []}],
    "paths": {
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "operationId": "getThing",
                "tags": ["things"],
                "deprecated": False,
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 20}}
                ],
                "responses": {
                    "200": {
                        "description": "Yes.",
                        "content": JSON_BODY,
                        "headers": {"X-A": {"schema": {"type": "string"}}},
                    },
                    "404": {"description": "No.", "content": {"application/json": {"schema": {"type": "object"}}}},
                },
            },
            "post": {
                "operationId": "putThing",
                "requestBody": {"required": True, "content": JSON_BODY},
                "responses": {
                    "200": {
                        "description": "Events.",
                        "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Event"}}},
                    }
                },
            },
        }
    },
    "components": {
        "securitySchemes": {"Key": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "kind": {"type": "string", "enum": ["a", "b"]},
                    "next": REF,
                    "parts": {"type": "array", "items": {"oneOf": [REF, {"type": "string", "nullable": True}]}},
                    "map": {"type": "object", "additionalProperties": {"type": "number"}},
                },
            },
            "Event": {
                "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}],
                "discriminator": {
                    "propertyName": "event",
                    "mapping": {"one": "#/components/schemas/One", "two": "#/components/schemas/Two"},
                },
            },
            "One": {"type": "object", "properties": {"event": {"type": "string"}, "n": {"type": "integer"}}},
            "Two": {"allOf": [{"$ref": "#/components/schemas/One"}, {"type": "object", "properties": {"t": REF}}]},
            "Unused": {"type": "string", "maxLength": 5},
        },
    },
}


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of all values in a document."""
    children: list[Any] = list(node.items()) if is_object(node) else list(enumerate(node)) if is_list(node) else []
    below = [place for key, child in children for place in places(child, (*path, key))]
    return [*([path] if path else []), *below]


def edited(edits: list[tuple[str, tuple[str | int, ...], Any]]) -> Document:
    """Return the small document after some edits; those whose place is gone have no effect."""
    result = copy.deepcopy(SMALL)
    for kind, path, value in edits:
        *parents, last = path
        holder: Any = result
        try:
            for key in parents:
                holder = holder[key]
            if kind == "remove":
                del holder[last]
            elif kind == "add":
                holder[last][value if isinstance(value, str) else "added"] = copy.deepcopy(value)
            elif kind == "copy":
                holder[f"{last}2"] = copy.deepcopy(holder[last])
            else:
                holder[last] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue
    return result


schema_values: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            REF,
            {"$ref": "#/components/schemas/Gone"},
            {"$ref": "#/components/schemas/Two"},
            {"$ref": "#/paths"},
            {"$ref": ""},
        ),
        *(
            {},
            True,
            False,
            {"type": "string"},
            {"type": ["string", "null"]},
            {"allOf": []},
            {"anyOf": [REF, {}]},
            {"not": REF},
        ),
        *(
            {"type": "integer", "minimum": 5},
            {"enum": [1, True, None]},
            {"nullable": True},
            "string",
            "integer",
            "3.1.0",
            "query",
        ),
        *(
            {"oneOf": [REF, REF]},
            {"type": "array", "items": REF},
            {"type": "object", "additionalProperties": False},
            ["id", "id"],
        ),
    ]
)
edits: st.SearchStrategy[list[Any]] = st.lists(
    st.tuples(
        st.sampled_from(["remove", "put", "put", "add", "copy"]),
        st.sampled_from(places(SMALL)),
        schema_values | json_values,
    ),
    max_size=4,
)
PLACE = "spec.json"


def read(found: Document) -> Document | None:
    """Return a document as the pipeline reads it, or None where it is refused in one line that names it."""
    try:
        return document.parse(json.dumps(found), PLACE)
    except PipelineError as error:
        check_refusal(error)
        return None


def check_refusal(error: PipelineError) -> None:
    """Raise AssertionError unless a refusal is one short line that names the file."""
    assert PLACE in error.place or "corrected" in error.place, error
    assert len(str(error).splitlines()) == 1, str(error)
    assert len(str(error)) < 2000, str(error)


def check_text(data: bytes) -> None:
    """Check that any bytes are a document, or are refused in one line."""
    try:
        parsed = document.parse(document.decode(data, PLACE), PLACE)
    except PipelineError as error:
        check_refusal(error)
    else:
        assert parsed == json.loads(json.dumps(parsed))


def check_command(data: bytes) -> None:
    """Check that the command ends with 0 or 1 and a report, or with 2 and one line on standard error."""
    with tempfile.TemporaryDirectory() as folder:
        base, revision = Path(folder, "base.json"), Path(folder, PLACE)
        base.write_text(json.dumps(SMALL), encoding="utf-8")
        revision.write_bytes(data)
        output, errors = io.StringIO(), io.StringIO()
        arguments = ["drift", str(base), str(revision), "--layer", "wire", "--corrections", "none"]
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = main(arguments)
    message = errors.getvalue()
    assert (code == 2) == bool(message), message
    assert bool(output.getvalue()) == (code in (0, 1))
    assert len(message.splitlines()) <= 1, message


def check_comparison(given: tuple[list[Any], list[Any]]) -> None:
    """Check that a comparison never crashes, is empty for equal documents, and finds as much in both directions."""
    base, revision = (read(edited(one)) for one in given)
    if base is None or revision is None:
        return
    assert findings(base, copy.deepcopy(base)) == []
    before = copy.deepcopy((base, revision))
    try:
        forward, back = (findings(*pair, (PLACE, PLACE)) for pair in ((base, revision), (revision, base)))
    except PipelineError as error:
        check_refusal(error)
        return
    assert (base, revision) == before
    assert bool(forward) == bool(back)
    for finding in (*forward, *back):
        assert finding.id in RULES
        assert finding.text
        assert len(finding.text.splitlines()) == 1, finding.text
    for one, other in ((forward, back), (back, forward)):
        assert counted(one, "endpoint-added") == counted(other, "api-removed")
        assert counted(one, "event-added") == counted(other, "event-removed")


def counted(found: list[Finding], start: str) -> Counter[str]:
    """Return how many findings of some rules reach each operation or event."""
    return Counter(name for one in found if one.id.startswith(start) for name in one.operations)


targets = st.sampled_from(
    [
        *("$", "$.paths.*.get", "$.components.schemas.Thing", "$..properties", "$.tags", "$.tags[0]", "$.info.title"),
        *(
            "$.components.schemas[?@.type == 'object']",
            "$.paths['/things/{id}'].get.parameters[0]",
            "$..*",
            "$.nothing",
        ),
        *(
            "$[",
            "$..",
            "x",
            "$.tags[99999999999999999999]",
            "$[?@.a == ]",
            "$['\ud83d']",
            "$.paths.*.*.responses['200']",
        ),
    ]
)
actions = st.fixed_dictionaries(
    {"description": plain, "x-evidence": st.just(["recording 1"]) | json_values},
    optional={"target": targets | json_values, "update": schema_values | json_values, "remove": st.just(True) | plain},
)


def check_corrections(given: list[Any]) -> None:
    """Check that corrections change the document, or are refused in one line."""
    try:
        listed = [corrections.correction(PLACE, action) for action in given]
        corrected = corrections.correct(SMALL, listed, PLACE)
    except PipelineError as error:
        check_refusal(error)
    else:
        assert corrected != SMALL or not listed


def load_corrections(path: Path) -> object:
    """Return all corrections of a file."""
    return list(corrections.load_file(path))


def check_file(content: bytes) -> None:
    """Check that any file of corrections or waivers is read, or refused in one line that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PLACE)
        path.write_bytes(content)
        for load in (Waivers.load, load_corrections):
            try:
                load(path)
            except PipelineError as error:
                check_refusal(error)


def check_waivers(content: Any) -> None:
    """Check that waivers of any shape are read or refused, and that applying them keeps every finding."""
    found = waivable()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PLACE)
        path.write_text(json.dumps(content), encoding="utf-8")
        try:
            applied = Waivers.load(path).apply(found)
        except PipelineError as error:
            check_refusal(error)
            return
    assert [one.id for one in applied if not one.id.startswith("waiver-")] == [one.id for one in found]


@cache
def waivable() -> list[Finding]:
    """Return the findings for a removed operation."""
    return findings(SMALL, edited([("remove", ("paths", "/things/{id}", "get"), None)]))


waivers = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from([*list(RULES)[:5], "unknown"]) | plain,
        "reason": plain,
        "owner": plain,
        "expires": st.sampled_from(["2999-01-01", "2000-01-01", "soon", "9999-99-99"]) | plain,
        "fingerprint": plain,
        "place": st.sampled_from(["/paths", "GET /things/{id}"]) | plain,
    },
)
levels = st.dictionaries(st.sampled_from(list(RULES)[:20]) | words, st.sampled_from(LEVELS) | plain, max_size=2)
waiver_files = st.fixed_dictionaries(
    {}, optional={"waivers": st.lists(waivers | json_values, max_size=3) | json_values, "levels": levels | json_values}
)
yaml_texts = st.lists(
    st.sampled_from(
        [
            *(
                "openapi: 3.0.1\n",
                "info:\n",
                "  title: t\n",
                "paths: {}\n",
                "- ",
                "a: &a [*a]\n",
                "<<: *a\n",
                "? [x]\n: y\n",
                "!!python/object:x {}\n",
            ),
            *(
                "overlay: 1.0.0\n",
                "actions:\n",
                "  - target: $\n",
                "    update: {x: 1}\n",
                "    description: d\n",
                "    x-evidence: [e]\n",
            ),
            *(
                "waivers:\n",
                "levels: {a: b}\n",
                "---\n",
                "...\n",
                "%YAML 1.1\n",
                "\t",
                "'",
                '"',
                "\x00",
                "\ufeff",
                "2020-99-99: 1\n",
                "{",
                "}",
                "[",
                "]",
                "0x: .nan\n",
            ),
        ]
    )
    | words,
    max_size=8,
).map(lambda texts: "".join(texts).encode(errors="surrogatepass"))
texts = st.one_of(
    edits.map(edited).map(json.dumps).map(str.encode),
    st.tuples(edits.map(edited).map(json.dumps), st.integers(0, 3000), words).map(
        lambda parts: (parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]).encode(errors="surrogatepass")
    ),
    yaml_texts,
    st.binary(max_size=20),
)
SMALL_TEXT = json.dumps(SMALL, indent=1).encode()

TARGETS = (
    Target(
        "texts",
        "pipeline",
        check_text,
        texts,
        (SMALL_TEXT, b"openapi: 3.0.1\npaths: {}\n", b'{"openapi": "3.0.1", "paths": {}}'),
    ),
    Target("command", "pipeline", check_command, texts, (SMALL_TEXT,)),
    Target("comparison", "pipeline", check_comparison, st.tuples(edits, edits)),
    Target("corrections", "pipeline", check_corrections, st.lists(actions, max_size=3)),
    Target(
        "yaml-files",
        "pipeline",
        check_file,
        yaml_texts,
        (b"overlay: 1.0.0\nactions:\n - target: $\n", b"waivers: []\n"),
    ),
    Target("waivers", "pipeline", check_waivers, waiver_files),
)
