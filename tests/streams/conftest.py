"""Streams are tested with the same server, clients and clock as the rest of the client."""

from __future__ import annotations

from tests.client.conftest import anyio_backend, app, certificates, clean_environment, make, mode, server, waits

__all__ = ["anyio_backend", "app", "certificates", "clean_environment", "make", "mode", "server", "waits"]
