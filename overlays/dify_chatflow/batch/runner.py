"""Threads of a batch: they take rows from the ledger, send them, and note their ends."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._limits import check_seconds
from dify_chatflow.batch.ledger import Job, Ledger
from dify_chatflow.batch.result import NOT_SENT, RowResult
from dify_chatflow.batch.row import Row
from dify_chatflow.batch.row_run import RowObserver, fail, is_limited, look_up, run_row
from dify_chatflow.batch.throttle import Throttle

if TYPE_CHECKING:
    from dify_chatflow import Chatflow, ChatStream

# Seconds for threads to leave their streams after the second Ctrl-C.
LEAVE_TIMEOUT = 5.0


@dataclass(slots=True)
class BatchProgress:
    """State of a running batch.

    Attributes:
        total: The number of rows.
        counts: The numbers of rows by status; rows without a result are `pending`.
        active: The rows that are under way.
        limit: The rows that may be under way at a time; less than the concurrency after the server has refused rows.
        is_stopping: True when no further row is sent.
    """

    total: int
    counts: dict[str, int] = field(default_factory=dict[str, int])
    active: int = 0
    limit: int = 0
    is_stopping: bool = False

    @property
    def done(self) -> int:
        """The number of rows that have a result."""
        return self.total - self.counts.get("pending", 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The settings of a batch; see `run_batch`."""

    concurrency: int
    retry_unknown: bool
    patience: float
    stop_after: int | None
    submit: Callable[[Row], Future[RowResult]] | None
    on_progress: Callable[[BatchProgress], None] | None

    def __post_init__(self) -> None:
        for name, value in (("concurrency", self.concurrency), ("stop_after", self.stop_after)):
            if value is not None and (not isinstance(value, int) or value < 1):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise ConfigurationError(f"{name} must be an integer of at least 1; got {value!r:.60}")
        check_seconds(patience=self.patience)


class Runner:
    """The threads of a batch and the state that they share."""

    def __init__(self, app: Chatflow, ledger: Ledger, limits: Limits, total: int) -> None:
        self.obstacle: str | None = None
        self._app, self._ledger, self._limits = app, ledger, limits
        self._throttle = Throttle(limits.concurrency)
        self._progress = BatchProgress(total, ledger.counts())
        self._changed = threading.Condition()
        self._again: deque[Job] = deque()
        self._after = self._failures = self._running = 0
        self._active: dict[int, str | None] = {}
        self._streams: dict[int, ChatStream] = {}
        self._progressed_at = time.monotonic()
        self._error: BaseException | None = None
        self._is_stopping = self._is_leaving = False

    def run(self, results: TextIO) -> None:
        """Run all rows that are due, and append their results to a file.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed.
        """
        try:
            try:
                for _ in range(min(self._limits.concurrency, self._progress.total)):
                    with self._changed:
                        self._running += 1
                    threading.Thread(target=self._work, args=(results,), daemon=True).start()
                self._wait(None)
            except KeyboardInterrupt:
                self._stop(None)
                self._wait(None)
                raise
        except KeyboardInterrupt:
            self._leave()
            raise
        if self._error is not None:
            raise self._error

    def _wait(self, seconds: float | None) -> None:
        """Wait until all threads have ended; a `join` that Ctrl-C interrupts takes its thread for ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._running == 0, seconds)

    def _leave(self) -> None:
        """Close the streams of rows that are under way: their runs continue, and the next call looks them up."""
        with self._changed:
            self._is_leaving = True
            streams = list(self._streams.values())
        for stream in streams:
            stream.close()
        self._wait(LEAVE_TIMEOUT)

    def _stop(self, obstacle: str | None) -> None:
        """Send no further row."""
        with self._changed:
            self._is_stopping = True
            self.obstacle = self.obstacle or obstacle
            self._report()
            self._changed.notify_all()

    def _work(self, results: TextIO) -> None:
        """Run rows until there are no more."""
        try:
            while (job := self._take()) is not None:
                self._settle(job, self._execute(job), results)
        except BaseException as error:  # noqa: BLE001 - the main thread raises it
            with self._changed:
                self._error = self._error or error
                self._is_stopping = True
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _take(self) -> Job | None:
        """Return the next row as soon as it may be sent; None where no further row is sent."""
        with self._changed:
            while not self._is_stopping:
                delay = self._throttle.delay(len(self._active), time.monotonic())
                if delay == 0:
                    delay = None
                    job = self._again[0] if self._again else self._ledger.next_job(self._after)
                    if job is None and not self._active:
                        return None
                    if job is not None and self._is_free(job.row.conversation_id):
                        if self._again:
                            self._again.popleft()
                        else:
                            self._after = job.row.number
                        self._active[job.row.number] = job.row.conversation_id
                        self._report()
                        return job
                self._changed.wait(delay)
        return None

    def _is_free(self, conversation_id: str | None) -> bool:
        """Return whether no row of a conversation is under way."""
        return conversation_id is None or conversation_id not in self._active.values()

    def _execute(self, job: Job) -> RowResult:
        """Send a row, or look its run up."""
        number = job.row.number
        if job.lost is not None:
            result = look_up(self._app, job.row, job.lost)
            if result.status != "unknown" or not self._limits.retry_unknown:
                result.attempts = job.attempts
                return result
        if self._limits.submit is None:
            result = run_row(self._app, job.row, Observer(self, number))
        else:
            self._ledger.start(number)
            try:
                result = self._limits.submit(job.row).result()
            except Exception as error:  # noqa: BLE001 - whatever the executor raises, the row may have started
                lost = RowResult(row=number, id=job.row.id, query=job.row.query, status="unknown")
                result = fail(lost, error, status="unknown")
        if result.status == "unknown" and result.workflow_run_id and not self._is_leaving:
            result = look_up(self._app, job.row, result.ids)
        result.attempts = job.attempts + 1
        return result

    def note(self, number: int, *, stream: ChatStream | None = None, ids: dict[str, Any] | None = None) -> None:
        """Note a step of a row: it is sent, it has a stream, or its ids are known."""
        if ids is not None:
            self._ledger.note_ids(number, ids)
        elif stream is None:
            self._ledger.start(number)
        else:
            with self._changed:
                self._streams[number] = stream
                is_leaving = self._is_leaving
            if is_leaving:
                stream.close()

    def _settle(self, job: Job, result: RowResult, results: TextIO) -> None:
        """Note the end of a row, or that it is to be sent again."""
        number, now = job.row.number, time.monotonic()
        is_due = result.status in NOT_SENT
        is_left = result.status == "unknown" and self._is_leaving
        if is_due:
            self._ledger.release(number)
        elif not is_left:
            self._ledger.end(number, result)
        with self._changed:
            del self._active[number]
            self._streams.pop(number, None)
            if is_due:
                self._again.append(Job(job.row, result.attempts, status=job.status))
                self._hold(result, now)
            elif not is_left:
                results.write(f"{result.to_json()}\n")
                results.flush()
                self._count(job, result, now)
            self._report()
            self._changed.notify_all()

    def _hold(self, result: RowResult, now: float) -> None:
        """Wait before the next row, since one was refused; or stop the batch."""
        if result.status == "refused":
            self._stop(f"no row can be sent: {result.error}")
            return
        self._slow_down(result, now)
        waited, patience = now - self._progressed_at, self._limits.patience
        if not self._active and self._throttle.resumes_at > self._progressed_at + patience:
            self._stop(f"no row was sent for {waited:.0f} s (patience={patience:g}): {result.error}")

    def _slow_down(self, result: RowResult, now: float) -> None:
        """Hold the rows after a refusal, or after the server was not reached."""
        is_refused, began = result.status != "unreachable", now - (result.elapsed or 0.0)
        self._throttle.hold(began, now, advised=result.retry_after, is_refused=is_refused)

    def _count(self, job: Job, result: RowResult, now: float) -> None:
        """Count a row that has ended, and stop the batch after too many failures."""
        counts, before = self._progress.counts, job.status or "pending"
        counts[before] = counts.get(before, 0) - 1
        counts[result.status] = counts.get(result.status, 0) + 1
        self._progressed_at = now
        if is_limited(result):
            self._slow_down(result, now)
        elif result.is_success:
            self._throttle.rise()
        self._failures = 0 if result.is_success or result.status == "paused" else self._failures + 1
        if self._limits.stop_after is not None and self._failures >= self._limits.stop_after:
            self._stop(f"{self._failures} rows have failed one after another, the last one with: {result.error}")

    def _report(self) -> None:
        """Report the progress."""
        if self._limits.on_progress is not None:
            progress = self._progress
            progress.active, progress.limit = len(self._active), int(self._throttle.limit)
            progress.is_stopping = self._is_stopping
            self._limits.on_progress(progress)


class Observer(RowObserver):
    """Notes the steps of a row."""

    def __init__(self, runner: Runner, number: int) -> None:
        self._runner = runner
        self._number = number

    def sending(self) -> None:
        """Note that the row is sent."""
        self._runner.note(self._number)

    def opened(self, stream: ChatStream) -> None:
        """Keep the stream, so that it can be left."""
        self._runner.note(self._number, stream=stream)

    def identified(self, ids: dict[str, Any]) -> None:
        """Note the ids of the run."""
        self._runner.note(self._number, ids=ids)
