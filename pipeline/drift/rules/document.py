"""The rules for a document as a whole, and for the project's corrections, waivers and recordings."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, D, N, Rule, W

DOCUMENT: tuple[Rule, ...] = (
    Rule(
        "reference-dangling",
        B,
        "the reference {new} leads nowhere",
        "The generator drops what refers to it; mend the document.",
    ),
    Rule("api-schema-removed", N, "the unused schema {old} is gone", "Its class goes with the next generation."),
    Rule("api-schema-added", D, "new schema {new}, used nowhere"),
    Rule("api-schema-changed", D, "the unused schema {name} changed"),
    Rule(
        "document-operation-renamed",
        N,
        "the operation {old} is called {new} there",
        "Our Python name stays.",
        plural="{count} operations have another name there; ours stay",
    ),
    Rule(
        "document-operation-unlisted",
        W,
        "`{name}` is not listed for chatflow apps there",
        "Servers may refuse it; ask before you rely on it.",
    ),
    Rule(
        "document-schema-renamed",
        N,
        "the schema {old} is called {new} there",
        "Our Python name stays.",
        plural="{count} schemas have another name there; ours stay",
    ),
    Rule("documentation-changed", D, "the prose changed: {new}", plural="the prose changed in {count} places"),
    Rule("correction-unmatched", W, "a correction no longer applies: {new}", "Remove it or move it to the new place."),
    Rule(
        "waiver-expired",
        W,
        "the waiver of {name} by {new} ended on {old}",
        "Renew it with a reason, or act on the change.",
    ),
    Rule("waiver-unused", W, "the waiver of {name} by {new} matches nothing", "Remove it."),
    Rule(
        "generated-stale",
        W,
        "the committed package is not what the vendored document and the corrections give; {count} files differ: {new}",
        "Run make generate.",
    ),
    Rule("recording-invalid", W, "what the server sends does not fit the document: {new}", "Correct the document."),
    Rule(
        "recording-unknown",
        N,
        "the server sends {new}, which the document does not know",
        "It is kept in additional_properties; add a correction to give it a type.",
    ),
)
