"""Faults of connections: refused, closed, reset and silent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from soak.exchanges import Exchange
from soak.responses import flat, nothing_but, play
from soak.socket_faults.fault import SocketFault
from soak.wire import End, Pause, Step


def connection_faults() -> Iterator[SocketFault]:
    """Yield faults of connections."""
    yield SocketFault("connection refused", is_refusing=True)
    yield SocketFault("connection closed before the request", gate=End.CLOSE)
    yield SocketFault("connection reset before the request", gate=End.RESET)
    for end in (End.CLOSE, End.RESET):
        verb = "closed" if end is End.CLOSE else "reset"
        yield SocketFault(f"{verb} before the headers", partial(nothing_but, end))
        for place in (0.2, 0.6, 1.0):
            yield SocketFault(
                f"{verb} at {place:.0%} of the headers",
                partial(cut_in_headers, place=place, end=end),
            )
        for place in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0):
            yield SocketFault(f"{verb} at {place:.0%} of the body", partial(cut, place=place, end=end))
    yield SocketFault("silence instead of a response", lambda _: [End.SILENCE])
    yield SocketFault("silence in the headers", lambda exchange: cut_in_headers(exchange, 0.5, End.SILENCE))
    yield SocketFault("silence in the body", lambda exchange: cut(exchange, 0.5, End.SILENCE))
    yield SocketFault("closed after the body", lambda exchange: [*play(exchange), End.CLOSE], is_harmless=True)
    yield SocketFault(
        "reset after a pause after the body",
        lambda exchange: [*play(exchange), Pause(0.3), End.RESET],
        is_harmless=True,
    )
    yield SocketFault("silence after the body", lambda exchange: [*play(exchange), End.SILENCE], is_harmless=True)


def cut(exchange: Exchange, place: float, end: End) -> list[Step]:
    """Return a response that ends at a part of its body: 0 is the first byte, 1 the last but one."""
    steps = play(exchange)
    start, data = len(flat(steps[:1])), flat(steps)
    return [data[: start + int((len(data) - start - 1) * place)], end]


def cut_in_headers(exchange: Exchange, place: float, end: End) -> list[Step]:
    """Return a response that ends at a part of its headers."""
    data = flat(play(exchange)[:1])
    return [data[: int((len(data) - 1) * place)], end]
