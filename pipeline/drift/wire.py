"""The wire layer: operations, parameters, bodies, answers, security and servers of two documents against each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import METHODS, Document, escape, is_list, is_object, references, resolve
from pipeline.drift.compare import STABILITY, Comparison, Slot, code, day, deprecations, unknown_stability
from pipeline.drift.findings import Change
from pipeline.drift.schemas import Reader, Spot, listing, section

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


@dataclass(frozen=True)
class Endpoint:
    """One operation with the path item it stands in."""

    method: str
    path: str
    pointer: str
    raw: Document
    item: Document
    item_pointer: str

    @property
    def label(self) -> str:
        """The operation as a report names it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def shape(self) -> tuple[str, str]:
        """What is the same when only path parameters are renamed."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


@dataclass
class Side:
    """One of the two documents."""

    document: Document
    place: str
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.document, self.place)

    def endpoints(self) -> dict[tuple[str, str], Endpoint]:
        """The operations by method and path, path parameters unnamed."""
        found: dict[tuple[str, str], Endpoint] = {}
        for path, item in self.document["paths"].items():
            resolved = self.reader.follow(Spot(item, f"/paths/{escape(path)}"))[0]
            for method in METHODS:
                raw = resolved.raw.get(method) if is_object(resolved.raw) else None
                if is_object(raw):
                    one = Endpoint(method, path, f"{resolved.pointer}/{method}", raw, resolved.raw, resolved.pointer)
                    found[one.shape] = one
        return found

    def parameters(self, endpoint: Endpoint) -> dict[tuple[str, str], Spot]:
        """Parameters by place and name; path parameters by their position in the path."""
        names = re.findall(r"\{([^}]*)\}", endpoint.path)
        found: dict[tuple[str, str], Spot] = {}
        for owner, pointer in ((endpoint.item, endpoint.item_pointer), (endpoint.raw, endpoint.pointer)):
            listed: Any = owner.get("parameters")
            for index in range(len(listed) if is_list(listed) else 0):
                spot = self.reader.follow(Spot(listed[index], f"{pointer}/parameters/{index}"))[0]
                if is_object(spot.raw) and isinstance(spot.raw.get("name"), str):
                    where, name = str(spot.raw.get("in")), spot.raw["name"]
                    if where == "path":
                        # A name that the path does not have belongs to the only placeholder there is.
                        name = str(names.index(name) if name in names else 0)
                    found[where, name.lower() if where == "header" else name] = spot
        return found

    def component(self, spot: Spot) -> Spot:
        """A response, body or header that may be a reference."""
        found = self.reader.follow(spot)[0]
        return found if is_object(found.raw) else Spot({}, found.pointer)

    def schema(self, spot: Spot) -> Spot | None:
        """The schema of a parameter, header or media type."""
        if "schema" in spot.raw and is_object(spot.raw["schema"]):
            return spot.child("schema")
        content: Any = spot.raw.get("content")
        for name, media in content.items() if is_object(content) else ():
            if is_object(media) and is_object(media.get("schema")):
                return spot.child("content", name, "schema")
        return None

    def security(self, endpoint: Endpoint | None) -> list[Document]:
        """The ways to authenticate: those of an operation or of the whole document, each once."""
        own: Any = endpoint.raw.get("security") if endpoint else self.document.get("security")
        listed = [one for one in own if is_object(one)] if is_list(own) else []
        return [one for index, one in enumerate(listed) if one not in listed[:index]]


@dataclass
class Wire:
    """The comparison of two documents as servers and programs see them."""

    base: Side
    revision: Side
    comparison: Comparison = field(init=False)

    def __post_init__(self) -> None:
        self.comparison = Comparison(self.base.reader, self.revision.reader)

    def changes(self) -> Seen:
        """Every change with the operation it reaches."""
        old, new = self.base.endpoints(), self.revision.endpoints()
        yield from self.dangling()
        for shape, endpoint in old.items():
            if shape in new:
                yield from ((change, endpoint.label) for change in self.endpoint(endpoint, new[shape]))
            else:
                yield self.removed(endpoint), endpoint.label
        for shape, endpoint in new.items():
            if shape not in old:
                yield Change("endpoint-added", None, endpoint.pointer, {"operation": endpoint.label}), endpoint.label
        yield from ((change, "") for change in (*self.servers(), *self.schemes(), *self.document_security()))

    def dangling(self) -> Seen:
        """References that lead nowhere, unless they did so before."""
        before = {reference for _, reference in references(self.base.document)}
        known: set[str] = set()
        for pointer, reference in references(self.revision.document):
            try:
                resolve(self.revision.document, reference)
            except LookupError:
                if reference not in known and not (reference in before and not leads(self.base.document, reference)):
                    known.add(reference)
                    yield Change("reference-dangling", None, pointer, {"new": code(reference)}), ""

    def removed(self, endpoint: Endpoint) -> Change:
        """An operation that is gone: announced or not."""
        words = {
            "operation": endpoint.label,
            "old": code(endpoint.raw.get("x-sunset")),
            "new": code(endpoint.raw.get("x-sunset")),
        }
        sunset = endpoint.raw.get("x-sunset")
        if not endpoint.raw.get("deprecated"):
            rule = "api-removed-without-deprecation"
        elif sunset is None:
            rule = "api-removed-with-deprecation"
        elif (until := day(sunset)) is None:
            rule = "api-path-sunset-parse"
        else:
            rule = "api-removed-before-sunset" if until > today() else "api-removed-with-deprecation"
        return Change(rule, endpoint.pointer, None, words)

    def endpoint(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """One operation that both documents have."""
        yield from self.names(old, new)
        yield from self.parameters(old, new)
        yield from self.body(old, new)
        yield from self.answers(old, new)
        yield from self.operation_security(old, new)
        if old.raw.get("callbacks") != new.raw.get("callbacks"):
            yield Change("api-callbacks-changed", old.pointer, new.pointer, {"operation": old.label})

    def names(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """operationId, tags, deprecation and stability."""
        pointers = (old.pointer, new.pointer)
        before, after = old.raw.get("operationId"), new.raw.get("operationId")
        if before != after:
            words = {"old": code(before), "new": code(after) if after else "without one"}
            yield Change("api-operation-id-removed" if before else "api-operation-id-added", *pointers, words)
        tags, others = ([str(tag) for tag in listing(one.raw, "tags")] for one in (old, new))
        for tag in sorted(set(others) - set(tags)):
            yield Change("api-tag-added", *pointers, {"operation": old.label, "new": code(tag)})
        for tag in sorted(set(tags) - set(others)):
            yield Change("api-tag-removed", *pointers, {"operation": old.label, "old": code(tag)})
        for aspect, words in deprecations(old.raw, new.raw):
            yield Change(RENAMED[aspect], *pointers, {"operation": old.label, **words})
        yield from self.stability(old, new)

    def stability(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
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

    # Parameters

    def parameters(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """Parameters that stayed, came and went."""
        before, after = self.base.parameters(old), self.revision.parameters(new)
        for key, spot in before.items():
            if key in after:
                yield from self.parameter(key[0], spot, after[key])
            else:
                yield self.parameter_removed(key[0], spot)
        for key, spot in after.items():
            if key not in before:
                yield parameter_added(key[0], spot)

    def parameter(self, where: str, old: Spot, new: Spot) -> Iterator[Change]:
        """One parameter that both have."""
        name = old.raw["name"]
        words = {"name": f"`{name}`", "where": where}
        was, now = (bool(spot.raw.get("required")) or where == "path" for spot in (old, new))
        if was != now:
            aspect = "became-required" if now else "became-optional"
            yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words)
        for aspect, more in deprecations(old.raw, new.raw):
            yield Change(f"request-parameter-{aspect}", old.pointer, new.pointer, words | more)
        if style(old.raw, where) != style(new.raw, where):
            yield Change("request-parameter-encoding-changed", old.pointer, new.pointer, words)
        before, after = self.base.schema(old), self.revision.schema(new)
        if before and after:
            slot = Slot("request-parameter", name, "query" if where == "query" else "text")
            for change in self.comparison.reached(self.comparison.pair(before, after, slot)):
                # A default means nothing where the parameter has to be sent anyway.
                if not ("default-value" in change.rule and old.raw.get("required") and new.raw.get("required")):
                    yield change

    def parameter_removed(self, where: str, spot: Spot) -> Change:
        """A parameter that is gone: announced or not."""
        sunset = spot.raw.get("x-sunset")
        words = {"name": f"`{spot.raw['name']}`", "where": where, "old": code(sunset), "new": code(sunset)}
        if not spot.raw.get("deprecated"):
            rule = "request-parameter-removed"
        elif sunset is None:
            rule = "request-parameter-removed-with-deprecation"
        elif (until := day(sunset)) is None:
            rule = "request-parameter-sunset-parse"
        else:
            rule = "request-parameter-removed-" + ("before-sunset" if until > today() else "with-deprecation")
        return Change(rule, spot.pointer, None, words)

    # Bodies and answers

    def body(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """The request body."""
        spots = [
            side.component(Spot(one.raw["requestBody"], f"{one.pointer}/requestBody"))
            if "requestBody" in one.raw
            else None
            for side, one in ((self.base, old), (self.revision, new))
        ]
        before, after = spots
        words = {"operation": old.label, "name": ""}
        if before is None and after is not None:
            how = "required" if after.raw.get("required") else "optional"
            yield Change(f"request-body-added-{how}", None, after.pointer, words)
        elif before is not None and after is None:
            yield Change("request-body-removed", before.pointer, None, words)
        elif before is not None and after is not None:
            was, now = bool(before.raw.get("required")), bool(after.raw.get("required"))
            if was != now:
                aspect = "became-required" if now else "became-optional"
                yield Change(f"request-body-{aspect}", before.pointer, after.pointer, words)
            yield from self.content(before, after, "request-body", words)

    def content(self, old: Spot, new: Spot, root: str, words: dict[str, str]) -> Iterator[Change]:
        """The media types of a body or an answer."""
        before, after = media(old), media(new)
        renamed = renames(before, after) if root == "response-body" else {}
        for name, (written, body) in before.items():
            other = after.get(name) or after.get(renamed.get(name, ""))
            if other is None:
                rule = "request-body-media-type-removed" if root == "request-body" else "response-media-type-removed"
                yield Change(rule, body.pointer, None, words | {"old": code(written)})
                continue
            if name in renamed:
                rule = f"response-media-type-name-{how_renamed(written, other[0])}"
                yield Change(
                    rule, body.pointer, other[1].pointer, words | {"old": code(written), "new": code(other[0])}
                )
            yield from self.medium(written, body, other[1], root, words)
        for name, (written, body) in after.items():
            if name not in before and name not in renamed.values():
                rule = "request-body-media-type-added" if root == "request-body" else "response-media-type-added"
                yield Change(rule, None, body.pointer, words | {"new": code(written)})

    def medium(self, name: str, old: Spot, new: Spot, root: str, words: dict[str, str]) -> Iterator[Change]:
        """One media type that both have."""
        before, after = (is_object(spot.raw.get("schema")) for spot in (old, new))
        if before and after:
            loose = "" if "json" in name or name.startswith("text/") else "text"
            slot = Slot(root, "", loose)
            yield from self.comparison.reached(self.comparison.pair(old.child("schema"), new.child("schema"), slot))
        elif before != after:
            how = "added" if after else "removed"
            yield Change(f"{root}-media-type-schema-{how}", old.pointer, new.pointer, words | {"name": code(name)})

    def answers(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """The responses by status."""
        before, after = ({str(key): key for key in section(one.raw, "responses")} for one in (old, new))
        for status in before.keys() - after.keys():
            rule = f"response-{'success' if status.startswith('2') else 'non-success'}-status-removed"
            yield Change(rule, f"{old.pointer}/responses/{status}", None, {"status": status})
        for status in after.keys() - before.keys():
            rule = f"response-{'success' if status.startswith('2') else 'non-success'}-status-added"
            yield Change(rule, None, f"{new.pointer}/responses/{status}", {"status": status})
        for status in sorted(before.keys() & after.keys()):
            spots = [
                side.component(Spot(one.raw["responses"][keys[status]], f"{one.pointer}/responses/{status}"))
                for side, one, keys in ((self.base, old, before), (self.revision, new, after))
            ]
            words = {"operation": old.label, "status": status}
            yield from self.content(spots[0], spots[1], "response-body", words)
            yield from self.headers(spots[0], spots[1], status)

    def headers(self, old: Spot, new: Spot, status: str) -> Iterator[Change]:
        """The headers of an answer."""
        sides = ((self.base, old), (self.revision, new))
        before, after = (
            {name.lower(): (name, side.component(spot.child("headers", name))) for name in section(spot.raw, "headers")}
            for side, spot in sides
        )
        for key, (name, spot) in before.items():
            words = {"name": f"`{name}`", "status": status}
            was = bool(spot.raw.get("required"))
            if key not in after:
                yield Change(f"{'required' if was else 'optional'}-response-header-removed", spot.pointer, None, words)
                continue
            other = after[key][1]
            now = bool(other.raw.get("required"))
            if was != now:
                yield Change(
                    f"response-header-became-{'required' if now else 'optional'}", spot.pointer, other.pointer, words
                )
            for aspect, more in deprecations(spot.raw, other.raw):
                yield Change(f"response-header-{aspect}", spot.pointer, other.pointer, words | more)
            schemas = self.base.schema(spot), self.revision.schema(other)
            if schemas[0] and schemas[1]:
                slot = Slot("response-header", name, "text")
                yield from self.comparison.reached(self.comparison.pair(schemas[0], schemas[1], slot))
        for key, (name, spot) in after.items():
            if key not in before:
                yield Change("response-header-added", None, spot.pointer, {"name": f"`{name}`", "status": status})

    # Security and servers

    def operation_security(self, old: Endpoint, new: Endpoint) -> Iterator[Change]:
        """The security of one operation, where it says something of its own."""
        if "security" not in old.raw and "security" not in new.raw:
            return
        words = {"operation": old.label}
        before = self.base.security(old if "security" in old.raw else None)
        after = self.revision.security(new if "security" in new.raw else None)
        pointers = (f"{old.pointer}/security", f"{new.pointer}/security")
        yield from requirements(before, after, "api-security", words, pointers)

    def document_security(self) -> Iterator[Change]:
        """The security of the whole document."""
        words = {"operation": "every operation"}
        before, after = self.base.security(None), self.revision.security(None)
        yield from requirements(before, after, "api-global-security", words, ("/security", "/security"))

    def schemes(self) -> Iterator[Change]:
        """The security schemes themselves."""
        old, new = (components(side.document, "securitySchemes") for side in (self.base, self.revision))
        for name in sorted(old.keys() | new.keys()):
            pointer = f"/components/securitySchemes/{escape(name)}"
            if name not in old:
                yield Change("api-security-component-added", None, pointer, {"new": code(name)})
            elif name not in new:
                yield Change("api-security-component-removed", pointer, None, {"old": code(name)})
            elif (kind := scheme_kind(old[name])) != (other := scheme_kind(new[name])):
                words = {"name": code(name), "old": kind, "new": other}
                yield Change("api-security-component-type-changed", pointer, pointer, words)
            elif without_prose(old[name]) != without_prose(new[name]):
                yield Change("api-security-component-changed", pointer, pointer, {"name": code(name)})

    def servers(self) -> Iterator[Change]:
        """Server addresses, and what their variables stand for by default."""
        old, new = (addresses(side.document) for side in (self.base, self.revision))
        if set(old) == set(new):
            return
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone and come:
            words = {"old": ", ".join(map(code, gone)), "new": ", ".join(map(code, come))}
            yield Change("server-default-changed", "/servers", "/servers", words)
        elif gone:
            yield Change(
                "server-removed",
                "/servers",
                None,
                {"old": ", ".join(map(code, gone)), "new": ", ".join(map(code, new)) or "none"},
            )
        else:
            yield Change("server-added", None, "/servers", {"new": ", ".join(map(code, come))})


def requirements(
    old: list[Document], new: list[Document], root: str, words: dict[str, str], pointers: tuple[str, str]
) -> Iterator[Change]:
    """Ways to authenticate that came and went, and their scopes."""
    before, after = ({tuple(sorted(one)): one for one in listed} for listed in (old, new))
    for names in before.keys() & after.keys():
        for name in names:
            was, now = set(before[names][name] or []), set(after[names][name] or [])
            for scope in sorted(now - was):
                yield Change("api-security-scope-added", *pointers, words | {"new": code(scope)})
            for scope in sorted(was - now):
                yield Change("api-security-scope-removed", *pointers, words | {"old": code(scope)})
    gone = [" + ".join(names) or "nothing" for names in before if names not in after]
    come = [" + ".join(names) or "nothing" for names in after if names not in before]
    shown = {"old": ", ".join(map(code, gone)), "new": ", ".join(map(code, come))}
    if gone and come and not before.keys() & after.keys():
        yield Change("api-security-replaced", *pointers, words | shown)
    elif () in before and () not in after:
        yield Change(
            "api-security-became-required",
            *pointers,
            words | {"new": " or ".join(map(code, (" + ".join(n) for n in after)))},
        )
    else:
        if come:
            yield Change(f"{root}-added", *pointers, words | shown)
        if gone:
            yield Change(f"{root}-removed", *pointers, words | shown)


def parameter_added(where: str, spot: Spot) -> Change:
    """A parameter that is new."""
    needed = bool(spot.raw.get("required"))
    rule = (
        "new-request-path-parameter"
        if where == "path"
        else f"new-{'required' if needed else 'optional'}-request-parameter"
    )
    return Change(rule, None, spot.pointer, {"name": f"`{spot.raw['name']}`", "where": where})


def media(spot: Spot) -> dict[str, tuple[str, Spot]]:
    """Media types by their normal name: as written, and where they stand."""
    content: Any = spot.raw.get("content")
    found: dict[str, tuple[str, Spot]] = {}
    for written, body in content.items() if is_object(content) else ():
        name = re.sub(r"\s*;\s*", ";", written.strip().lower())
        found[name] = (written, Spot(body if is_object(body) else {}, f"{spot.pointer}/content/{escape(written)}"))
    return found


def renames(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """A media type that is gone and one that came, where they are kinds of the same thing."""
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    if len(gone) == len(come) == 1 and family(gone[0]) == family(come[0]):
        return {gone[0]: come[0]}
    return {}


def family(name: str) -> str:
    """The structured-syntax suffix of a media type, or its subtype: json for application/problem+json."""
    return re.split(r"[/+]", name.partition(";")[0])[-1]


def how_renamed(old: str, new: str) -> str:
    """Whether a media type became a wider or a narrower one."""
    before, after = old.partition(";")[0], new.partition(";")[0]
    if "+" in before and "+" not in after:
        return "generalized"
    if "+" in after and "+" not in before and ";" not in new:
        return "specialized"
    return "changed"


def style(raw: Document, where: str) -> tuple[str, bool]:
    """How a parameter is written."""
    name = raw.get("style") or ("form" if where in ("query", "cookie") else "simple")
    explode = raw.get("explode")
    return str(name), bool(explode) if explode is not None else name == "form"


def addresses(document: Document) -> list[str]:
    """The server addresses with their variables filled in."""
    found: list[str] = []
    for server in listing(document, "servers"):
        url = str(server.get("url", "")) if is_object(server) else ""
        variables: Any = server.get("variables") if is_object(server) else None
        for name, variable in variables.items() if is_object(variables) else ():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")) if is_object(variable) else "")
        found.append(url)
    return found


def scheme_kind(scheme: Any) -> str:
    """How a security scheme sends credentials."""
    keys = ("type", "scheme", "in", "name") if is_object(scheme) else ()
    return " ".join(str(scheme[key]) for key in keys if key in scheme).lower()


def without_prose(node: Any) -> str:
    """A comparable form without descriptions; the texts of OAuth scopes count, as they are shown to users."""
    return json.dumps(
        {key: value for key, value in node.items() if key not in ("description", "bearerFormat")}, sort_keys=True
    )


def components(document: Document, kind: str) -> Document:
    """One kind of components."""
    found: Any = document.get("components")
    listed: Any = found.get(kind) if is_object(found) else None
    return listed if is_object(listed) else {}


def leads(document: Document, reference: str) -> bool:
    """Whether a reference leads somewhere."""
    try:
        resolve(document, reference)
    except LookupError:
        return False
    return True


def today() -> Any:
    """The current date, against which sunsets are read."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()
