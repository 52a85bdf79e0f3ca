"""The report: `docs/faults.md` for readers, and every case in JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from soak.cases import Judged
from soak.census import Census
from soak.load import Load
from soak.methods import METHODS
from soak.oracle import Verdict
from soak.server_faults import SERVER_FAULTS
from soak.socket_faults import GROUPS

INTRODUCTION = """\
# Faults

Each fault below is played on a real socket against each method, with the sync and the async client, and an oracle that
knows the right result judges what the caller gets. `make soak` runs all of it and writes this page; `make test` runs a
sample. Nothing here depends on the time it takes.
"""
LEGEND = """\
- `r`: the right result, as without the fault
- `e`: an exception of the package (`DifyError`) that explains what happened
- `r e`: the first where one response is damaged and the next is not, the second where every response is
- `·`: the fault does not apply to this response

Everything else would be a mistake: a result that differs from the right one, an error of another library, a call
without end, a request that may have started a run and is sent twice, a connection that stays open, an error although
the response is valid. After each call another one uses the same client, and must get its own response.

`send` is `chat.send`; `stream` is `chat.stream`, `resume` the same with `resume=True`; `rejoin` damages the response
with which a dropped stream reconnects; `to file` is a download over an existing file, which stays as it was where the
download fails; `form` and `submit` are human input. Bodies that replace a file with status 200 are left out: a file may
have any content.
"""
MARKS = {
    Verdict.RIGHT: "r",
    Verdict.ERROR: "e",
    Verdict.WRONG: "WRONG",
    Verdict.RAW: "RAW",
    Verdict.HANG: "HANG",
    Verdict.SECOND: "SECOND",
    Verdict.LEAK: "LEAK",
    Verdict.REFUSED: "REFUSED",
}


def write_page(results: Sequence[Judged], left: Census, loads: Sequence[Load], path: Path) -> None:
    """Write the page."""
    path.write_text("\n".join(page(results, left, loads)).rstrip() + "\n", encoding="utf-8")


def page(results: Sequence[Judged], left: Census, loads: Sequence[Load]) -> Iterable[str]:
    """Yield the lines of the page."""
    counts = Counter(result.judgement.verdict for result in results)
    yield INTRODUCTION
    yield "| outcome | cases |"
    yield "| --- | ---: |"
    for verdict in Verdict:
        yield f"| {verdict.value} | {counts[verdict]:,} |"
    yield f"| **all** | **{len(results):,}** |"
    yield ""
    yield f"Left behind after all cases: {describe(left)}."
    yield ""
    yield LEGEND
    cells = to_cells(results)
    names = [method.name for method in METHODS]
    groups = {title: [fault.name for fault in faults] for title, faults in GROUPS.items()}
    groups["The local Dify server"] = [fault.name for fault in SERVER_FAULTS]
    for title, faults in groups.items():
        yield f"## {title}"
        yield ""
        yield f"| fault | {' | '.join(names)} |"
        yield f"| --- |{' --- |' * len(names)}"
        for fault in faults:
            row = [cells.get((is_local(title), fault, name), "·") for name in names]
            yield f"| {fault} | {' | '.join(row)} |"
        yield ""
    yield from load_rows(loads)


def is_local(title: str) -> bool:
    """Return True for the faults of the local Dify."""
    return title not in GROUPS


def describe(left: Census) -> str:
    """Return the numbers of sockets, threads and tasks."""
    return f"{left.sockets} sockets, {left.threads} threads, {left.tasks} tasks"


def to_cells(results: Sequence[Judged]) -> dict[tuple[bool, str, str], str]:
    """Return the text of each cell."""
    marks: dict[tuple[bool, str, str], dict[tuple[str, bool], str]] = {}
    for result in results:
        cell = marks.setdefault((result.is_local, result.fault, result.method), {})
        cell[result.mode, result.times is None] = MARKS[result.judgement.verdict]
    return {key: to_cell(cell) for key, cell in marks.items()}


def to_cell(marks: dict[tuple[str, bool], str]) -> str:
    """Return the text of a cell: one mark where all cases agree."""
    parts: list[str] = []
    for is_always in (False, True):
        both = [marks[mode, is_always] for mode in ("sync", "async") if (mode, is_always) in marks]
        if both:
            parts.append("/".join(dict.fromkeys(both)))
    return " ".join(dict.fromkeys(parts))


def load_rows(loads: Sequence[Load]) -> Iterable[str]:
    """Yield the table of loads."""
    if not loads:
        return
    yield "## Load"
    yield ""
    yield "Left behind means sockets, tasks and threads after the client is closed, compared with before."
    yield ""
    yield "| load | right | wrong | left behind | memory |"
    yield "| --- | ---: | ---: | --- | --- |"
    for load in loads:
        yield f"| {load.name} | {load.right:,} | {load.wrong:,} | {describe(load.left)} | {load.memory} |"
    yield ""


def write_json(results: Sequence[Judged], loads: Sequence[Load], path: Path) -> None:
    """Write every case with its verdict, reason and requests."""
    cases = [
        {
            "server": "local" if result.is_local else "sockets",
            "fault": result.fault,
            "method": result.method,
            "mode": result.mode,
            "damaged": "all" if result.times is None else result.times,
            "verdict": result.judgement.verdict.value,
            "reason": result.judgement.reason[:1000],
            "requests": list(result.requests),
        }
        for result in results
    ]
    rows = [{"name": load.name, "right": load.right, "wrong": load.wrong, "detail": load.detail} for load in loads]
    path.write_text(json.dumps({"cases": cases, "loads": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
