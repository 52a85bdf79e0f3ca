"""Other statuses and bodies than expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from soak import exchanges as ex
from soak.exchanges import Exchange
from soak.responses import head, nothing_but, play, sized
from soak.socket_faults.fault import Damage, SocketFault
from soak.wire import End

PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"
ERROR = {"code": "fault", "message": "The server is out of order."}
TOO_MANY = 429


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


def answered(status: int, body: bytes = b"", kind: str = "", *more: tuple[str, str], closes: bool = False) -> Damage:
    """Return the damage that replaces the response by another one."""
    return lambda _: [
        *sized(Exchange(), body, *more, *([("Connection", "close")] if closes else []), status=status, kind=kind),
        *([End.CLOSE] if closes else []),
    ]


def replaced(body: bytes, content_type: str) -> Damage:
    """Return the damage of another body with status 200; as a file it would be one like any other."""
    return lambda exchange: None if exchange.content_type == ex.BINARY else answered(200, body, content_type)(exchange)
