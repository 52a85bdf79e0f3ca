"""The models that extend generated ones: a chat's answer, a run's detail, an uploaded file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast, overload

from dify_chatflow_client.models.chat_completion_response import ChatCompletionResponse
from dify_chatflow_client.models.file_upload_response import FileUploadResponse
from dify_chatflow_client.models.json_object import JsonObject
from dify_chatflow_client.models.workflow_run_detail import WorkflowRunDetail
from dify_chatflow_client.types import received_keys

if TYPE_CHECKING:
    from dify_chatflow._streaming.reply import Reply
    from dify_chatflow_client.models.file_input import FileInput


T = TypeVar("T")


class ReplyPart(Generic[T]):
    """An attribute of an answer that is the one of its reply."""

    def __init__(self, read: Callable[[Reply], T]) -> None:
        self._read = read

    @overload
    def __get__(self, answer: None, owner: object = None) -> Self: ...
    @overload
    def __get__(self, answer: ChatAnswer, owner: object = None) -> T: ...
    def __get__(self, answer: ChatAnswer | None, owner: object = None) -> T | Self:
        """Return the value for an answer."""
        return self if answer is None else self._read(answer.reply)


class ChatAnswer(ChatCompletionResponse):
    """The complete answer of a run: the generated model, with the attributes of a stream's `Reply`.

    A run that pauses for human input answers with `event` equal to `workflow_paused`, no usage, and the reasons in
    `data`. A blocking response has neither outputs nor nodes; `via="stream"` has both.

    Attributes:
        status: `succeeded`, `partial-succeeded`, or `paused`.
        usage: Tokens, prices and times; None for a paused run.
        retriever_resources: The passages cited by the answer.
        outputs: The outputs of the run; empty in a blocking response.
        nodes: The executions of nodes by their id; empty in a blocking response.
        files: Files of the answer; empty in a blocking response.
        forms: The forms that wait for an answer.
        reasoning: The model's reasoning, where the app sends it separately from the answer.
    """

    __slots__ = ("_reply",)

    _reply: Reply

    status = ReplyPart(lambda reply: reply.status)
    usage = ReplyPart(lambda reply: reply.usage)
    retriever_resources = ReplyPart(lambda reply: reply.retriever_resources)
    outputs = ReplyPart(lambda reply: reply.outputs)
    nodes = ReplyPart(lambda reply: reply.nodes)
    files = ReplyPart(lambda reply: reply.files)
    forms = ReplyPart(lambda reply: reply.forms)
    reasoning = ReplyPart(lambda reply: reply.reasoning)

    @property
    def paused(self) -> bool:
        """True when the run waits for human input and has not answered yet."""
        return self.event == "workflow_paused"

    @property
    def reply(self) -> Reply:
        """The answer as a stream's `Reply`, with `forms` to submit when the run is paused."""
        from dify_chatflow._streaming.accumulate import Accumulator

        if not hasattr(self, "_reply"):
            self._reply = Accumulator.from_blocking(self).reply
        return self._reply

    def raise_for_status(self) -> Self:
        """Return the answer itself, as `Reply.raise_for_status` does.

        `chat.send` raises for a run that failed, so that code for answers and replies can call it on both. An answer
        that waits for human input is returned, too: look at `paused`.
        """
        self.reply.raise_for_status()
        return self

    @classmethod
    def from_reply(cls, reply: Reply) -> Self:
        """Return the answer that a stream's events add up to, in the form of a blocking response."""
        from dify_chatflow_client.models.reply_metadata import ReplyMetadata

        answer = cls(
            event="workflow_paused" if reply.paused else "message",
            task_id=reply.task_id or "",
            id=reply.message_id or "",
            message_id=reply.message_id or "",
            conversation_id=reply.conversation_id or "",
            mode="advanced-chat",
            answer=reply.answer,
            metadata=reply.metadata or ReplyMetadata(usage=None, retriever_resources=[]),
            created_at=reply.created_at or 0,
            workflow_run_id=reply.workflow_run_id,
            data=reply.pause if reply.paused else None,
        )
        answer._reply = reply
        return answer


class UploadedFile(FileUploadResponse):
    """An uploaded file: the server's record of it, and the `attachment` for a message."""

    __slots__ = ()

    @property
    def attachment(self) -> FileInput:
        """The file as a message carries it."""
        from dify_chatflow._attachments import to_file_input

        return to_file_input(self)


class WorkflowRun(WorkflowRunDetail):
    """The detail of a run.

    `inputs` and `outputs` are mappings: servers send an object, its JSON text, or null for an empty one. Text that is
    not a JSON object is kept under the key `raw`. `to_dict()` returns both as they were received.
    """

    __slots__ = ()

    # Narrower than the generated attributes: readers are spared the other forms.
    inputs: JsonObject  # pyright: ignore[reportIncompatibleVariableOverride]
    outputs: JsonObject  # pyright: ignore[reportIncompatibleVariableOverride]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Parse the run and make its inputs and outputs mappings."""
        run = super().from_dict(src_dict)
        run.inputs, run.outputs = parse_object(src_dict.get("inputs")), parse_object(src_dict.get("outputs"))
        return run

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with unchanged inputs and outputs as they were received."""
        written, received = super().to_dict(), received_keys(self)
        for name in ("inputs", "outputs"):
            if written[name] == parse_object(received.get(name)):
                written[name] = received.get(name)
                if name not in received:
                    del written[name]
        return written


def parse_object(value: Any) -> JsonObject:
    """Return a JSON object that may be its text; other text is kept under `raw`, and null is an empty object."""
    if isinstance(value, dict):
        return JsonObject.from_dict(cast("dict[str, Any]", value))
    if not isinstance(value, str) or value.strip() == "null":
        return JsonObject()
    try:
        found: object = json.loads(value)
    except (ValueError, RecursionError):
        found = None
    return JsonObject(cast("dict[str, Any]", found) if isinstance(found, dict) else {"raw": value})
