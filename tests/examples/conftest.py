"""Fixtures of the tests of examples: one local Dify for a module, set in the environment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dify_chatflow.testing import LocalDify


@pytest.fixture(scope="module")
def dify() -> Iterator[LocalDify]:
    """Yield a local Dify to which the environment points."""
    with LocalDify(show_keys=True) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIFY_API_KEY", server.api_key)
        patch.setenv("DIFY_BASE_URL", server.base_url)
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield server
