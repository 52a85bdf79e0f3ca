"""The ledger of a batch in SQLite: which rows were sent, which runs they started, and how they ended.

Each step is on disk before the next one begins, so that after a crash every row is in one of these states:

    pending   not sent
    started   sent by a process that is gone: its run is looked up, or is `unknown`
    ended     has a result
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self

from dify_chatflow._errors import ConfigurationError
from dify_chatflow.batch.result import FAILED, RowResult
from dify_chatflow.batch.row import Row

# The number of the format, which other programs' databases do not have.
FORMAT = 7_301
SCHEMA = """
CREATE TABLE batch (base_url TEXT NOT NULL);
CREATE TABLE rows (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    row TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    ids TEXT,
    run_id TEXT,
    status TEXT,
    result TEXT
);
CREATE INDEX due ON rows (number) WHERE state IN ('pending', 'lost');
"""
LOST = (
    "the process ended before the server's first event, so the row may have started a run; look for its query in the "
    "app's logs, or send it again with --retry-unknown (retry_unknown=True)"
)


@dataclass(frozen=True, slots=True)
class Job:
    """A row that is due.

    Attributes:
        row: The row.
        attempts: How often it was sent before.
        lost: The ids of its run, which is to be looked up; None for a row that is to be sent.
        status: The status of its last result; None without one.
    """

    row: Row
    attempts: int
    lost: dict[str, Any] | None = None
    status: str | None = None


class Ledger:
    """The ledger in one file, which one process uses at a time; its threads may share it.

    Raises:
        ConfigurationError: Another process uses the file, or it is no ledger.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
                self._database.execute(f"PRAGMA {setting}")
            self._database.execute("BEGIN IMMEDIATE")
            (found,) = self._database.execute("PRAGMA user_version").fetchone()
            tables = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._database.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._database.close()
            if "locked" in str(error):
                raise ConfigurationError(f"another process runs this batch: {path}; wait for its end") from None
            raise ConfigurationError(f"not a ledger: {path} ({error}); choose another output") from None
        if (found, tables) not in ((FORMAT, tables), (0, (0,))):
            self._database.close()
            raise ConfigurationError(f"not a ledger of this version: {path}; choose another output")
        self.is_new = found != FORMAT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._database.close()

    def fill(self, rows: Iterable[tuple[str, Row]], base_url: str) -> None:
        """Take in the rows of a new batch: all of them, or none.

        Raises:
            ConfigurationError: There are no rows, or two have the same id.
        """
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            for statement in SCHEMA.split(";"):
                database.execute(statement)
            database.execute("INSERT INTO batch VALUES (?)", (base_url,))
            place = None
            for place, row in rows:
                try:
                    database.execute(
                        "INSERT INTO rows (number, id, row) VALUES (?, ?, ?)", (row.number, row.id, row.to_json())
                    )
                except sqlite3.IntegrityError:
                    raise ConfigurationError(f"{place}: another row has the id {row.id!r:.60}; change one") from None
            if place is None:
                raise ConfigurationError("there are no rows: the input is empty")
            database.execute(f"PRAGMA user_version = {FORMAT}")
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
        self.is_new = False

    def compare(self, rows: Iterable[tuple[str, Row]], base_url: str) -> None:
        """Compare the rows of an input with those of the batch.

        Raises:
            ConfigurationError: They differ, or the server does; the message names the first difference.
        """
        advice = f"choose another output, or delete the ledger and the results to begin again: {self._path}"
        (known_url,) = self._database.execute("SELECT base_url FROM batch").fetchone()
        if known_url != base_url:
            raise ConfigurationError(f"the batch was begun with another server: {known_url}; {advice}")
        known = self._database.execute("SELECT row FROM rows ORDER BY number")
        for found, stored in zip_longest(rows, known):
            if found is None:
                raise ConfigurationError(f"the input has fewer rows than when the batch was begun; {advice}")
            place, row = found
            if stored is None:
                raise ConfigurationError(f"{place}: the row was added after the batch was begun; {advice}")
            if row.to_json() != stored[0]:
                raise ConfigurationError(f"{place}: the row differs from that of the batch; {advice}")

    def recover(self, *, retry_failed: bool, retry_unknown: bool) -> None:
        """Decide about the rows of earlier processes: which are looked up, which are sent again.

        Args:
            retry_failed: True sends rows again that have failed or were stopped.
            retry_unknown: True sends rows again whose end is unknown and cannot be looked up.
        """
        lost = self._database.execute(
            "SELECT number, row, ids, attempts FROM rows WHERE state = 'started' AND run_id IS NULL"
        ).fetchall()
        for number, text, ids, attempts in lost:
            row, known = Row.from_json(text), json.loads(ids or "{}")
            details: dict[str, Any] = {"error": LOST, "attempts": attempts, **known}
            self.end(number, RowResult(row=number, id=row.id, query=row.query, status="unknown", **details))
        with self._lock:
            self._database.execute("UPDATE rows SET state = 'lost' WHERE state = 'started'")
            # Perhaps it has ended meanwhile.
            self._database.execute(
                "UPDATE rows SET state = 'lost' WHERE status IN ('paused', 'unknown') AND run_id IS NOT NULL"
            )
            if retry_unknown:
                self._send_again("status = 'unknown' AND state = 'ended'")
            for status in FAILED if retry_failed else ():
                self._send_again("status = ?", status)

    def _send_again(self, condition: str, *values: object) -> None:
        changes = "state = 'pending', ids = NULL, run_id = NULL, status = NULL, result = NULL"
        self._database.execute(f"UPDATE rows SET {changes} WHERE {condition}", values)  # noqa: S608

    def next_job(self, after: int) -> Job | None:
        """Return the first row after a number that is to be sent or looked up; None at the end."""
        with self._lock:
            found = self._database.execute(
                "SELECT row, attempts, state, ids, status FROM rows WHERE state IN ('pending', 'lost') AND number > ? "
                "ORDER BY number LIMIT 1",
                (after,),
            ).fetchone()
        if found is None:
            return None
        text, attempts, state, ids, status = found
        return Job(Row.from_json(text), attempts, json.loads(ids) if state == "lost" else None, status)

    def start(self, number: int) -> None:
        """Note that a row is sent now."""
        self._write("UPDATE rows SET state = 'started', attempts = attempts + 1 WHERE number = ?", number)

    def note_ids(self, number: int, ids: dict[str, Any]) -> None:
        """Note the ids of the run that a row has started."""
        run_id = ids.get("workflow_run_id")
        self._write("UPDATE rows SET ids = ?, run_id = ? WHERE number = ?", json.dumps(ids), run_id, number)

    def release(self, number: int) -> None:
        """Note that a row was sent, but certainly not started."""
        self._write("UPDATE rows SET state = 'pending', ids = NULL, run_id = NULL WHERE number = ?", number)

    def end(self, number: int, result: RowResult) -> None:
        """Note the end of a row."""
        statement = "UPDATE rows SET state = 'ended', ids = ?, run_id = ?, status = ?, result = ? WHERE number = ?"
        values = (json.dumps(result.ids), result.workflow_run_id, result.status, result.to_json())
        self._write(statement, *values, number)

    def _write(self, statement: str, *values: object) -> None:
        with self._lock:
            self._database.execute(statement, values)

    def counts(self) -> dict[str, int]:
        """Return the numbers of rows by status; rows without a result count as `pending`."""
        with self._lock:
            rows = self._database.execute("SELECT coalesce(status, 'pending'), count(*) FROM rows GROUP BY 1")
            return dict(rows.fetchall())

    def results(self) -> Iterator[str]:
        """Yield the results in the order of the rows, each as JSON text, while nothing is written."""
        for (text,) in self._database.execute("SELECT result FROM rows WHERE result IS NOT NULL ORDER BY number"):
            yield text

    def export(self, path: Path) -> None:
        """Write all results to a file, which is complete or unchanged."""
        temporary = path.with_name(f"{path.name}.new")
        with self._lock:
            try:
                with temporary.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(f"{text}\n" for text in self.results())
                temporary.replace(path)
            except BaseException:
                with suppress(OSError):
                    temporary.unlink()
                raise
