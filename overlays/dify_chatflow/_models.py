"""The models that extend generated ones: a chat's answer, a run's detail, an uploaded file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self, cast

from dify_chatflow._attachments import to_file_input
from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.reply import Reply
from dify_chatflow_client.models.chat_completion_response import ChatCompletionResponse
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_response import FileUploadResponse
from dify_chatflow_client.models.json_object import JsonObject
from dify_chatflow_client.models.reply_metadata import ReplyMetadata
from dify_chatflow_client.models.workflow_run_detail import WorkflowRunDetail
from dify_chatflow_client.types import UNSET


class ChatAnswer(ChatCompletionResponse):
    """The complete answer of a run: the generated model, and `paused`.

    A run that pauses for human input answers with `event` equal to `workflow_paused`, no usage, and the reasons in
    `data`.
    """

    @property
    def paused(self) -> bool:
        """True when the run waits for human input and has not answered yet."""
        return self.event == "workflow_paused"

    @property
    def reply(self) -> Reply:
        """The answer as a stream's `Reply`, with `forms` to submit when the run is paused."""
        return self._reply or Accumulator.from_blocking(self).reply

    _reply: Reply | None = None

    @classmethod
    def from_reply(cls, reply: Reply) -> Self:
        """Return the answer that a stream's events add up to, in the form of a blocking response."""
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
        )
        if reply.paused:
            answer.workflow_run_id, answer.data = reply.workflow_run_id or "", reply.pause or UNSET
        answer._reply = reply
        return answer


class UploadedFile(FileUploadResponse):
    """An uploaded file: the server's record of it, and the `attachment` for a message."""

    @property
    def attachment(self) -> FileInput:
        """The file as a message carries it."""
        return to_file_input(self)


class WorkflowRun(WorkflowRunDetail):
    """The detail of a run.

    `inputs` and `outputs` are mappings: servers send an object, its JSON text, or null for an empty one. Text that is
    not a JSON object is kept under the key `raw`. `to_dict()` returns both as they were received.
    """

    # Narrower than the generated attributes: readers are spared the other forms.
    inputs: JsonObject  # pyright: ignore[reportIncompatibleVariableOverride]
    outputs: JsonObject  # pyright: ignore[reportIncompatibleVariableOverride]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Parse the run and make its inputs and outputs mappings."""
        parsed = {name: parse_object(src_dict.get(name)) for name in ("inputs", "outputs")}
        run = super().from_dict({**src_dict, **parsed})
        vars(run)["_received"] = {name: (src_dict[name], parsed[name]) for name in parsed if name in src_dict}
        return run

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, with unchanged inputs and outputs as they were received."""
        written = super().to_dict()
        for name in ("inputs", "outputs"):
            received, parsed = self._received.get(name, (UNSET, {}))
            if written.get(name) == parsed:
                written[name] = received
        return {name: value for name, value in written.items() if value is not UNSET}

    _received: Mapping[str, tuple[Any, dict[str, Any]]] = MappingProxyType({})


def parse_object(value: Any) -> dict[str, Any]:
    """Return a JSON object that may be its text; other text is kept under `raw`, and null is an empty object."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    if not isinstance(value, str) or value.strip() == "null":
        return {}
    try:
        found: object = json.loads(value)
    except (ValueError, RecursionError):
        found = None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {"raw": value}
