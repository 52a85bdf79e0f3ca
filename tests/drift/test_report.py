"""Reports count absorbed findings apart, and show no active content of a document."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.drift.command import write
from pipeline.drift.report import FORMATS, render
from pipeline.drift.report.elements import headline
from pipeline.drift.rules import RULES
from pipeline.drift.rules.finding import Finding, Place
from pipeline.drift.rules.verdict import Report
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.compare import findings

HOSTILE = "`@everyone ![x](http://localhost/x.png) <img src=x> [a](b) \x1b[31m \u202e \n::error::```"


def finding(name: str = "plain", *, absorbed: str | None = None, waived: str | None = None) -> Finding:
    return Finding(
        id="response-optional-property-removed",
        level="breaking",
        layer="wire",
        text=f"response field {code(name)} is gone from {name}",
        hint="Expect nothing.",
        places=(Place(f"GET /{name}", f"/paths/{name}", f"/paths/{name}", 1, 1),),
        payload={"name": name},
        absorbed=absorbed,
        waived=waived,
    )


def test_headline_counts_absorbed_findings_apart() -> None:
    report = Report("a", "b", (finding(), finding(absorbed="the corrections"), finding(waived="fine")))
    assert headline(report) == [
        ("wire: breaking (1 breaking, 1 waived; absorbed by corrections: 1 breaking)", "breaking")
    ]
    counts = json.loads(render(report, "json"))["counts"]
    assert (counts["breaking"], counts["absorbed"], counts["waived"]) == (1, 1, 1)


def test_headline_of_absorbed_findings_alone() -> None:
    report = Report("a", "b", (finding(absorbed="the corrections"),))
    assert headline(report)[0][0] == "wire: breaking (absorbed by corrections: 1 breaking)"


def removed_field() -> Finding:
    """Return a finding whose sentence names neither of the two events that it concerns."""
    places = tuple(Place(f"event {name}", "/old/some_field", None, 7) for name in ("ping", "pong"))
    return replace(finding(), text="event field `some_field` was removed", places=places)


@pytest.mark.parametrize("form", ["github", "junit", "sarif"])
def test_sentence_names_its_operation(form: str) -> None:
    named = replace(finding(), text="GET /plain was removed")
    text = render(Report("a", "b", (removed_field(), named)), form)
    assert "event ping (+1 more): event field `some_field` was removed" in text
    assert "GET /plain was removed" in text
    assert "GET /plain: GET /plain" not in text


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_events_of_a_place_are_listed_once(form: str) -> None:
    assert "events ping, pong" in render(Report("a", "b", (removed_field(),)), form)


def test_markdown_table_has_places_and_instructions() -> None:
    text = render(Report("a", "b", (removed_field(),)), "markdown")
    row = "event field `some_field` was removed | event ping (+1 more) (old line 7) | Expect nothing. |"
    assert f"| 🔴 breaking | {row}" in text.splitlines()


def test_markdown_lists_absorbed_findings_last() -> None:
    text = render(Report("a", "b", (finding("x", absorbed="the corrections"), removed_field())), "markdown")
    last = text.split("## Absorbed by the corrections")[1]
    assert "is gone from x" in last
    assert "some_field" not in last


def test_html_breaks_names_at_punctuation() -> None:
    text = render(Report("a", "b", (removed_field(),)), "html")
    assert "<code>/old<wbr>/some_<wbr>field</code>" in text


def test_absorbed_findings_are_notices() -> None:
    report = Report("a", "b", (finding(absorbed="the corrections"),))
    assert render(report, "github").startswith("::notice ")
    (result,) = json.loads(render(report, "sarif"))["runs"][0]["results"]
    assert (result["level"], result["message"]["text"][-28:]) == ("note", "Absorbed by the corrections.")


def test_instructions_fit_readers_and_writers() -> None:
    values = ("property", "body", "header", "field", "parameter")
    for rule in RULES.values():
        side, kind = rule.id.split("-")[:2]
        if kind in values and side == "request":
            assert not re.match("Read |Handle (None|responses)|Do not expect", rule.hint), rule.id
        if kind in values and side in ("response", "event"):
            assert not re.match("Send |Do not send|Pass it|Servers that follow|Stop sending", rule.hint), rule.id


def test_every_rule_has_an_instruction() -> None:
    assert [rule.id for rule in RULES.values() if not re.fullmatch(r"[A-Z].*\.", rule.hint)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_control_characters_are_replaced(form: str) -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), form)
    assert "\x1b" not in text
    if form not in ("json", "sarif"):
        assert "\u202e" not in text
    if form in ("github", "markdown"):
        assert not [line for line in text.splitlines() if re.match(r"\s*::error::['`]", line)]


def test_markdown_has_no_active_content() -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), "markdown")
    lines = text.splitlines()
    assert not [line for line in lines if line.startswith("```")]
    for line in lines:
        outside_code = "".join(line.split("`")[::2])
        for active in ("@everyone", "![x](", "[a](", "<img"):
            assert active not in outside_code, line


def test_html_has_no_active_content() -> None:
    text = render(Report(HOSTILE, HOSTILE, (finding(HOSTILE),)), "html")
    assert "<img" not in text


def hostile_document(text: str, *, is_new: bool) -> Document:
    """Return a document with a text in every place whose words a report may show."""
    other = "integer" if is_new else "string"
    fields: Document = {
        text: {"type": other},
        f"{text}enum": {"type": "string", "enum": [text, f"{text}{other}"]},
        f"{text}default": {"type": "string", "default": f"{text}{other}", "pattern": f"{text}{other}"},
        f"{text}union": {"oneOf": [{"type": "array", "title": f"{text}{other}", "items": {}}, {"type": "object"}]},
    }
    event = {"type": "object", "properties": {"event": {"type": "string"}, text: {"type": other}}}
    stream = {"discriminator": {"propertyName": "event", "mapping": {f"{text}{other}": "#/components/schemas/Event"}}}
    body = {"content": {f"application/json;x={text}{other}": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    response = {"description": text, "headers": {f"{text}{other}": {"schema": {"type": "string"}}}, **body}
    operation = {
        "operationId": f"{text}{other}",
        "tags": [f"{text}{other}"],
        "summary": f"{text}{other}",
        "parameters": [{"in": "query", "name": text, "schema": {"type": other}}],
        "requestBody": body,
        "responses": {"200": response, f"{text}{other}": response},
        "security": [{f"{text}{other}": [f"{text}{other}"]}],
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": text, "version": text},
        "servers": [{"url": f"{text}{other}"}],
        "paths": {f"/{text}": {"post": operation}, f"/{text}{other}": {"get": operation}},
        "components": {
            "schemas": {
                "Thing": {"type": "object", "properties": fields},
                "Event": event,
                "Stream": {"type": "object", "properties": {"event": {"type": "string"}}, **stream},
                f"{text}{other}": {"type": "string"},
            },
            "securitySchemes": {text: {"type": "http", "scheme": f"{text}{other}"}},
        },
    }


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "</code></script><script>alert(1)</script>",
        '\'" onmouseover=alert(1) x="',
        "| a | b |\n\n# Title\n- [x](http://localhost)",
        "\\[x\\](http://localhost) \\`@everyone",
        "`` ` ``@everyone``",
        "%0A::error::x\r\n::error::y",
        "]]>&amp;&#x1b;[31m\x9b31m",
    ],
)
def test_documents_cannot_inject_content(text: str) -> None:
    found = findings(hostile_document(text, is_new=False), hostile_document(text, is_new=True))
    assert len({one.id for one in found}) >= 12
    shown = {form: render(Report(text, text, tuple(found)), form) for form in FORMATS}
    assert not [form for form, page in shown.items() if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page)]
    plain = render(Report("a", "b", (finding(),)), "html")
    extra = {"details", "details open", "summary", "ul", "li", "table", "tr", "th", "td"}
    assert Tags(shown["html"]).found <= Tags(plain).found | extra
    assert "``" not in shown["markdown"]
    for line in shown["markdown"].splitlines():
        outside_code = "".join(line.split("`")[::2])
        assert not re.search(r"<script|<img|@everyone|\[.*\]\(|^# (?!Drift)", outside_code), line
    lines = shown["github"].splitlines()
    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)
    assert len(lines) == len([one for one in found if one.level != "docs-only"])
    assert ET.fromstring(shown["junit"]).tag == "testsuites"  # noqa: S314 - the report itself, without entities
    assert json.loads(shown["json"])["verdict"] == "breaking"
    assert json.loads(shown["sarif"])["runs"]


def test_output_replaces_a_symbolic_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("kept")
    link = tmp_path / "report"
    link.symlink_to(other)
    write(link, "report")
    assert (link.read_text(), other.read_text(), link.is_symlink()) == ("report", "kept", False)
