"""Processes of a measurement: the server, and a worker for each candidate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


def clean_environment(path: str = "") -> dict[str, str]:
    """Return the environment of a measured process: without proxies, and able to import this package and `path`."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), path]))}


def start(python: str | Path, *command: str, path: str = "") -> subprocess.Popen[str]:
    """Start a Python process with piped input and output; it can import this package and the packages in `path`."""
    words = [str(python), *command]
    pipe, environment = subprocess.PIPE, clean_environment(path)
    return subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment)


class Process:
    """Process that ends at the end of its standard input."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def read_line(self) -> str:
        """Return the next line of its output."""
        if self.process.stdout is None or not (line := self.process.stdout.readline()):
            raise RuntimeError(f"{self.process.args!r} ended with code {self.process.wait()}; see its output above")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


class Server(Process):
    """Local server."""

    def __init__(self) -> None:
        super().__init__(start(sys.executable, "-m", "benchmarks.server"))
        self.port = int(self.read_line())

    def base_url(self, kind: str, size: int) -> str:
        """Return the base URL for payloads of a kind and size."""
        return f"http://127.0.0.1:{self.port}/{kind}/{size}/v1"


class Worker(Process):
    """Process that runs the jobs of a candidate."""

    def __init__(self, module: str, python: str | Path = sys.executable, path: str = "") -> None:
        super().__init__(start(python, "-m", "benchmarks.worker", module, path=path))
        self.jobs: list[str] = json.loads(self.read_line())

    def run(self, job: str, **arguments: Any) -> dict[str, Any]:
        """Run a job once."""
        assert self.process.stdin is not None  # noqa: S101 - the process was started with a pipe
        self.process.stdin.write(json.dumps({"job": job, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        result: dict[str, Any] = json.loads(self.read_line())
        return result
