"""From events to a reply."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from dify_chatflow._streaming.coerce import integer, items, mapping, number, string
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.node import Node
from dify_chatflow._streaming.partial import UNDER_WAY
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import Text

if TYPE_CHECKING:
    from dify_chatflow_client.models import (
        ChatCompletionResponse,
        WorkflowFinishedData,
        WorkflowPausedData,
        WorkflowRunDetail,
    )
    from dify_chatflow_client.types import Unset

IDS = ("task_id", "conversation_id", "message_id", "workflow_run_id")


class Accumulator:
    """A reply and the state that adding events to it needs.

    Missing and malformed values are ignored, never an error. A snapshot repeats earlier events: adding it again changes
    nothing, except that it fills gaps.

    Attributes:
        reply: The reply so far.
        text: The text of the answer.
        has_start: Whether all text since the start of the run has been received.
    """

    def __init__(self, workflow_run_id: str | None = None) -> None:
        self.text, self._reasoning, self._speech = Text(), Text(), list[bytes]()
        self.reply = Reply(
            workflow_run_id=workflow_run_id, text=self.text, reasoning=self._reasoning, speech=self._speech
        )
        self.has_start = False
        if workflow_run_id is not None:
            self.join()

    @classmethod
    def from_blocking(cls, response: ChatCompletionResponse) -> Accumulator:
        """Return the accumulator for the response of a blocking call, whose run may have paused."""
        accumulator = cls()
        accumulator.take_ids(response)
        accumulator.reply.status, accumulator.reply.metadata = "succeeded", response.metadata or None
        accumulator.text.set(string(response.answer) or "")
        if response.event == "workflow_paused":
            accumulator._pause(response.data)
        return accumulator

    def join(self) -> None:
        """Expect missing events from here on: the run is joined while it goes on."""
        self.has_start = False
        self.text.mark_gap()

    def add(self, event: StreamEvent) -> None:
        """Add one event to the reply."""
        if isinstance(event, UnknownEvent):
            self._add_unknown(event)
        elif event.event == "message":
            self.text.chunks.append(event.answer)
            if self.reply.message_id is None:
                self.take_ids(event)
        elif event.event != "ping":
            # They are the same in all events of a stream.
            if self.reply.message_id is None or self.reply.workflow_run_id is None:
                self.take_ids(event)
            if handler := self._HANDLERS.get(event.event):
                handler(self, event)

    def take_ids(self, event: Any) -> None:
        """Copy the ids of an event, except a task id that is the run's, as in the replay of a finished run."""
        for name in IDS:
            value = string(getattr(event, name, None))
            if value and not (name == "task_id" and value == getattr(event, "workflow_run_id", None)):
                setattr(self.reply, name, value)
        if self.reply.created_at is None:
            self.reply.created_at = integer(getattr(event, "created_at", None))

    def finish(self, data: WorkflowFinishedData | WorkflowRunDetail) -> None:
        """Add the end of a run.

        The chunks are the answer where all were received. A stream that joined the run later, or a run that was
        resumed, lacks some; then the outputs have the complete answer (recording 343_events_live_snapshot).
        """
        reply = self.reply
        reply.outputs = mapping(data.outputs)
        reply.status = string(data.status) or "failed"
        reply.error = string(data.error) or ("the server gave no reason" if reply.status == "failed" else None)
        # Nothing else marks a stopped run (recording 074_chat_stream_stopped).
        if reply.status == "failed" and (reply.error or "").startswith("Aborted"):
            reply.status = "stopped"
        reply.elapsed_time = number(data.elapsed_time)
        reply.total_tokens = integer(data.total_tokens)
        complete = string(reply.outputs.get("answer"))
        if complete is not None and not self.reply.moderated and not (self.has_start and self.text):
            self.text.set(complete)
        self._add_files(reply.outputs.get("files"))
        reply.forms = [] if reply.finished else reply.forms

    def _add_unknown(self, event: UnknownEvent) -> None:
        """Add an event that cannot be read: it may still have text or end the stream."""
        data = mapping(event.data)
        if event.event == "message":
            self.text.add(string(data.get("answer")) or "")
        elif event.event == "error":
            self._end_with_error(data.get("message"), data.get("code"), data.get("status"))
        elif event.event == "message_end":
            self._end_without_run()
        elif event.event in ("workflow_finished", "workflow_paused"):
            self._end_with_error(f"the server's `{event.event}` cannot be read: {event.reason}", None, None)

    def _add_message_replace(self, event: Any) -> None:
        """Replace the answer after moderation; a snapshot, which has no reason, repeats it as far as it is stored."""
        if event.reason:
            self.reply.moderated = True
        else:
            self.has_start = False
            if not event.answer or self.reply.moderated or self.reply.answer.startswith(event.answer):
                return
        self.text.set(event.answer)

    def _add_reasoning(self, event: Any) -> None:
        self._reasoning.chunks.append(event.data.reasoning)

    def _add_speech(self, event: Any) -> None:
        with suppress(ValueError):
            self._speech.append(binascii.a2b_base64(string(event.audio) or "", strict_mode=True))

    def _add_message_file(self, event: Any) -> None:
        keys = ("id", "type", "belongs_to", "url")
        self._add_files([{key: value for key, value in event.to_dict().items() if key in keys}])

    def _add_message_end(self, event: Any) -> None:
        self.reply.metadata = event.metadata
        self._add_files(event.files)
        self._end_without_run()

    def _add_workflow_started(self, event: Any) -> None:
        is_resumed = event.data.reason == "resumption"
        if is_resumed or not self.reply.finished:
            self.reply.status = "running"
        if not self.reply.nodes:
            self.has_start = not is_resumed and self.text.known_length is None

    def _add_workflow_finished(self, event: Any) -> None:
        self.finish(event.data)
        self._add_files(event.data.files)

    def _add_workflow_paused(self, event: Any) -> None:
        self._pause(event.data)

    def _add_error(self, event: Any) -> None:
        self._end_with_error(event.message, event.code, event.status)

    def _start_node(self, event: Any) -> None:
        data = event.data
        if (key := string(data.id)) is None:
            return
        node = self.reply.nodes.get(key)
        if node is None or is_restarted(node, data):
            self._new_node(key, data)
        elif node.status in UNDER_WAY:
            node.status = "running"

    def _finish_node(self, event: Any) -> None:
        data = event.data
        if (key := string(data.id)) is None:
            return
        node = self.reply.nodes.get(key) or self._new_node(key, data)
        node.status = string(data.status) or "succeeded"
        node.error = string(data.error)
        node.elapsed_time = number(data.elapsed_time)
        node.finished_at = integer(data.finished_at)
        node.outputs = mapping(data.outputs) or node.outputs

    def _retry_node(self, event: Any) -> None:
        self._finish_node(event)
        if node := self.reply.nodes.get(string(event.data.id) or ""):
            node.retries += 1

    def _next_round(self, event: Any) -> None:
        if node := self.reply.nodes.get(string(event.data.id) or ""):
            node.rounds = max(node.rounds, (integer(event.data.index) or 0) + 1)

    def _require_form(self, event: Any) -> None:
        self._add_form(Form.from_definition(event.data))

    def _remove_form(self, event: Any) -> None:
        done = next((form for form in self.reply.forms if form.node_id == event.data.node_id), None)
        self.reply.forms = [form for form in self.reply.forms if form is not done]

    def _new_node(self, key: str, data: Any) -> Node:
        """Add an execution, with the round of the loop or iteration that contains it."""
        node = self.reply.nodes[key] = Node(
            id=key,
            node_id=string(data.node_id),
            node_type=string(data.node_type),
            title=string(data.title),
            started_at=integer(data.created_at),
            iteration_id=string(getattr(data, "iteration_id", None)),
            loop_id=string(getattr(data, "loop_id", None)),
        )
        container = self.reply.nodes.get(node.loop_id or node.iteration_id or "")
        if container is not None:
            container.rounds = max(container.rounds, 1)
            node.round = container.rounds - 1
        return node

    def _pause(self, data: WorkflowPausedData | Unset) -> None:
        """Add a pause of the run."""
        from dify_chatflow_client.models import HumanInputFormDefinition

        reply = self.reply
        reply.status = "paused"
        self.has_start = False  # the resumed run sends no more text (recording 523_humllm_events_snapshot_continue)
        if not data:
            return
        reply.pause = data
        self.take_ids(data)
        reply.outputs = mapping(data.outputs) or reply.outputs
        waiting = items(data.paused_nodes)
        for node in reply.nodes.values():
            if node.node_id in waiting and node.status in UNDER_WAY:
                node.status = "paused"
        for reason in map(mapping, items(data.reasons)):
            if reason.get("TYPE") == "human_input_required":
                with suppress(AttributeError, TypeError):  # a reason is free-form JSON
                    self._add_form(Form.from_definition(HumanInputFormDefinition.from_dict(reason)))

    def _add_form(self, form: Form) -> None:
        """Add a form, or replace the one with its id."""
        others = [known for known in self.reply.forms if known.form_id is None or known.form_id != form.form_id]
        self.reply.forms = [*others, form]

    def _add_files(self, files: object) -> None:
        """Add the files that are new; their signed URLs differ each time."""
        known = {file_key(file) for file in self.reply.files}
        for file in map(mapping, items(files)):
            if file and (key := file_key(file)) not in known:
                known.add(key)
                self.reply.files.append(file)

    def _end_without_run(self) -> None:
        """End an answer of moderation or annotations, which has no run."""
        if self.reply.workflow_run_id is None:
            self.reply.status = "succeeded"

    def _end_with_error(self, message: object, code: object, status: object) -> None:
        """End the reply with an error of the server."""
        self.reply.status = "error"
        self.reply.error = string(message) or "the server gave no reason"
        self.reply.error_code = string(code)
        self.reply.error_status = integer(status)

    _HANDLERS: ClassVar[Mapping[str, Callable[[Accumulator, Any], None]]] = {
        "message_replace": _add_message_replace,
        "reasoning_chunk": _add_reasoning,
        "tts_message": _add_speech,
        "tts_message_end": _add_speech,
        "message_file": _add_message_file,
        "message_end": _add_message_end,
        "workflow_started": _add_workflow_started,
        "workflow_finished": _add_workflow_finished,
        "workflow_paused": _add_workflow_paused,
        "node_started": _start_node,
        "node_finished": _finish_node,
        "node_retry": _retry_node,
        "iteration_started": _start_node,
        "iteration_next": _next_round,
        "iteration_completed": _finish_node,
        "loop_started": _start_node,
        "loop_next": _next_round,
        "loop_completed": _finish_node,
        "human_input_required": _require_form,
        "human_input_form_filled": _remove_form,
        "human_input_form_timeout": _remove_form,
        "error": _add_error,
    }


def is_restarted(node: Node, data: Any) -> bool:
    """Return whether an ended container starts again: in each round of the outer one, under the same id."""
    if node.status in UNDER_WAY or node.id != node.node_id:
        return False
    return (integer(data.created_at) or 0) > (node.finished_at or 0)


def file_key(file: Mapping[str, Any]) -> str:
    """Return the key that identifies a file."""
    keys = ("related_id", "id", "reference", "url", "remote_url")
    return next((f"{file[key]}" for key in keys if file.get(key)), repr(file))
