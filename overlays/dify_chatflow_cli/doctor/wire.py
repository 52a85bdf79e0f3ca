"""Requests of the doctor, without the client's retries, checks and models: what the server sends is what is seen."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from dify_chatflow import APIConnectionError, DefaultClient
from dify_conformance.compare import is_object
from dify_conformance.exchange import JSON, STREAM, Exchange, events

MAX_BYTES = 20_000_000
# Seconds that a stream may stay open after a closing event; pings count as silence.
LINGER = 10.0
BLANK = re.compile(rb"\r?\n\r?\n")
CLOSING = ("message_end", "workflow_finished", "workflow_paused", "error")


@dataclass
class Wire:
    """A connection to a server that keeps every exchange.

    Attributes:
        base_url: The URL of the API.
        key: The API key.
        timeout: Seconds of silence that end a request.
        longest: Seconds after which a stream without a closing event is left.
        exchanges: What was sent and received.
        times: Seconds until the response of each request began.
        skews: Seconds by which the server's clock is ahead, for each response with a `Date`.
    """

    base_url: str
    key: str = field(repr=False)
    timeout: float = 60.0
    longest: float = 300.0
    exchanges: list[Exchange] = field(default_factory=list[Exchange])
    times: list[float] = field(default_factory=list[float])
    skews: list[float] = field(default_factory=list[float])

    def __post_init__(self) -> None:
        self._http = DefaultClient(timeout=self.timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: Any = None,
        files: Any = None,
        key: str | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
    ) -> Exchange:
        """Send a request once and return the exchange.

        Args:
            method: The HTTP method.
            path: The path below the base URL.
            query: The parameters of the query.
            body: The JSON body, or the fields of a form with `files`.
            files: The files of a form.
            key: Another API key.
            on_event: Is called with each event of a stream as it arrives.

        Raises:
            APIConnectionError: The server cannot be reached, or does not answer in time.
        """
        text = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        sent: dict[str, Any] = {"data": body, "files": files} if files else {} if body is None else {"json": body}
        headers = {"authorization": f"Bearer {key or self.key}"}
        url = f"{self.base_url}{path}" + (f"?{text}" if text else "")
        began = time.monotonic()
        try:
            with self._http.stream(method, url, headers=headers, **sent) as response:
                self._measure(response, time.monotonic() - began)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                is_stream = kind == STREAM
                content = read_stream(response, began + self.longest, on_event) if is_stream else read_body(response)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise APIConnectionError(f"{method} {path}: {type(error).__name__}: {error}") from None
        name = f"{len(self.exchanges) + 1:03}_{method.lower()}_{path.strip('/').split('/')[0]}"
        seen = Exchange(
            name, method, path, response.status_code, kind, parsed(kind, content), text, None if files else body,
            {name.lower(): value for name, value in response.headers.items()},
        )  # fmt: skip
        self.exchanges.append(seen)
        return seen

    def _measure(self, response: httpx.Response, seconds: float) -> None:
        self.times.append(seconds)
        try:
            date = parsedate_to_datetime(response.headers["date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            # The header has full seconds: on average the clock is half a second further.
            self.skews.append((date - datetime.now(UTC)).total_seconds() + seconds / 2 + 0.5)


def read_body(response: httpx.Response) -> bytes:
    """Return the body of a response, at most its first 20 MB."""
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > MAX_BYTES:
            break
    return bytes(content)


def read_stream(response: httpx.Response, limit: float, on_event: Callable[[dict[str, Any]], None] | None) -> bytes:
    """Return the text of a stream until it ends, or until only pings follow its closing event.

    Raises:
        httpx.ReadTimeout: No closing event arrived before the time `limit`, or nothing at all in time.
    """
    content, is_closing = bytearray(), False
    try:
        for block in blocks(response):
            content += block
            for event in filter(is_object, events(block.decode(errors="replace"))):
                if on_event:
                    on_event(event)
                if event.get("event") in CLOSING:
                    is_closing, limit = True, time.monotonic() + LINGER
            if len(content) > MAX_BYTES:
                break
            if time.monotonic() > limit:
                raise httpx.ReadTimeout("the stream has no closing event in time")
    except httpx.ReadTimeout:
        if not is_closing:
            raise
    return bytes(content)


def blocks(response: httpx.Response) -> Iterator[bytes]:
    """Yield the events of a stream as bytes, each with the blank line at its end, as they arrive."""
    rest = b""
    for part in response.iter_bytes():
        rest += part
        while match := BLANK.search(rest):
            yield rest[: match.end()]
            rest = rest[match.end() :]
    if rest:
        yield rest


def parsed(kind: str, content: bytes) -> Any:
    """Return a body as an exchange has it: its JSON, its text, or None for bytes."""
    text = content.decode(errors="replace")
    if kind == JSON:
        try:
            return json.loads(text) if content else None
        except ValueError:
            return text
    return text if kind.startswith("text/") else None
