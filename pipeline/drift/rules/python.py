"""The rules for the generated package: imports, calls, classes, fields, literals and parsing."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, N, Rule, W

CORRECT = "Fix the document or add a correction."
EXHAUSTIVE = "Handle it in exhaustive matches."
EVERY_CALL = "Pass it in every call."
CONSTRUCTOR = "Pass it to the constructor."
DEFAULT_MATTERS = "Pass a value where the default matters."
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
    Rule("python-function-added", N, "{new} is new"),
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
    Rule("python-argument-added-required", B, "{place} has the new required argument {name}", EVERY_CALL),
    Rule("python-argument-added", N, "{place} has the new argument {name}"),
    Rule("python-argument-removed", B, "{place} no longer has the argument {name}", "Stop passing it."),
    Rule(
        "python-argument-renamed",
        B,
        "{place}: the argument {old} is now called {new}",
        "Pass it by position, which works with both, or under the new name.",
    ),
    Rule("python-argument-became-required", B, "{place} now requires the argument {name}", EVERY_CALL),
    Rule("python-argument-became-optional", N, "{place} no longer requires the argument {name}"),
    Rule(
        "python-argument-default-changed",
        W,
        "{place} has the default {new} instead of {old} for {name}",
        DEFAULT_MATTERS,
    ),
    Rule("python-argument-type-narrowed", B, "{place} accepts {new} instead of {old} for {name}", "Pass the new type."),
    Rule("python-argument-type-widened", N, "{place} accepts {new} instead of {old} for {name}"),
    Rule("python-argument-moved", B, "the positional arguments of {place} have another order", BY_NAME),
    Rule("python-return-known", N, "{place} now returns {new}; before it returned nothing", "Read it."),
    Rule("python-return-widened", B, "{place} may now return {new} (before: {old})", HANDLE_TYPE),
    Rule(
        "python-return-narrowed",
        W,
        "{place} returns {new} instead of {old}",
        "Remove code for the other types.",
    ),
    Rule("python-return-changed", B, "{place} returns {new} instead of {old}", "Read the new type."),
    Rule(
        "python-status-result-changed",
        B,
        "{place} returns {new} instead of {old} for status {status}",
        "Handle the new type for this status.",
    ),
    Rule(
        "python-fallback-changed",
        B,
        "{place} returns {new} instead of {old} for error statuses that the document does not declare",
        "Declare the errors of the operation with one schema, by a correction, or handle the new type.",
    ),
    Rule(
        "python-status-declared",
        W,
        "{place} no longer raises UnexpectedStatus for status {status}",
        "Only clients with raise_on_unexpected_status are affected: check the returned error.",
    ),
    Rule(
        "python-status-undeclared",
        W,
        "{place} raises UnexpectedStatus for status {status}",
        "Only clients with raise_on_unexpected_status are affected: catch it.",
    ),
    Rule(
        "python-class-renamed",
        B,
        "the class {old} is now called {new}",
        "Change the import.",
        plural="{count} classes have another name",
    ),
    Rule("python-class-removed", B, "the class {old} was removed", "Remove the import."),
    Rule("python-class-added", N, "the class {new} is new"),
    Rule("python-field-removed", B, "{place} no longer has the field {name}", "Stop reading or passing it."),
    Rule("python-field-added", N, "{place} has the new field {name}"),
    Rule("python-field-added-required", B, "{place} has the new required field {name}", CONSTRUCTOR),
    Rule("python-field-became-required", B, "{place} now requires the field {name}", CONSTRUCTOR),
    Rule("python-field-became-optional", B, "{place}: {name} may now be missing ({old} became {new})", "Handle UNSET."),
    Rule("python-field-type-changed", B, "{place}: {name} is {new} instead of {old}", NEW_TYPE),
    Rule("python-field-type-widened", B, "{place}: {name} may now be {new} (before: {old})", HANDLE_TYPE),
    Rule(
        "python-field-type-narrowed",
        W,
        "{place}: {name} is {new} instead of {old}",
        "Stop constructing it with the other types; reading needs no change.",
    ),
    Rule("python-field-input-widened", N, "{place}: {name} accepts {new} instead of {old}"),
    Rule(
        "python-field-json-name-changed",
        B,
        "{place}: {name} has the JSON key {new} instead of {old}",
        "Update the server first; older ones do not know the new key.",
    ),
    Rule(
        "python-field-default-changed",
        W,
        "{place}: {name} has the default {new} instead of {old}",
        DEFAULT_MATTERS,
    ),
    Rule(
        "python-field-always-there",
        W,
        "{place}: {name} is now always present ({old} became {new})",
        "Pass it where your code creates the object.",
    ),
    Rule("python-field-may-be-left-out", N, "{place}: {name} may now be omitted"),
    Rule("python-literal-input-added", N, "{place} accepts the new value {new}"),
    Rule("python-union-widened", W, "{place} may also be {new}", EXHAUSTIVE),
    Rule("python-union-narrowed", B, "{place} may no longer be {old}", "Stop passing it or waiting for it."),
    Rule("python-field-moved", W, "the positional arguments of {place} have another order", BY_NAME),
    Rule("python-literal-value-removed", B, "{place} lost the value {old}", "Stop passing or comparing it."),
    Rule("python-literal-value-added", W, "{place} has the new value {new}", EXHAUSTIVE),
    Rule("python-union-changed", B, "{place} is {new} instead of {old}", "Handle the new alternatives."),
    Rule(
        "python-behaviour-changed",
        W,
        "{place} sends a different request: {new} instead of {old}",
        "Check that your server accepts it.",
    ),
    Rule("python-other-changed", W, "{place} changed: {new} instead of {old}"),
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
