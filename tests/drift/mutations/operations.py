"""Mutations of operations, security and servers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.drift.mutations.edits import (
    CHAT,
    LIST,
    B,
    Edit,
    N,
    S,
    W,
    add,
    both,
    cut,
    put,
    rename,
)


def operations() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of operations, security and servers."""
    yield "chat is removed", B, cut("/paths/~1chat-messages")
    yield (
        "listing is removed, as announced",
        N,
        both(put(f"{LIST}/deprecated", True), put(f"{LIST}/x-sunset", "2020-01-01")),
    )
    yield "an operation is new", N, put("/paths/~1fresh", {"get": {"responses": {"200": {"description": "Yes."}}}})
    yield "a method is new", N, put("/paths/~1info/post", {"responses": {"200": {"description": "Yes."}}})
    yield "a path is renamed", B, rename("/paths/~1meta", "/metadata")
    yield "an operationId is renamed", N, put(f"{CHAT}/operationId", "sendMessage")
    yield "a tag is renamed", N, put(f"{CHAT}/tags", ["Chat"])
    yield "a tag is added", N, add(f"{CHAT}/tags", "Chat")
    yield "an operation is deprecated", N, put(f"{CHAT}/deprecated", True)
    yield (
        "keys are sent in a special header",
        B,
        put("/components/securitySchemes/ApiKeyAuth", {"type": "apiKey", "in": "header", "name": "X-Key"}),
    )
    yield "keys are optional", N, add("/security", {})
    yield "another address", W, put("/servers/0/variables/api_base_url/default", "api.example.com/v2")
    yield "a second address", N, add("/servers", {"url": "https://eu.example.com"})
    yield (
        "a reference has no target",
        B,
        put(f"{LIST}/responses/200/content/application~1json/schema/$ref", f"#{S}Nobody"),
    )
    own = [{"url": "https://chat.example.com"}]
    yield "chat has its own address", W, put(f"{CHAT}/servers", own)
    yield "a path has its own address", W, put("/paths/~1info/servers", own)
    yield "the address is removed", W, cut("/servers")
    yield "info needs no key", N, put("/paths/~1info/get/security", [])
    yield "no key is needed", N, cut("/security")
    yield (
        "keys are sent in the query",
        B,
        put("/components/securitySchemes/ApiKeyAuth", {"type": "apiKey", "in": "query", "name": "key"}),
    )
    yield (
        "a second key is needed",
        B,
        both(
            put("/components/securitySchemes/Second", {"type": "apiKey", "in": "header", "name": "X-Second"}),
            put("/security", [{"ApiKeyAuth": [], "Second": []}]),
        ),
    )
    yield "a path ends in a slash", B, rename("/paths/~1info", "/info/")
    yield "chat becomes a PUT", B, rename(f"{CHAT}", "put")
    yield "a HEAD is new", N, put("/paths/~1info/head", {"responses": {"200": {"description": "Yes."}}})
    yield "an operationId is removed", N, cut(f"{CHAT}/operationId")
    yield "all tags are removed", N, cut(f"{CHAT}/tags")
    yield "listing is removed without warning", B, cut(LIST)
    yield (
        "listing gets a sunset date",
        N,
        both(put(f"{LIST}/deprecated", True), put(f"{LIST}/x-sunset", "2099-01-01")),
    )
