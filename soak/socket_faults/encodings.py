"""Faults of content encodings."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import cache

from soak.responses import sized
from soak.socket_faults.fault import Damage, SocketFault

BOMB = 64 * 1024 * 1024


def encoding_faults() -> Iterator[SocketFault]:
    """Yield faults of content encodings."""
    yield SocketFault("gzip", compressed(gz, "gzip"), is_harmless=True)
    yield SocketFault("deflate", compressed(zlib.compress, "deflate"), is_harmless=True)
    yield SocketFault("gzip twice", compressed(lambda data: gz(gz(data)), "gzip, gzip"), is_harmless=True)
    yield SocketFault("gzip that ends early", compressed(lambda data: gz(data)[:-12], "gzip"))
    yield SocketFault("gzip with a wrong checksum", compressed(lambda data: gz(data)[:-8] + bytes(8), "gzip"))
    yield SocketFault(
        "gzip that is damaged", compressed(lambda data: gz(data)[:20] + b"\xff\xff" + gz(data)[22:], "gzip")
    )
    yield SocketFault("gzip that is none", compressed(lambda data: data, "gzip"))
    yield SocketFault(
        "gzip bomb",
        lambda exchange: (
            sized(exchange, bomb(exchange.payload[:1]), ("Content-Encoding", "gzip")) if exchange.is_json else None
        ),
    )
    yield SocketFault(
        "gzip bomb in gzip",
        lambda exchange: (
            sized(exchange, gz(bomb(exchange.payload[:1])), ("Content-Encoding", "gzip, gzip"))
            if exchange.is_json
            else None
        ),
    )
    yield SocketFault(
        "gzip bomb as an error",
        lambda exchange: sized(exchange, bomb(b"<"), ("Content-Encoding", "gzip"), status=500),
    )
    yield SocketFault("unknown content encoding", compressed(lambda data: data, "zz"))
    yield SocketFault("twenty content encodings", compressed(lambda data: data, ", ".join(["gzip"] * 20)))


def compressed(compress: Callable[[bytes], bytes], encoding: str) -> Damage:
    """Return the damage of a compressed body."""
    return lambda exchange: sized(exchange, compress(exchange.payload), ("Content-Encoding", encoding))


def gz(data: bytes) -> bytes:
    """Return compressed bytes, the same each time."""
    return gzip.compress(data, compresslevel=1, mtime=0)


@cache
def bomb(start: bytes) -> bytes:
    """Return compressed bytes that are a thousand times as large when they are decompressed."""
    return gz(start + b" " * BOMB)
