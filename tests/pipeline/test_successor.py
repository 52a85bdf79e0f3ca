"""Corrections cover what the published successor adds; the exceptions are listed with the reason."""

from __future__ import annotations

from pathlib import Path

from pipeline import corrections, document
from pipeline.drift.python.edition import Edition
from pipeline.drift.python.layer import as_text
from pipeline.drift.wire.compare import findings
from pipeline.drift.wire.selection import select
from pipeline.generate import load_corrected
from pipeline.layout import Project
from tests.conftest import ROOT
from tests.pipeline.test_vendored import facts

PROJECT = Project(ROOT)
EXCEPTIONS = {
    "event field `StreamEventChatMessageFile.belongs_to` may now be any value, no longer only `assistant`": (
        "other values are read as text already; without the enum users' imports would break"
    ),
    "parameter `limit` now has minimum `1`": "the server decides what it accepts, not the client",
    "parameter `page` now has minimum `1`": "the server decides what it accepts, not the client",
    "request field `ConversationRenameRequest.user` became optional": (
        "older servers ask for it, and the client has an end user for every call"
    ),
}


def test_corrections_cover_the_successor(shared: Path) -> None:
    vendored = document.load(PROJECT.spec)
    chosen = select(vendored, document.load(shared / "upstream" / "openapi_service.2026-07-22.json")).document
    listed = corrections.load(PROJECT.corrections)
    old, new = (Edition(PROJECT, one, listed) for one in (vendored, chosen))
    assert new.unmatched == []
    changes = findings(as_text(old.corrected), as_text(new.corrected))
    found = {finding.text for finding in changes if finding.level != "docs-only"}
    # Once the successor is vendored, nothing of it is left to cover.
    assert found == (EXCEPTIONS.keys() if facts(vendored) != facts(chosen) else set())


def test_new_error_codes_are_covered() -> None:
    corrected_spec = load_corrected(PROJECT, PROJECT.spec)
    chat = corrected_spec["paths"]["/chat-messages"]["post"]["responses"]["400"]["content"]["application/json"][
        "examples"
    ]
    speech = corrected_spec["paths"]["/audio-to-text"]["post"]["responses"]["400"]["content"]["application/json"][
        "examples"
    ]
    assert "conversation_completed" in chat
    assert "speech_to_text_disabled" in speech
    assert (
        "workflow_version_execution_not_allowed"
        in corrected_spec["components"]["responses"]["Forbidden"]["description"]
    )
