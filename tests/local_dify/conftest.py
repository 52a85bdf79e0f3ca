"""A local Dify and a plain HTTP client for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import LocalDify

Record = dict[str, Any]
Streamed = Callable[..., AbstractContextManager[httpx.Response]]


@pytest.fixture
def version() -> str:
    """Return the version that `server` plays; a test chooses another one by a parameter of this name."""
    return "1.16.1"


@pytest.fixture
def server(version: str) -> Iterator[LocalDify]:
    """Yield a server whose clock never shows a second twice and whose pings are frequent."""
    with LocalDify(version=version, clock=itertools.count(1.8e9).__next__, ping_interval=0.05) as running:
        yield running


@pytest.fixture
def api(server: LocalDify) -> Iterator[httpx.Client]:
    """Yield a client with the app's key."""
    with client_of(server) as client:
        yield client


def client_of(server: LocalDify, key: str | None = None) -> httpx.Client:
    """Return a plain HTTP client of a server."""
    headers = {"authorization": f"Bearer {key or server.api_key}"}
    return httpx.Client(base_url=server.base_url, headers=headers, timeout=10)


def body(query: str, **fields: Any) -> Record:
    """Return the body of a chat request."""
    return {"inputs": {}, "query": query, "user": "u", **fields}


def chat(api: httpx.Client, query: str, **fields: Any) -> Record:
    """Send a blocking chat and return its response."""
    response = api.post("/chat-messages", json=body(query, response_mode="blocking", **fields))
    answer: Record = response.raise_for_status().json()
    return answer


@contextmanager
def streamed(api: httpx.Client, query: str, **fields: Any) -> Generator[httpx.Response]:
    """Send a streaming chat and yield its response."""
    with api.stream("POST", "/chat-messages", json=body(query, response_mode="streaming", **fields)) as response:
        yield response
