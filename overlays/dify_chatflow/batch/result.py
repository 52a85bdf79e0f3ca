"""The result of a row: the answer, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

SUCCEEDED = frozenset({"succeeded", "partial-succeeded"})
FAILED = frozenset({"failed", "stopped"})
IDS = ("workflow_run_id", "conversation_id", "message_id", "task_id")
# The request certainly started no run: it may be sent again.
NOT_SENT = frozenset({"limited", "unreachable", "refused"})


@dataclass(kw_only=True, slots=True)
class RowResult:
    """The result of a row.

    Attributes:
        row: The number of the row.
        id: The id of the row.
        query: The query of the row.
        status: `succeeded` or `partial-succeeded`, with an answer; `failed` or `stopped`: the row has ended without
            success; `paused`: the run waits for a form; `unknown`: the run may have started, and its end is not known.
            `run_row` also returns `limited` (the server has too many runs), `unreachable` and `refused` (no row can be
            sent with this key or URL) for rows that were certainly not started.
        answer: The text of the answer; of a row without success, the text so far.
        error: What is wrong, with a hint where there is one.
        error_type: The class of the error.
        started_at: When the request was sent, in Unix seconds.
        first_token: Seconds from then to the first text.
        elapsed: Seconds from then to the end.
        tokens: The tokens of the run.
        price: The price of the run, as a decimal number, and its `currency`.
        currency: The currency of the price.
        attempts: How often the row was sent; more than once only where no run had started, or at your request.
        looked_up: True where the end was looked up afterwards, so that its times are not known.
        workflow_run_id: The run.
        conversation_id: The conversation.
        message_id: The message.
        task_id: The task.
        files: Files of the answer, as described by the server.
        metadata: Usage and sources, as sent by the server.
        retry_after: The server's advice in seconds for a row that was not started.
    """

    row: int
    id: str
    query: str
    status: str
    answer: str | None = None
    error: str | None = None
    error_type: str | None = None
    started_at: float | None = None
    first_token: float | None = None
    elapsed: float | None = None
    tokens: int | None = None
    price: str | None = None
    currency: str | None = None
    attempts: int = 1
    looked_up: bool = False
    workflow_run_id: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    task_id: str | None = None
    files: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    retry_after: float | None = None

    @property
    def is_success(self) -> bool:
        """Whether the row has a complete answer."""
        return self.status in SUCCEEDED

    @property
    def ids(self) -> dict[str, str]:
        """The ids that are known, by name."""
        return {name: value for name in IDS if (value := getattr(self, name)) is not None}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return a result from a line of the results; unknown keys are ignored."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def to_json(self) -> str:
        """Return the result as one line of JSON."""
        values = asdict(self)
        del values["retry_after"]
        return json.dumps(values, ensure_ascii=False)
