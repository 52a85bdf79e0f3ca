"""The data of a reply that may be incomplete; errors refer to it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from dify_chatflow._record import Record, record
from dify_chatflow._streaming.coerce import items
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.node import UNDER_WAY, Node
from dify_chatflow._streaming.text import Text
from dify_chatflow_client.types import to_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from dify_chatflow_client.models import ReplyMetadata, RetrieverResource, Usage, WorkflowPausedData


@record
class PartialReply(Record):
    """The answer of a run as far as it is known.

    Attributes:
        status: `running`, `paused` (a form waits), `succeeded`, `partial-succeeded` (a node failed, but the workflow
            handles that), `failed`, `stopped`, or `error` (the server ended the stream with an `error` event).
        error: Why the run failed, was stopped, or the stream was ended; None otherwise.
        error_code: The code of the `error` event.
        error_status: The HTTP status in the `error` event.
        task_id: The argument of `chat.stop`.
        conversation_id: The argument of the next turn.
        message_id: The stored message.
        workflow_run_id: The run. None for answers without one, such as those of moderation and annotations.
        created_at: When the message was created, in Unix seconds.
        outputs: The outputs of the run; empty until it ends or pauses.
        elapsed_time: The duration of the run in seconds.
        total_tokens: The number of tokens the run used.
        metadata: Usage and sources as sent by the server.
        files: Files of the answer, as described by the server.
        nodes: The executions of nodes by their id, in order of their start.
        forms: The forms that wait for an answer.
        moderated: Whether moderation replaced the answer.
        pause: The data of the last pause as sent by the server; None when the run did not pause.
    """

    views: ClassVar[tuple[str, ...]] = ("answer", "reasoning")

    status: str = "running"
    error: str | None = None
    error_code: str | None = None
    error_status: int | None = None
    task_id: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    workflow_run_id: str | None = None
    created_at: int | None = None
    outputs: dict[str, Any] = field(default_factory=dict[str, Any])
    elapsed_time: float | None = None
    total_tokens: int | None = None
    metadata: ReplyMetadata | None = None
    files: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    nodes: dict[str, Node] = field(default_factory=dict[str, Node])
    forms: list[Form] = field(default_factory=list[Form])
    moderated: bool = False
    pause: WorkflowPausedData | None = None
    # The accumulator passes these in and adds to them.
    _text: Text = field(default_factory=Text)
    _reasoning: Text = field(default_factory=Text)
    _speech: list[bytes] = field(default_factory=list[bytes])

    @property
    def answer(self) -> str:
        """The text of the answer so far."""
        return str(self._text)

    @property
    def created_at_datetime(self) -> datetime | None:
        """`created_at` as a datetime in UTC; None before the first event of the message."""
        return to_datetime(self.created_at)

    @property
    def reasoning(self) -> str:
        """The model's reasoning so far, where the app sends it separately from the answer."""
        return str(self._reasoning)

    @property
    def speech(self) -> bytes:
        """The spoken answer so far, MP3 on recorded servers; empty unless the app has autoplay on."""
        return b"".join(self._speech)

    @property
    def usage(self) -> Usage | None:
        """Tokens, prices and times; None until the message ends, and for a paused run."""
        from dify_chatflow_client.models import Usage

        usage = self.metadata.usage if self.metadata else None
        return usage if isinstance(usage, Usage) else None

    @property
    def retriever_resources(self) -> list[RetrieverResource]:
        """The passages cited by the answer."""
        return items(self.metadata.retriever_resources) if self.metadata else []

    @property
    def paused(self) -> bool:
        """Whether the run waits for human input; see `forms`."""
        return self.status == "paused"

    @property
    def finished(self) -> bool:
        """Whether the run is over, with success or without."""
        return self.status not in UNDER_WAY

    def __repr__(self) -> str:
        answer = self.answer if len(self.answer) <= 60 else f"{self.answer[:60]}…"  # noqa: PLR2004 - one line
        return f"{type(self).__name__}(status={self.status!r}, answer={answer!r}, message_id={self.message_id!r})"


def is_stopped_by_moderation(reply: PartialReply) -> bool:
    """Return whether moderation has stopped a run while it streamed its answer."""
    return reply.status == "stopped" and (reply.error or "").startswith("Stopped by output moderation")
