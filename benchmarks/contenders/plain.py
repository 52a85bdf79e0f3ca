"""The client where orjson is not installed: the standard library's json reads the events."""

from __future__ import annotations

import sys

sys.modules["orjson"] = None  # type: ignore[assignment]  # what `import orjson` meets where it is not installed

from benchmarks.contenders import client  # noqa: E402

JOBS = client.JOBS
