"""Fixtures of all tests: the folder with complete recordings and published documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from tests.exchanges import ROOT, shared_folder

__all__ = ["ROOT", "shared_folder"]

# Mutation testing runs the tests once for each mutant: few examples, always the same, and the first failure ends them.
settings.register_profile(
    "mutation", derandomize=True, max_examples=20, phases=(Phase.explicit, Phase.generate), report_multiple_bugs=False
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores: tests of local servers wait part of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with complete recordings and published documents, or skip the test."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no recordings here: set CHATFLOW_FIXTURES to the folder that holds wire/ and upstream/")
    return folder
