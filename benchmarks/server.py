"""Local server: a separate process on loopback that sends prepared bytes.

The base URL `/KIND/SIZE/v1`, followed by Dify's paths, selects the payload.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator

from benchmarks import payloads

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def build_response(content: bytes, kind: str = "application/json", status: str = "200 OK") -> bytes:
    """Return a complete response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


class Barrier:
    """Barrier that opens once all streams wait, which proves that they are open concurrently."""

    def __init__(self) -> None:
        self.waiting = 0
        self.opening = asyncio.Event()

    async def wait(self, parties: int) -> None:
        """Wait until `parties` callers wait."""
        opening = self.opening
        self.waiting += 1
        if self.waiting == parties:
            self.waiting, self.opening = 0, asyncio.Event()
            opening.set()
        await opening.wait()


class Connection:
    """Connection that answers requests with prepared bytes."""

    barrier: Barrier

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def serve(self) -> None:
        """Answer requests until the client disconnects."""
        try:
            while True:
                head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                request, *lines = head.rstrip().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
                await self.answer(request.split(" ")[1].partition("?")[0], headers)
                await self.writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            self.writer.close()

    async def answer(self, target: str, headers: dict[str, str]) -> None:
        """Answer one request."""
        _, kind, size, _, *path = target.split("/")
        if path[:2] == ["files", "upload"]:
            digest = await self.hash_upload(headers)
            content = json.dumps(payloads.upload_response() | {"reference": digest}).encode()
            self.writer.write(build_response(content, status="201 CREATED"))
            return
        async for _ in self.read_body(headers):
            pass
        if kind == "blocking":
            self.writer.write(build_response(payloads.blocking_answer()))
        elif path[0] == "chat-messages":
            await self.stream(kind, int(size))
        elif path[0] == "files":
            await self.download(int(size))
        else:
            self.writer.write(build_response(payloads.run_detail()))

    async def stream(self, kind: str, size: int) -> None:
        """Send a stream: an endless one in batches, concurrent ones once all are open."""
        if kind == "endless":
            await self.stream_endless(size)
            return
        body = payloads.stream_body(kind, size % 1000 if kind == "concurrent" else size)
        if kind == "concurrent":
            cut = body.index(b"\n\n\r\n") + 4
            self.writer.write(STREAM + body[:cut])
            await self.writer.drain()
            await self.barrier.wait(size // 1000)
            self.writer.write(body[cut:])
        else:
            self.writer.write(STREAM + body)

    async def stream_endless(self, size: int) -> None:
        """Send `size` events in identical batches, and the final event."""
        *messages, end = map(payloads.encode, payloads.small_events(payloads.BATCH))
        batch = b"".join(map(payloads.frame, messages))
        self.writer.write(STREAM)
        for _ in range(size // payloads.BATCH):
            self.writer.write(batch)
            await self.writer.drain()
        self.writer.write(payloads.frame(end) + b"0\r\n\r\n")

    async def download(self, size: int) -> None:
        """Send a file of that many bytes."""
        block = payloads.file_block()
        self.writer.write(build_response(b"", "application/octet-stream").replace(b": 0", f": {size}".encode()))
        for start in range(0, size, len(block)):
            self.writer.write(block[: size - start])
            await self.writer.drain()

    async def hash_upload(self, headers: dict[str, str]) -> str:
        """Return the hash of the file in a multipart body; its part is the one with a file name."""
        end = b"\r\n--" + headers["content-type"].partition("boundary=")[2].strip('"').encode()
        state, held, inside = hashlib.sha256(), b"", False
        async for chunk in self.read_body(headers):
            held += chunk
            if not inside and (place := held.find(b"filename=")) >= 0 and b"\r\n\r\n" in held[place:]:
                held, inside = held[held.index(b"\r\n\r\n", place) + 4 :], True
            if inside and end in held:
                state.update(held[: held.index(end)])
                held, inside = b"", False
            elif inside:
                state.update(held[: -len(end)])
                held = held[-len(end) :]
        return state.hexdigest()

    async def read_body(self, headers: dict[str, str]) -> AsyncIterator[bytes]:
        """Yield the body of the request in chunks."""
        left = int(headers.get("content-length", 0))
        while left:
            chunk = await self.reader.read(min(left, 1 << 20))
            if not chunk:
                raise asyncio.IncompleteReadError(b"", left)
            left -= len(chunk)
            yield chunk


async def main() -> None:
    """Serve on a free port until standard input ends; print the port."""
    Connection.barrier = Barrier()
    server = await asyncio.start_server(lambda r, w: Connection(r, w).serve(), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
