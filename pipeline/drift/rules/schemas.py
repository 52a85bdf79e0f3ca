"""The rules for schemas: one for every aspect of a value at every position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.drift.rules.rule import COMPARE, FIX_DATE, MIGRATE, READ, SEND, WRITE, B, Level, N, Rule, W

# The positions of a schema by the root of their rule ids: whether clients write the value (request), and its noun.
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


@dataclass(frozen=True)
class Aspect:
    """One aspect of a value: levels, sentence and hints, for code that writes the value and for code that reads it."""

    request: Level
    response: Level
    sentence: str
    request_hint: str = ""
    response_hint: str = ""


def widened(sentence: str, response: Level = B, request_hint: str = SEND) -> Aspect:
    """Return an aspect that allows more values, which breaks only readers."""
    return Aspect(N, response, sentence, request_hint, READ)


def narrowed(sentence: str, request: Level = B) -> Aspect:
    """Return an aspect that allows fewer values, which only concerns writers."""
    return Aspect(request, N, sentence, WRITE)


def neutral(sentence: str, hint: str = "") -> Aspect:
    """Return an aspect that breaks nobody."""
    return Aspect(N, N, sentence, hint, hint)


def both(level: Level, sentence: str, hint: str) -> Aspect:
    """Return an aspect that concerns writers and readers alike."""
    return Aspect(level, level, sentence, hint, hint)


ASPECTS: dict[str, Aspect] = {
    "became-required": Aspect(B, N, "{name} became required", "Pass it in every call."),
    "became-required-with-default": Aspect(
        B, N, "{name} became required, with the default {new}", "Pass it in every call."
    ),
    "became-optional": Aspect(N, B, "{name} became optional", "", "Handle responses without it."),
    "became-nullable": Aspect(N, B, "{name} may now be null", SEND, "Handle None."),
    "became-not-nullable": Aspect(B, N, "{name} may no longer be null", "Do not send None."),
    "type-changed": Aspect(
        B, B, "{name} changed its type from {old} to {new}", "Send the new type.", "Read the new type."
    ),
    "schema-replaced": Aspect(
        B,
        B,
        "{name} is now {new} instead of {old}",
        "Send the fields of the new schema.",
        "Read the fields of the new schema.",
    ),
    "type-generalized": widened("{name} accepts more types: {old} became {new}"),
    "type-specialized": narrowed("{name} accepts fewer types: {old} became {new}"),
    "type-compatible": neutral("{name} changed its type from {old} to {new}, which looks the same on the wire"),
    "list-of-types-widened": widened("{name} accepts more types: {old} became {new}"),
    "list-of-types-narrowed": narrowed("{name} accepts fewer types: {old} became {new}"),
    "became-enum": narrowed("{name} is now limited to the values {new}"),
    "enum-value-added": Aspect(
        N, W, "{name} has the new value {new}", SEND, "Handle it where code distinguishes the values."
    ),
    "enum-value-removed": Aspect(
        B, N, "{name} no longer has the value {old}", "Stop sending it.", "Code that handles it can be removed."
    ),
    "enum-removed": widened("{name} may now be any value, no longer only {old}", W),
    "x-extensible-enum-value-removed": narrowed("{name} no longer lists the value {old}"),
    "pattern-added": narrowed("{name} must now match the pattern {new}"),
    "pattern-changed": Aspect(W, N, "{name} must match {new} instead of {old}", "Check the values you send."),
    "pattern-generalized": neutral("{name} may be any text and need no longer match {old}"),
    "pattern-removed": neutral("{name} need no longer match {old}"),
    "default-value-added": Aspect(N, N, "{name} now has the default {new}", "Check calls without it."),
    "default-value-changed": Aspect(
        W,
        N,
        "{name} has the default {new} instead of {old}",
        "Check calls without it; pass the old default where it matters.",
    ),
    "default-value-removed": Aspect(
        W, N, "{name} lost its default {old}", "Check calls without it; pass the old default where it matters."
    ),
    "one-of-added": widened("{name} has the new alternative {new}"),
    "one-of-removed": narrowed("{name} lost the alternative {old}"),
    "any-of-added": widened("{name} has the new alternative {new}"),
    "any-of-removed": narrowed("{name} lost the alternative {old}"),
    "all-of-added": narrowed("{name} must also satisfy {new}"),
    "all-of-removed": Aspect(W, N, "{name} need no longer satisfy {old}", "Check the values you send."),
    "all-of-added-annotation-only": neutral("{name} has another allOf member, without constraints"),
    "wrapped-in-one-of": Aspect(B, B, "{name} is now one of {new}", "Send one of the alternatives.", READ),
    "not-changed": both(W, "{name} excludes other values than before", COMPARE),
    "constraint-changed": both(W, "{name} has a different {new}", COMPARE),
    "discriminator-added": neutral("{name} now has the discriminator {new}"),
    "discriminator-removed": neutral("{name} lost the discriminator {old}"),
    "discriminator-property-name-changed": Aspect(
        W, W, "{name} has the discriminator {new} instead of {old}", "Send the new field.", "Read the new field."
    ),
    "discriminator-mapping-added": neutral("{name}: the discriminator has the new value {new}"),
    "discriminator-mapping-changed": Aspect(
        W, W, "{name}: a discriminator value means {new} instead of {old}", "Send the new schema.", READ
    ),
    "discriminator-mapping-deleted": neutral("{name}: the discriminator no longer has the value {old}"),
    "items-schema-added": narrowed("{name} now has a schema for its items"),
    "items-schema-removed": widened("{name} may now have any items", W),
    "additional-properties-closed": narrowed("{name} no longer accepts undocumented fields"),
    "additional-properties-opened": neutral("{name} may now have undocumented fields"),
    "additional-properties-narrowed": narrowed("{name} now has a schema for undocumented fields"),
    "unique-items-set": narrowed("{name} must no longer repeat items"),
    "unique-items-unset": widened("{name} may now repeat items", W),
    "multiple-of-changed": Aspect(B, W, "{name} must be a multiple of {new} instead of {old}", WRITE, READ),
    "deprecated": neutral("{name} is deprecated", MIGRATE),
    "deprecated-with-sunset": neutral(
        "{name} is deprecated and will be removed on {new}", "Replace it before that date."
    ),
    "deprecated-sunset-invalid": both(B, "{name} is deprecated with an invalid sunset date: {new}", FIX_DATE),
    "sunset-parse": both(B, "{name} has an invalid sunset date: {new}", FIX_DATE),
    "sunset-deleted": both(
        B, "{name} is still deprecated, but its sunset date {old} is missing", "Restore the date in the document."
    ),
    "sunset-date-changed-too-small": both(
        B, "{name} will be removed earlier: on {new} instead of {old}", "Replace it before that date."
    ),
    "reactivated": neutral("{name} is no longer deprecated"),
    "stability-decreased": both(B, "{name} is less stable: {old} became {new}", "Expect changes without notice."),
    "became-read-only": Aspect(N, N, "{name} is now read-only", "Stop sending it; the server ignores it."),
    "became-not-read-only": neutral("{name} is no longer read-only"),
    "became-write-only": Aspect(N, N, "{name} is now write-only", "", "Do not expect it in responses."),
    "became-not-write-only": neutral("{name} is no longer write-only"),
}


def bound_aspects() -> Iterator[tuple[str, Aspect]]:
    """Yield the aspects of bounds: stricter ones break writers, looser ones break readers."""
    for names, stricter, looser in ((UPPER_BOUNDS, "decreased", "increased"), (LOWER_BOUNDS, "increased", "decreased")):
        for keyword, name in names.items():
            changed = f"{{name}} has {keyword} {{new}} instead of {{old}}"
            yield f"{name}-{stricter}", narrowed(changed)
            yield f"{name}-{looser}", widened(changed, request_hint="")
            # A new upper bound often documents what servers reject already; a new lower bound rejects valid values.
            level = W if names is UPPER_BOUNDS else B
            yield f"{name}-set", Aspect(level, N, f"{{name}} now has {keyword} {{new}}", "Check the values you send.")
            yield f"{name}-unset", widened(f"{{name}} lost its {keyword} {{old}}", request_hint="")


# Levels that differ from those of the aspect.
EXCEPTIONS: dict[str, Level] = {
    **dict.fromkeys([f"request-parameter-default-value-{how}" for how in ("added", "changed", "removed")], B),
    "request-parameter-property-type-compatible": W,
}


def schema_rules() -> Iterator[Rule]:
    """Yield the rules for every aspect at every position."""
    for position, (is_request, noun) in POSITIONS.items():
        for name, aspect in {**ASPECTS, **dict(bound_aspects())}.items():
            rule_id = f"{position}-{name}"
            level = EXCEPTIONS.get(rule_id, aspect.request if is_request else aspect.response)
            hint = aspect.request_hint if is_request else aspect.response_hint
            yield Rule(rule_id, level, f"{noun} {aspect.sentence}", hint, name)
