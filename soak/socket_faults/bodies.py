"""Changes of a right body and its type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from soak import exchanges as ex
from soak.responses import play, sized
from soak.socket_faults.fault import Damage, SocketFault


def body_faults() -> Iterator[SocketFault]:
    """Yield changes of a right body and its type."""
    for kind in (
        "text/plain",
        "text/html",
        "",
        "application/octet-stream",
        "garbage",
        "application/json; charset=nonsense",
        "application/problem+json",
    ):
        yield SocketFault(f"content type {kind or '(none)'}", partial(play, kind=kind))
    yield SocketFault(
        "content type of a stream", lambda exchange: play(exchange, None, kind=ex.EVENTS) if exchange.is_json else None
    )
    yield SocketFault(
        "byte order mark",
        lambda exchange: sized(exchange, b"\xef\xbb\xbf" + exchange.payload) if exchange.is_json else None,
    )
    yield SocketFault(
        "spaces around the body",
        lambda exchange: sized(exchange, b" \r\n" * 50 + exchange.payload + b"\n" * 50) if exchange.is_json else None,
        is_harmless=True,
    )
    yield SocketFault(
        "UTF-16",
        lambda exchange: sized(exchange, exchange.payload.decode().encode("utf-16")) if exchange.is_json else None,
    )
    yield SocketFault(
        "invalid UTF-8",
        lambda exchange: sized(exchange, exchange.payload.replace(b'"', b'"\xff\xc3', 1)) if exchange.is_json else None,
    )
    yield SocketFault(
        "JSON that ends early", lambda exchange: sized(exchange, exchange.payload[:-1]) if exchange.is_json else None
    )
    yield SocketFault(
        "JSON with trailing text",
        lambda exchange: sized(exchange, exchange.payload + b"garbage") if exchange.is_json else None,
    )
    yield SocketFault(
        "null byte in JSON",
        lambda exchange: sized(exchange, exchange.payload.replace(b'"', b'"\x00', 1)) if exchange.is_json else None,
    )
    yield SocketFault("every value null", of_json(dict.fromkeys))
    yield SocketFault("every value a number", of_json(lambda body: dict.fromkeys(body, 7)))
    yield SocketFault("every value a list", of_json(lambda body: {name: [1, None] for name in body}))
    yield SocketFault("every value an object", of_json(lambda body: {name: {"a": 1} for name in body}))
    yield SocketFault(
        "unknown fields", of_json(lambda body: {**body, "new_field": {"deep": [1, None]}}), is_harmless=True
    )
    yield SocketFault("in a list", of_json(lambda body: [body]))


def of_json(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Return the damage of a JSON body that is changed."""
    return lambda exchange: (
        play(exchange, [json.dumps(change(json.loads(exchange.body))).encode()])
        if exchange.is_json and exchange.body != b"{}"
        else None
    )
