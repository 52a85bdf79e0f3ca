"""The rules for schemas: every aspect of a value in every slot it can stand in."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.drift.rules.rule import NEWER, READ, B, Level, N, Rule, W

# The slots a schema can stand in: where ids begin, whether the client writes (request) or reads it, and its name.
POSITIONS = {
    "request-parameter": (True, "parameter"),
    "request-parameter-property": (True, "part of a parameter"),
    "request-body": (True, "request body"),
    "request-property": (True, "request field"),
    "response-body": (False, "response body"),
    "response-property": (False, "response field"),
    "response-header": (False, "response header"),
    "event-field": (False, "event field"),
}

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
UPPER_BOUNDS = {
    "maximum": "max",
    "exclusiveMaximum": "exclusive-max",
    "maxLength": "max-length",
    "maxItems": "max-items",
    "maxProperties": "max-properties",
}
LOWER_BOUNDS = {
    "minimum": "min",
    "exclusiveMinimum": "exclusive-min",
    "minLength": "min-length",
    "minItems": "min-items",
    "minProperties": "min-properties",
}


def bounds() -> Iterator[tuple[str, tuple[Level, Level, str, str]]]:
    """The rules for bounds: tighter breaks requests, looser breaks readers."""
    for names, tighter, looser in ((UPPER_BOUNDS, "decreased", "increased"), (LOWER_BOUNDS, "increased", "decreased")):
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


def slot_rules() -> Iterator[Rule]:
    """Every aspect in every slot."""
    for slot, (request, noun) in POSITIONS.items():
        for aspect, (asked, answered, sentence, hint) in {**ASPECTS, **dict(bounds())}.items():
            name = f"{slot}-{aspect}"
            level = EXCEPTIONS.get(name, asked if request else answered)
            # What a reader has to expect is nothing to those who send, and the reverse.
            said = "" if hint == (READ if request else NEWER) else hint
            yield Rule(name, level, f"{noun} {sentence}", said, aspect)
