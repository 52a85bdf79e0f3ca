"""The body of a response: decompressed in small slices, limited in size, and checked to be complete."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Generator, Hashable, Iterator
from contextlib import suppress
from functools import cache
from time import monotonic
from typing import Any, Self, cast

from dify_chatflow._concurrency import async_finish
from dify_chatflow._transport import (
    BodyError,
    Response,
    cap_read_timeout,
    drop_excess,
    library,
    read_excess,
    read_timeout,
)

SLICE = 65_536
# The part of an error's body that is read, and the seconds that reading it may take.
ERROR_SIZE, ERROR_SECONDS = 1_048_576, 10.0
# Bytes per second of a body: a slower one, longer than the read timeout, may never end.
SLOWEST_RATE = 1024
MAX_ENCODINGS = 3
# The HTTP library buffers 64 KiB, in chunks of at least 6 bytes.
BUFFERED_CHUNKS = 12_000
GZIP = 16 + zlib.MAX_WBITS


class Decompressor:
    """Decompresses one content encoding: `gzip` or `deflate`."""

    def __init__(self, encoding: str) -> None:
        self._is_gzip = encoding != "deflate"
        self._inflate = zlib.decompressobj(GZIP if self._is_gzip else zlib.MAX_WBITS)
        self._is_first = True

    @property
    def is_complete(self) -> bool:
        """True before the first byte and after the last one."""
        return self._is_first or self._inflate.eof

    def feed(self, data: bytes) -> Generator[bytes]:
        """Yield the decompressed bytes in slices.

        Raises:
            BodyError: The bytes are not of this encoding.

        """
        while data:
            if self._inflate.eof:  # another member of a gzip file, or padding
                if not self._is_gzip or not data.startswith(b"\x1f\x8b"):
                    return
                self._inflate = zlib.decompressobj(GZIP)
            part = self._next_part(data)
            if part:
                yield part
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
            while len(part) == SLICE and not data and not self._inflate.eof:
                part = self._inflate.decompress(b"", SLICE)
                if part:
                    yield part

    def _next_part(self, data: bytes) -> bytes:
        try:
            return self._decompress(data)
        except zlib.error as error:
            raise BodyError(f"the body does not match its content encoding: {error}") from error

    def _decompress(self, data: bytes) -> bytes:
        is_first, self._is_first = self._is_first, False
        try:
            return self._inflate.decompress(data, SLICE)
        except zlib.error:
            if self._is_gzip or not is_first:
                raise
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send deflate without its header
            return self._inflate.decompress(data, SLICE)


class BodyDecoder:
    """Decodes a body and counts its bytes.

    Args:
        encodings: The content encodings, in the order in which they were applied.
        limit: The largest size in bytes; None for a body that the caller reads in chunks.
        is_error: True cuts the body at the limit, and after some seconds, instead of raising.
        response: The response, whose read timeout a slow body may take; an event stream may take longer.

    """

    def __init__(self, encodings: list[str], limit: int | None, *, is_error: bool, response: Response) -> None:
        self._response = response
        kind = response.headers.get("content-type", "").lower()
        is_stream = kind.startswith("text/event-stream")
        self._patience = None if is_error or is_stream else read_timeout(response)
        self._steps = [Decompressor(encoding) for encoding in reversed(encodings)]
        self._limit = limit
        self._is_error = is_error
        # The answer to a query is complete where it is JSON, and cannot be requested again.
        is_answer = is_stream or (kind.startswith("application/json") and response.request.method != "GET")
        self._has_length = "content-length" in response.headers and not (is_answer or is_error)
        self._size = 0
        self._start = monotonic()
        self.is_cut = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the decoded bytes.

        Raises:
            BodyError: The body is too large or not of its encoding.

        """
        for part in self._through(data, self._steps):
            self._size += len(part)
            is_too_large = self._limit is not None and self._size > self._limit
            if is_too_large and not self._is_error:
                raise BodyError(
                    f"the body is larger than {self._limit} bytes; set with_options(max_response_size=...)",
                    is_final=True,
                )
            yield part
            seconds = monotonic() - self._start
            if self._is_error and (is_too_large or seconds > ERROR_SECONDS):
                self.is_cut = True
                return
            if self._patience is not None and seconds > self._patience + self._size / SLOWEST_RATE:
                raise BodyError(f"the body has not ended after {seconds:.0f} s; pass a longer timeout", is_final=True)

    def _through(self, data: bytes, steps: list[Decompressor]) -> Iterator[bytes]:
        if not steps:
            yield data
            return
        for part in steps[0].feed(data):
            yield from self._through(part, steps[1:])

    def finish(self) -> None:
        """Raise BodyError for a compressed body that ended early, or a body longer than its declared length."""
        if not self._is_error and not all(step.is_complete for step in self._steps):
            raise BodyError("the body is not complete: its compressed data ends early")
        excess = read_excess(self._response).lstrip() if self._has_length else b""
        if excess and not excess.startswith(b"HTTP/"):
            raise BodyError("the body is longer than its declared length")


def limit_body(client: Any, response: Response, limit: int | None, *, is_error: bool) -> None:
    """Replace the stream of a response that is still to be read by one that is decoded and limited here."""
    if response.is_stream_consumed:  # by an event hook of the caller's own client
        return
    names = response.headers.get("content-encoding", "").lower().replace(" ", "").split(",")
    encodings = [name for name in names if name not in ("", "identity")]
    if not {"gzip", "x-gzip", "deflate"}.issuperset(encodings):
        encodings = []  # not requested: the HTTP library may know it
    elif len(encodings) > MAX_ENCODINGS:
        raise BodyError(f"the body has {len(encodings)} content encodings", is_final=True)
    elif encodings:
        del response.headers["content-encoding"]
        response.extensions["is_decoded"] = True
    decoder = BodyDecoder(encodings, ERROR_SIZE if is_error else limit, is_error=is_error, response=response)
    breaks: tuple[Any, ...] = ()
    if is_error:  # what has arrived is enough
        cap_read_timeout(response, ERROR_SECONDS)
        breaks = (library(cast("Any", type(client))).TransportError,)
    response.stream = stream_class(cast("Hashable", type(client)), LimitedStream)(response, decoder, breaks)


@cache
def stream_class(owner: Hashable, kind: type[Any]) -> Any:
    """Return a class of streams for the library of a client's or a response's class."""
    module = library(cast("type", owner))
    return type(kind.__name__, (kind, module.SyncByteStream, module.AsyncByteStream), {})


class LimitedStream:
    """A stream whose chunks pass through a decoder.

    Async, it is its own iterator: trio reports generators that are left before their end, and the HTTP library nests
    seven of them.
    """

    def __init__(self, response: Response, decoder: BodyDecoder, breaks: tuple[type[Exception], ...] = ()) -> None:
        # Another encoding, which was not requested, is decoded by the HTTP library if it knows it.
        self.is_decoded = "content-encoding" not in response.headers
        self._stream: Any = response.stream
        # Errors that count as the end of the body.
        self._breaks = breaks
        self._ends: tuple[type[Exception], ...] = (StopAsyncIteration, *breaks)
        self._decoder = decoder
        self._response = response
        # Begins another wait of a connection of the default client, which is limited.
        self._restart: Callable[[], object] = getattr(response.extensions.get("network_stream"), "restart", bool)
        self._parts: Iterator[bytes] = iter(())
        self._source: Any = None

    def __iter__(self) -> Iterator[bytes]:
        with suppress(*self._breaks):
            self._restart()
            for chunk in self._stream:
                self._restart()
                yield from self._decoder.feed(chunk)
                if self._decoder.is_cut:
                    return
        self._decoder.finish()

    def __aiter__(self) -> Self:
        self._source = aiter(self._stream)
        return self

    async def __anext__(self) -> bytes:
        while True:
            for part in self._parts:
                return part
            if self._decoder.is_cut:
                raise StopAsyncIteration
            self._restart()
            try:
                chunk = await anext(self._source)
            except self._ends:
                self._decoder.finish()
                raise StopAsyncIteration from None
            self._parts = self._decoder.feed(chunk)

    def close(self) -> None:
        """Close the connection or return it to the pool."""
        drop_excess(self._response)
        self._stream.close()

    async def aclose(self) -> None:
        """Close the connection or return it to the pool, also where the task is cancelled."""
        await async_finish(self._close)

    async def _close(self) -> None:
        source = self._source
        if getattr(source, "ag_frame", None) is not None and not source.ag_running:
            # Left before its end. All generators end by the end of the body, or by the cancelled wait for more of it.
            import anyio

            with anyio.CancelScope() as scope, suppress(Exception):
                scope.cancel()
                for _ in range(BUFFERED_CHUNKS):
                    await anext(source)
            with suppress(RuntimeError):
                await source.aclose()
        drop_excess(self._response)
        await self._stream.aclose()


def chunks(response: Response) -> Iterator[bytes]:
    """Return an iterator of the decoded body."""
    return response.iter_bytes()


def async_chunks(response: Response) -> AsyncIterator[bytes]:
    """Return an iterator of the decoded body."""
    stream: Any = response.stream
    return aiter(stream) if isinstance(stream, LimitedStream) and stream.is_decoded else response.aiter_bytes()
