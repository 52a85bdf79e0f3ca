"""Batches whose process is killed."""

from __future__ import annotations

from pathlib import Path

from tests.batch.crashes import check, run


def test_killed_batch_runs_no_row_twice(tmp_path: Path) -> None:
    outcome = run(3, tmp_path, rows=20, kills=2)
    check(outcome, 20)
    assert outcome.looked_up > 0
