"""Operations: those that came and went, and what each is called, wants, sends and says about its future."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, is_object, leads, references
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import list_at
from pipeline.drift.schemas.deprecation import STABILITY, deprecations, removal, unknown_stability
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire import bodies, parameters, security
from pipeline.drift.wire.views import DocumentView, Endpoint, Views

Seen = Iterator[tuple[Change, str]]
# What the aspects of deprecation are called for operations.
RENAMED = {
    "deprecated": "endpoint-deprecated",
    "deprecated-sunset-invalid": "api-deprecated-sunset-parse",
    "deprecated-with-sunset": "endpoint-deprecated-with-sunset",
    "reactivated": "endpoint-reactivated",
    "stability-decreased": "api-stability-decreased",
    "sunset-date-changed-too-small": "api-sunset-date-changed-too-small",
    "sunset-deleted": "sunset-deleted",
    "sunset-parse": "api-path-sunset-parse",
}
REMOVED = {
    "unannounced": "api-removed-without-deprecation",
    "announced": "api-removed-with-deprecation",
    "unreadable": "api-path-sunset-parse",
    "early": "api-removed-before-sunset",
}


def changes(sides: Views) -> Seen:
    """Every change with the operation it reaches."""
    old, new = sides.base.endpoints(), sides.revision.endpoints()
    yield from dangling(sides)
    for shape, endpoint in old.items():
        if shape in new:
            yield from ((change, endpoint.label) for change in kept(sides, endpoint, new[shape]))
        else:
            yield removed(endpoint), endpoint.label
    for shape, endpoint in new.items():
        if shape not in old:
            yield Change("endpoint-added", None, endpoint.pointer, {"operation": endpoint.label}), endpoint.label
    yield from ((change, "") for change in (*servers(sides), *security.of_document(sides)))


def dangling(sides: Views) -> Seen:
    """References that lead nowhere, unless they did so before."""
    base, revision = sides.base.document, sides.revision.document
    before = {reference for _, reference in references(base) if not leads(base, reference)}
    known: set[str] = set()
    for pointer, reference in references(revision):
        if reference not in known | before and not leads(revision, reference):
            known.add(reference)
            yield Change("reference-dangling", None, pointer, {"new": code(reference)}), ""


def removed(endpoint: Endpoint) -> Change:
    """An operation that is gone: announced or not."""
    sunset = code(endpoint.raw.get("x-sunset"))
    words = {"operation": endpoint.label, "old": sunset, "new": sunset}
    return Change(REMOVED[removal(endpoint.raw)], endpoint.pointer, None, words)


def kept(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """One operation that both documents have."""
    yield from names(old, new)
    yield from parameters.changes(sides, old, new)
    yield from bodies.changes(sides, old, new)
    yield from security.changes(sides, old, new)
    yield from served(sides, old, new)
    if old.raw.get("callbacks") != new.raw.get("callbacks"):
        yield Change("api-callbacks-changed", old.pointer, new.pointer, {"operation": old.label})


def names(old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """operationId, tags, deprecation and stability."""
    pointers = (old.pointer, new.pointer)
    before, after = old.raw.get("operationId"), new.raw.get("operationId")
    if before != after:
        words = {"old": code(before), "new": code(after) if after else "without one"}
        yield Change("api-operation-id-removed" if before else "api-operation-id-added", *pointers, words)
    tags, others = ([str(tag) for tag in list_at(one.raw, "tags")] for one in (old, new))
    for tag in sorted(set(others) - set(tags)):
        yield Change("api-tag-added", *pointers, {"operation": old.label, "new": code(tag)})
    for tag in sorted(set(tags) - set(others)):
        yield Change("api-tag-removed", *pointers, {"operation": old.label, "old": code(tag)})
    for aspect, words in deprecations(old.raw, new.raw):
        yield Change(RENAMED[aspect], *pointers, {"operation": old.label, **words})
    yield from stability(old, new)


def stability(old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Stability levels nobody knows, and the loss of the highest."""
    before, after = (one.raw.get("x-stability-level") for one in (old, new))
    for level in unknown_stability(old.raw, new.raw):
        yield Change(
            "api-invalid-stability-level", old.pointer, new.pointer, {"operation": old.label, "new": code(level)}
        )
        return
    if before in (None, "ga") and after in STABILITY[:3]:
        words = {"operation": old.label, "old": code(before or "stable"), "new": code(after)}
        yield Change("api-stability-decreased", old.pointer, new.pointer, words)


def served(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """The server addresses of one operation, where it has its own."""
    if any("servers" in one for one in (old.raw, old.item, new.raw, new.item)):
        before, after = nearest(sides.base, old), nearest(sides.revision, new)
        yield from moved(before, after, (old.pointer, new.pointer))


def nearest(side: DocumentView, endpoint: Endpoint) -> list[str]:
    """The server addresses that count for an operation: its own, those of its path, or the document's."""
    for owner in (endpoint.raw, endpoint.item):
        if "servers" in owner:
            return addresses(owner)
    return addresses(side.document)


def servers(sides: Views) -> Iterator[Change]:
    """The server addresses of the whole document."""
    old, new = (addresses(side.document) for side in (sides.base, sides.revision))
    yield from moved(old, new, ("/servers", "/servers"))


def moved(old: list[str], new: list[str], pointers: tuple[str, str]) -> Iterator[Change]:
    """Server addresses that came and went, with what their variables stand for by default."""
    if set(old) == set(new):
        return
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if gone and come:
        words = {"old": ", ".join(map(code, gone)), "new": ", ".join(map(code, come))}
        yield Change("server-default-changed", *pointers, words)
    elif gone:
        yield Change(
            "server-removed",
            "/servers",
            None,
            {"old": ", ".join(map(code, gone)), "new": ", ".join(map(code, new)) or "none"},
        )
    else:
        yield Change("server-added", None, pointers[1], {"new": ", ".join(map(code, come))})


def addresses(document: Document) -> list[str]:
    """The server addresses with their variables filled in."""
    found: list[str] = []
    for server in list_at(document, "servers"):
        url = str(server.get("url", "")) if is_object(server) else ""
        variables: Any = server.get("variables") if is_object(server) else None
        for name, variable in variables.items() if is_object(variables) else ():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")) if is_object(variable) else "")
        found.append(url)
    return found
