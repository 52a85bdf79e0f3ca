"""Pytest fixtures: a local Dify server, and clients connected to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dify_chatflow import AsyncChatflow, Chatflow
    from dify_chatflow.testing import LocalDify

# Everything else is imported inside the fixtures: pytest loads this module in every project that has the package.


@pytest.fixture
def local_dify() -> Iterator[LocalDify]:
    """Yield a local Dify server for one test; `LocalDify` describes its methods."""
    from dify_chatflow.testing import LocalDify

    with LocalDify() as server:
        yield server


@pytest.fixture
def chatflow(local_dify: LocalDify) -> Iterator[Chatflow]:
    """Yield a client of `local_dify` whose user is `tester`."""
    from dify_chatflow import Chatflow

    with Chatflow(api_key=local_dify.api_key, base_url=local_dify.base_url, user="tester") as app:
        yield app


@pytest.fixture
def async_chatflow(local_dify: LocalDify) -> AsyncChatflow:
    """Return an async client of `local_dify` whose user is `tester`; use it as `async with async_chatflow as app:`."""
    from dify_chatflow import AsyncChatflow

    return AsyncChatflow(api_key=local_dify.api_key, base_url=local_dify.base_url, user="tester")
