"""The work that is measured over HTTP: what is sent, who does it, and what is right."""

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
from benchmarks.figures import Figure, Line
from benchmarks.process import Server, Worker
from benchmarks.rounds import Answer, Taken, take

MB = 1_000_000
MINE = "dify-chatflow"
PLAIN = "dify-chatflow without orjson"
LIMIT = "raw httpx"
MODULES = {
    LIMIT: "limit",
    MINE: "client",
    PLAIN: "plain",
    "raw httpx without orjson": "limit_plain",
    "bare generated client": "bare",
    "dify-client-python": "dify_client_python",
    "dify-oapi2": "dify_oapi2",
    "openai's decoder": "openai",
}
PEERS = {"dify-client-python": "dify-client-python", "dify-oapi2": "dify-oapi2", "openai's decoder": "openai"}
ALL = tuple(MODULES)


@dataclass(frozen=True)
class Goal:
    """One line of the table that a piece of work gives: what is looked at, and the most the client may take."""

    what: str
    target: float | None
    words: str = ""


@dataclass(frozen=True)
class Work:
    """A piece of work over HTTP.

    Attributes:
        kind: What the server sends.
        size: How much of it, and in a test.
        goals: What is looked at.
        job: What a contender's module calls it.
        rounds: How many.
        own: Arguments of the client alone.
        contenders: Who takes part, the limit first.
    """

    name: str
    words: str
    kind: str
    size: tuple[int, int]
    goals: tuple[Goal, ...]
    job: str = "stream"
    rounds: int = 11
    own: dict[str, Any] = field(default_factory=dict)
    contenders: tuple[str, ...] = ALL


CPU = {ratio: (Goal("cpu", ratio),) for ratio in (1.1, 1.25, 1.5)}
TWO = (LIMIT, MINE)
WORK = (
    Work("stream", "stream, 20,000 `message` events, one HTTP chunk each", "messages", (20_000, 200), CPU[1.25]),
    Work("packed", "the same in HTTP chunks of 64 KB", "packed", (20_000, 200), CPU[1.25]),
    Work(
        *("accumulated", "stream of 20,000 events, with the reply gathered", "messages", (20_000, 200), CPU[1.5]),
        own={"accumulate": True},
        contenders=(*TWO, PLAIN),
    ),
    Work(
        *("accumulated-packed", "the same in HTTP chunks of 64 KB", "packed", (20_000, 200), CPU[1.5]),
        own={"accumulate": True},
        contenders=(*TWO, PLAIN),
    ),
    Work("mixed", "recorded runs: 2,000 events of all kinds, some of 150 KB", "mixed", (2_000, 50), CPU[1.5]),
    Work(
        *("concurrent", "1,000 async streams at once, 20 events each", "concurrent", (1_000_020, 10_020)),
        (Goal("cpu", 1.5), Goal("first", 2.0, "last stream's first event"), Goal("median", 2.0, "middle one's")),
        job="concurrent",
        rounds=5,
        contenders=TWO,
    ),
    Work(
        *("detail", "`runs.get`, 200 times", "detail", (200, 5), CPU[1.1]),
        job="detail",
        contenders=(LIMIT, MINE, "bare generated client", "dify-oapi2"),
    ),
    Work(
        *("upload", "upload of 256 MB from disk", "upload", (256 * MB, MB)),
        (Goal("cpu", 1.1), Goal("memory", 8.0, "memory above idle")),
        job="upload",
        rounds=5,
        contenders=(LIMIT, MINE, "bare generated client", "dify-client-python", "dify-oapi2"),
    ),
    Work(
        *("download", "download of 256 MB to disk", "download", (256 * MB, MB)),
        (Goal("cpu", 1.1), Goal("memory", 8.0, "memory above idle")),
        job="download",
        rounds=5,
        contenders=(LIMIT, MINE, "bare generated client"),
    ),
    Work(
        *("endless", "endless stream: 1,000,000 events, nothing gathered", "endless", (1_000_000, 2_000)),
        (Goal("memory", 8.0, "memory above idle"), Goal("cpu", 1.25)),
        rounds=1,
        contenders=TWO,
    ),
)


def measure(work: Work, server: Server, folder: Path, *, small: bool = False, peers: bool = True) -> Iterator[Line]:
    """Do a piece of work in interleaved rounds, and give its lines of the table."""
    size, rounds = work.size[small], 2 if small else work.rounds
    names = [name for name in work.contenders if peers or name not in PEERS]
    with ExitStack() as stack:
        workers = {name: stack.enter_context(worker(name)) for name in names}
        wrong = {name: reason for name in names if (reason := warmed(work, workers[name], name, server, folder))}
        if LIMIT in wrong:
            raise RuntimeError(f"{work.name}: {LIMIT}, with whom all are compared, is wrong: {wrong[LIMIT]}")
        runners = {name: runner(work, workers[name], name, server, folder, size) for name in names if name not in wrong}
        taken = take(runners, rounds, checker(work, size))
    taken.wrong |= wrong
    for goal in work.goals:
        yield line(work, goal, taken)


def worker(name: str) -> Worker:
    """A contender's process, in the environment it needs."""
    if name in PEERS:
        return Worker(MODULES[name], environments.python(PEERS[name]))
    return Worker(MODULES[name], sys.executable, str(environments.bare()) if MODULES[name] == "bare" else "")


def runner(work: Work, doer: Worker, name: str, server: Server, folder: Path, size: int) -> Callable[[], Answer]:
    """What does the work once."""
    arguments = {"base_url": server.url(work.kind, size), **details(work, size, folder)}
    if name in (MINE, PLAIN):
        arguments |= work.own
    return partial(doer.run, work.job, **arguments)


def details(work: Work, size: int, folder: Path) -> dict[str, Any]:
    """What a job has to be told beside the address."""
    if work.job == "concurrent":
        return {"streams": size // 1000}
    if work.job == "detail":
        return {"count": size}
    if work.job == "upload":
        return {"path": str(file_of(size, folder))}
    return {"path": str(folder / "received.bin")} if work.job == "download" else {}


def file_of(size: int, folder: Path) -> Path:
    """A file of that size."""
    path = folder / f"{size}.bin"
    if not path.exists():
        with path.open("wb") as file:
            for piece in file_pieces(size):
                file.write(piece)
    return path


def file_pieces(size: int) -> Iterator[bytes]:
    """The content of a large file."""
    block = payloads.file_block()
    return (block[: size - start] for start in range(0, size, len(block)))


def warmed(work: Work, doer: Worker, name: str, server: Server, folder: Path) -> str:
    """Do the work once on a small scale, looking at every event; what is wrong with the result."""
    if work.job != "stream":
        small = work.size[1]
        answer = runner(work, doer, name, server, folder, small)()
        return str(answer.get("error") or checker(work, small)(answer["result"]))
    size = min(work.size[0], 2000)
    own = work.own if name in (MINE, PLAIN) else {}
    answer = doer.run("stream", base_url=server.url(work.kind, size), verify=True, **own)
    if "error" in answer:
        return str(answer["error"])
    wanted, seen = payloads.expected(work.kind, size), answer["result"]
    if seen["events"] != wanted["events"]:
        return f"{seen['events']:,} of {wanted['events']:,} events"
    return "" if seen["digest"] == wanted["digest"] else "other events than were sent"


def checker(work: Work, size: int) -> Callable[[dict[str, Any]], str]:
    """What is wrong with the result of a round."""
    if work.job in ("upload", "download"):
        state = hashlib.sha256()
        for piece in file_pieces(size):
            state.update(piece)
        return partial(wrong_file, state.hexdigest())
    if work.job == "detail":
        return lambda result: "" if result["status"] == "failed" else "another run than was sent"
    if work.job == "concurrent":
        events = (size // 1000) * (size % 1000 + 1)
    else:
        events = payloads.expected(work.kind, size)["events"] if work.kind != "endless" else size + 1
    return partial(wrong_count, events)


def wrong_count(events: int, result: dict[str, Any]) -> str:
    """What is wrong with what a stream gave."""
    if result["events"] != events:
        return f"{result['events']:,} of {events:,} events"
    return "" if result.get("ids", True) else "ids are missing"


def wrong_file(digest: str, result: dict[str, Any]) -> str:
    """What is wrong with a file that was sent or received."""
    if "path" in result:
        with Path(result["path"]).open("rb") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == digest
    else:  # an answer's class without `reference` tells only that the server took the file
        right = result["digest"] == digest if "digest" in result else result["id"] == payloads.upload_answer()["id"]
    return "" if right else "another file than was sent"


def line(work: Work, goal: Goal, taken: Taken) -> Line:
    """The line of the table for a goal."""
    words = f"{work.words}: {goal.words}" if goal.words else work.words
    limits = taken.answers[LIMIT]
    if goal.what == "memory":
        figures = {name: Figure(wrong=reason) for name, reason in taken.wrong.items()}
        figures |= {name: above_idle(answers) for name, answers in taken.answers.items()}
        own = figures.pop(LIMIT).text("MB")
        return Line(f"{work.name}-memory", words, "MB", goal.target, own, figures)

    def value(answer: Answer) -> float:
        return float(answer["cpu"] if goal.what == "cpu" else answer["result"][goal.what])

    own = Taken({LIMIT: limits}, {}).figures(lambda answer: 1000 * value(answer))[LIMIT].text("ms")
    name = work.name if goal.what == "cpu" else f"{work.name}-{goal.what}"
    return Line(name, words, "×", goal.target, own, taken.figures(value, LIMIT))


def above_idle(answers: list[Answer]) -> Figure:
    """The largest size of the process in all rounds above that after the small round that warmed it up."""
    return Figure.of([sum(answer["memory"] for answer in answers) / MB])
