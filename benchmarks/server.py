"""The local server: a process of its own on loopback that sends prepared bytes and costs the client nothing.

The address says what is sent: `/KIND/SIZE/v1` is the base URL under which Dify's paths answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator

from benchmarks import payloads

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def whole(content: bytes, kind: str = "application/json", status: str = "200 OK") -> bytes:
    """A complete response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


class Gate:
    """Opens when as many have come as were announced: proof that that many streams are open at once."""

    def __init__(self) -> None:
        self.waiting = 0
        self.opened = asyncio.Event()

    async def wait(self, parties: int) -> None:
        """Wait for the others."""
        gate = self.opened
        self.waiting += 1
        if self.waiting == parties:
            self.waiting, self.opened = 0, asyncio.Event()
            gate.set()
        await gate.wait()


class Connection:
    """One connection: requests in, prepared bytes out."""

    gate: Gate

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def serve(self) -> None:
        """Answer until the client goes away."""
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
            name = await self.hash_of_upload(headers)
            answer = json.dumps(payloads.upload_answer() | {"reference": name}).encode()
            self.writer.write(whole(answer, status="201 CREATED"))
            return
        async for _piece in self.content(headers):
            pass
        if path[0] == "chat-messages":
            await self.stream(kind, int(size))
        elif path[0] == "files":
            await self.download(int(size))
        else:
            self.writer.write(whole(payloads.run_detail()))

    async def stream(self, kind: str, size: int) -> None:
        """Send a stream; an endless one in batches, concurrent ones only when all are open."""
        if kind == "endless":
            await self.endless(size)
            return
        body = payloads.body(kind, size % 1000 if kind == "concurrent" else size)
        if kind == "concurrent":
            cut = body.index(b"\n\n\r\n") + 4
            self.writer.write(STREAM + body[:cut])
            await self.writer.drain()
            await self.gate.wait(size // 1000)
            self.writer.write(body[cut:])
        else:
            self.writer.write(STREAM + body)

    async def endless(self, size: int) -> None:
        """The same batch of events over and over, and an end after `size` events."""
        *messages, end = map(payloads.data, payloads.small(payloads.BATCH))
        batch = b"".join(map(payloads.framed, messages))
        self.writer.write(STREAM)
        for _ in range(size // payloads.BATCH):
            self.writer.write(batch)
            await self.writer.drain()
        self.writer.write(payloads.framed(end) + b"0\r\n\r\n")

    async def download(self, size: int) -> None:
        """Send a file of that many bytes."""
        block = payloads.file_block()
        self.writer.write(whole(b"", "application/octet-stream").replace(b": 0", f": {size}".encode()))
        for start in range(0, size, len(block)):
            self.writer.write(block[: size - start])
            await self.writer.drain()

    async def hash_of_upload(self, headers: dict[str, str]) -> str:
        """The hash over the file in a multipart body, told by its file name."""
        end = b"\r\n--" + headers["content-type"].partition("boundary=")[2].strip('"').encode()
        state, held, inside = hashlib.sha256(), b"", False
        async for piece in self.content(headers):
            held += piece
            if not inside and (place := held.find(b"filename=")) >= 0 and b"\r\n\r\n" in held[place:]:
                held, inside = held[held.index(b"\r\n\r\n", place) + 4 :], True
            if inside and end in held:
                state.update(held[: held.index(end)])
                held, inside = b"", False
            elif inside:
                state.update(held[: -len(end)])
                held = held[-len(end) :]
        return state.hexdigest()

    async def content(self, headers: dict[str, str]) -> AsyncIterator[bytes]:
        """The request's body in pieces."""
        left = int(headers.get("content-length", 0))
        while left:
            piece = await self.reader.read(min(left, 1 << 20))
            if not piece:
                raise asyncio.IncompleteReadError(b"", left)
            left -= len(piece)
            yield piece


async def main() -> None:
    """Serve on a free port, which is the one line printed, until standard input ends."""
    Connection.gate = Gate()
    server = await asyncio.start_server(lambda r, w: Connection(r, w).serve(), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
