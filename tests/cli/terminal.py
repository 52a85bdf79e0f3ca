"""Command line in a real pseudo-terminal of a given width."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

LONGEST_WAIT = 60.0


class Terminal:
    """A command in a pseudo-terminal; `text` is everything it has printed so far, with the codes for the terminal."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], columns: int = 100) -> None:
        self._end, other = pty.openpty()
        command = [sys.executable, "-m", "dify_chatflow_cli", *arguments]
        settings = {**os.environ, **environment, "COLUMNS": f"{columns}", "LINES": "30", "TERM": "xterm"}
        self._process = subprocess.Popen(
            command, stdin=other, stdout=other, stderr=other, env=settings, start_new_session=True
        )
        os.close(other)
        self.text = ""
        self._awaited = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._end)

    def wait_for(self, text: str) -> None:
        """Read until the command has printed a text after everything awaited before."""
        until = time.monotonic() + LONGEST_WAIT
        while text not in self.text[self._awaited :]:
            assert time.monotonic() < until, f"{text!r} was not printed: {self.text}"
            assert self._read(), f"{text!r} was not printed before the end: {self.text}"
        self._awaited = self.text.index(text, self._awaited) + len(text)

    def type(self, text: str) -> None:
        """Type a text and Enter."""
        os.write(self._end, f"{text}\n".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def finish(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self._process.wait(LONGEST_WAIT)

    def _read(self) -> bool:
        if not select.select([self._end], [], [], LONGEST_WAIT)[0]:
            return False
        try:
            data = os.read(self._end, 65536)
        except OSError:  # Linux ends a terminal with an error
            return False
        self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
