"""Documents that a server publishes about itself: what they never describe is taken from the old document.

A running Dify derives its document from its code. It has the operations of all kinds of apps, maybe below `/v1`, under
other names, without the events of streams and without the bodies of errors.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from pipeline.document import Document, is_object, operations, references
from pipeline.drift.schemas.access import object_at
from pipeline.drift.wire.selection import shape
from pipeline.drift.wire.streams import SCHEMAS, streams
from pipeline.drift.wire.views import DocumentView, components

LEFT_OUT = (
    "not compared, since a server's own document lacks them: stream events, bodies of errors, texts, and the names of "
    "operations and schemas, on which the Python layer depends"
)


def is_self_description(base: Document, revision: Document) -> bool:
    """Return whether a revision leaves out the events and the bodies of errors that the base has."""
    return describes(base) == (True, True) and describes(revision) == (False, False)


def describes(document: Document) -> tuple[bool, bool]:
    """Return whether a document has schemas of stream events, and bodies of errors."""
    has_events = bool(streams(DocumentView(document, "document")))
    return has_events, any(has_content(response) for _, response in errors(document))


def has_content(response: Document) -> bool:
    """Return whether a response has a body."""
    return bool(response.get("content"))


def errors(document: Document) -> Iterator[tuple[tuple[str, str, str], Document]]:
    """Yield the error responses of a document by method, path and status."""
    known = components(document, "responses")
    for method, path, operation in operations(document):
        for status, response in object_at(operation, "responses").items():
            if is_object(response) and not str(status).startswith(("1", "2", "3")):
                name = str(response.get("$ref", "")).rpartition("/")[2]
                yield (method, shape(path), str(status)), known.get(name, response)


def completed(base: Document, revision: Document) -> Document:
    """Return a self-description with the servers, events and bodies of errors of the base."""
    document = copy.deepcopy(revision)
    document["servers"] = base.get("servers", [])
    bodies = {key: response["content"] for key, response in errors(base) if has_content(response)}
    for key, response in errors(document):
        if key in bodies:
            response["content"] = copy.deepcopy(bodies[key])
    theirs, ours = components(document, "schemas"), components(base, "schemas")
    events = streams(DocumentView(base, "base")).values()
    waiting = [SCHEMAS + stream.name for stream in events]
    waiting += [event.target for stream in events for event in stream.events.values()]
    waiting += [reference for content in bodies.values() for _, reference in references(content)]
    while waiting:
        name = waiting.pop().removeprefix(SCHEMAS)
        if name in ours and name not in theirs:
            theirs[name] = copy.deepcopy(ours[name])
            waiting += [reference for _, reference in references(ours[name])]
    document.setdefault("components", {})["schemas"] = theirs
    return document
