"""Process of a candidate: reads jobs and writes CPU time, memory and results, both as lines of JSON."""

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


def peak_memory() -> int:
    """Return the largest size of the process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if MAC else 1024)


def run_job(job: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """Run a job once; return its result with the time and memory used."""
    gc.collect()
    memory, wall, cpu = peak_memory(), time.perf_counter(), time.process_time()
    try:
        result = job(**arguments)
    except Exception as error:  # noqa: BLE001 - the error of a candidate is its result
        last = traceback.format_exception_only(error)[-1].strip()
        return {"error": last.removeprefix("json.decoder.")[:300]}
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {"cpu": cpu, "wall": wall, "memory": peak_memory() - memory, "result": result}


def main() -> None:
    """Run jobs of the candidate on the command line until standard input ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # keeps the output of candidates apart from the replies
    jobs = importlib.import_module(f"benchmarks.candidates.{sys.argv[1]}").JOBS
    print(json.dumps(sorted(jobs)), file=replies, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(run_job(jobs[order["job"]], order["arguments"])), file=replies, flush=True)


if __name__ == "__main__":
    main()
