"""The rules for operations, their parameters, security and servers."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, N, Rule, W

OPERATIONS: tuple[Rule, ...] = (
    Rule("endpoint-added", N, "{operation} is new", "Regenerate the client to call it."),
    Rule(
        "api-removed-without-deprecation", B, "{operation} is gone", "Calls fail with 404; there is no successor here."
    ),
    Rule("api-removed-with-deprecation", N, "{operation} is gone, as its deprecation announced"),
    Rule("api-removed-before-sunset", B, "{operation} is gone before its sunset {old}", "Calls fail with 404."),
    Rule("api-path-sunset-parse", B, "{operation} has a sunset that is no date: {new}", "Mend the date (YYYY-MM-DD)."),
    Rule(
        "api-deprecated-sunset-parse",
        B,
        "{operation} is deprecated with a sunset that is no date: {new}",
        "Mend the date.",
    ),
    Rule("endpoint-deprecated", N, "{operation} is deprecated", "Move away from it; it may be removed."),
    Rule(
        "endpoint-deprecated-with-sunset", N, "{operation} is deprecated and goes on {new}", "Move away from it before."
    ),
    Rule("endpoint-reactivated", N, "{operation} is no longer deprecated"),
    Rule(
        "sunset-deleted", B, "{operation} is still deprecated, but lost its sunset date {old}", "Give the date again."
    ),
    Rule(
        "api-sunset-date-changed-too-small", B, "{operation} goes sooner: {new} instead of {old}", "Move away sooner."
    ),
    Rule(
        "api-stability-decreased", B, "{operation} is less stable: {old} became {new}", "Expect changes without notice."
    ),
    Rule(
        "api-invalid-stability-level",
        B,
        "{operation}: {new} is no stability level",
        "Use draft, alpha, beta or stable.",
    ),
    Rule(
        "api-operation-id-removed",
        N,
        "the operationId {old} is gone; it is {new} now",
        "Python names follow it.",
        plural="{count} operations have another operationId",
    ),
    Rule(
        "api-operation-id-added", N, "an operation without operationId is called {new} now", "Python names follow it."
    ),
    Rule("api-tag-added", N, "{operation} has the new tag {new}", "The first tag names its Python module."),
    Rule("api-tag-removed", N, "{operation} lost the tag {old}", "The first tag names its Python module."),
    Rule(
        "api-callbacks-changed", W, "the callbacks of {operation} changed", "Compare the two documents at this place."
    ),
    Rule(
        "new-optional-request-parameter",
        N,
        "new optional {where} parameter {name}",
        "Regenerate the client to send it.",
    ),
    Rule("new-required-request-parameter", B, "new required {where} parameter {name}", "Pass it in every call."),
    Rule("new-request-path-parameter", B, "new path parameter {name}", "Pass it in every call."),
    Rule("request-parameter-removed", W, "{where} parameter {name} is gone", "Servers ignore it; stop sending it."),
    Rule("request-parameter-removed-with-deprecation", N, "{where} parameter {name} is gone, as announced"),
    Rule("request-parameter-removed-before-sunset", B, "{where} parameter {name} is gone before its sunset {old}"),
    Rule(
        "request-parameter-encoding-changed", B, "{where} parameter {name} is written in another style", "Regenerate."
    ),
    Rule("api-global-security-added", N, "all operations may be called with {new}"),
    Rule("api-global-security-removed", N, "no operation is called with {old} any more by default"),
    Rule("api-security-added", N, "{operation} may be called with {new}"),
    Rule("api-security-removed", N, "{operation} is no longer called with {old}"),
    Rule("api-security-became-required", B, "{operation} cannot be called without {new} any more", "Send credentials."),
    Rule("api-security-replaced", B, "{operation} wants {new} instead of {old}", "Send the new credentials."),
    Rule("api-security-scope-added", N, "{operation} needs the scope {new}", "Ask for it when you get a token."),
    Rule("api-security-scope-removed", N, "{operation} no longer needs the scope {old}"),
    Rule("api-security-component-added", N, "new security scheme {new}"),
    Rule("api-security-component-removed", N, "security scheme {old} is gone"),
    Rule("api-security-component-changed", N, "security scheme {name} has other details"),
    Rule(
        "api-security-component-type-changed",
        B,
        "security scheme {name} is {new} instead of {old}",
        "Send credentials the new way.",
    ),
    Rule("server-added", N, "new server address {new}"),
    Rule("server-removed", W, "server address {old} is gone; there is {new}", "Check the base URL your programs use."),
    Rule("server-default-changed", W, "the default server address is {new} instead of {old}", "Check your base URL."),
)
