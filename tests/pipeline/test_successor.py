"""What the published successor adds is taken over by corrections now; what is not is listed here with the reason."""

from __future__ import annotations

from pathlib import Path

from pipeline import corrections, document
from pipeline.drift.python.layer import as_text
from pipeline.drift.python.packages import corrected
from pipeline.drift.wire.compare import findings
from pipeline.drift.wire.selection import select
from pipeline.generate import load_corrected
from pipeline.layout import Project
from tests.conftest import ROOT

PROJECT = Project(ROOT)
NOT_TAKEN = {
    "event field `StreamEventChatMessageFile.belongs_to` may now be any value, no longer only `assistant`": (
        "other values are read as text already; without the enum users' imports would break"
    ),
    "parameter `limit` now has minimum `1`": "the server decides what it accepts, not the client",
    "parameter `page` now has minimum `1`": "the server decides what it accepts, not the client",
    "request field `ConversationRenameRequest.user` became optional": (
        "older servers ask for it, and the client has an end user for every call"
    ),
}


def test_everything_the_successor_adds_is_taken_or_refused_with_a_reason(shared: Path) -> None:
    vendored = document.load(PROJECT.spec)
    chosen = select(vendored, document.load(shared / "upstream" / "openapi_service.2026-07-22.json")).document
    listed = corrections.load(PROJECT.corrections)
    (old, _), (new, unmatched) = corrected(vendored, listed), corrected(chosen, listed)
    assert unmatched == []
    found = {finding.text for finding in findings(as_text(old), as_text(new)) if finding.level != "docs-only"}
    assert found == NOT_TAKEN.keys()


def test_new_error_codes_are_taken() -> None:
    whole = load_corrected(PROJECT, PROJECT.spec)
    chat = whole["paths"]["/chat-messages"]["post"]["responses"]["400"]["content"]["application/json"]["examples"]
    speech = whole["paths"]["/audio-to-text"]["post"]["responses"]["400"]["content"]["application/json"]["examples"]
    assert "conversation_completed" in chat
    assert "speech_to_text_disabled" in speech
    assert "workflow_version_execution_not_allowed" in whole["components"]["responses"]["Forbidden"]["description"]
