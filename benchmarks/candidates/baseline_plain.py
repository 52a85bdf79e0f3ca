"""Baseline with the standard library's json instead of orjson."""

from __future__ import annotations

import json
from functools import partial

from benchmarks.candidates import baseline

JOBS = {"stream": partial(baseline.stream, loads=json.loads)}
