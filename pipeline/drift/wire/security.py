"""Changes of security: the requirements of operations and of the document, and the schemes they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from pipeline.document import Document, escape, is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.views import Endpoint, Views, components

# Keywords of a scheme for people. The texts of OAuth scopes count, as they are shown to users.
ANNOTATIONS = ("description", "bearerFormat")


def operation_changes(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of an operation's security, where it has its own."""
    if "security" not in old.raw and "security" not in new.raw:
        return
    words = {"operation": old.label}
    before = renamed_requirements(views, views.base.security(old if "security" in old.raw else None))
    after = views.revision.security(new if "security" in new.raw else None)
    pointers = (f"{old.pointer}/security", f"{new.pointer}/security")
    yield from diff_requirements(before, after, "api-security", words, pointers)


def document_changes(views: Views) -> Iterator[Change]:
    """Yield the changes of the security schemes and of the document's default security."""
    yield from diff_schemes(views)
    words = {"operation": "every operation"}
    before, after = renamed_requirements(views, views.base.security(None)), views.revision.security(None)
    yield from diff_requirements(before, after, "api-global-security", words, ("/security", "/security"))


def diff_schemes(views: Views) -> Iterator[Change]:
    """Yield the changes of the security schemes."""
    old, new = (components(view.document, "securitySchemes") for view in (views.base, views.revision))
    renamed = renamed_schemes(views)
    newly_required = {name for one in views.revision.security(None) for name in one}
    newly_required -= {name for one in views.base.security(None) for name in one}
    for name in sorted((old.keys() | new.keys()) - renamed.keys() - set(renamed.values())):
        pointer = f"/components/securitySchemes/{escape(name)}"
        if name not in old and name in newly_required:
            # The operations that require it are reported.
            continue
        if name not in old:
            yield Change("api-security-component-added", None, pointer, {"new": code(name)})
        elif name not in new:
            yield Change("api-security-component-removed", pointer, None, {"old": code(name)})
        elif (before := scheme_kind(old[name])) != (after := scheme_kind(new[name])):
            words = {"name": code(name), "old": before, "new": after}
            yield Change("api-security-component-type-changed", pointer, pointer, words)
        elif without_annotations(old[name]) != without_annotations(new[name]):
            yield Change("api-security-component-changed", pointer, pointer, {"name": code(name)})


def renamed_schemes(views: Views) -> dict[str, str]:
    """Return the new names of schemes that only changed their name, which never appears on the wire."""
    old, new = (components(view.document, "securitySchemes") for view in (views.base, views.revision))
    found: dict[str, str] = {}
    for name in [name for name in old if name not in new]:
        candidates = [one for one in new if one not in old and one not in found.values()]
        same = [one for one in candidates if without_annotations(old[name]) == without_annotations(new[one])]
        found |= {name: same[0]} if same else {}
    return found


def renamed_requirements(views: Views, requirements: list[Document]) -> list[Document]:
    """Return the old ways to authenticate under the new names of their schemes."""
    names = renamed_schemes(views)
    return [{names.get(name, name): scopes for name, scopes in one.items()} for one in requirements]


def scopes_of(value: object) -> set[str]:
    """Return the scopes of a way to authenticate; none where they are not a list of names."""
    return {str(scope) for scope in cast("list[object]", value)} if isinstance(value, list) else set()


def diff_requirements(
    old: list[Document], new: list[Document], root: str, words: dict[str, str], pointers: tuple[str, str]
) -> Iterator[Change]:
    """Yield the added and removed ways to authenticate, and the changes of their scopes."""
    before, after = ({tuple(sorted(one)): one for one in listed} for listed in (old, new))
    common = before.keys() & after.keys()
    for names in common:
        for name in names:
            old_scopes, new_scopes = (scopes_of(way[names][name]) for way in (before, after))
            for scope in sorted(new_scopes - old_scopes):
                yield Change("api-security-scope-added", *pointers, words | {"new": code(scope)})
            for scope in sorted(old_scopes - new_scopes):
                yield Change("api-security-scope-removed", *pointers, words | {"old": code(scope)})
    removed = [label(names) for names in before if names not in after]
    added = [label(names) for names in after if names not in before]
    words_of_both = words | {"old": ", ".join(removed), "new": ", ".join(added)}
    if removed and added and not common:
        yield Change("api-security-replaced", *pointers, words_of_both)
    elif () in before and () not in after:
        required = " or ".join(map(label, after))
        yield Change("api-security-became-required", *pointers, words | {"new": required})
    else:
        if added:
            yield Change(f"{root}-added", *pointers, words_of_both)
        if removed:
            yield Change(f"{root}-removed", *pointers, words_of_both)


def label(names: tuple[str, ...]) -> str:
    """Return a way to authenticate for a sentence: the schemes it combines."""
    return code(" + ".join(names) or "nothing")


def scheme_kind(scheme: Any) -> str:
    """Return how a security scheme sends credentials."""
    keys = ("type", "scheme", "in", "name") if is_object(scheme) else ()
    return " ".join(str(scheme[key]) for key in keys if key in scheme).lower()


def without_annotations(scheme: Any) -> Document:
    """Return a security scheme without the keywords for people."""
    return {key: value for key, value in scheme.items() if key not in ANNOTATIONS} if is_object(scheme) else {}
