"""Uvicorn's HTTP/1.1 protocol, with the transport exposed so that faults can break the connection."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "dify.transport"
QUIET = logging.getLogger("local_dify.http")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False  # connections are broken on purpose


class Protocol(H11Protocol):
    """HTTP/1.1 whose transport is in the request's scope, under `TRANSPORT`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = QUIET
        inner: Any = self.app

        async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
            scope[TRANSPORT] = self.transport
            await inner(scope, receive, send)

        self.app = cast("Any", app)


def reset(transport: asyncio.Transport) -> None:
    """End a connection with a TCP reset instead of a close."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        # With a linger time of zero, closing drops unsent bytes and resets the connection.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
