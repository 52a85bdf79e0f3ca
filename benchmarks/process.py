"""The processes of a measurement: the server, and a worker for each contender."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


def start(python: str | Path, *command: str, path: str = "") -> subprocess.Popen[str]:
    """A Python process that is talked to by lines; it finds this package and what `path` names."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), path]))}
    return subprocess.Popen(
        [str(python), *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )


class Process:
    """A process that ends when its standard input does."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        """The next line it says."""
        if self.process.stdout is None or not (line := self.process.stdout.readline()):
            raise RuntimeError(f"{self.process.args!r} ended with code {self.process.wait()}; see above")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


class Server(Process):
    """The local server."""

    def __init__(self) -> None:
        super().__init__(start(sys.executable, "-m", "benchmarks.server"))
        self.port = int(self.line())

    def url(self, kind: str, size: int) -> str:
        """The base URL under which something of that kind and size is sent."""
        return f"http://127.0.0.1:{self.port}/{kind}/{size}/v1"


class Worker(Process):
    """A contender at work."""

    def __init__(self, module: str, python: str | Path = sys.executable, path: str = "") -> None:
        super().__init__(start(python, "-m", "benchmarks.worker", module, path=path))
        self.jobs: list[str] = json.loads(self.line())

    def run(self, job: str, **arguments: Any) -> dict[str, Any]:
        """Do a job once."""
        assert self.process.stdin is not None  # noqa: S101 - it was started with a pipe
        self.process.stdin.write(json.dumps({"job": job, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.line())
        return answer
