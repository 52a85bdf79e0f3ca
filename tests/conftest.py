"""Fixtures of all tests: the folder with complete recordings and published documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchanges import ROOT, shared_folder

__all__ = ["ROOT", "shared_folder"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with complete recordings and published documents, or skip the test."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no recordings here: set CHATFLOW_FIXTURES to the folder that holds wire/ and upstream/")
    return folder
