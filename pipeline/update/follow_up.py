"""The lines that a person has to write after an update, and what the type checker reports about the new client."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.corrections import Correction
from pipeline.document import Document, is_list, is_object, operations
from pipeline.drift.schemas.access import object_at
from pipeline.update.public_names import events

SECONDS = 300
SHOWN_LINES = 20
CHECKED = ("overlays/dify_chatflow", "local_dify", "tests", "examples")
USES = "tests/client/operations.py: USES"
RAW = "overlays/dify_chatflow/_async/raw.py"
DOCUMENTATION = "docs/client.md"
VERSIONS = "overlays/dify_chatflow/_versions.py: OPERATIONS"
VERSIONS_TABLE = "docs/versions.md"
EVENTS_TABLE = "docs/events.md"
ROUTES = "local_dify/api"
MISSING_ROUTES = "local_dify/version.py"
WALK = "tests/local_dify/test_document.py: walk()"
RESOURCES = "overlays/dify_chatflow/_async/resources"


def steps(base: Document, document: Document) -> Iterator[str]:
    """Yield what has to be written by hand, as "file: step"."""
    old, new = by_shape(base), by_shape(document)
    for shape, label in new.items():
        if shape not in old:
            yield f"{RESOURCES}: write a method for {label}, then run make generate"
            yield f"{RAW}: add that method"
            yield f"{DOCUMENTATION}: describe that method, and add its row to the table of methods"
            yield f"{VERSIONS}: add an entry for {label} with that method"
            yield f"{VERSIONS_TABLE}: add the row of that method"
            yield f"{USES}: add an entry for {label} with that method"
            yield f"{ROUTES}: add a route for {label}"
            yield f"{WALK}: add a call of {label}"
            yield f"tests/recordings: add a recorded response of {label}"
        elif old[shape] != label:
            rename = f"rename {old[shape]} to {label}"
            renamed = {new: name for new, name in zip(names(label), names(old[shape]), strict=True) if new != name}
            yield f"{DOCUMENTATION}: {rename}"
            yield f"{VERSIONS}: {rename}"
            yield f"{USES}: {rename}, with renamed={renamed}, so that the method keeps its arguments"
            yield f"{ROUTES}: {rename}, also where its handler reads {', '.join(renamed.values())}"
            yield f"{MISSING_ROUTES}: {rename} if it is listed there"
    for shape, label in old.items():
        if shape not in new:
            yield f"{RESOURCES}: remove the method of {label}, then run make generate"
            yield f"{RAW}: remove that method"
            yield f"{DOCUMENTATION}: remove that method and its row"
            yield f"{VERSIONS}: remove the entry of {label}"
            yield f"{VERSIONS_TABLE}: remove the row of that method"
            yield f"{USES}: remove the entry of {label}"
            yield f"{ROUTES}: remove the route of {label}"
            yield f"{WALK}: remove the calls of {label}"
            yield f"tests/recordings: remove the recorded responses of {label}"
    before, after = events(base), events(document)
    for name in after.keys() - before.keys():
        yield f"local_dify: send the event {name} where a server does, or nowhere"
        yield f"{EVENTS_TABLE}: add the row of the event {name}"
    for name in before.keys() - after.keys():
        yield f"overlays/dify_chatflow/_streaming: remove what reads the event {name}"
        yield f"{EVENTS_TABLE}: remove the row of the event {name}"


def lost_evidence(listed: Iterable[Correction], base: Document, document: Document) -> Iterator[str]:
    """Yield the corrections whose evidence is an example that only the old document has, as "file: step"."""
    lost = set(example_names(base)) - set(example_names(document))
    for one in listed:
        place = re.sub(r".*/overlays/", "overlays/", one.place)
        for name in one.evidence:
            if name in lost:
                yield f"{place}: name other evidence than {name}, which is no longer an example of the document"


def example_names(node: Any) -> Iterator[str]:
    """Yield the names of the examples in a document."""
    if is_object(node):
        yield from object_at(node, "examples")
        for value in node.values():
            yield from example_names(value)
    elif is_list(node):
        for item in node:
            yield from example_names(item)


def by_shape(document: Document) -> dict[str, str]:
    """Return the operations as they are labelled, by method and path without the names of parameters."""
    labels = [f"{method.upper()} {path}" for method, path, _ in operations(document)]
    return {re.sub(r"\{[^}]*\}", "{}", label): label for label in labels}


def names(label: str) -> list[str]:
    """Return the names of the parameters in the path of an operation."""
    return re.findall(r"\{([^}]*)\}", label)


def type_errors(tree: Path) -> list[str]:
    """Return what the type checker reports about the client, the tests and the examples with the new package."""
    checked = [name for name in CHECKED if (tree / name).exists()]
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--no-pretty", "--cache-dir", os.devnull, *checked]
    environment = {key: value for key, value in os.environ.items() if key not in ("MYPYPATH", "PYTHONPATH")}
    try:
        result = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return [f"mypy takes longer than {SECONDS} s; run make types"]
    if result.returncode == 0:
        return []
    lines = [line for line in result.stdout.splitlines() if ": error: " in line]
    lines = lines or [*result.stdout.splitlines(), *result.stderr.splitlines()]
    rest = [f"… and {len(lines) - SHOWN_LINES} more; run make types"] if lines[SHOWN_LINES:] else []
    return [*lines[:SHOWN_LINES], *rest]
