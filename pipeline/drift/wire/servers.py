"""Changes of server addresses, of the document and of operations that have their own."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Document, is_object
from pipeline.drift.rules.finding import Change
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.schemas.phrases import code
from pipeline.drift.wire.views import DocumentView, Endpoint, Views


def document_changes(views: Views) -> Iterator[Change]:
    """Yield the changes of the document's server addresses."""
    old, new = addresses(views.base.document), addresses(views.revision.document)
    yield from diff_addresses(old, new, ("/servers", "/servers"))


def operation_changes(views: Views, old: Endpoint, new: Endpoint) -> Iterator[Change]:
    """Yield the changes of an operation's server addresses, where it has its own."""
    if any("servers" in one for one in (old.raw, old.item, new.raw, new.item)):
        before, after = effective_addresses(views.base, old), effective_addresses(views.revision, new)
        yield from diff_addresses(before, after, (old.pointer, new.pointer))


def effective_addresses(view: DocumentView, endpoint: Endpoint) -> list[str]:
    """Return the server addresses of an operation: its own, those of its path, or the document's."""
    owners = [owner for owner in (endpoint.raw, endpoint.item) if "servers" in owner]
    return addresses(owners[0] if owners else view.document)


def diff_addresses(old: list[str], new: list[str], pointers: tuple[str, str]) -> Iterator[Change]:
    """Yield the removed and the added addresses."""
    removed, added = [one for one in old if one not in new], [one for one in new if one not in old]
    if removed and added:
        yield Change("server-default-changed", *pointers, {"old": code_join(removed), "new": code_join(added)})
    elif removed:
        words = {"old": code_join(removed), "new": code_join(new) or "none"}
        yield Change("server-removed", "/servers", None, words)
    elif added:
        yield Change("server-added", None, pointers[1], {"new": code_join(added)})


def code_join(values: list[str]) -> str:
    """Return values in backticks, separated by commas."""
    return ", ".join(map(code, values))


def addresses(owner: Document) -> list[str]:
    """Return the server addresses with the defaults of their variables filled in."""
    found: list[str] = []
    for server in list_at(owner, "servers"):
        url = str(server.get("url", "")) if is_object(server) else ""
        for name, variable in object_at(server, "variables").items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")) if is_object(variable) else "")
        found.append(url)
    return found
