"""Changes of operations: added, removed, renamed, deprecated, and everything they send and receive."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import leads, references, targets
from pipeline.drift.rules.finding import Change
from pipeline.drift.rules.grouping import Use
from pipeline.drift.schemas.access import list_at
from pipeline.drift.schemas.deprecation import STABILITY, deprecations, removal, unknown_stability
from pipeline.drift.schemas.phrases import code, code_list
from pipeline.drift.wire import bodies, parameters, security, servers
from pipeline.drift.wire.views import Endpoint, Views

# Method and path of an operation.
Key = tuple[str, str]
# The rules for the aspects of an operation's deprecation.
DEPRECATED = {
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


def changes(views: Views) -> Iterator[Use]:
    """Yield every change with the operation it reaches."""
    old, new = views.base.endpoints(), views.revision.endpoints()
    yield from ((change, "") for change in dangling_references(views))
    targets = moves(old, new)
    for key, endpoint in old.items():
        other = new.get(key) or targets.get(key)
        if other is None:
            yield removed(endpoint), endpoint.label
            continue
        if key in targets:
            words = {"old": endpoint.label, "new": other.label}
            yield Change("api-operation-moved", endpoint.pointer, other.pointer, words), endpoint.label
        yield from ((change, endpoint.label) for change in diff_operation(views, endpoint, other))
    for key, endpoint in new.items():
        if key not in old and endpoint not in targets.values():
            yield Change("endpoint-added", None, endpoint.pointer, {"operation": endpoint.label}), endpoint.label
    of_document = (*servers.document_changes(views), *security.document_changes(views))
    yield from ((change, "") for change in of_document)


def moves(old: dict[Key, Endpoint], new: dict[Key, Endpoint]) -> dict[Key, Endpoint]:
    """Return the operations that have another path or method now, by their old keys: those with the same operationId.

    An operation whose removal was announced is not looked for.
    """
    added = {one.raw["operationId"]: one for key, one in new.items() if key not in old and one.raw.get("operationId")}
    missing = {key: one for key, one in old.items() if key not in new and removal(one.raw) == "unannounced"}
    names = {key: one.raw.get("operationId") for key, one in missing.items()}
    return {key: added[name] for key, name in names.items() if name in added}


def dangling_references(views: Views) -> Iterator[Change]:
    """Yield the references that lead nowhere, each once, unless they did so before."""
    base, revision = views.base.document, views.revision.document
    lost = {reference for reference in targets(revision) if not leads(revision, reference)}
    known = {reference for reference in targets(base) if not leads(base, reference)}
    if lost <= known:
        return
    for pointer, reference in references(revision):
        if reference not in known and not leads(revision, reference):
            known.add(reference)
            yield Change("reference-dangling", None, pointer, {"new": code(reference)})


def removed(endpoint: Endpoint) -> Change:
    """Return the removal of an operation, by how it was announced."""
    sunset = code(endpoint.raw.get("x-sunset"))
    words = {"operation": endpoint.label, "old": sunset, "new": sunset}
    return Change(REMOVED[removal(endpoint.raw)], endpoint.pointer, None, words)


def diff_operation(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of an operation that both documents have."""
    yield from diff_names(old, new)
    yield from diff_lifecycle(old, new)
    parts = (*parameters.changes(views, old, new), *bodies.changes(views, old, new))
    yield from (change for change in parts if not is_unstable_anyway(old, change))
    yield from security.operation_changes(views, old, new)
    yield from servers.operation_changes(views, old, new)
    if old.raw.get("callbacks") != new.raw.get("callbacks"):
        yield Change("api-callbacks-changed", old.pointer, new.pointer, {"operation": old.label})


def is_unstable_anyway(old: Endpoint, change: Change) -> bool:
    """Return whether a change lowers the stability of a part to no less than that of its operation before."""
    level = old.raw.get("x-stability-level")
    if not change.rule.endswith("-stability-decreased") or level not in STABILITY:
        return False
    return STABILITY.index(level) <= STABILITY.index(change.words["new"].strip("`"))


def diff_names(old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of operationId and tags."""
    pointers = (old.pointer, new.pointer)
    before, after = old.raw.get("operationId"), new.raw.get("operationId")
    if before != after:
        words = {"operation": old.label, "old": code(before), "new": code(after) if after else "missing"}
        yield Change("api-operation-id-removed" if before else "api-operation-id-added", *pointers, words)
    old_tags, new_tags = ({str(tag) for tag in list_at(one.raw, "tags")} for one in (old, new))
    added, removed = sorted(new_tags - old_tags), sorted(old_tags - new_tags)
    if added and removed:
        yield Change("api-tag-changed", *pointers, {"old": code_list(removed), "new": code_list(added)})
    elif added or removed:
        rule = "api-tag-added" if added else "api-tag-removed"
        yield Change(rule, *pointers, {"name": code_list(added or removed)})


def diff_lifecycle(old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of deprecation and stability."""
    pointers = (old.pointer, new.pointer)
    for aspect, words in deprecations(old.raw, new.raw):
        yield Change(DEPRECATED[aspect], *pointers, {"operation": old.label, **words})
    unknown = unknown_stability(old.raw, new.raw)
    before, after = (one.raw.get("x-stability-level") for one in (old, new))
    if unknown:
        words = {"operation": old.label, "new": code(unknown[0])}
        yield Change("api-invalid-stability-level", *pointers, words)
    elif before in (None, "ga") and after in STABILITY[:3]:
        words = {"operation": old.label, "old": code(before or "stable"), "new": code(after)}
        yield Change("api-stability-decreased", *pointers, words)
