"""State of the server: records of a few kinds and the bytes of files, in one SQLite database."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from local_dify.json_types import Record

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, kind TEXT, id TEXT, app_id TEXT, parent TEXT, body TEXT, UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS by_parent ON records (kind, app_id, parent);
CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, content BLOB);
"""


class State:
    """Records by kind and id, in the order in which they were first stored."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        # Opened by the thread that starts the server, used by the server's thread alone.
        self._db = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None)
        try:
            self._db.execute("PRAGMA synchronous = OFF")  # a test's data need not survive a power cut
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise ValueError(f"{path} is not a database of the local Dify ({error}): give another file") from error

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def put(self, kind: str, record: Record, *, parent: str = "") -> Record:
        """Store a record under its `id`, replacing an earlier version."""
        self._db.execute(
            "INSERT INTO records (kind, id, app_id, parent, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
            (kind, record["id"], record.get("app_id", ""), parent, json.dumps(record)),
        )
        return record

    def get(self, kind: str, key: str, app_id: str | None = None) -> Record | None:
        """Return the record of that id, and of that app if one is given."""
        row = self._db.execute("SELECT body FROM records WHERE kind = ? AND id = ?", (kind, key)).fetchone()
        record: Record | None = json.loads(row[0]) if row else None
        return record if record and app_id in (None, record.get("app_id")) else None

    def find(self, kind: str, app_id: str, parent: str | None = None) -> list[Record]:
        """Return all records of an app, or of one parent in it, oldest first."""
        sql, values = "SELECT body FROM records WHERE kind = ? AND app_id = ?", [kind, app_id]
        if parent is not None:
            sql, values = f"{sql} AND parent = ?", [*values, parent]
        return [json.loads(row[0]) for row in self._db.execute(f"{sql} ORDER BY number", values)]

    def remove(self, kind: str, key: str) -> None:
        """Delete a record."""
        self._db.execute("DELETE FROM records WHERE kind = ? AND id = ?", (kind, key))

    def put_blob(self, key: str, content: bytes) -> None:
        """Store the bytes of a file."""
        self._db.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (key, content))

    def blob(self, key: str) -> bytes:
        """Return the bytes of a file."""
        row = self._db.execute("SELECT content FROM blobs WHERE id = ?", (key,)).fetchone()
        return bytes(row[0]) if row else b""
