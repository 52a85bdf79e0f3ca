"""Our own words: what the vendored document says of a place is kept when a new document has the same place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, escape, is_list, is_object
from pipeline.drift.wire.prose import NAMED, VALUES

TEXTS = ("summary", "description")
EXAMPLES = ("example", "examples")
SAMPLES = "x-codeSamples"  # programs in other languages: nothing is generated from them


def in_own_words(ours: Document, theirs: Document) -> tuple[Document, list[str]]:
    """The new document with our texts, and the pointers of those that are still the publisher's.

    Summaries and descriptions stay where their place does. Examples stay where they hold the same facts, so that only
    their free text differs.
    """
    foreign: list[str] = []
    return keep(ours, theirs, "", foreign, named=False), foreign


def keep(ours: Any, theirs: Any, pointer: str, foreign: list[str], *, named: bool) -> Any:
    """One node of the new document with the texts of the same node in ours; `named` where keys are the author's."""
    if is_list(theirs):
        beside = {identity(item, index): item for index, item in enumerate(ours if is_list(ours) else [])}
        items = enumerate(theirs)
        return [keep(beside.get(identity(item, i)), item, f"{pointer}/{i}", foreign, named=False) for i, item in items]
    if not is_object(theirs):
        return theirs
    mine: Document = ours if is_object(ours) and ours.get("$ref") == theirs.get("$ref") else {}
    kept: Document = {}
    for key, value in theirs.items():
        place, old = f"{pointer}/{escape(key)}", mine.get(key)
        if named:
            kept[key] = keep(old, value, place, foreign, named=False)
        elif key in TEXTS and isinstance(value, str):
            kept[key] = old if isinstance(old, str) else value
            foreign += [] if isinstance(old, str) else [place]
        elif key in EXAMPLES:
            same = key in mine and facts(old) == facts(value)
            kept[key] = old if same else value
            foreign += [] if same else [place]
        elif key not in VALUES and key != SAMPLES:
            kept[key] = keep(old, value, place, foreign, named=key in NAMED)
        elif key != SAMPLES:
            kept[key] = value
    if not named:
        kept |= {key: mine[key] for key in TEXTS if isinstance(mine.get(key), str)}
    return kept


def identity(item: Any, index: int) -> object:
    """What tells the items of a list apart: their name and kind or reference, or else their place."""
    if is_object(item) and ("name" in item or "$ref" in item):
        return (item.get("$ref"), item.get("name"), item.get("in"))
    return index


def facts(example: Any) -> Any:
    """An example without its free text; event streams as the list of their events, however they are spaced."""
    if is_list(example):
        return [facts(item) for item in example]
    if is_object(example):
        return {key: facts(value) for key, value in example.items() if key not in TEXTS}
    if not isinstance(example, str):
        return example
    try:
        return facts(inside(example))
    except ValueError:
        return "text" if is_free_text(example) else example


def inside(text: str) -> Any:
    """What a text holds: the events of a stream, or the object of a JSON text; ValueError where it is just text."""
    if text.startswith("data: "):
        return list(events(text))
    if text.startswith("{"):
        return json.loads(text)
    raise ValueError(text)


def events(stream: str) -> Iterator[Any]:
    """The payloads of an event stream, also of one whose events stand in one line."""
    for event in re.split(r"\s+(?=data: )", stream.strip()):
        yield json.loads(event.removeprefix("data: "))


def is_free_text(value: str) -> bool:
    """Whether a string is made of words with a space between them."""
    return bool(re.search(r"[A-Za-z]\S*\s+\S*\w", value))
