"""The rules for a document itself, and for corrections, waivers, generated code and recordings."""

from __future__ import annotations

from pipeline.drift.rules.rule import COMPARE, B, D, N, Rule, W

DOCUMENT: tuple[Rule, ...] = (
    Rule(
        "reference-dangling",
        B,
        "the reference {new} has no target",
        "Fix the document; the generator drops whatever refers to it.",
    ),
    Rule(
        "api-schema-removed",
        N,
        "the unused schema {old} was removed",
        "Stop importing its class; the next generation removes it.",
        plural="{count} unused schemas were removed",
    ),
    Rule("api-webhooks-changed", W, "the webhooks changed", COMPARE),
    Rule("api-schema-added", D, "new unused schema {new}", plural="{count} unused schemas are new"),
    Rule("api-schema-changed", D, "the unused schema {new} changed", plural="{count} unused schemas changed"),
    Rule(
        "document-operation-renamed",
        N,
        "the operation {old} is called {new} in the new document",
        "Nothing to do; the Python name stays.",
        plural="{count} operations have other names in the new document; the Python names stay",
    ),
    Rule(
        "document-operation-unlisted",
        W,
        "`{name}` is not listed for chatflow apps in the new document",
        "Check on your server; it may be rejected.",
    ),
    Rule(
        "document-schema-renamed",
        N,
        "the schema {old} is called {new} in the new document",
        "Nothing to do; the Python name stays.",
        plural="{count} schemas have other names in the new document; the Python names stay",
    ),
    Rule("documentation-changed", D, "the prose changed: {new}", plural="the prose changed in {count} places"),
    Rule(
        "correction-unmatched",
        W,
        "a correction no longer applies: {new}",
        "Remove the action, or change its target to where the schema is now.",
    ),
    Rule(
        "correction-contradicted",
        B,
        "a correction excludes what the new document describes: {new}",
        "Change the action so that it also accepts that, or remove it.",
    ),
    Rule(
        "correction-place-lost",
        W,
        "a correction lost one of its places: {new}",
        "Take the name out of the action, or change it to the new one.",
    ),
    Rule("correction-needless", W, "a correction is no longer needed: {new}", "Remove the action."),
    Rule(
        "waiver-expired",
        W,
        "the waiver of {name} by {new} expired on {old}",
        "Renew it with a reason, or act on the change.",
    ),
    Rule("waiver-unused", W, "the waiver of {name} by {new} matches nothing", "Remove it."),
    Rule(
        "generated-stale",
        W,
        "{count} files of the committed package differ from what the document and the corrections generate: {new}",
        "Run make generate.",
    ),
    Rule("recording-invalid", W, "a response does not match the document: {new}", "Correct the document."),
    Rule(
        "recording-unknown",
        N,
        "a response has {new}, which is not in the document",
        "Add a correction to give it a type; until then it is in additional_properties.",
    ),
)
