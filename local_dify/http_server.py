"""The HTTP server on a loopback socket: uvicorn with a stop and a disconnect of our own."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading

import uvicorn

LAST_PORT = 65_535


class HTTPServer(uvicorn.Server):
    """Uvicorn's server, which waits for `finish` instead of polling ten times a second."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()

    def finish(self) -> None:
        """Ask the server to stop, from any thread."""
        self._loop.call_soon_threadsafe(self._over.set)

    def disconnect(self) -> None:
        """Cut every open connection, from another thread."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result()

    async def main_loop(self) -> None:
        """Serve until `finish`."""
        await self.on_tick(0)
        self._ready.set()
        await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's own
        """Close at once, without uvicorn's delay of 0.1 s."""
        for server in self.servers:
            server.close()
        await self._cut()

    async def _cut(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def is_loopback(host: str) -> bool:
    """Return True for an address that only this machine can reach."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        ValueError: The port does not exist; the system would take another one.

    """
    if not 0 <= port <= LAST_PORT:
        raise ValueError(f"port must be between 0 and {LAST_PORT}; got {port}")
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"cannot listen on {host} port {port}: {error.strerror}; take another one") from None
    return listener
