"""What all tests share: where the recordings and published documents are, and the vendored document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The folder with recordings and published documents; None on machines that do not have it."""
    folder = Path(os.environ.get("CHATFLOW_FIXTURES", ROOT.parent / "shared"))
    return folder if (folder / "wire").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with recordings and published documents; the test is skipped where it is missing."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no recordings here: set CHATFLOW_FIXTURES to the folder that holds wire/ and upstream/")
    return folder
