"""Responses as servers frame them: heads, bodies with a length, and chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from soak.exchanges import Exchange
from soak.wire import Step

REASON = {200: "OK", 204: "No Content", 302: "Found"}


def head(exchange: Exchange, *more: tuple[str, str], status: int | None = None, kind: str | None = None) -> bytes:
    """Return the status line and the headers of a response, with the given framing."""
    status = status or exchange.status
    content_type = exchange.content_type if kind is None else kind
    fields = [*exchange.headers, *([("Content-Type", content_type)] if content_type else []), *more]
    lines = [f"HTTP/1.1 {status} {REASON.get(status, 'Status')}", *(f"{name}: {value}" for name, value in fields)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def sized(exchange: Exchange, body: bytes, *more: tuple[str, str], extra: int = 0, **options: Any) -> list[Step]:
    """Return a response with a length."""
    return [head(exchange, ("Content-Length", str(len(body) + extra)), *more, **options), body]


def chunk(data: bytes, extension: bytes = b"") -> bytes:
    """Return a chunk of a chunked body."""
    return b"%x%b\r\n%b\r\n" % (len(data), extension, data) if data else b""


def chunked(exchange: Exchange, parts: Sequence[bytes], *more: tuple[str, str], **options: Any) -> list[Step]:
    """Return a response in chunks."""
    return [
        head(exchange, ("Transfer-Encoding", "chunked"), *more, **options),
        *(chunk(part) for part in parts if part),
        b"0\r\n\r\n",
    ]


def play(
    exchange: Exchange, parts: Sequence[bytes] | None = None, *more: tuple[str, str], **options: Any
) -> list[Step]:
    """Return a response as servers frame it: streams in chunks, other bodies with a length."""
    parts = exchange.parts if parts is None else parts
    if exchange.is_stream:
        return chunked(exchange, parts, *more, **options)
    return sized(exchange, b"".join(parts), *more, **options)


def flat(steps: Sequence[Step]) -> bytes:
    """Return the bytes of steps."""
    return b"".join(step for step in steps if isinstance(step, bytes))


def nothing_but(step: Step, exchange: Exchange) -> list[Step]:
    """Return one step in place of a response."""
    del exchange
    return [step]
