"""Fixtures of the command line's tests: a local Dify, and calls of commands in this process."""

from __future__ import annotations

import io
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import LocalDify
from dify_chatflow_cli.commands import run


class Result(NamedTuple):
    """Exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """The JSON objects on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def cells(self) -> list[list[str]]:
        """The cells on stdout, which tabs separate."""
        return [line.split("\t") for line in self.out.splitlines()]


Call = Callable[..., Result]


class Screen(io.StringIO):
    """A stream that passes for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def dify() -> Iterator[LocalDify]:
    """Run a local Dify for the tests of a module."""
    with LocalDify() as server:
        yield server


@pytest.fixture(scope="module")
def app(dify: LocalDify) -> Iterator[Chatflow]:
    """Return a client for the end user of the commands."""
    with Chatflow(dify.api_key, base_url=dify.base_url, user="cli") as client:
        yield client


@pytest.fixture(autouse=True)
def environment(dify: LocalDify, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set key and URL of the local Dify, and nothing else of the machine."""
    monkeypatch.setenv("DIFY_API_KEY", dify.api_key)
    monkeypatch.setenv("DIFY_BASE_URL", dify.base_url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("DIFY_USER", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call a command in a pipe; with `columns`, in a terminal of that width."""

    def run_command(*arguments: str, stdin: str | Screen = "", columns: int | None = None) -> Result:
        screen = Screen()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
            patch.setattr(warnings, "showwarning", warnings.showwarning)
            if columns is not None:
                patch.setattr(sys, "stdout", screen)
                patch.setenv("COLUMNS", f"{columns}")
            code = run(arguments)
        out, err = capsys.readouterr()
        return Result(code, screen.getvalue() if columns is not None else out, err)

    return run_command
