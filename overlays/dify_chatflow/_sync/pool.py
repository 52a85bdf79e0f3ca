# Generated from dify_chatflow/_async/pool.py by `make generate`; change it there.
"""The pool of connections: one HTTP client for each process and event loop, created at the first request."""

from __future__ import annotations

import os
import threading
import warnings
from typing import Any
from weakref import WeakSet

from dify_chatflow._concurrency import current_loop, has_ended
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._http import DefaultClient
from dify_chatflow._transport import HTTPClient, SyncHTTP, has_default_timeout, is_client


class Pool:
    """The HTTP clients shared by a client and its copies: the caller's own, or one for each event loop."""

    def __init__(self, http_client: HTTPClient | None = None) -> None:
        self.is_own = http_client is None
        self.has_own_timeout = http_client is not None and not has_default_timeout(http_client)
        self.is_closed = False
        self._clients: dict[object, Any] = {}
        self._inherited: list[Any] = []
        self._lock = threading.Lock()
        self._http_client = http_client
        if http_client is not None and not is_client(http_client):
            raise ConfigurationError(
                f"http_client must be an httpx.Client, or a client with its interface; got {type(http_client).__name__}"
            )
        if getattr(http_client, "follow_redirects", False):
            text = "http_client follows redirects, also to other hosts, which then receive the client's own headers"
            warnings.warn(f"{text}; pass one with follow_redirects=False", stacklevel=3)
        POOLS.add(self)

    @property
    def http(self) -> SyncHTTP:
        """The HTTP client, created late: it imports the network, which a client that is only created need not."""
        loop = current_loop()
        with self._lock:
            if self.is_closed:
                raise RuntimeError("cannot send a request: the client is closed; create a new one")
            http: Any = self._clients.get(loop)
            if http is None:
                http = self._clients[loop] = self._new_client()
            if getattr(http, "is_closed", False):
                raise RuntimeError("cannot send a request: the client is closed; create a new one")
        return http  # type: ignore[no-any-return]

    def _new_client(self) -> Any:
        """Return the HTTP client for an event loop that has none.

        Raises:
            ConfigurationError: The caller's own client has been used in another process or event loop.

        """
        if self._http_client is None:
            self._abandon_ended()
            return DefaultClient()
        if self._inherited or self._clients:
            place = "process, before the fork" if self._inherited else "event loop"
            raise ConfigurationError(
                f"http_client was used in another {place}, with which it cannot share connections; create one here"
            )
        return self._http_client

    def _abandon_ended(self) -> None:
        """Close the sockets of event loops that have ended, in which nothing can be awaited any more."""
        for loop in [loop for loop in self._clients if has_ended(loop)]:
            self._clients.pop(loop).abandon()

    def forget_connections(self) -> None:
        """Leave the connections to the parent process: two processes would read each other's responses."""
        # References keep the connections from being closed, which the parent's server would notice.
        self._inherited += self._clients.values()
        self._clients = {}
        self._lock = threading.Lock()

    def copy(self) -> Pool:
        """Return a pool with new connections, or with the same HTTP client where it is the caller's."""
        return Pool(self._http_client)

    def close(self) -> None:
        """Close the connections; an HTTP client that the caller passed stays open."""
        self.is_closed = True
        http = self._clients.get(current_loop())
        if self.is_own:
            self._abandon_ended()
            if http is not None:
                http.close()

    def __del__(self) -> None:
        if self.is_own and self._clients and not self.is_closed:
            text = "a Chatflow client was never closed: use `with`, or call close()"
            warnings.warn(text, ResourceWarning, stacklevel=2, source=self)


POOLS: WeakSet[Pool] = WeakSet()


def forget_connections() -> None:
    """Make all pools of this process, which was forked, leave their connections to the parent process."""
    for pool in list(POOLS):
        pool.forget_connections()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget_connections)
