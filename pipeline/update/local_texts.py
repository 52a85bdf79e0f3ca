"""Local texts: descriptions, summaries and examples of the vendored document are kept when a new one comes in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, operations
from pipeline.drift.wire.prose import NAMED, VALUES

TEXTS = ("summary", "description")
EXAMPLES = ("example", "examples")
SAMPLES = "x-codeSamples"  # programs in other languages: nothing is generated from them


def with_local_texts(vendored: Document, published: Document) -> tuple[Document, list[str]]:
    """Return `published` with the texts of `vendored`, and the pointers of the published texts that remain.

    Summaries and descriptions are kept at their pointer. Examples are kept if they differ only in free text.
    """
    remaining: list[str] = []
    return merge(vendored, published, "", remaining, is_map=False), remaining


def merge(vendored: Any, published: Any, pointer: str, remaining: list[str], *, is_map: bool) -> Any:
    """Return one published node with the texts of the vendored one; the keys of a map are names, not keywords."""
    if is_list(published):
        known = {identity(item, index): item for index, item in enumerate(vendored if is_list(vendored) else [])}
        return [
            merge(known.get(identity(item, index)), item, f"{pointer}/{index}", remaining, is_map=False)
            for index, item in enumerate(published)
        ]
    if not is_object(published):
        return published
    local: Document = vendored if is_object(vendored) and vendored.get("$ref") == published.get("$ref") else {}
    merged: Document = {}
    for key, value in published.items():
        place, old = f"{pointer}/{escape(key)}", local.get(key)
        if is_map:
            merged[key] = merge(old, value, place, remaining, is_map=False)
        elif key in TEXTS and isinstance(value, str):
            merged[key] = old if isinstance(old, str) else value
            remaining += [] if isinstance(old, str) else [place]
        elif key in EXAMPLES:
            is_same = key in local and facts(old) == facts(value)
            merged[key] = old if is_same else value
            remaining += [] if is_same else [place]
        elif key in VALUES:
            merged[key] = value
        elif key != SAMPLES:
            merged[key] = merge(old, value, place, remaining, is_map=key in NAMED)
    if not is_map:
        merged |= {key: local[key] for key in TEXTS if isinstance(local.get(key), str)}
    return merged


def undescribed(document: Document) -> list[str]:
    """Return the pointers of the descriptions that are missing: of operations and what they have, and of properties."""
    found: list[str] = []
    for method, path, operation in operations(document):
        pointer = f"/paths/{escape(path)}/{method}"
        nodes = {pointer: operation, f"{pointer}/requestBody": operation.get("requestBody")}
        nodes |= {f"{pointer}/parameters/{index}": one for index, one in enumerate(operation.get("parameters", []))}
        nodes |= {f"{pointer}/responses/{status}": one for status, one in operation.get("responses", {}).items()}
        found += [place for place, node in nodes.items() if lacks_description(node)]
    found += undescribed_properties(document, "")
    return [f"{place}/description" for place in found]


def lacks_description(node: Any) -> bool:
    """Return whether an object that is no reference has no description."""
    return is_object(node) and "$ref" not in node and not str(node.get("description", "")).strip()


def undescribed_properties(node: Any, pointer: str) -> Iterator[str]:
    """Yield the pointers of properties without a description, in schemas at any depth."""
    if is_list(node):
        for index, item in enumerate(node):
            yield from undescribed_properties(item, f"{pointer}/{index}")
    elif is_object(node):
        properties = node.get("properties")
        for name, schema in properties.items() if is_object(properties) else ():
            yield from [f"{pointer}/properties/{escape(name)}"] if lacks_description(schema) else []
        for key, value in node.items():
            if key not in ("example", "examples", "default"):
                yield from undescribed_properties(value, f"{pointer}/{escape(key)}")


def identity(item: Any, index: int) -> object:
    """Return what identifies an item of a list: its reference, name and location, or else its index."""
    if is_object(item) and ("name" in item or "$ref" in item):
        return (item.get("$ref"), item.get("name"), item.get("in"))
    return index


def facts(example: Any) -> Any:
    """Return an example without its free text, an event stream as the list of its events."""
    if is_list(example):
        return [facts(item) for item in example]
    if is_object(example):
        return {key: facts(value) for key, value in example.items() if key not in TEXTS}
    if not isinstance(example, str):
        return example
    try:
        return facts(parse(example))
    except ValueError:
        return "text" if is_free_text(example) else example


def parse(text: str) -> Any:
    """Parse an event stream or a JSON object; raise ValueError for any other text."""
    if text.startswith("data: "):
        return list(events(text))
    if text.startswith("{"):
        return json.loads(text)
    raise ValueError(text)


def events(stream: str) -> Iterator[Any]:
    """Yield the payloads of an event stream, also of one without line breaks."""
    for event in re.split(r"\s+(?=data: )", stream.strip()):
        yield json.loads(event.removeprefix("data: "))


def is_free_text(value: str) -> bool:
    """Return whether a string has words with a space between them."""
    return bool(re.search(r"[A-Za-z]\S*\s+\S*\w", value))
