"""The rules for stream events."""

from __future__ import annotations

from pipeline.drift.rules.rule import B, N, Rule, W

EVENTS: tuple[Rule, ...] = (
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
)
