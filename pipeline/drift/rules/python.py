"""The rules for the generated package: imports, calls, classes, fields, literals and parsing."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, N, Rule, W

CORRECT = "Fix the document or add a correction."
EXHAUSTIVE = "Handle it in exhaustive matches."
EVERY_CALL = "Pass it in every call."
CONSTRUCTOR = "Pass it to the constructor."
DEFAULT_MATTERS = "Check calls without it; pass the old default where it matters."
BY_NAME = "Pass them by name."
NEW_TYPE = "Read or pass the new type."
HANDLE_TYPE = "Handle the new type."

PYTHON: tuple[Rule, ...] = (
    Rule(
        "python-function-moved",
        B,
        "{old} is now {new}",
        "Change the import.",
        plural="{count} functions have another name or module",
    ),
    Rule("python-function-removed", B, "{old} was removed", "Remove the call; there is no successor."),
    Rule("python-function-added", N, "{new} is new", plural="{count} functions are new"),
    Rule("python-operation-dropped", B, "the generator drops {operation}", CORRECT),
    Rule("python-response-dropped", B, "the generator drops response {status} of {operation}", CORRECT),
    Rule("python-new-operation-dropped", W, "the generator drops the new {operation}", CORRECT),
    Rule("python-new-response-dropped", W, "the generator drops response {status} of the new {operation}", CORRECT),
    Rule("python-generation-failed", B, "the client cannot be generated: {new}", CORRECT),
    Rule(
        "python-base-failed",
        W,
        "the packages cannot be compared, as none can be generated from the old document: {new}",
        "Fix the old document or compare with --layer wire.",
    ),
    Rule("python-argument-added-required", B, "new required argument {name} of {place}", EVERY_CALL),
    Rule("python-argument-added", N, "new argument {name} of {place}", "Pass it where it helps."),
    Rule("python-argument-removed", B, "the argument {name} of {place} was removed", "Stop passing it."),
    Rule(
        "python-argument-renamed",
        B,
        "the argument {old} of {place} is now called {new}",
        "Pass it by position, which works with both, or under the new name.",
    ),
    Rule("python-argument-became-required", B, "the argument {name} of {place} is now required", EVERY_CALL),
    Rule("python-argument-became-optional", N, "the argument {name} of {place} is no longer required"),
    Rule(
        "python-argument-default-changed",
        W,
        "the argument {name} of {place} has the default {new} instead of {old}",
        DEFAULT_MATTERS,
    ),
    Rule(
        "python-argument-type-narrowed",
        B,
        "the argument {name} of {place} accepts {new} instead of {old}",
        "Pass the new type.",
    ),
    Rule("python-argument-type-widened", N, "the argument {name} of {place} accepts {new} instead of {old}"),
    Rule("python-argument-moved", B, "the positional arguments of {place} have another order", BY_NAME),
    Rule("python-return-known", N, "the result of {place} is now {new}; before, it was nothing", "Read it."),
    Rule("python-return-widened", B, "the result of {place} may now be {new} (before: {old})", HANDLE_TYPE),
    Rule(
        "python-return-narrowed",
        W,
        "the result of {place} is {new} instead of {old}",
        "Remove code for the other types.",
    ),
    Rule("python-return-changed", B, "the result of {place} is {new} instead of {old}", "Read the new type."),
    Rule(
        "python-status-result-changed",
        B,
        "the result of {place} for status {status} is {new} instead of {old}",
        "Handle the new type for this status.",
    ),
    Rule(
        "python-fallback-changed",
        B,
        "the result of {place} for error statuses that the document does not declare is {new} instead of {old}",
        "Declare the errors of the operation with one schema, by a correction, or handle the new type.",
    ),
    Rule(
        "python-result-moved",
        B,
        "the result {result} of {place} has status {new} instead of {old}",
        "Update the server first; the regenerated client does not read the old status.",
    ),
    Rule(
        "python-error-status-moved",
        W,
        "status {old} raises UnexpectedStatus in {place}, and status {new} no longer does",
        "Only clients with raise_on_unexpected_status are affected: catch it, and check the returned error.",
    ),
    Rule(
        "python-status-declared",
        W,
        "status {status} no longer raises UnexpectedStatus in {place}",
        "Only clients with raise_on_unexpected_status are affected: check the returned error.",
    ),
    Rule(
        "python-status-undeclared",
        W,
        "status {status} raises UnexpectedStatus in {place}",
        "Only clients with raise_on_unexpected_status are affected: catch it.",
    ),
    Rule(
        "python-class-renamed",
        B,
        "the class {old} is now called {new}",
        "Change the import.",
        plural="{count} classes have another name",
    ),
    Rule(
        "python-class-replaced",
        B,
        "{new} takes the place of the class {old}",
        "Use the new type; operations no longer accept or return the old one.",
        plural="{count} classes were replaced",
    ),
    Rule(
        "python-class-removed",
        B,
        "the class {old} was removed",
        "Remove the import.",
        plural="{count} classes were removed",
    ),
    Rule("python-class-added", N, "the class {new} is new", plural="{count} classes are new"),
    Rule("python-field-removed", B, "the field {name} of {place} was removed{more}", "Stop reading or passing it."),
    Rule(
        "python-field-renamed",
        B,
        "the field {old} of {place} is now called {new}",
        "Read and pass it under the new name.",
    ),
    Rule("python-field-added", N, "new field {name} of {place}"),
    Rule("python-field-added-required", B, "new required field {name} of {place}", CONSTRUCTOR),
    Rule("python-field-became-required", B, "the field {name} of {place} is now required{more}", CONSTRUCTOR),
    Rule(
        "python-field-became-optional",
        B,
        "the field {name} of {place} may now be missing{types}{more}",
        "Handle None.",
    ),
    Rule("python-field-type-changed", B, "the field {name} of {place} is {new} instead of {old}", NEW_TYPE),
    Rule("python-field-type-widened", B, "the field {name} of {place} may now be {new} (before: {old})", HANDLE_TYPE),
    Rule(
        "python-field-type-narrowed",
        W,
        "the field {name} of {place} is {new} instead of {old}",
        "Stop constructing it with the other types; reading needs no change.",
    ),
    Rule("python-field-input-widened", N, "the field {name} of {place} accepts {new} instead of {old}"),
    Rule(
        "python-field-json-name-changed",
        B,
        "the field {name} of {place} has the JSON key {new} instead of {old}",
        "Update the server first; older ones do not know the new key.",
    ),
    Rule(
        "python-field-default-changed",
        W,
        "the field {name} of {place} has the default {new} instead of {old}",
        DEFAULT_MATTERS,
    ),
    Rule(
        "python-field-always-there",
        W,
        "the field {name} of {place} is now always present{types}{more}",
        "Pass it where your code creates the object.",
    ),
    Rule("python-field-may-be-left-out", N, "the field {name} of {place} may now be omitted"),
    Rule("python-literal-input-added", N, "new value {new} of {place}, which only requests have"),
    Rule("python-union-widened", W, "{place} may also be {new}", EXHAUSTIVE),
    Rule("python-union-narrowed", B, "{place} may no longer be {old}", "Stop passing it or waiting for it."),
    Rule("python-field-moved", W, "the positional arguments of {place} have another order{more}", BY_NAME),
    Rule("python-literal-value-removed", B, "the value {old} of {place} was removed", "Stop passing or comparing it."),
    Rule("python-literal-value-added", W, "new value {new} of {place}", EXHAUSTIVE),
    Rule("python-union-changed", B, "{place} may be {new} instead of {old}", "Replace code for the old alternatives."),
    Rule(
        "python-behaviour-changed",
        W,
        "the request of {place} is different: {new} instead of {old}",
        "Check that your server accepts it.",
    ),
    Rule("python-other-changed", W, "{place} changed: {new} instead of {old}", "Compare both packages."),
    Rule(
        "python-new-parse-fails",
        B,
        "the regenerated client fails on a valid response of the new document: {new}",
        CORRECT,
    ),
    Rule(
        "python-parse-fails",
        B,
        "the published client fails on a valid response: {new}",
        "Release a regenerated client before servers send this.",
    ),
    Rule(
        "python-parse-fails-old-server",
        W,
        "the regenerated client fails on a response of the old document: {new}",
        "Update the server first.",
    ),
)
