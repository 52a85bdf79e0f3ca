"""Fixtures of the tests of batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.batch import Summary, run_batch
from dify_chatflow.testing import LocalDify


@pytest.fixture(scope="module")
def dify() -> Iterator[LocalDify]:
    """Run a local Dify for the tests of a module."""
    with LocalDify() as server:
        yield server


@pytest.fixture
def app(dify: LocalDify) -> Iterator[Chatflow]:
    """Return a client of the local Dify, which has received no request yet."""
    dify.faults.clear()
    dify.requests.clear()
    with Chatflow(dify.api_key, base_url=dify.base_url, user="u") as client:
        yield client


class Batch:
    """Batch in an empty folder.

    Attributes:
        out: The results.
        summary: The summary of the last call.
    """

    def __init__(self, app: Chatflow, dify: LocalDify, folder: Path) -> None:
        self.out = folder / "out.jsonl"
        self.summary = Summary()
        self._app, self._dify = app, dify

    def run(self, rows: Any, **options: Any) -> list[dict[str, Any]]:
        """Run the batch and return its results."""
        self.summary = run_batch(self._app, rows, self.out, **options)
        return self.results

    @property
    def results(self) -> list[dict[str, Any]]:
        """The lines of the results."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]

    @property
    def sent(self) -> list[str]:
        """The queries that the server has received."""
        requests = [request for request in self._dify.requests if request.path.endswith("/chat-messages")]
        return [request.json()["query"] for request in requests]


@pytest.fixture
def batch(app: Chatflow, dify: LocalDify, tmp_path: Path) -> Batch:
    """Return a batch that has not begun."""
    return Batch(app, dify, tmp_path)


Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an input."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return write_file
