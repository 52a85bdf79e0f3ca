"""Changes of request and response bodies, by status, media type and header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import escape, is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import object_at
from pipeline.drift.schemas.deprecation import deprecations
from pipeline.drift.schemas.phrases import code
from pipeline.drift.schemas.position import Position
from pipeline.drift.schemas.reference import SchemaRef
from pipeline.drift.schemas.types import STRING
from pipeline.drift.wire.parameters import style
from pipeline.drift.wire.views import DocumentView, Endpoint, Views

REQUEST, RESPONSE = "request-body", "response-body"
STREAM = "text/event-stream"


@dataclass(frozen=True)
class MediaType:
    """A media type as it is written, and its body."""

    written: str
    body: SchemaRef


def changes(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of the request body and of the responses."""
    yield from diff_request(views, old, new)
    yield from diff_responses(views, old, new)


def diff_request(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of the request body."""
    before, after = request_body(views.base, old), request_body(views.revision, new)
    words = {"operation": old.label, "name": ""}
    if before is None and after is not None:
        how = "required" if after.raw.get("required") else "optional"
        yield Change(f"request-body-added-{how}", None, after.pointer, words)
    elif before is not None and after is None:
        yield Change("request-body-removed", before.pointer, None, words)
    elif before is not None and after is not None:
        was_required, is_required = bool(before.raw.get("required")), bool(after.raw.get("required"))
        if was_required != is_required:
            aspect = "became-required" if is_required else "became-optional"
            yield Change(f"request-body-{aspect}", before.pointer, after.pointer, words)
        yield from diff_content(views, before, after, REQUEST, words)


def request_body(view: DocumentView, endpoint: Endpoint) -> SchemaRef | None:
    """Return the request body of an operation, if it has one."""
    if "requestBody" not in endpoint.raw:
        return None
    return view.component(SchemaRef(endpoint.raw["requestBody"], f"{endpoint.pointer}/requestBody"))


def diff_responses(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of the responses by status."""
    before, after = responses(views.base, old), responses(views.revision, new)
    moved = moved_statuses(views, before, after)
    for status, other in moved.items():
        pointers = (f"{old.pointer}/responses/{status}", f"{new.pointer}/responses/{other}")
        yield Change(f"{status_rule(status)}-changed", *pointers, {"old": status, "new": other})
    for status in before.keys() - after.keys() - moved.keys():
        yield Change(f"{status_rule(status)}-removed", f"{old.pointer}/responses/{status}", None, {"status": status})
    for status in after.keys() - before.keys() - set(moved.values()):
        yield Change(f"{status_rule(status)}-added", None, f"{new.pointer}/responses/{status}", {"status": status})
    for status in sorted(before.keys() & after.keys()):
        words = {"operation": old.label, "status": status}
        yield from diff_content(views, before[status], after[status], RESPONSE, words)
        yield from diff_headers(views, before[status], after[status], status)


def moved_statuses(views: Views, old: dict[str, SchemaRef], new: dict[str, SchemaRef]) -> dict[str, str]:
    """Return the new statuses of responses with the same content, if only one status of their kind was removed."""
    found: dict[str, str] = {}
    for kind in dict.fromkeys(map(status_rule, old)):
        removed = [one for one in old if one not in new and status_rule(one) == kind]
        added = [one for one in new if one not in old and status_rule(one) == kind]
        if len(removed) == len(added) == 1:
            pair, words = (old[removed[0]], new[added[0]]), {"operation": "", "status": ""}
            is_same = not any(diff_content(views, *pair, RESPONSE, words)) and not any(diff_headers(views, *pair, ""))
            found |= {removed[0]: added[0]} if is_same else {}
    return found


def responses(view: DocumentView, endpoint: Endpoint) -> dict[str, SchemaRef]:
    """Return the responses of an operation by status."""
    return {
        str(status): view.component(SchemaRef(raw, f"{endpoint.pointer}/responses/{status}"))
        for status, raw in object_at(endpoint.raw, "responses").items()
    }


def status_rule(status: str) -> str:
    """Return the root of the rules for a status."""
    return f"response-{'success' if status.startswith('2') else 'non-success'}-status"


def diff_content(views: Views, old: SchemaRef, new: SchemaRef, root: str, words: dict[str, str]) -> Iterator[Change]:
    """Yield the changes of the media types of a body."""
    before, after = media_types(old), media_types(new)
    renamed = renames(list(before), list(after), by_suffix=root == RESPONSE)
    rules = "request-body-media-type" if root == REQUEST else "response-media-type"
    if len(before) == len(after) == 1 and not renamed and before.keys() != after.keys():
        (first,), (second,) = before.values(), after.values()
        types = {"old": code(first.written), "new": code(second.written)}
        yield Change(f"{rules}-replaced", first.body.pointer, second.body.pointer, words | types)
        return
    for name, one in before.items():
        other = after.get(name) or after.get(renamed.get(name, ""))
        if other is None:
            yield Change(f"{rules}-removed", one.body.pointer, None, words | {"old": code(one.written)})
            continue
        if name in renamed:
            how = "changed" if root == REQUEST else kind_of_rename(one.written, other.written)
            named = words | {"old": code(one.written), "new": code(other.written)}
            yield Change(f"{rules}-name-{how}", one.body.pointer, other.body.pointer, named)
        yield from diff_media_type(views, one, other, root, words)
    for name, one in after.items():
        if name not in before and name not in renamed.values():
            yield Change(f"{rules}-added", None, one.body.pointer, words | {"new": code(one.written)})


def diff_media_type(
    views: Views, one: MediaType, other: MediaType, root: str, words: dict[str, str]
) -> Iterator[Change]:
    """Yield the changes of a media type that both versions have."""
    old, new = one.body, other.body
    had_schema, has_schema = (is_object(body.raw.get("schema")) for body in (old, new))
    named = words | {"name": code(one.written)}
    if old.raw.get("encoding") != new.raw.get("encoding"):
        yield Change(f"{root}-encoding-changed", old.pointer, new.pointer, named)
    if had_schema != has_schema:
        how = "added" if has_schema else "removed"
        yield Change(f"{root}-media-type-schema-{how}", old.pointer, new.pointer, named)
    elif had_schema and names_events(views, one, other):
        # The events of a stream are compared as such, whichever schema describes its text here.
        yield Change("response-stream-schema-changed", old.pointer, new.pointer, words)
    elif had_schema:
        is_typed = "json" in one.written or one.written.startswith("text/")
        position = Position(root, "", "" if is_typed else "text")
        yield from views.schemas.compare(old.child("schema"), new.child("schema"), position)


def names_events(views: Views, one: MediaType, other: MediaType) -> bool:
    """Return whether two bodies are event streams of which one is text and the other one names the events."""
    old = views.base.reader.normalise(one.body.child("schema"))
    new = views.revision.reader.normalise(other.body.child("schema"))
    return one.written == STREAM and (old.types == STRING) != (new.types == STRING)


def diff_headers(views: Views, old: SchemaRef, new: SchemaRef, status: str) -> Iterator[Change]:
    """Yield the changes of the headers of a response."""
    before, after = headers(views.base, old), headers(views.revision, new)
    for key, (name, ref) in before.items():
        words = {"name": f"`{name}`", "status": status}
        was_required = bool(ref.raw.get("required"))
        if key not in after:
            how = "required" if was_required else "optional"
            yield Change(f"{how}-response-header-removed", ref.pointer, None, words)
            continue
        other = after[key][1]
        is_required = bool(other.raw.get("required"))
        if was_required != is_required:
            how = "required" if is_required else "optional"
            yield Change(f"response-header-became-{how}", ref.pointer, other.pointer, words)
        for aspect, more in deprecations(ref.raw, other.raw):
            yield Change(f"response-header-{aspect}", ref.pointer, other.pointer, words | more)
        if style(ref.raw, "header") != style(other.raw, "header"):
            yield Change("response-header-encoding-changed", ref.pointer, other.pointer, words)
        schemas = views.base.schema_of(ref), views.revision.schema_of(other)
        yield from views.schemas.compare(*schemas, Position("response-header", name, "text"))
    for key, (name, ref) in after.items():
        if key not in before:
            yield Change("response-header-added", None, ref.pointer, {"name": f"`{name}`", "status": status})


def headers(view: DocumentView, response: SchemaRef) -> dict[str, tuple[str, SchemaRef]]:
    """Return the headers of a response by their lower-case names: as written, and the header."""
    named = object_at(response.raw, "headers")
    return {name.lower(): (name, view.component(response.child("headers", name))) for name in named}


def media_types(ref: SchemaRef) -> dict[str, MediaType]:
    """Return the media types of a body by their normal names."""
    found: dict[str, MediaType] = {}
    for written, body in object_at(ref.raw, "content").items():
        name = re.sub(r"\s*;\s*", ";", written.strip().lower())
        body_ref = SchemaRef(body if is_object(body) else {}, f"{ref.pointer}/content/{escape(written)}")
        found[name] = MediaType(written, body_ref)
    return found


def renames(old: list[str], new: list[str], *, by_suffix: bool) -> dict[str, str]:
    """Return the one media type that replaced another one.

    They differ only in their parameters or, `by_suffix`, have the same structured-syntax suffix.
    """
    removed, added = [name for name in old if name not in new], [name for name in new if name not in old]
    comparable = suffix if by_suffix else without_parameters
    if len(removed) == len(added) == 1 and comparable(removed[0]) == comparable(added[0]):
        return {removed[0]: added[0]}
    return {}


def without_parameters(name: str) -> str:
    """Return a media type without its parameters."""
    return name.partition(";")[0]


def suffix(name: str) -> str:
    """Return the structured-syntax suffix of a media type, or its subtype: json for application/problem+json."""
    return re.split(r"[/+]", without_parameters(name))[-1]


def kind_of_rename(old: str, new: str) -> str:
    """Return how a media type changed: generalized, specialized or just changed."""
    before, after = without_parameters(old), without_parameters(new)
    if "+" in before and "+" not in after:
        return "generalized"
    if "+" in after and "+" not in before and ";" not in new:
        return "specialized"
    return "changed"
