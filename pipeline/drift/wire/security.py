"""Security: how operations want to be called, and the schemes behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, escape, is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.views import Endpoint, Views, components


def changes(sides: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """The security of one operation, where it says something of its own."""
    if "security" not in old.raw and "security" not in new.raw:
        return
    words = {"operation": old.label}
    before = sides.base.security(old if "security" in old.raw else None)
    after = sides.revision.security(new if "security" in new.raw else None)
    pointers = (f"{old.pointer}/security", f"{new.pointer}/security")
    yield from requirements(before, after, "api-security", words, pointers)


def of_document(sides: Views) -> Iterator[Change]:
    """The schemes, and what the whole document asks for by default."""
    yield from schemes(sides)
    yield from document_security(sides)


def document_security(sides: Views) -> Iterator[Change]:
    """The security of the whole document."""
    words = {"operation": "every operation"}
    before, after = sides.base.security(None), sides.revision.security(None)
    yield from requirements(before, after, "api-global-security", words, ("/security", "/security"))


def schemes(sides: Views) -> Iterator[Change]:
    """The security schemes themselves."""
    old, new = (components(side.document, "securitySchemes") for side in (sides.base, sides.revision))
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


def scheme_kind(scheme: Any) -> str:
    """How a security scheme sends credentials."""
    keys = ("type", "scheme", "in", "name") if is_object(scheme) else ()
    return " ".join(str(scheme[key]) for key in keys if key in scheme).lower()


def without_prose(node: Any) -> str:
    """A comparable form without descriptions; the texts of OAuth scopes count, as they are shown to users."""
    return json.dumps(
        {key: value for key, value in node.items() if key not in ("description", "bearerFormat")}, sort_keys=True
    )
