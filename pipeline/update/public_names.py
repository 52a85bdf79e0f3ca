"""Public names that follow from the document: classes of new events, and what `events` and `models` export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipeline.document import Document, is_object
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.generator import class_overrides
from pipeline.layout import Project

GENERATED = "dify_chatflow_client.models"
LISTING = re.compile(r'^    "(\w+)": "\.\w+",$', re.MULTILINE)
OVERRIDE = re.compile(r"^  StreamEvent\w+: .*\n", re.MULTILINE)
CONFIG = "generator-config.yaml"
EXPORTS = ("overlays/dify_chatflow/events.py", "overlays/dify_chatflow/models.py")


def events(document: Document) -> dict[str, str]:
    """Return the schema of each event by the event's name."""
    schemas = object_at(object_at(document, "components"), "schemas")
    mappings = [object_at(object_at(schema, "discriminator"), "mapping") for schema in schemas.values()]
    return {
        name: str(target).rpartition("/")[2]
        for mapping in mappings
        for name, target in mapping.items()
        if str(target).rpartition("/")[2].startswith("StreamEvent")
    }


def event_classes(project: Project, base: Document, document: Document) -> dict[str, str]:
    """Return the names of the classes of new events, by the names that the generator would give them."""
    known, named = events(base), class_overrides(project.config)
    schemas = object_at(object_at(document, "components"), "schemas")
    found: dict[str, str] = {}
    for event, schema in events(document).items():
        if event not in known and schema not in named and schema in schemas:
            stem = "".join(part.capitalize() for part in re.split(r"\W|_", event))
            found[schema] = f"{stem}Event"
            if has_payload_class(schemas[schema]):
                # The generator names the payload after the class, not after the schema.
                found[f"{stem}EventData"] = f"{stem}Data"
    return found


def has_payload_class(schema: Any) -> bool:
    """Return whether the payload of an event is an inline object without a title."""
    payload: Document = {}
    for part in (*list_at(schema, "allOf"), schema):
        payload = object_at(object_at(part, "properties"), "data") or payload
    return is_object(payload.get("properties")) and "$ref" not in payload and "title" not in payload


def name_classes(project: Project, names: dict[str, str]) -> None:
    """Add class overrides to the generator's settings, after those of other events."""
    if not names:
        return
    text = project.config.read_text(encoding="utf-8")
    lines = "".join(f"  {name}: {{class_name: {given}}}\n" for name, given in names.items())
    *_, last = [match.end() for match in OVERRIDE.finditer(text)] or [len(text)]
    project.config.write_text(text[:last] + lines + text[last:], encoding="utf-8")


def remove_names(project: Project, base: Document, document: Document) -> None:
    """Remove the class overrides of events and other schemas that are not there, and of what was part of them."""
    before, after = (object_at(object_at(one, "components"), "schemas").keys() for one in (base, document))
    named = class_overrides(project.config)
    gone = before - after
    # The generator names the parts of a schema after its class.
    owners = {name: name in gone for name in before | after} | {named[name]: True for name in gone & named.keys()}
    text = project.config.read_text(encoding="utf-8")
    for name in named:
        owner = max((one for one in owners if name.startswith(one)), key=len, default="")
        is_lost_event = name.startswith("StreamEvent") and named[name].endswith("Event") and name not in after
        if owners.get(owner) or is_lost_event:
            text = re.sub(rf"^  {name}: .*\n", "", text, flags=re.MULTILINE)
    project.config.write_text(text, encoding="utf-8")


def generated_names(package: Path) -> set[str]:
    """Return the names of the generated models."""
    listing = package / "models" / "__init__.py"
    return set(LISTING.findall(listing.read_text(encoding="utf-8"))) if listing.is_file() else set()


def export(tree: Path, before: set[str], after: set[str], event_names: set[str]) -> None:
    """Export new models from the public modules, and no longer export removed ones."""
    for path in (tree / name for name in EXPORTS):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        for name in before - after:
            lines = rf'(from {GENERATED} import {name} as {name}|"{name}",|    "{name}",)'
            text = re.sub(rf"^    {lines}\n", "", text, flags=re.MULTILINE)
        is_events = path.name == "events.py"
        for name in sorted(after - before):
            if (name in event_names) == is_events and not name.endswith("Request"):
                text = with_export(text, name)
        path.write_text(text, encoding="utf-8")


def with_export(text: str, name: str) -> str:
    """Return a public module that also exports a generated model, in both of its sorted lists."""
    text = inserted(
        text, rf"    from {GENERATED} import (\w+) as \w+\n", f"    from {GENERATED} import {name} as {name}\n", name
    )
    head, start, rest = text.partition(f'    "{GENERATED}": [\n')
    listed, end, tail = rest.partition("    ],\n")
    return head + start + inserted(listed, r'        "(\w+)",\n', f'        "{name}",\n', name) + end + tail


def inserted(text: str, pattern: str, line: str, name: str) -> str:
    """Return a text with a line at its place among sorted lines of the same kind."""
    found = list(re.finditer(pattern, text))
    if not found or any(match[1] == name for match in found):
        return text
    later = next((match.start() for match in found if match[1] > name), found[-1].end())
    return text[:later] + line + text[later:]
