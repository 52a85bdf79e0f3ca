"""Work that is measured over HTTP: its payload, its candidates and the check of its result."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import environments, payloads
from benchmarks.figures import Figure, Row
from benchmarks.process import Server, Worker
from benchmarks.rounds import Result, RoundResults, Scale, run_rounds

MB = 1_000_000
CLIENT = "dify-chatflow"
CLIENT_PLAIN = "dify-chatflow without orjson"
BASELINE = "raw httpx"
BASELINE_PLAIN = "raw httpx without orjson"
MODULES = {
    BASELINE: "baseline",
    CLIENT: "client",
    CLIENT_PLAIN: "client_plain",
    BASELINE_PLAIN: "baseline_plain",
    "bare generated client": "bare",
    "dify-client-python": "dify_client_python",
    "dify-oapi2": "dify_oapi2",
    "dify-api-client": "dify_api_client",
    "openai's decoder": "openai",
    "anthropic's decoder": "anthropic",
}
PEERS = {
    **{name: name for name in ("dify-client-python", "dify-oapi2", "dify-api-client")},
    "openai's decoder": "openai",
    "anthropic's decoder": "anthropic",
}
ALL = tuple(MODULES)


@dataclass(frozen=True)
class Goal:
    """Row of the table for a piece of work: its metric, the targets with and without orjson, and a label."""

    metric: str
    target: float | None
    label: str = ""
    plain_target: float | None = None


@dataclass(frozen=True)
class Work:
    """Piece of work over HTTP.

    Attributes:
        name: Name for `--only`.
        label: Description in the table.
        kind: Kind of payload.
        size: Size of the payload in a measurement and in a test.
        goals: Metrics and targets.
        job: Name of the job in the modules of the candidates.
        rounds: Number of rounds.
        options: Arguments of the job for dify-chatflow only.
        candidates: Names of the candidates, the baseline first.
    """

    name: str
    label: str
    kind: str
    size: tuple[int, int]
    goals: tuple[Goal, ...]
    job: str = "stream"
    rounds: int = 11
    options: dict[str, Any] = field(default_factory=dict)
    candidates: tuple[str, ...] = ALL


CPU = {ratio: (Goal("cpu", ratio),) for ratio in (1.1, 1.2, 1.5)}
PLAIN = 1.5
PAIR = (BASELINE, CLIENT)
WORK = (
    Work(
        "stream",
        "stream of 20,000 `message` events, one HTTP chunk each",
        "messages",
        (20_000, 200),
        (Goal("cpu", 1.1, "", PLAIN),),
    ),
    Work("packed", "the same stream in HTTP chunks of 64 KB", "packed", (20_000, 200), (Goal("cpu", 1.2, "", PLAIN),)),
    Work(
        *("accumulated", "stream of 20,000 events with reply accumulation", "messages", (20_000, 200), CPU[1.5]),
        options={"accumulate": True},
        candidates=(*PAIR, CLIENT_PLAIN),
    ),
    Work(
        *("accumulated-packed", "the same stream in HTTP chunks of 64 KB", "packed", (20_000, 200), CPU[1.5]),
        options={"accumulate": True},
        candidates=(*PAIR, CLIENT_PLAIN),
    ),
    Work("mixed", "recorded runs: 2,000 events of all types, some of 150 KB", "mixed", (2_000, 50), CPU[1.5]),
    Work(
        *("concurrent", "1,000 concurrent async streams of 20 events each", "concurrent", (1_000_020, 10_020)),
        (
            Goal("cpu", 1.5),
            Goal("first", 2.0, "first event of the last stream"),
            Goal("median", 2.0, "first event of the median stream"),
        ),
        job="concurrent",
        rounds=5,
        candidates=PAIR,
    ),
    Work(
        *("detail", "`runs.get`, 200 calls", "detail", (200, 5), CPU[1.1]),
        job="detail",
        candidates=(BASELINE, CLIENT, "bare generated client", "dify-oapi2"),
    ),
    Work(
        *("upload", "upload of 256 MB from disk", "upload", (256 * MB, MB)),
        (Goal("cpu", 1.1), Goal("memory", 8.0, "memory above idle")),
        job="upload",
        rounds=5,
        candidates=(BASELINE, CLIENT, "bare generated client", "dify-client-python", "dify-oapi2", "dify-api-client"),
    ),
    Work(
        *("download", "download of 256 MB to disk", "download", (256 * MB, MB)),
        (Goal("cpu", 1.1), Goal("memory", 8.0, "memory above idle")),
        job="download",
        rounds=5,
        candidates=(BASELINE, CLIENT, "bare generated client"),
    ),
    Work(
        *("endless", "stream of 1,000,000 events without accumulation", "endless", (1_000_000, 2_000)),
        (Goal("memory", 8.0, "memory above idle"), Goal("cpu", 1.2)),
        rounds=1,
        candidates=PAIR,
    ),
)


def measure(work: Work, server: Server, folder: Path, scale: Scale) -> Iterator[Row]:
    """Run a piece of work in interleaved rounds and yield its rows."""
    size, rounds = work.size[scale.small], scale.limit(work.rounds)
    names = [name for name in work.candidates if scale.peers or name not in PEERS]
    with ExitStack() as stack:
        workers = {name: stack.enter_context(start_worker(name)) for name in names}
        largest = min(size, 2000)
        warmed = {name: warm_up(work, workers[name], name, server, folder, largest) for name in names}
        errors = {name: error for name, error in warmed.items() if error}
        if BASELINE in errors:
            raise RuntimeError(f"{work.name}: the baseline {BASELINE} is wrong: {errors[BASELINE]}")
        runners = {
            name: make_runner(work, workers[name], name, server, folder, size) for name in names if name not in errors
        }
        collected = run_rounds(runners, rounds, make_check(work, size))
    collected.errors |= errors
    for goal in work.goals:
        yield make_row(work, goal, collected)


def start_worker(name: str) -> Worker:
    """Start the process of a candidate in its environment."""
    if name in PEERS:
        return Worker(MODULES[name], environments.ensure_python(PEERS[name]))
    path = str(environments.ensure_bare_client()) if MODULES[name] == "bare" else ""
    return Worker(MODULES[name], sys.executable, path)


def make_runner(work: Work, worker: Worker, name: str, server: Server, folder: Path, size: int) -> Callable[[], Result]:
    """Return a function that runs the work once."""
    arguments = {"base_url": server.base_url(work.kind, size), **build_arguments(work, size, folder)}
    if name in (CLIENT, CLIENT_PLAIN):
        arguments |= work.options
    return partial(worker.run, work.job, **arguments)


def build_arguments(work: Work, size: int, folder: Path) -> dict[str, Any]:
    """Return the arguments of a job other than the base URL."""
    if work.job == "concurrent":
        return {"streams": size // 1000}
    if work.job == "detail":
        return {"count": size}
    if work.job == "upload":
        return {"path": str(ensure_file(size, folder))}
    return {"path": str(folder / "received.bin")} if work.job == "download" else {}


def ensure_file(size: int, folder: Path) -> Path:
    """Return a file of that size, which is created unless it exists."""
    path = folder / f"{size}.bin"
    if not path.exists():
        with path.open("wb") as file:
            for block in file_blocks(size):
                file.write(block)
    return path


def file_blocks(size: int) -> Iterator[bytes]:
    """Yield the content of a file of that size in blocks."""
    block = payloads.file_block()
    return (block[: size - start] for start in range(0, size, len(block)))


def warm_up(work: Work, worker: Worker, name: str, server: Server, folder: Path, size: int) -> str:
    """Run the work once on a small scale, verifying every event; return the error, or an empty string."""
    if work.job != "stream":
        small = work.size[1]
        result = make_runner(work, worker, name, server, folder, small)()
        return str(result.get("error") or make_check(work, small)(result["result"]))
    options = work.options if name in (CLIENT, CLIENT_PLAIN) else {}
    result = worker.run("stream", base_url=server.base_url(work.kind, size), verify=True, **options)
    if "error" in result:
        return str(result["error"])
    expected, actual = payloads.expected_digest(work.kind, size), result["result"]
    if actual["events"] != expected["events"]:
        return f"{actual['events']:,} of {expected['events']:,} events"
    return "" if actual["digest"] == expected["digest"] else "events differ from those sent"


def make_check(work: Work, size: int) -> Callable[[dict[str, Any]], str]:
    """Return a function that returns the error of a round's result, or an empty string."""
    if work.job in ("upload", "download"):
        state = hashlib.sha256()
        for block in file_blocks(size):
            state.update(block)
        return partial(check_file, state.hexdigest())
    if work.job == "detail":
        return lambda result: "" if result["status"] == "failed" else "run differs from the one sent"
    if work.job == "concurrent":
        events = (size // 1000) * (size % 1000 + 1)
    else:
        events = payloads.expected_digest(work.kind, size)["events"] if work.kind != "endless" else size + 1
    return partial(check_count, events)


def check_count(events: int, result: dict[str, Any]) -> str:
    """Return the error of a stream's result, or an empty string."""
    if result["events"] != events:
        return f"{result['events']:,} of {events:,} events"
    return "" if result.get("ids", True) else "ids are missing"


def check_file(digest: str, result: dict[str, Any]) -> str:
    """Return the error of an upload or download, or an empty string."""
    if "path" in result:
        with Path(result["path"]).open("rb") as file:
            matches = hashlib.file_digest(file, "sha256").hexdigest() == digest
    elif "digest" in result:
        matches = result["digest"] == digest
    else:  # a response class without `reference` shows only that the server accepted the file
        matches = result["id"] == payloads.upload_response()["id"]
    return "" if matches else "file differs from the one sent"


def make_row(work: Work, goal: Goal, collected: RoundResults) -> Row:
    """Return the row for a goal."""
    label = f"{work.label}: {goal.label}" if goal.label else work.label
    if goal.metric == "memory":
        figures = {name: Figure(error=error) for name, error in collected.errors.items()}
        figures |= {name: memory_above_idle(results) for name, results in collected.results.items()}
        baseline = figures.pop(BASELINE).format("MB")
        return Row(f"{work.name}-memory", label, "MB", goal.target, baseline, figures)

    def value(result: Result) -> float:
        return float(result["cpu"] if goal.metric == "cpu" else result["result"][goal.metric])

    baseline = Figure.of([1000 * value(result) for result in collected.results[BASELINE]]).format("ms")
    name = work.name if goal.metric == "cpu" else f"{work.name}-{goal.metric}"
    figures = collected.figures(value, BASELINE)
    return Row(name, label, "×", goal.target, baseline, figures, goal.plain_target)


def memory_above_idle(results: list[Result]) -> Figure:
    """Return the growth of the process's largest size in all rounds after the warm-up."""
    return Figure.of([sum(result["memory"] for result in results) / MB])
