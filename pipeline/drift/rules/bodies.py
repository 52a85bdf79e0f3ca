"""The rules for bodies: statuses, content types, headers, and fields that came and went."""

from __future__ import annotations

from pipeline.drift.rules.rule import NEWER, READ, B, N, Rule, W

BODIES: tuple[Rule, ...] = (
    Rule(
        "request-body-added-optional", N, "{operation} takes an optional body now", "Regenerate the client to send it."
    ),
    Rule("request-body-added-required", B, "{operation} needs a body now", "Send one."),
    Rule("request-body-removed", B, "{operation} takes no body any more", "Stop sending one."),
    Rule("request-body-media-type-added", N, "the body of {operation} may be {new}"),
    Rule(
        "request-body-media-type-removed",
        B,
        "the body of {operation} may no longer be {old}",
        "Send another content type.",
    ),
    Rule("request-body-media-type-schema-added", B, "the {name} body of {operation} has a schema now", NEWER),
    Rule("request-body-media-type-schema-removed", N, "the {name} body of {operation} has no schema any more"),
    Rule("request-body-media-type-name-changed", N, "the body of {operation}: {old} is written {new}"),
    Rule(
        "request-body-encoding-changed",
        W,
        "the parts of the {name} body of {operation} are encoded otherwise",
        "Compare the two documents at this place.",
    ),
    Rule(
        "response-body-encoding-changed", W, "the parts of the {name} answer of {operation} are encoded otherwise", READ
    ),
    Rule("response-stream-schema-changed", N, "the stream of {operation} is described by another schema"),
    Rule("response-body-media-type-schema-added", N, "the {name} answer of {operation} has a schema now"),
    Rule("response-body-media-type-schema-removed", W, "the {name} answer of {operation} has no schema any more", READ),
    Rule("response-media-type-added", N, "answer {status} may be {new}", "Ask with an Accept header if that matters."),
    Rule("response-media-type-removed", B, "answer {status} is no longer {old}", "Read another content type."),
    Rule(
        "response-media-type-order-changed",
        W,
        "answer {status} lists its content types in another order",
        "The generator types the first one.",
    ),
    Rule("response-media-type-name-changed", N, "answer {status}: {old} is written {new}"),
    Rule(
        "response-media-type-name-generalized", B, "answer {status}: {old} became {new}", "Read the new content type."
    ),
    Rule("response-media-type-name-specialized", N, "answer {status}: {old} became {new}"),
    Rule("response-success-status-added", N, "new success answer {status}", "Expect it beside the others."),
    Rule(
        "response-success-status-removed", B, "success answer {status} is gone", "Code that waits for it waits in vain."
    ),
    Rule("response-non-success-status-added", N, "new error answer {status}", "Expect it beside the others."),
    Rule("response-non-success-status-removed", N, "error answer {status} is gone"),
    Rule("response-header-added", N, "answer {status} has the new header {name}"),
    Rule("optional-response-header-removed", W, "answer {status} lost the optional header {name}", READ),
    Rule("required-response-header-removed", B, "answer {status} lost the header {name}", READ),
    Rule("response-header-became-required", N, "{name} is always sent now"),
    Rule(
        "new-optional-request-property",
        N,
        "new optional request field {name}",
        "Regenerate the client to send it.",
        "property-added",
    ),
    Rule(
        "new-required-request-property",
        B,
        "new required request field {name}",
        "Pass it in every call.",
        "property-added",
    ),
    Rule(
        "new-required-request-property-with-default",
        B,
        "new required request field {name}, with a default",
        "Pass it.",
        "property-added",
    ),
    Rule(
        "request-property-removed",
        W,
        "request field {name} is gone",
        "Servers ignore or refuse it; stop sending it.",
        "property-removed",
    ),
    Rule(
        "response-optional-property-added",
        N,
        "new response field {name}",
        "Regenerate the client to read it.",
        "property-added",
    ),
    Rule(
        "response-required-property-added",
        N,
        "new response field {name}",
        "Regenerate the client to read it.",
        "property-added",
    ),
    Rule(
        "response-optional-property-removed", W, "response field {name} is gone", "Stop reading it.", "property-removed"
    ),
    Rule(
        "response-required-property-removed", B, "response field {name} is gone", "Stop reading it.", "property-removed"
    ),
    Rule("response-write-only-property-removed", N, "write-only response field {name} is gone", "", "property-removed"),
    Rule(
        "response-required-property-became-not-write-only",
        W,
        "{name} is no longer write-only, and answers must hold it",
        READ,
        "became-not-write-only",
    ),
)
