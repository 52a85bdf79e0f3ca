"""The rules for bodies: statuses, media types, headers, and added or removed fields."""

from __future__ import annotations

from pipeline.drift.rules.rule import COMPARE, READ, REGENERATE, WRITE, B, N, Rule, W

BODIES: tuple[Rule, ...] = (
    Rule("request-body-added-optional", N, "{operation} now accepts an optional body", REGENERATE),
    Rule("request-body-added-required", B, "{operation} now requires a body", "Send one."),
    Rule("request-body-removed", B, "{operation} no longer accepts a body", "Stop sending one."),
    Rule(
        "request-body-media-type-added",
        N,
        "the body of {operation} may be {new}",
        "Send the new media type where it fits.",
    ),
    Rule(
        "request-body-media-type-removed",
        B,
        "the body of {operation} may no longer be {old}",
        "Send another media type.",
    ),
    Rule(
        "request-body-media-type-replaced",
        B,
        "the body of {operation} must be {new} instead of {old}",
        "Send the new media type.",
    ),
    Rule("request-body-media-type-schema-added", B, "the {name} body of {operation} now has a schema", WRITE),
    Rule("request-body-media-type-schema-removed", N, "the {name} body of {operation} no longer has a schema"),
    Rule("request-body-media-type-name-changed", N, "the body of {operation}: {old} is now written {new}"),
    Rule(
        "request-body-encoding-changed",
        W,
        "the parts of the {name} body of {operation} have a different encoding",
        COMPARE,
    ),
    Rule(
        "response-body-encoding-changed",
        W,
        "the parts of the {name} response of {operation} have a different encoding",
        READ,
    ),
    Rule("response-stream-schema-changed", N, "the stream of {operation} is described by a different schema"),
    Rule("response-body-media-type-schema-added", N, "the {name} response of {operation} now has a schema"),
    Rule(
        "response-body-media-type-schema-removed",
        W,
        "the {name} response of {operation} no longer has a schema",
        READ,
    ),
    Rule(
        "response-media-type-added",
        N,
        "response {status} may be {new}",
        "Send an Accept header where the media type matters.",
    ),
    Rule("response-media-type-removed", B, "response {status} is no longer {old}", "Read another media type."),
    Rule("response-media-type-replaced", B, "response {status} is {new} instead of {old}", "Read the new media type."),
    Rule("response-media-type-name-changed", N, "response {status}: {old} is now written {new}"),
    Rule(
        "response-media-type-name-generalized", B, "response {status}: {old} became {new}", "Read the new media type."
    ),
    Rule("response-media-type-name-specialized", N, "response {status}: {old} became {new}"),
    Rule("response-success-status-added", N, "new success status {status}", "Handle it as a success."),
    Rule(
        "response-success-status-removed",
        B,
        "success status {status} was removed",
        "Accept the statuses that are left.",
    ),
    Rule("response-success-status-changed", B, "success status {old} became {new}", "Accept the new status."),
    Rule(
        "response-non-success-status-changed",
        N,
        "error status {old} became {new}",
        "Check code that handles the old status.",
    ),
    Rule("response-non-success-status-added", N, "new error status {status}", "Check that error handling covers it."),
    Rule(
        "response-non-success-status-removed",
        N,
        "error status {status} was removed",
        "Code that handles it can be removed.",
    ),
    Rule(
        "response-header-encoding-changed",
        W,
        "the header {name} of response {status} is encoded differently",
        READ,
    ),
    Rule("response-header-added", N, "response {status} has the new header {name}", REGENERATE),
    Rule(
        "optional-response-header-removed",
        W,
        "the optional header {name} of response {status} was removed",
        "Stop reading it.",
    ),
    Rule(
        "required-response-header-removed", B, "the header {name} of response {status} was removed", "Stop reading it."
    ),
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
        "Pass it in every call.",
        "property-added",
    ),
    Rule(
        "request-property-removed",
        W,
        "request field {name} was removed{more}",
        "Stop sending it; servers ignore or reject it.",
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
        "response-optional-property-removed",
        W,
        "response field {name} was removed{more}",
        "Stop reading it.",
        "property-removed",
    ),
    Rule(
        "response-required-property-removed",
        B,
        "response field {name} was removed{more}",
        "Stop reading it.",
        "property-removed",
    ),
    Rule(
        "response-write-only-property-removed",
        N,
        "write-only response field {name} was removed{more}",
        aspect="property-removed",
    ),
    Rule(
        "response-required-property-became-not-write-only",
        W,
        "{name} is no longer write-only, and responses must have it",
        READ,
        "became-not-write-only",
    ),
)
