"""Faults of time and size: slow, late and endless responses."""

from __future__ import annotations

from collections.abc import Iterator

from soak import exchanges as ex
from soak.exchanges import Exchange
from soak.responses import chunk, chunked, flat, head, play
from soak.socket_faults.fault import SocketFault
from soak.wire import Pause, Repeat, Step


def pace_faults() -> Iterator[SocketFault]:
    """Yield faults of time."""

    def trickle(exchange: Exchange) -> list[Step]:
        data = flat(play(exchange))
        size = max(1, len(data) // 10)
        return [step for at in range(0, len(data), size) for step in (data[at : at + size], Pause(0.02))]

    def endless(exchange: Exchange, data: bytes, pause: float) -> list[Step]:
        start = exchange.payload[:1] if exchange.is_json else b""
        framed = chunk(start) + chunk(data)
        return [head(exchange, ("Transfer-Encoding", "chunked")), framed, Repeat(chunk(data), pause)]

    yield SocketFault("slow trickle of the response", trickle, is_harmless=True)
    yield SocketFault("late response", lambda exchange: [Pause(0.8), *play(exchange)], is_harmless=True)
    yield SocketFault("endless headers", lambda _: [b"HTTP/1.1 200 OK\r\n", Repeat(b"X-More: 1\r\n" * 100)])
    yield SocketFault("endless headers, slowly", lambda _: [b"HTTP/1.1 200 OK\r\n", Repeat(b"X-More: 1\r\n", 0.3)])
    yield SocketFault(
        "endless body", lambda exchange: endless(exchange, b" " * 65_536, 0.0) if exchange.is_json else None
    )
    yield SocketFault(
        "endless body, slowly", lambda exchange: endless(exchange, b" ", 0.3) if exchange.is_json else None
    )
    yield SocketFault("endless pings", lambda exchange: endless(exchange, ex.PING, 0.1) if exchange.is_stream else None)
    yield SocketFault(
        "endless comments", lambda exchange: endless(exchange, b": more\n\n", 0.1) if exchange.is_stream else None
    )
    yield SocketFault(
        "endless blank lines", lambda exchange: endless(exchange, b"\n" * 4096, 0.01) if exchange.is_stream else None
    )
    yield SocketFault(
        "endless line", lambda exchange: endless(exchange, b"data: x" * 9000, 0.0) if exchange.is_stream else None
    )
    yield SocketFault(
        "endless chunk extension, slowly",
        lambda exchange: [head(exchange, ("Transfer-Encoding", "chunked")), b"5;x", Repeat(b"x", 0.3)],
    )
    yield SocketFault(
        "endless trailers, slowly",
        lambda exchange: [*chunked(exchange, exchange.parts)[:-1], b"0\r\n", Repeat(b"X-More: 1\r\n", 0.3)],
    )
    yield SocketFault("endless interim responses", lambda _: [Repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.1)])
    yield SocketFault(
        "endless error page",
        lambda exchange: [
            head(exchange, ("Transfer-Encoding", "chunked"), status=502),
            Repeat(chunk(b"<style " * 1000)),
        ],
    )
    yield SocketFault(
        "endless error page, slowly",
        lambda exchange: [head(exchange, ("Transfer-Encoding", "chunked"), status=502), Repeat(chunk(b"<"), 0.3)],
    )
