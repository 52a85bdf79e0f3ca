"""httpx and the standard library's json by hand, giving untyped dicts."""

from __future__ import annotations

import json
from functools import partial

from benchmarks.contenders import limit

JOBS = {"stream": partial(limit.stream, loads=json.loads)}
