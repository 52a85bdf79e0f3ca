"""The rules for operations, their parameters, security and servers."""

from __future__ import annotations

from pipeline.drift.rules.rule import COMPARE, FIX_DATE, MIGRATE, B, N, Rule, W

TAGS = "Check the imports; the first tag of an operation names its module."

OPERATIONS: tuple[Rule, ...] = (
    Rule("endpoint-added", N, "{operation} is new", "Regenerate the client to call it."),
    Rule("api-removed-without-deprecation", B, "{operation} was removed", "Stop calling it; it fails with 404."),
    Rule(
        "api-operation-moved",
        B,
        "{old} moved to {new}",
        "Update the client with the server; the old address fails with 404 or 405.",
    ),
    Rule("api-removed-with-deprecation", N, "{operation} was removed, as its deprecation announced"),
    Rule(
        "api-removed-before-sunset",
        B,
        "{operation} was removed before its sunset date {old}",
        "Stop calling it; it fails with 404.",
    ),
    Rule("api-path-sunset-parse", B, "{operation} has an invalid sunset date: {new}", FIX_DATE),
    Rule("api-deprecated-sunset-parse", B, "{operation} is deprecated with an invalid sunset date: {new}", FIX_DATE),
    Rule("endpoint-deprecated", N, "{operation} is deprecated", MIGRATE),
    Rule(
        "endpoint-deprecated-with-sunset",
        N,
        "{operation} is deprecated and will be removed on {new}",
        "Replace it before that date.",
    ),
    Rule("endpoint-reactivated", N, "{operation} is no longer deprecated"),
    Rule(
        "sunset-deleted",
        B,
        "{operation} is still deprecated, but its sunset date {old} is missing",
        "Restore the date in the document.",
    ),
    Rule(
        "api-sunset-date-changed-too-small",
        B,
        "{operation} will be removed earlier: on {new} instead of {old}",
        "Replace it before that date.",
    ),
    Rule(
        "api-stability-decreased", B, "{operation} is less stable: {old} became {new}", "Expect changes without notice."
    ),
    Rule(
        "api-invalid-stability-level",
        B,
        "{operation} has an unknown stability level: {new}",
        "Use draft, alpha, beta or stable.",
    ),
    Rule(
        "api-operation-id-removed",
        N,
        "the operationId of {operation} is {new} instead of {old}",
        "Change the calls; Python functions are named after it.",
        plural="{count} operations have another operationId",
    ),
    Rule("api-operation-id-added", N, "{operation} has the operationId {new} and had none before", "Change the calls."),
    Rule("api-tag-added", N, "new tag {name}", TAGS),
    Rule("api-tag-changed", N, "the tag {old} became {new}", TAGS),
    Rule("api-tag-removed", N, "the tag {name} was removed", TAGS),
    Rule("api-callbacks-changed", W, "the callbacks of {operation} changed", COMPARE),
    Rule(
        "new-optional-request-parameter",
        N,
        "new optional {where} parameter {name}",
        "Regenerate the client to send it.",
    ),
    Rule("new-required-request-parameter", B, "new required {where} parameter {name}", "Pass it in every call."),
    Rule("new-request-path-parameter", B, "new path parameter {name}", "Pass it in every call."),
    Rule("request-parameter-removed", W, "{where} parameter {name} was removed", "Stop sending it; servers ignore it."),
    Rule(
        "request-parameter-removed-with-deprecation",
        N,
        "{where} parameter {name} was removed, as its deprecation announced",
    ),
    Rule(
        "request-parameter-removed-before-sunset",
        B,
        "{where} parameter {name} was removed before its sunset date {old}",
        "Stop sending it.",
    ),
    Rule(
        "request-parameter-moved",
        B,
        "parameter {name} moved from {old} to {new}",
        "Send it in the new place; the regenerated client does.",
    ),
    Rule(
        "request-parameter-encoding-changed",
        B,
        "{where} parameter {name} is encoded differently",
        "Send it in the new form; the regenerated client does where it can.",
    ),
    Rule("api-global-security-added", N, "all operations may now be called with {new}"),
    Rule("api-global-security-removed", N, "operations can no longer be called with {old} by default"),
    Rule("api-security-added", N, "{operation} may now be called with {new}"),
    Rule("api-security-removed", N, "{operation} can no longer be called with {old}"),
    Rule("api-security-became-required", B, "{operation} now requires {new}", "Send credentials."),
    Rule("api-security-replaced", B, "{operation} requires {new} instead of {old}", "Send the new credentials."),
    Rule("api-security-scope-added", N, "{operation} requires the scope {new}", "Request it with the token."),
    Rule("api-security-scope-removed", N, "{operation} no longer requires the scope {old}"),
    Rule("api-security-component-added", N, "new security scheme {new}"),
    Rule("api-security-component-removed", N, "security scheme {old} was removed"),
    Rule("api-security-component-changed", N, "security scheme {name} has different details"),
    Rule(
        "api-security-component-type-changed",
        B,
        "security scheme {name} is {new} instead of {old}",
        "Send credentials the new way.",
    ),
    Rule("server-added", N, "new server address {new}"),
    Rule("server-removed", W, "server address {old} was removed; there is {new}", "Check your base URL."),
    Rule("server-default-changed", W, "the default server address is {new} instead of {old}", "Check your base URL."),
)
