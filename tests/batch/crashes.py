"""Batch whose process is killed again and again: `python -m tests.batch.crashes [SEEDS]`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dify_chatflow.testing import Flow, LocalDify, Node, Script

CONCURRENCY = 4
# The answer takes time, so that most rows are under way when the process is killed.
SCRIPT = Script(
    flows=(
        Flow(
            nodes=(
                Node(type="llm", text="one two {{#sys.query#}}", pace=0.02),
                Node(type="answer", text="{{#llm.text#}}"),
            )
        ),
    )
)
CHILD = """
import sys
from dify_chatflow import Chatflow
from dify_chatflow.batch import run_batch

with Chatflow(user="u") as app:
    run_batch(app, sys.argv[1], sys.argv[2], concurrency=int(sys.argv[3]), retry_unknown=len(sys.argv) > 4)
"""


@dataclass
class Outcome:
    """What a batch has left behind.

    Attributes:
        sent: How often each query was sent.
        results: The lines of the results.
        kills: The processes that were killed.
        looked_up: The rows whose end was looked up.
        unknown: The rows that were unknown before they were sent again.
    """

    sent: Counter[str]
    results: list[dict[str, object]]
    kills: int
    looked_up: int
    unknown: set[str]


def run(seed: int, folder: Path, rows: int, kills: int) -> Outcome:
    """Run a batch whose process is killed at moments that depend on a seed.

    Args:
        seed: The seed.
        folder: An empty folder.
        rows: The number of rows.
        kills: The number of processes to kill.
    """
    source, out = folder / "rows.jsonl", folder / "results.jsonl"
    source.write_text("".join(f'{{"query": "q{number}"}}\n' for number in range(rows)))
    moments = random.Random(seed)  # noqa: S311 - the same moments for the same seed
    with LocalDify(SCRIPT) as server:
        environment = {**os.environ, "DIFY_API_KEY": server.api_key, "DIFY_BASE_URL": server.base_url}
        environment["NO_PROXY"] = "127.0.0.1"
        command = [sys.executable, "-c", CHILD, str(source), str(out), str(CONCURRENCY)]
        killed = 0
        while killed < kills:
            until, delay = moments.randrange(1, 2 * rows // (kills + 1)), moments.uniform(0, 0.08)
            with subprocess.Popen(command, env=environment) as process:
                wait_for_requests(server, process, len(queries(server)) + until)
                time.sleep(delay)
                process.kill()
            killed += 1
        subprocess.run(command, env=environment, check=True)
        before = read(out)
        unknown = {str(result["query"]) for result in before if result["status"] == "unknown"}
        sent = Counter(queries(server))
        assert {query for query, times in sent.items() if times > 1} == set()
        if unknown:
            subprocess.run([*command, "retry"], env=environment, check=True)
        return Outcome(
            Counter(queries(server)), read(out), killed, sum(bool(result["looked_up"]) for result in before), unknown
        )


def wait_for_requests(server: LocalDify, process: subprocess.Popen[bytes], number: int) -> None:
    """Wait until a number of queries was received, or the process has ended."""
    while len(queries(server)) < number and process.poll() is None:
        time.sleep(0.002)


def queries(server: LocalDify) -> list[str]:
    """Return the queries that the server has received; a request that was cut has none."""
    found = list[str]()
    for request in list(server.requests):
        if request.path.endswith("/chat-messages"):
            with suppress(ValueError):
                found.append(request.json()["query"])
    return found


def read(path: Path) -> list[dict[str, object]]:
    """Return the lines of the results."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def check(outcome: Outcome, rows: int) -> None:
    """Check that no row is lost, that none ran twice, and that the answers are those of the rows."""
    assert [result["query"] for result in outcome.results] == [f"q{number}" for number in range(rows)]
    assert {result["answer"] for result in outcome.results} == {f"one two q{number}" for number in range(rows)}
    for number in range(rows):
        query = f"q{number}"
        assert 1 <= outcome.sent[query] <= 1 + (query in outcome.unknown), query
    assert len(outcome.unknown) <= CONCURRENCY * outcome.kills


def main() -> None:
    """Run one batch for each seed."""
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 50):
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(seed, Path(folder), rows=60, kills=8)
            check(outcome, 60)
            print(f"seed {seed}: {outcome.looked_up} looked up, {len(outcome.unknown)} unknown", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
