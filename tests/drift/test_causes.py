"""Findings by cause: one change of the document is one finding, however many places it reaches."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

import pytest

from pipeline.document import Document, load
from pipeline.drift.compare import Task, compare
from pipeline.drift.rules.verdict import Report
from pipeline.sources import Source
from tests.conftest import ROOT

VENDORED = load(ROOT / "openapi_chatflow.json")


def report(change: Callable[[Document], None], layer: str = "all") -> Report:
    """Return the report of a change of the vendored document."""
    changed = copy.deepcopy(VENDORED)
    change(changed)
    base, revision = (Source(name, json.dumps(one)) for name, one in (("base", VENDORED), ("revision", changed)))
    return compare(Task(base, revision, ROOT, layer=layer))


def texts(report: Report, layer: str) -> list[str]:
    return [one.text for one in report.findings if one.layer == layer]


def schemas(document: Document) -> Document:
    found: Document = document["components"]["schemas"]
    return found


def drop_event(document: Document) -> None:
    stream = schemas(document)["ChunkChatEvent"]
    stream["properties"]["event"]["enum"].remove("tts_message_end")
    del stream["discriminator"]["mapping"]["tts_message_end"]
    del schemas(document)["StreamEventChatTtsMessageEnd"]


def add_event(document: Document) -> None:
    stream = schemas(document)["ChunkChatEvent"]
    stream["properties"]["event"]["enum"].append("trace")
    stream["discriminator"]["mapping"]["trace"] = "#/components/schemas/StreamEventTrace"
    schemas(document)["StreamEventTrace"] = copy.deepcopy(schemas(document)["StreamEventChatTtsMessageEnd"])


def null_in_base(document: Document) -> None:
    schemas(document)["StreamEventBase"]["properties"]["task_id"]["nullable"] = True


def require_user(document: Document) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "user":
                    parameter["required"] = True


def retype_dates(document: Document) -> None:
    """Change the type of the field `created_at` in the data of every event."""
    for schema in schemas(document).values():
        for part in schema.get("allOf", []):
            data = part.get("properties", {}).get("data", {})
            if "created_at" in data.get("properties", {}):
                data["properties"]["created_at"]["type"] = "string"


@pytest.mark.parametrize(
    ("change", "wire", "python"),
    [
        (
            drop_event,
            ["the stream no longer has the event `tts_message_end`"],
            ["the class `TTSMessageEndEvent` was removed"],
        ),
        (add_event, ["the stream has the new event `trace`"], ["`StreamEvent` may also be `StreamEventTrace`"]),
        (
            null_in_base,
            ["event field `StreamEventBase.task_id` may now be null"],
            ["the field `task_id` of 24 classes may now be `str | None` (before: `str`)"],
        ),
        (require_user, ["parameter `user` became required"], ["the argument `user` of 4 functions is now required"]),
    ],
)
def test_one_cause_is_one_finding(change: Callable[[Document], None], wire: list[str], python: list[str]) -> None:
    found = report(change)
    assert texts(found, "wire") == wire
    assert [text for text in texts(found, "python") if not text.startswith("a correction")] == python


def test_same_change_in_schemas_is_one_finding() -> None:
    (finding,) = report(retype_dates, layer="wire").findings
    assert (
        finding.text == "event field `created_at` (12 schemas) changed its type from integer (int64) to string (int64)"
    )
    assert len(finding.places) == len(finding.python) == 12


def test_event_without_schema_is_one_finding() -> None:
    def unmap(document: Document) -> None:
        del schemas(document)["ChunkChatEvent"]["discriminator"]["mapping"]["tts_message_end"]

    (finding,) = report(unmap, layer="wire").findings
    assert (
        finding.text
        == "the event `tts_message_end` is now a `ChunkChatEvent` instead of a `StreamEventChatTtsMessageEnd`"
    )


def test_changes_of_different_kinds_stay_apart() -> None:
    def change(document: Document) -> None:
        messages = schemas(document)["ConversationMessageItem"]["properties"]
        messages["created_at"] = {**messages["created_at"], "nullable": True}
        schemas(document)["AnnotationItem"]["properties"]["created_at"]["type"] = "string"

    found = report(change, layer="wire")
    assert sorted(one.text for one in found.findings if one.level == "breaking") == [
        "response field `AnnotationItem.created_at` changed its type from integer (int64) to string (int64)",
        "response field `ConversationMessageItem.created_at` may now be null",
    ]
