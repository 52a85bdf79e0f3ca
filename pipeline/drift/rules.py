"""The one table of rules: a stable id, a level, a plain sentence and a hint for every kind of change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Level = Literal["no-change", "docs-only", "non-breaking", "warning", "breaking"]
LEVELS: tuple[Level, ...] = ("no-change", "docs-only", "non-breaking", "warning", "breaking")
D: Level = "docs-only"
N: Level = "non-breaking"
W: Level = "warning"
B: Level = "breaking"


@dataclass(frozen=True)
class Rule:
    """One kind of change. Rules with the same aspect share a root cause when their words are the same.

    `plural` is the sentence for many changes of the kind, which are one table then.
    """

    id: str
    level: Level
    sentence: str
    hint: str = ""
    aspect: str = ""
    plural: str = ""


# The slots a schema can stand in: where ids begin, whether the client writes (request) or reads it, and its name.
SLOTS = {
    "request-parameter": (True, "parameter"),
    "request-parameter-property": (True, "part of a parameter"),
    "request-body": (True, "request body"),
    "request-property": (True, "request field"),
    "response-body": (False, "response body"),
    "response-property": (False, "response field"),
    "response-header": (False, "response header"),
    "event-field": (False, "event field"),
}

NEWER = "Servers that follow the new document answer 400; send what it asks for."
READ = "Code that reads this value has to expect it."

# For each aspect: level in requests, level in responses, sentence, hint.
ASPECTS: dict[str, tuple[Level, Level, str, str]] = {
    "became-required": (B, N, "{name} became required", "Pass it in every call."),
    "became-required-with-default": (B, N, "{name} became required, with the default {new}", "Pass it in every call."),
    "became-optional": (N, B, "{name} became optional", "Expect that it is missing."),
    "became-nullable": (N, B, "{name} may now be null", "Expect None."),
    "became-not-nullable": (B, N, "{name} may no longer be null", "Do not send None."),
    "type-changed": (B, B, "{name} changed its type from {old} to {new}", "Send or read the new type."),
    "type-generalized": (N, B, "{name} takes more types: {old} became {new}", READ),
    "type-specialized": (B, N, "{name} takes fewer types: {old} became {new}", NEWER),
    "type-compatible": (N, N, "{name} changed its type from {old} to {new}, which reads the same on the wire", ""),
    "list-of-types-widened": (N, B, "{name} takes more types: {old} became {new}", READ),
    "list-of-types-narrowed": (B, N, "{name} takes fewer types: {old} became {new}", NEWER),
    "became-enum": (B, N, "{name} takes only the values {new} now", NEWER),
    "enum-value-added": (
        N,
        W,
        "{name} has the new value {new}",
        "Code that tells values apart meets one it does not know.",
    ),
    "enum-value-removed": (B, N, "{name} lost the value {old}", "Do not send it any more."),
    "enum-removed": (N, W, "{name} takes any value now, no longer only {old}", READ),
    "x-extensible-enum-value-removed": (B, N, "{name} lost the value {old} of its extensible list", NEWER),
    "pattern-added": (B, N, "{name} must match the pattern {new} now", NEWER),
    "pattern-changed": (W, N, "{name} must match {new} instead of {old}", "Check the values you send."),
    "pattern-generalized": (N, N, "{name} takes any text; before it had to match {old}", ""),
    "pattern-removed": (N, N, "{name} no longer has to match {old}", ""),
    "default-value-added": (N, N, "{name} has the default {new} now", "Pass a value where the default matters."),
    "default-value-changed": (N, N, "{name} has the default {new} instead of {old}", "Pass a value where it matters."),
    "default-value-removed": (N, N, "{name} lost its default {old}", "Pass a value where the default matters."),
    "one-of-added": (N, B, "{name} has the new alternative {new}", READ),
    "one-of-removed": (B, N, "{name} lost the alternative {old}", NEWER),
    "any-of-added": (N, B, "{name} has the new alternative {new}", READ),
    "any-of-removed": (B, N, "{name} lost the alternative {old}", NEWER),
    "all-of-added": (B, N, "{name} must satisfy {new} as well", NEWER),
    "all-of-removed": (W, N, "{name} need not satisfy {old} any more", ""),
    "all-of-added-annotation-only": (N, N, "{name} has a further allOf member without constraints", ""),
    "wrapped-in-one-of": (B, B, "{name} is a choice of {new} now", READ),
    "not-changed": (W, W, "{name} excludes other values than before", "Compare the two documents at this place."),
    "constraint-changed": (W, W, "{name} has another {new}", "Compare the two documents at this place."),
    "discriminator-added": (N, N, "{name} is told apart by {new} now", ""),
    "discriminator-removed": (N, N, "{name} is no longer told apart by {old}", ""),
    "discriminator-property-name-changed": (W, W, "{name} is told apart by {new} instead of {old}", READ),
    "discriminator-mapping-added": (N, N, "{name}: the discriminator knows {new} now", ""),
    "discriminator-mapping-changed": (W, W, "{name}: the discriminator leads from {old} to {new} now", READ),
    "discriminator-mapping-deleted": (N, N, "{name}: the discriminator no longer knows {old}", ""),
    "items-schema-added": (B, N, "{name} takes only some kinds of items now", NEWER),
    "items-schema-removed": (N, W, "{name} takes any items now", READ),
    "additional-properties-closed": (B, N, "{name} takes no fields beyond the documented ones any more", NEWER),
    "additional-properties-opened": (N, N, "{name} may hold any fields beyond the documented ones", ""),
    "additional-properties-narrowed": (
        B,
        N,
        "{name} takes only some kinds of values in undocumented fields now",
        NEWER,
    ),
    "unique-items-set": (B, N, "{name} must not repeat items any more", NEWER),
    "unique-items-unset": (N, W, "{name} may repeat items now", READ),
    "multiple-of-changed": (B, W, "{name} must be a multiple of {new} instead of {old}", NEWER),
    "deprecated": (N, N, "{name} is deprecated", "Move away from it; it may be removed."),
    "deprecated-with-sunset": (N, N, "{name} is deprecated and goes on {new}", "Move away from it before that date."),
    "deprecated-sunset-invalid": (B, B, "{name} is deprecated with a sunset that is no date: {new}", "Mend the date."),
    "sunset-parse": (B, B, "{name} has a sunset that is no date: {new}", "Mend the date (YYYY-MM-DD)."),
    "sunset-deleted": (B, B, "{name} is still deprecated, but lost its sunset date {old}", "Give the date again."),
    "sunset-date-changed-too-small": (B, B, "{name} goes sooner: {new} instead of {old}", "Move away from it sooner."),
    "reactivated": (N, N, "{name} is no longer deprecated", ""),
    "stability-decreased": (B, B, "{name} is less stable: {old} became {new}", "Expect changes without notice."),
    "became-read-only": (N, N, "{name} is read-only now", "The server ignores it in requests."),
    "became-not-read-only": (N, N, "{name} is no longer read-only", ""),
    "became-write-only": (N, N, "{name} is write-only now", "Do not expect it in answers."),
    "became-not-write-only": (N, N, "{name} is no longer write-only", ""),
}

# keyword: (aspect, words); the upper and lower bounds have the same six rules each.
UPPER = {
    "maximum": "max",
    "exclusiveMaximum": "exclusive-max",
    "maxLength": "max-length",
    "maxItems": "max-items",
    "maxProperties": "max-properties",
}
LOWER = {
    "minimum": "min",
    "exclusiveMinimum": "exclusive-min",
    "minLength": "min-length",
    "minItems": "min-items",
    "minProperties": "min-properties",
}


def bounds() -> Iterator[tuple[str, tuple[Level, Level, str, str]]]:
    """The rules for bounds: tighter breaks requests, looser breaks readers."""
    for names, tighter, looser in ((UPPER, "decreased", "increased"), (LOWER, "increased", "decreased")):
        for keyword, name in names.items():
            yield f"{name}-{tighter}", (B, N, f"{{name}}: {keyword} is {{new}} instead of {{old}}", NEWER)
            yield f"{name}-{looser}", (N, B, f"{{name}}: {keyword} is {{new}} instead of {{old}}", READ)
            yield f"{name}-set", (W, N, f"{{name}} has {keyword} {{new}} now", "Check the values you send.")
            yield f"{name}-unset", (N, B, f"{{name}} lost its {keyword} of {{old}}", READ)


# Where a slot's level is not what its direction says.
EXCEPTIONS: dict[str, Level] = {
    **dict.fromkeys([f"request-parameter-default-value-{how}" for how in ("added", "changed", "removed")], B),
    "response-property-became-not-write-only": N,
    "request-parameter-property-type-compatible": W,
}

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
    Rule("event-field-added", N, "new event field {name}", "Regenerate the client to read it.", "property-added"),
    Rule("event-field-removed", B, "event field {name} is gone", "Stop reading it.", "property-removed"),
    Rule(
        "event-added",
        W,
        "the stream has the new event {new}",
        "It arrives as UnknownEvent until the client is regenerated.",
    ),
    Rule("event-removed", B, "the stream no longer has the event {old}", "Code that waits for it waits in vain."),
    Rule(
        "event-renamed",
        B,
        "the event {old} is called {new} now",
        "Wait for the new name; the old client sees UnknownEvent.",
    ),
    Rule(
        "event-retargeted",
        B,
        "the event {name} is {new} instead of {old} now",
        "Its fields are others; read the new ones.",
    ),
    Rule(
        "event-schema-renamed",
        N,
        "the schema of the event {name} is called {new} instead of {old}",
        "Python names follow it.",
    ),
    Rule(
        "event-base-dropped", B, "the event {name} is no longer built on {old}", "The base's fields are missing in it."
    ),
    Rule("event-base-added", N, "the event {name} is built on {new} now"),
    Rule(
        "event-stream-removed", B, "the events of {old} are no longer documented", "Nothing says what the stream holds."
    ),
    Rule("event-stream-added", N, "the stream {new} is documented"),
    Rule(
        "event-discriminator-changed",
        B,
        "events of {name} are told apart by {new} instead of {old}",
        "Read the new field.",
    ),
    Rule(
        "event-mapping-implicit",
        W,
        "the stream {name} no longer says which schema belongs to {old}",
        "The name decides.",
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
        "document-schema-renamed",
        N,
        "the schema {old} is called {new} there",
        "Our Python name stays.",
        plural="{count} schemas have another name there; ours stay",
    ),
    Rule("documentation-changed", D, "the prose changed: {new}", plural="the prose changed in {count} places"),
)

PYTHON: tuple[Rule, ...] = (
    Rule(
        "python-function-moved",
        B,
        "{old} is {new} now",
        "Change the import.",
        plural="{count} functions have another name or module",
    ),
    Rule("python-function-removed", B, "{old} is gone", "There is no successor; drop the call."),
    Rule("python-function-added", N, "{new} is new"),
    Rule("python-operation-dropped", B, "the generator drops {operation}", "Mend the document or add a correction."),
    Rule(
        "python-response-dropped",
        B,
        "the generator drops answer {status} of {operation}",
        "Mend the document or add a correction.",
    ),
    Rule("python-generation-failed", B, "nothing can be generated: {new}", "Mend the document or add a correction."),
    Rule(
        "python-base-failed", W, "the packages cannot be compared, for the old document gives none: {new}", "Mend it."
    ),
    Rule("python-argument-added-required", B, "{place} needs the new argument {name}", "Pass it in every call."),
    Rule("python-argument-added", N, "{place} takes the new argument {name}"),
    Rule("python-argument-removed", B, "{place} no longer takes the argument {name}", "Stop passing it."),
    Rule("python-argument-became-required", B, "{place} needs the argument {name} now", "Pass it in every call."),
    Rule("python-argument-became-optional", N, "{place} no longer needs the argument {name}"),
    Rule(
        "python-argument-default-changed",
        W,
        "{place} has the default {new} instead of {old} for {name}",
        "Pass it where it matters.",
    ),
    Rule("python-argument-type-narrowed", B, "{place} takes {new} instead of {old} for {name}", "Pass the new type."),
    Rule("python-argument-type-widened", N, "{place} takes {new} instead of {old} for {name}"),
    Rule("python-argument-moved", B, "the positional arguments of {place} have another order", "Pass them by name."),
    Rule("python-return-widened", B, "{place} may give {new} now (it gave {old})", "Expect the new type."),
    Rule("python-return-narrowed", W, "{place} gives {new} instead of {old}"),
    Rule("python-return-changed", B, "{place} gives {new} instead of {old}", "Read the new type."),
    Rule(
        "python-class-renamed",
        B,
        "the class {old} is called {new} now",
        "Change the import.",
        plural="{count} classes have another name",
    ),
    Rule("python-class-removed", B, "the class {old} is gone", "Drop the import."),
    Rule("python-class-added", N, "the class {new} is new"),
    Rule("python-field-removed", B, "{place} has no field {name} any more", "Stop reading or passing it."),
    Rule("python-field-added", N, "{place} has the new field {name}"),
    Rule("python-field-added-required", B, "{place} needs the new field {name}", "Pass it to the constructor."),
    Rule("python-field-became-required", B, "{place} needs the field {name} now", "Pass it to the constructor."),
    Rule("python-field-became-optional", B, "{place}: {name} may be missing now ({old} became {new})", "Expect UNSET."),
    Rule("python-field-type-changed", B, "{place}: {name} is {new} instead of {old}", "Read or pass the new type."),
    Rule("python-field-type-widened", B, "{place}: {name} may be {new} now (it was {old})", "Expect the new type."),
    Rule("python-field-type-narrowed", W, "{place}: {name} is {new} instead of {old}"),
    Rule("python-field-input-widened", N, "{place}: {name} takes {new} instead of {old}"),
    Rule(
        "python-field-json-name-changed",
        B,
        "{place}: {name} is sent and read as {new} instead of {old}",
        "Old servers do not know the new key.",
    ),
    Rule(
        "python-field-default-changed",
        W,
        "{place}: {name} is {new} instead of {old} when nothing is passed",
        "Pass it where it matters.",
    ),
    Rule(
        "python-field-always-there",
        W,
        "{place}: {name} is always there now ({old} became {new})",
        "Pass it if you build the object yourself.",
    ),
    Rule("python-field-may-be-left-out", N, "{place}: {name} may be left out now"),
    Rule("python-literal-input-added", N, "{place} takes the new value {new}"),
    Rule("python-union-widened", W, "{place} may be {new} as well", "Exhaustive matches have to handle it."),
    Rule("python-field-moved", W, "the positional arguments of {place} have another order", "Pass them by name."),
    Rule("python-literal-value-removed", B, "{place} lost the value {old}", "Stop passing or comparing it."),
    Rule("python-literal-value-added", W, "{place} has the new value {new}", "Exhaustive matches have to handle it."),
    Rule("python-union-changed", B, "{place} is {new} instead of {old}", "Handle the new alternatives."),
    Rule(
        "python-behaviour-changed",
        W,
        "{place} sends another request: {new} instead of {old}",
        "Nothing to do; know that it changed.",
    ),
    Rule("python-other-removed", B, "{old} is gone", "Drop the import."),
    Rule("python-other-changed", W, "{place} changed: {new} instead of {old}"),
    Rule(
        "python-parse-fails",
        B,
        "the shipped client fails on a valid answer: {new}",
        "Regenerate the client before servers send this.",
    ),
    Rule(
        "python-parse-fails-old-server",
        W,
        "the regenerated client fails on an answer of the old document: {new}",
        "Update the server first.",
    ),
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
    Rule("recording-invalid", W, "a recorded answer does not fit the document: {new}", "Correct the document."),
)


def slot_rules() -> Iterator[Rule]:
    """Every aspect in every slot."""
    for slot, (request, noun) in SLOTS.items():
        for aspect, (asked, answered, sentence, hint) in {**ASPECTS, **dict(bounds())}.items():
            name = f"{slot}-{aspect}"
            level = EXCEPTIONS.get(name, asked if request else answered)
            # What a reader has to expect is nothing to those who send, and the reverse.
            said = "" if hint == (READ if request else NEWER) else hint
            yield Rule(name, level, f"{noun} {sentence}", said, aspect)


RULES: dict[str, Rule] = {
    rule.id: rule if rule.aspect else replace(rule, aspect=rule.id) for rule in (*slot_rules(), *OPERATIONS, *PYTHON)
}


def table() -> str:
    """The rules as a page of the documentation."""
    lines = ["# Drift rules", "", "<!-- Made from pipeline/drift/rules.py by `python -m pipeline.drift.rules`. -->", ""]
    lines += ["| id | level | says | hint |", "| --- | --- | --- | --- |"]
    for name in sorted(RULES):
        rule = RULES[name]
        sentence = rule.sentence.replace("|", "\\|")
        lines.append(f"| `{name}` | {rule.level} | {sentence} | {rule.hint} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
