"""A contender's process: takes jobs as lines of JSON, gives CPU time, memory and results as lines of JSON."""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
import traceback
from typing import Any

MAC = sys.platform == "darwin"


def peak() -> int:
    """The largest size the process had so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if MAC else 1024)


def measured(job: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """Run a job once; what it costs and what it gives."""
    gc.collect()
    before, began, cpu = peak(), time.perf_counter(), time.process_time()
    try:
        result = job(**arguments)
    except Exception as error:  # noqa: BLE001 - a contender that fails is shown as such
        last = traceback.format_exception_only(error)[-1].strip()
        return {"error": last.removeprefix("json.decoder.")[:300]}
    cpu, wall = time.process_time() - cpu, time.perf_counter() - began
    return {"cpu": cpu, "wall": wall, "memory": peak() - before, "result": result}


def main() -> None:
    """Serve jobs of the contender that the command line names, until standard input ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a contender prints does not mix with the replies
    jobs = importlib.import_module(f"benchmarks.contenders.{sys.argv[1]}").JOBS
    print(json.dumps(sorted(jobs)), file=replies, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(measured(jobs[order["job"]], order["arguments"])), file=replies, flush=True)


if __name__ == "__main__":
    main()
