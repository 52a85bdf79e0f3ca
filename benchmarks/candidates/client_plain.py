"""dify-chatflow without orjson: the standard library's json parses the events."""

from __future__ import annotations

import sys

sys.modules["orjson"] = None  # type: ignore[assignment]  # makes `import orjson` fail

from benchmarks.candidates import client  # noqa: E402

JOBS = client.JOBS
