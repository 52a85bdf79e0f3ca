"""From events to a reply."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from dify_chatflow._streaming.coerce import integer, json_object, mapping, number, string
from dify_chatflow._streaming.completion import Completion
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent
from dify_chatflow._streaming.failure import failure_of
from dify_chatflow._streaming.files import FileList
from dify_chatflow._streaming.form import Form, FormList
from dify_chatflow._streaming.node import NODE_EVENTS, NodeTable
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import Text
from dify_chatflow._streaming.usage import reasoning_of

if TYPE_CHECKING:
    from dify_chatflow_client.models import ChatCompletionResponse

IDS = ("task_id", "conversation_id", "message_id", "workflow_run_id")
ABORTED = ("Aborted", "Stopped by")
# The error of a run that has ended without one, by status.
REASONS = {"failed": "the server gave no reason", "error": "the server gave no status for the end of the run"}


class Accumulator:
    """A reply and the state that adding events to it needs.

    Missing and malformed values are ignored, never an error. A snapshot repeats earlier events: adding it again changes
    nothing, except that it fills gaps.

    Attributes:
        reply: The reply so far.
        text: The text of the answer.
        completion: What may be missing, and where it is taken from.
    """

    def __init__(self, workflow_run_id: str | None = None) -> None:
        self.text, self.reasoning, self.speech = Text(), Text(), list[bytes]()
        self._nodes, self._files, self._forms = NodeTable(), FileList(), FormList()
        self.reply = Reply(
            workflow_run_id=workflow_run_id,
            nodes=self._nodes.nodes,
            files=self._files.files,
            _text=self.text,
            _reasoning=self.reasoning,
            _speech=self.speech,
        )
        self.completion = Completion(self.reply, self.text)
        self._has_run = workflow_run_id is not None
        if workflow_run_id is not None:
            self.join()

    @classmethod
    def from_blocking(cls, response: ChatCompletionResponse) -> Accumulator:
        """Return the accumulator for the response of a blocking call, whose run may have paused."""
        accumulator = cls()
        accumulator.take_ids(response)
        accumulator.reply.status = "succeeded"
        accumulator._take_metadata(response.metadata)
        accumulator.text.set(string(response.answer) or "")
        if response.event == "workflow_paused":
            accumulator._pause(response.data)
        return accumulator

    def join(self, *, is_text_complete: bool = False) -> None:
        """Expect missing events from here on: the run is joined while under way."""
        self.completion.is_joined = True
        if not is_text_complete:
            self.text.mark_gap()

    def fill_gaps(self) -> None:
        """Accept the text as complete: the server repeats or continues the events without a gap."""
        self.text.close_gaps()

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
            elif add_node := NODE_EVENTS.get(event.event):
                add_node(self._nodes, getattr(event, "data", None))

    def take_ids(self, event: Any) -> None:
        """Copy the ids of an event.

        The replay of a finished run has the run's id as task, a refused input the task's id as run (1.16.1, recording
        628_missing_input_stream).
        """
        reply = self.reply
        ids = {name: string(getattr(event, name, None)) for name in IDS}
        if ids["task_id"] and ids["task_id"] == ids["workflow_run_id"]:
            is_refused = event.event == "workflow_started" and not self.completion.is_joined
            ids["workflow_run_id" if is_refused or reply.task_id == ids["task_id"] else "task_id"] = None
        for name, value in ids.items():
            if value:
                setattr(reply, name, value)
        if reply.created_at is None:
            reply.created_at = integer(getattr(event, "created_at", None))

    def finish(self, data: Any) -> None:
        """Add the end of a run, from its last event or its detail."""
        reply, self._has_run = self.reply, True
        reply.outputs = json_object(data.outputs)
        reply.status = string(data.status) or "error"
        reply.error = string(data.error) or REASONS.get(reply.status)
        # Nothing else marks a stopped run (recording 074_chat_stream_stopped).
        if reply.status == "failed" and (reply.error or "").startswith(ABORTED):
            reply.status = "stopped"
        reply.elapsed_time = number(data.elapsed_time)
        reply.total_tokens = integer(data.total_tokens)
        output = string(reply.outputs.get("answer"))
        if output and not self.text and not self.completion.is_joined and not reply.moderated:
            self.text.set(output)
        self._files.add(reply.outputs.get("files"))
        if reply.finished:
            self._nodes.end(reply.status)
            reply.forms = self._forms.clear()

    def remove_form(self, form: Form | str) -> None:
        """Remove a form that has been submitted."""
        self.reply.forms = self._forms.remove(form)

    def _add_unknown(self, event: UnknownEvent) -> None:
        """Add an event that cannot be read: it may still have text or end the stream."""
        data, name = mapping(event.data), event.name
        if name in ("message", "agent_message"):
            if (answer := string(data.get("answer"))) is None:
                self.text.mark_gap()
            self.text.add(answer or "")
        elif name in ("message_replace", "text_chunk", "text_replace") or string(data.get("answer")):
            self.text.mark_gap()
        elif name == "error":
            self._end_with_error(*failure_of(data))
        elif name == "message_end":
            self._end_without_run()
        elif name in ("workflow_finished", "workflow_paused"):
            self._end_with_error(f"the server's `{name}` cannot be read: {event.reason}", None, None)

    def _miss_text(self, _: Any) -> None:
        """Expect the text of an event that no chatflow is known to send in the outputs."""
        self.text.mark_gap()

    def _add_message_replace(self, event: Any) -> None:
        """Replace the answer after moderation; a snapshot, whose reason is empty, repeats it as far as it is stored."""
        answer = string(event.answer) or ""
        if event.reason != "":
            self.reply.moderated = True
            self.text.set(answer)
            self.text.is_revised = True
            return
        known = str(self.text)
        if self.reply.moderated or known.startswith(answer):
            return
        self.text.set(answer)
        self.text.mark_gap()

    def _add_reasoning(self, event: Any) -> None:
        self.reasoning.chunks.append(string(getattr(event.data, "reasoning", None)) or "")

    def _add_speech(self, event: Any) -> None:
        with suppress(ValueError):
            self.speech.append(binascii.a2b_base64(string(event.audio) or "", strict_mode=True))

    def _add_message_file(self, event: Any) -> None:
        keys = ("id", "type", "belongs_to", "url")
        self._files.add([{key: value for key, value in event.to_dict().items() if key in keys}])

    def _add_message_end(self, event: Any) -> None:
        self._take_metadata(event.metadata)
        self._files.add(event.files)
        self._end_without_run()

    def _take_metadata(self, metadata: Any) -> None:
        """Take over metadata, unless it is empty, as at the end of a snapshot."""
        if metadata and hasattr(metadata, "to_dict") and (metadata.to_dict() or self.reply.metadata is None):
            self.reply.metadata = metadata
        if reasoning := reasoning_of(metadata):
            self.reasoning.set(reasoning)

    def _add_workflow_started(self, event: Any) -> None:
        reply, self._has_run = self.reply, True
        if string(getattr(event.data, "reason", None)) == "resumption":
            if reply.paused:
                self.fill_gaps()  # all text before the pause is known, and what follows is live
            elif not reply.nodes and not self.text:
                self.join()
            self.completion.resumed_at = len(str(self.text))
            reply.status = "running"
        elif not reply.finished:
            reply.status = "running"

    def _add_workflow_finished(self, event: Any) -> None:
        self.finish(event.data)
        self._files.add(getattr(event.data, "files", None))

    def _add_workflow_paused(self, event: Any) -> None:
        self._pause(event.data)

    def _add_error(self, event: Any) -> None:
        self._end_with_error(*failure_of(event.to_dict()))

    def _require_form(self, event: Any) -> None:
        self.reply.forms = self._forms.add(event.data)

    def _close_form(self, event: Any) -> None:
        self.reply.forms = self._forms.close(string(getattr(event.data, "node_id", None)))

    def _pause(self, data: Any) -> None:
        """Add a pause of the run."""
        reply, self._has_run = self.reply, True
        reply.status = "paused"
        if not data:
            return
        reply.pause = data
        self.take_ids(data)
        reply.outputs = json_object(getattr(data, "outputs", None)) or reply.outputs
        output = string(reply.outputs.get("answer"))
        if output and not reply.moderated and self.text.gaps and self.text.fits(output):
            self.text.set(output)
        self._nodes.pause(getattr(data, "paused_nodes", None))
        reply.forms = self._forms.pause(getattr(data, "reasons", None))

    def _end_without_run(self) -> None:
        """End an answer of moderation or annotations, which has no run."""
        if not self._has_run:
            self.reply.status = "succeeded"

    def _end_with_error(self, message: str | None, code: str | None, status: int | None) -> None:
        """End the reply with an error of the server; one after the end of the run repeats its failure."""
        if self._has_run and self.reply.finished:
            return
        self.reply.status = "error"
        self.reply.error = message or "the server gave no reason"
        self.reply.error_code, self.reply.error_status = code, status

    _HANDLERS: ClassVar[Mapping[str, Callable[[Any, Any], None]]] = {
        "text_chunk": _miss_text,
        "text_replace": _miss_text,
        "message_replace": _add_message_replace,
        "reasoning_chunk": _add_reasoning,
        "tts_message": _add_speech,
        "tts_message_end": _add_speech,
        "message_file": _add_message_file,
        "message_end": _add_message_end,
        "workflow_started": _add_workflow_started,
        "workflow_finished": _add_workflow_finished,
        "workflow_paused": _add_workflow_paused,
        "human_input_required": _require_form,
        "human_input_form_filled": _close_form,
        "human_input_form_timeout": _close_form,
        "error": _add_error,
    }
