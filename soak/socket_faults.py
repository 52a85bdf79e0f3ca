"""Faults of raw sockets: each turns an undamaged response into the steps that a broken server takes."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeAlias

from soak import exchanges as ex
from soak.exchanges import Exchange
from soak.wire import End, Pause, Repeat, Step

Damage: TypeAlias = Callable[[Exchange], Sequence[Step] | None]
PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"
REASON = {200: "OK", 204: "No Content", 302: "Found"}
ERROR = {"code": "fault", "message": "The server is out of order."}
BOMB = 64 * 1024 * 1024
TOO_MANY = 429


@dataclass(frozen=True)
class SocketFault:
    """A fault.

    Attributes:
        name: Name of the row.
        damage: Function from the undamaged response to the steps; it returns None where the fault does not apply.
        is_harmless: Whether a client must still return the right result.
        is_early: Whether the server responds before it has read the request's body.
        gate: The end of each connection before its first request.
        is_refusing: Whether nothing listens on the port.
        is_refusal: Whether the server states that it has not accepted the request, which may then be sent again.
    """

    name: str
    damage: Damage = lambda _: []
    is_harmless: bool = False
    is_early: bool = False
    gate: End | None = None
    is_refusing: bool = False
    is_refusal: bool = False


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


def with_text(exchange: Exchange, value: bytes) -> Sequence[Step] | None:
    """Return a stream with another JSON value as the text of an event."""
    changed = with_event(2, lambda event: [event.partition(b'"answer":')[0] + b'"answer":' + value + b"}\n\n"])
    return of_events(changed)(exchange)


def with_data(exchange: Exchange, name: str, data: object) -> Sequence[Step] | None:
    """Return a stream with other data in one kind of event."""
    damaged = ex.event(name, workflow_run_id=ex.RUN, data=data, metadata=data)
    start = f'"event":"{name}"'.encode()
    return of_events(lambda events: [damaged if start in event else event for event in events])(exchange)


def cut(exchange: Exchange, place: float, end: End) -> list[Step]:
    """Return a response that ends at a part of its body: 0 is the first byte, 1 the last but one."""
    steps = play(exchange)
    start, data = len(flat(steps[:1])), flat(steps)
    return [data[: start + int((len(data) - start - 1) * place)], end]


def cut_in_headers(exchange: Exchange, place: float, end: End) -> list[Step]:
    """Return a response that ends at a part of its headers."""
    data = flat(play(exchange)[:1])
    return [data[: int((len(data) - 1) * place)], end]


def of_events(change: Callable[[list[bytes]], Sequence[bytes]]) -> Damage:
    """Return the damage of a stream whose events are changed."""
    return lambda exchange: play(exchange, change(list(exchange.events))) if exchange.is_stream else None


def of_json(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Return the damage of a JSON body that is changed."""
    return lambda exchange: (
        play(exchange, [json.dumps(change(json.loads(exchange.body))).encode()])
        if exchange.is_json and exchange.body != b"{}"
        else None
    )


def of_body(change: Callable[[bytes], bytes], *more: tuple[str, str]) -> Damage:
    """Return the damage of any response whose body is changed."""
    return lambda exchange: sized(exchange, change(exchange.payload), *more)


def answered(status: int, body: bytes = b"", kind: str = "", *more: tuple[str, str], closes: bool = False) -> Damage:
    """Return the damage that replaces the response by another one."""
    return lambda _: [
        *sized(Exchange(), body, *more, *([("Connection", "close")] if closes else []), status=status, kind=kind),
        *([End.CLOSE] if closes else []),
    ]


def text_index(events: list[bytes], number: int = 0) -> int:
    """Return the index of a text event."""
    return [index for index, event in enumerate(events) if b'"event":"message"' in event][number]


def with_event(number: int, change: Callable[[bytes], Sequence[bytes]]) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change of one text event into others."""

    def changed(events: list[bytes]) -> list[bytes]:
        at = text_index(events, number)
        return [*events[:at], *change(events[at]), *events[at + 1 :]]

    return changed


def swapped(events: list[bytes]) -> list[bytes]:
    """Exchange two neighbouring text events."""
    at = text_index(events)
    return [*events[:at], events[at + 1], events[at], *events[at + 2 :]]


def without(*names: str) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change that leaves events out."""
    return lambda events: [
        event for event in events if not any(f'"event":"{name}"'.encode() in event for name in names)
    ]


def inserted(data: bytes) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change that inserts bytes between two text events."""
    return with_event(1, lambda event: [data, event])


def compressed(compress: Callable[[bytes], bytes], encoding: str) -> Damage:
    """Return the damage of a compressed body."""
    return of_body(compress, ("Content-Encoding", encoding))


def replaced(body: bytes, content_type: str) -> Damage:
    """Return the damage of another body with status 200; as a file it would be one like any other."""
    return lambda exchange: None if exchange.content_type == ex.BINARY else answered(200, body, content_type)(exchange)


def gz(data: bytes) -> bytes:
    """Return compressed bytes, the same each time."""
    return gzip.compress(data, compresslevel=1, mtime=0)


@cache
def bomb(start: bytes) -> bytes:
    """Return compressed bytes that are a thousand times as large when they are decompressed."""
    return gz(start + b" " * BOMB)


def split_emoji(events: list[bytes]) -> list[bytes]:
    """Cut an emoji between two text events, as servers do that count UTF-16."""
    at = next(index for index, event in enumerate(events) if "🎈".encode() in event)
    before, _, after = events[at].partition("🎈".encode())
    start = before[: before.index(b'"answer":"')] + b'"answer":"'
    return [*events[:at], before + rb"\ud83c" + b'"}\n\n', start + rb"\udf88" + after, *events[at + 1 :]]


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


def status_faults() -> Iterator[SocketFault]:
    """Yield other statuses and bodies than expected."""
    error = json.dumps(ERROR).encode()
    for status in (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504, 599):
        yield SocketFault(
            f"status {status}", answered(status, json.dumps({**ERROR, "status": status}).encode(), ex.JSON)
        )
    for retry_after in (
        "0",
        "-1",
        "nan",
        "inf",
        "1e400",
        "99999999999",
        "soon",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "",
    ):
        for status in (429, 503):
            yield SocketFault(
                f"status {status}, Retry-After: {retry_after or '(empty)'}",
                answered(status, error, ex.JSON, ("Retry-After", retry_after)),
                is_refusal=status == TOO_MANY,
            )
    yield SocketFault("status 502, page of a proxy", answered(502, PROXY_PAGE, "text/html"))
    yield SocketFault("status 500, empty", answered(500))
    yield SocketFault("status 500, huge page", answered(500, b"<p>" * 1_000_000, "text/html"))
    yield SocketFault("status 500, unclosed tags", answered(500, b"<style " * 30_000, "text/html"))
    yield SocketFault("status 500, deeply nested JSON", answered(500, b"[" * 100_000, ex.JSON))
    yield SocketFault(
        "status 400, key echoed",
        answered(400, json.dumps({**ERROR, "message": f"bad key {ex.API_KEY}"}).encode(), ex.JSON),
    )
    yield SocketFault(
        "status 400, JSON of another shape", answered(400, b'[{"code": [1], "message": {"a": 1}}, null]', ex.JSON)
    )
    yield SocketFault(
        "status 400, terminal codes",
        answered(400, json.dumps({**ERROR, "message": "\x1b[31mred\x07"}).encode(), ex.JSON),
    )
    for status in (201, 202, 203, 206):
        yield SocketFault(f"status {status} without body", answered(status, b"", ex.JSON))
    yield SocketFault(
        "status 202, run handed over without id", answered(202, b'{"event": "workflow_maintenance_paused"}', ex.JSON)
    )
    for status in (204, 205, 304):
        yield SocketFault(f"status {status}", partial(nothing_but, head(Exchange(), status=status)))
    for status in (301, 302, 303, 307, 308):
        yield SocketFault(f"status {status}, to itself", answered(status, b"", "", ("Location", "/v1/info")))
    yield SocketFault("status 302, to another host", answered(302, b"", "", ("Location", "http://127.0.0.1:9/v1/info")))
    yield SocketFault("status 302, invalid location", answered(302, b"", "", ("Location", "http://[::1")))
    yield SocketFault("status 302, without location", answered(302))
    yield SocketFault("status 413, before the body is read", answered(413, error, ex.JSON, closes=True), is_early=True)
    yield SocketFault("status 401, before the body is read", answered(401, error, ex.JSON, closes=True), is_early=True)
    yield SocketFault(
        "right response before the body is read", lambda exchange: [*play(exchange), End.CLOSE], is_early=True
    )
    for kind, body in (
        ("page of a proxy", PROXY_PAGE),
        ("empty body", b""),
        ("text", b"OK"),
        ("null", b"null"),
        ("number", b"5"),
        ("text in JSON", b'"abc"'),
        ("list", b"[1, 2]"),
        ("empty list", b"[]"),
        ("error", json.dumps({**ERROR, "status": 500}).encode()),
        ("wrapped object", b'{"data": {"result": "success"}}'),
        ("data is null", b'{"data": null, "has_more": true}'),
        ("data is text", b'{"data": "abc", "has_more": true}'),
        ("data is a number", b'{"data": 5, "has_more": true}'),
        ("rows are no objects", b'{"data": [1, null, "x"], "has_more": true}'),
        ("foreign object", b'{"hello": "world"}'),
        ("deep JSON", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("huge number", b'{"id": ' + b"9" * 10_000 + b"}"),
        ("not a number", b'{"answer": NaN, "id": Infinity}'),
        ("two objects", b"{}{}"),
    ):
        content_type = "text/html" if kind == "page of a proxy" else "text/plain" if kind == "text" else ex.JSON
        yield SocketFault(f"status 200, {kind}", replaced(body, content_type))
    yield SocketFault("maintenance page as JSON", replaced(PROXY_PAGE, ex.JSON))
    yield SocketFault("page of a proxy as a stream", replaced(PROXY_PAGE, ex.EVENTS))


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


def event_faults() -> Iterator[SocketFault]:  # noqa: PLR0915 - a list
    """Yield faults of the events of a stream."""
    gap = 2

    def lines(change: Callable[[bytes], bytes]) -> Damage:
        return of_events(lambda events: [change(event) for event in events])

    def one(change: Callable[[bytes], bytes], number: int = gap) -> Damage:
        return of_events(with_event(number, lambda event: [change(event)]))

    yield SocketFault("events twice", of_events(lambda events: [copy for event in events for copy in (event, event)]))
    yield SocketFault("text event twice", of_events(with_event(gap, lambda event: [event, event])))
    yield SocketFault("text event dropped", of_events(with_event(gap, lambda _: [])))
    yield SocketFault("first text event dropped", of_events(with_event(0, lambda _: [])))
    yield SocketFault("last text event dropped", of_events(with_event(-1, lambda _: [])))
    yield SocketFault("all text events dropped", of_events(without("message")))
    yield SocketFault("text events out of order", of_events(swapped))
    yield SocketFault("events in reverse", of_events(lambda events: events[::-1]))
    yield SocketFault("run started last", of_events(lambda events: [*events[:1], *events[2:], events[1]]))
    for name in ("workflow_started", "node_started", "node_finished", "message_end", "workflow_finished"):
        yield SocketFault(f"without {name}", of_events(without(name)))
    yield SocketFault("without any end", of_events(without("message_end", "workflow_finished")))
    yield SocketFault(
        "without any end, left open",
        lambda exchange: (
            [*play(exchange, without("message_end", "workflow_finished")(list(exchange.events)))[:-1], End.SILENCE]
            if exchange.is_stream
            else None
        ),
    )
    yield SocketFault("without events", of_events(lambda _: []))
    yield SocketFault("pings only", of_events(lambda _: [ex.PING] * 3))
    yield SocketFault(
        "run finished without outputs",
        of_events(
            lambda events: [
                *without("workflow_finished")(events),
                ex.run_event("workflow_finished", status="succeeded"),
            ]
        ),
    )
    yield SocketFault("line feeds as CRLF", lines(lambda event: event.replace(b"\n", b"\r\n")), is_harmless=True)
    yield SocketFault("line feeds as CR", lines(lambda event: event.replace(b"\n", b"\r")), is_harmless=True)
    yield SocketFault(
        "no space after the colon", lines(lambda event: event.replace(b"data: ", b"data:")), is_harmless=True
    )
    yield SocketFault("comments between events", lines(lambda event: b": keep-alive\n\n" + event), is_harmless=True)
    yield SocketFault("ids and retry fields", lines(lambda event: b"id: 1\nretry: 10\n" + event), is_harmless=True)
    yield SocketFault(
        "byte order mark in a stream",
        of_events(lambda events: [b"\xef\xbb\xbf" + events[0], *events[1:]]),
        is_harmless=True,
    )
    yield SocketFault("all events in one chunk", of_events(lambda events: [b"".join(events)]), is_harmless=True)
    yield SocketFault(
        "events cut between chunks",
        of_events(lambda events: [b"".join(events)[at : at + 7] for at in range(0, len(b"".join(events)), 7)]),
        is_harmless=True,
    )
    yield SocketFault("last blank line missing", of_events(lambda events: [*events[:-1], events[-1][:-1]]))
    yield SocketFault(
        "data over several lines",
        lines(lambda event: event.replace(b',"task_id"', b',\ndata: "task_id"')),
        is_harmless=True,
    )
    yield SocketFault(
        "unknown event", of_events(inserted(ex.event("new_event", data={"anything": [1, None]}))), is_harmless=True
    )
    yield SocketFault("event without name", of_events(inserted(b'data: {"hello": 1}\n\n')))
    yield SocketFault(
        "error without name",
        of_events(inserted(b'data: {"code": "x", "message": "quota exceeded", "status": 429}\n\n')),
    )
    yield SocketFault(
        "wrapped error", of_events(inserted(b'data: {"error": {"message": "quota exceeded", "code": 429}}\n\n'))
    )
    yield SocketFault(
        "error event", of_events(inserted(ex.event("error", status=400, code="invalid_param", message="boom")))
    )
    yield SocketFault(
        "error event of nulls", of_events(inserted(ex.event("error", status=None, code=None, message=None)))
    )
    yield SocketFault("event that is no object", of_events(inserted(b"data: [1]\n\n")))
    yield SocketFault("event that is no JSON", of_events(inserted(b"data: hello\n\n")))
    yield SocketFault(
        "end marker of other APIs", of_events(lambda events: [*events, b"data: [DONE]\n\n"]), is_harmless=True
    )
    yield SocketFault("large event", of_events(inserted(ex.event("new_event", text="x" * 500_000))), is_harmless=True)
    yield SocketFault("event larger than the limit", of_events(inserted(ex.event("new_event", text="x" * 2_000_000))))
    yield SocketFault("text event cut", one(lambda event: event[:-5] + b"\n\n"))
    yield SocketFault("text event with a tab", one(lambda event: event.replace(b'answer":"', b'answer":"\t')))
    yield SocketFault(
        "text event with invalid UTF-8", one(lambda event: event.replace(b'answer":"', b'answer":"\xff\xc3'))
    )
    yield SocketFault("text event with a bad escape", one(lambda event: event.replace(b'answer":"', b'answer":"\\x')))
    for value in (b"null", b"5", b'["a"]', b'{"a": 1}', b"true"):
        yield SocketFault(
            f"text of a text event is {value.decode()}",
            partial(with_text, value=value),
        )
    yield SocketFault("text event without text", one(lambda event: event.partition(b',"answer":')[0] + b"}\n\n"))
    yield SocketFault(
        "text event of deep JSON",
        one(lambda event: event.partition(b'"answer":')[0] + b'"answer":' + b"[" * 20_000 + b"]" * 20_000 + b"}\n\n"),
    )
    for name in ("workflow_started", "node_started", "node_finished", "message_end", "workflow_finished"):
        for kind, data in (("null", None), ("a list", [1]), ("text", "x"), ("empty", dict[str, Any]())):
            yield SocketFault(
                f"data of {name} is {kind}",
                partial(with_data, name=name, data=data),
            )
    yield SocketFault(
        "ids are numbers", lines(lambda event: event.replace(b'"task-1"', b"1").replace(b'"message-1"', b"2"))
    )
    yield SocketFault(
        "ids are null", lines(lambda event: event.replace(b'"task-1"', b"null").replace(b'"run-1"', b"null"))
    )
    yield SocketFault("events after the end", of_events(lambda events: [*events, events[text_index(events)]]))
    yield SocketFault("emoji cut between events", of_events(split_emoji), is_harmless=True)


GROUPS: dict[str, tuple[SocketFault, ...]] = {
    "Connections": tuple(connection_faults()),
    "Time and size": tuple(pace_faults()),
    "HTTP framing": tuple(framing_faults()),
    "Content encodings": tuple(encoding_faults()),
    "Statuses and other bodies": tuple(status_faults()),
    "Changed bodies": tuple(body_faults()),
    "Events": tuple(event_faults()),
}
SOCKET_FAULTS: tuple[SocketFault, ...] = tuple(fault for faults in GROUPS.values() for fault in faults)
