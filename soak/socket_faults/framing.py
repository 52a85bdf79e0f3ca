"""Faults of HTTP: status lines, headers, lengths and chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from soak import exchanges as ex
from soak.exchanges import Exchange
from soak.responses import chunk, chunked, flat, head, play, sized
from soak.socket_faults.fault import Damage, SocketFault
from soak.wire import End, Step


def framing_faults() -> Iterator[SocketFault]:
    """Yield faults of HTTP."""

    def raw(data: bytes) -> Damage:
        return lambda _: [data, End.CLOSE]

    def parted(exchange: Exchange, make: Callable[[bytes], bytes], tail: bytes = b"0\r\n\r\n") -> list[Step]:
        return [
            head(exchange, ("Transfer-Encoding", "chunked")),
            *map(make, filter(None, exchange.parts)),
            tail,
            End.CLOSE,
        ]

    length = "Content-Length"
    yield SocketFault("length too large", lambda exchange: [*sized(exchange, exchange.payload, extra=10), End.CLOSE])
    yield SocketFault("length too small", lambda exchange: sized(exchange, exchange.payload, extra=-2))
    yield SocketFault(
        "length that is no number", lambda exchange: [head(exchange, (length, "many")), exchange.payload, End.CLOSE]
    )
    yield SocketFault("negative length", lambda exchange: [head(exchange, (length, "-5")), exchange.payload, End.CLOSE])
    yield SocketFault("two different lengths", lambda exchange: sized(exchange, exchange.payload, (length, "3")))
    yield SocketFault(
        "length and chunks",
        lambda exchange: [
            head(exchange, (length, "3"), ("Transfer-Encoding", "chunked")),
            *chunked(exchange, exchange.parts)[1:],
        ],
    )
    yield SocketFault(
        "body to the end of the connection",
        lambda exchange: [head(exchange, ("Connection", "close")), exchange.payload, End.CLOSE],
        is_harmless=True,
    )
    yield SocketFault("chunked body", lambda exchange: chunked(exchange, exchange.parts), is_harmless=True)
    yield SocketFault(
        "chunks of one byte",
        lambda exchange: [
            head(exchange, ("Transfer-Encoding", "chunked")),
            b"".join(chunk(bytes([byte])) for byte in exchange.payload[:20_000])
            + chunk(exchange.payload[20_000:])
            + b"0\r\n\r\n",
        ],
        is_harmless=True,
    )
    yield SocketFault(
        "chunk extensions",
        lambda exchange: parted(exchange, lambda part: chunk(part, b";name=value")),
        is_harmless=True,
    )
    yield SocketFault("trailers", lambda exchange: parted(exchange, chunk, b"0\r\nX-Sum: 1\r\n\r\n"), is_harmless=True)
    yield SocketFault(
        "chunk size that is no number", lambda exchange: parted(exchange, lambda part: b"xyz\r\n" + part + b"\r\n")
    )
    yield SocketFault(
        "chunk size too large", lambda exchange: parted(exchange, lambda part: b"%x\r\n%b\r\n" % (len(part) + 7, part))
    )
    yield SocketFault(
        "chunk size too small", lambda exchange: parted(exchange, lambda part: b"%x\r\n%b\r\n" % (len(part) - 1, part))
    )
    yield SocketFault(
        "huge chunk size", lambda exchange: parted(exchange, lambda part: b"f" * 30 + b"\r\n" + part + b"\r\n")
    )
    yield SocketFault("no last chunk", lambda exchange: parted(exchange, chunk, b""))
    yield SocketFault(
        "garbage after the last chunk",
        lambda exchange: [*chunked(exchange, exchange.parts), b"garbage\r\n\r\n", End.CLOSE],
        is_harmless=True,
    )
    yield SocketFault("response twice", lambda exchange: [flat(play(exchange)) * 2])
    yield SocketFault("response and another one", lambda exchange: [flat(play(exchange)) + flat(play(ex.FORM))])
    yield SocketFault("HTTP/0.9", raw(b"hello, this is no status line\n"))
    yield SocketFault(
        "HTTP/1.0",
        lambda exchange: [head(exchange).replace(b"HTTP/1.1", b"HTTP/1.0"), exchange.payload, End.CLOSE],
        is_harmless=True,
    )
    yield SocketFault("HTTP/2 preface", raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)))
    yield SocketFault("TLS alert", raw(b"\x15\x03\x01\x00\x02\x02\x46"))
    yield SocketFault("random bytes", raw(bytes(range(255, 127, -1)) * 8))
    yield SocketFault("empty lines", raw(b"\r\n" * 50))
    yield SocketFault(
        "status line without reason",
        lambda exchange: [flat(play(exchange)).replace(b"200 OK", b"200", 1)],
        is_harmless=True,
    )
    yield SocketFault(
        "status that is no number", lambda exchange: [flat(play(exchange)).replace(b"200 OK", b"abc OK", 1), End.CLOSE]
    )
    yield SocketFault("status 999", lambda exchange: [flat(play(exchange)).replace(b"200 OK", b"999 OK", 1), End.CLOSE])
    yield SocketFault(
        "header without colon",
        lambda exchange: [flat(play(exchange)).replace(b"X-Version: ", b"X-Version ", 1), End.CLOSE],
    )
    yield SocketFault(
        "header with null byte", lambda exchange: [flat(play(exchange)).replace(b"1.16.1", b"1.1\x00.1", 1), End.CLOSE]
    )
    yield SocketFault(
        "header that is not ASCII", lambda exchange: play(exchange, None, ("X-Name", "façade\xff")), is_harmless=True
    )
    yield SocketFault("huge header", lambda exchange: play(exchange, None, ("X-Large", "x" * 300_000)))
    yield SocketFault(
        "many headers",
        lambda exchange: play(exchange, None, *((f"X-{number}", "x") for number in range(500))),
        is_harmless=True,
    )
    yield SocketFault(
        "early hints first",
        lambda exchange: [b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", *play(exchange)],
        is_harmless=True,
    )
    yield SocketFault(
        "continue first", lambda exchange: [b"HTTP/1.1 100 Continue\r\n\r\n", *play(exchange)], is_harmless=True
    )
    yield SocketFault(
        "switching protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
    )
