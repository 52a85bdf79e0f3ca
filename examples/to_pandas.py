"""Export runs and messages to pandas: `python examples/to_pandas.py`. It writes runs.csv and messages.csv.

It reads DIFY_API_KEY, DIFY_BASE_URL, and the end user whose messages to export from DIFY_USER. It needs
`pip install pandas`.
"""

from __future__ import annotations

import datetime as dt
import os

import pandas as pd

from dify_chatflow import Chatflow

DAYS = 30
MESSAGE_FIELDS = (
    "id", "conversation_id", "created_at", "query", "answer", "status", "error",
    "message_tokens", "answer_tokens", "total_price", "currency", "provider_response_latency",
)  # fmt: skip
RUN_FIELDS = ("id", "created_at", "finished_at", "status", "error", "elapsed_time", "total_tokens", "total_steps")


def main() -> None:
    with Chatflow(user=os.environ.get("DIFY_USER", "demo")) as app:
        runs, messages = export_runs(app), export_messages(app)
    runs.to_csv("runs.csv")
    messages.to_csv("messages.csv")
    summary = runs.groupby("status").agg(
        runs=("status", "size"),
        median_seconds=("elapsed_time", "median"),
        p95_seconds=("elapsed_time", lambda seconds: seconds.quantile(0.95)),
        tokens=("total_tokens", "sum"),
    )
    print(summary.to_string(), f"{len(messages)} messages", sep="\n")


def export_runs(app: Chatflow) -> pd.DataFrame:
    """Return the runs of all end users in the last days, with status, seconds and tokens."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=DAYS)
    return frame([entry.workflow_run.to_dict() for entry in app.runs.list(created_after=since)], RUN_FIELDS)


def export_messages(app: Chatflow) -> pd.DataFrame:
    """Return the messages of the end user. Tokens, price and latency are missing before Dify 1.16."""
    conversations = app.conversations.list()
    rows = [message.to_dict() for one in conversations for message in app.conversations.history(one.id)]
    return frame(rows, MESSAGE_FIELDS).astype({"total_price": float})


def frame(rows: list[dict[str, object]], fields: tuple[str, ...]) -> pd.DataFrame:
    """Return a table with an `id` for each row, and times in UTC."""
    table = pd.DataFrame(rows, columns=list(fields)).set_index("id")
    times = {name: pd.to_datetime(table[name], unit="s", utc=True) for name in table if str(name).endswith("_at")}
    return table.assign(**times)


if __name__ == "__main__":
    main()
