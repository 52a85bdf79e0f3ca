"""The rules for stream events."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, N, Rule, W

EVENTS: tuple[Rule, ...] = (
    Rule("event-field-added", N, "new event field {name}", "Regenerate the client to read it.", "property-added"),
    Rule("event-field-removed", B, "event field {name} was removed{more}", "Stop reading it.", "property-removed"),
    Rule(
        "event-added",
        W,
        "the stream has the new event {new}",
        "Regenerate the client; until then it arrives as UnknownEvent.",
    ),
    Rule("event-removed", B, "the stream no longer has the event {old}", "Do not wait for it."),
    Rule(
        "event-renamed",
        B,
        "the event {old} is now called {new}",
        "Handle the new name; older clients receive it as UnknownEvent.",
    ),
    Rule("event-retargeted", B, "the event {name} is now a {new} instead of a {old}", "Read the new fields."),
    Rule(
        "event-schema-renamed",
        N,
        "the schema of the event {name} is now called {new} instead of {old}",
        "Change the imports; Python classes are named after schemas.",
    ),
    Rule(
        "event-base-dropped",
        B,
        "the event {name} is no longer based on {old}",
        "Stop reading the fields of that schema.",
    ),
    Rule("event-base-added", N, "the event {name} is now based on {new}", "Regenerate the client to read its fields."),
    Rule(
        "event-stream-removed",
        B,
        "the events of {old} are no longer documented",
        "Keep the old document; the new one does not describe the stream.",
    ),
    Rule("event-stream-added", N, "the stream {new} is now documented"),
    Rule(
        "event-discriminator-changed",
        B,
        "the events of {name} have the discriminator {new} instead of {old}",
        "Read the new field.",
    ),
    Rule(
        "event-mapping-implicit",
        W,
        "the discriminator of {name} no longer maps {old} to a schema",
        "Check that a schema has this name.",
    ),
)
