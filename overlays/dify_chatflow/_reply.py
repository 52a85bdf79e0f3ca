"""What a stream adds up to: the reply, and the pure function that adds one event to it."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from dify_chatflow._events import StreamEvent, UnknownEvent
from dify_chatflow._parts import Form, Node, Text, integer, items, mapping, number, string

if TYPE_CHECKING:
    from dify_chatflow_client.models import (
        ChatCompletionResponse,
        ReplyMetadata,
        RetrieverResource,
        Usage,
        WorkflowFinishedData,
        WorkflowPausedData,
        WorkflowRunDetailResponse,
    )
    from dify_chatflow_client.types import Unset

__all__ = ["Form", "Node", "Reply", "accumulate"]

IDS = ("task_id", "conversation_id", "message_id", "workflow_run_id")
UNDER_WAY = frozenset({"running", "paused", "retry"})


@define(kw_only=True, repr=False)
class Reply:
    """What is known of an answer so far; `accumulate` adds to it.

    Attributes:
        status: `running`, `paused` (a form waits), `succeeded`, `partial-succeeded` (a node failed, but the workflow
            provided for it), `failed`, `stopped`, or `error` (the server ended the stream with an `error` event).
        error: Why the run failed, was stopped, or the stream was ended; None otherwise.
        error_code: The code of the `error` event.
        error_status: The HTTP status the `error` event names.
        task_id: What `chat.stop` takes.
        conversation_id: What the next turn takes.
        message_id: The stored message.
        workflow_run_id: The run. None for answers without one, such as those of moderation and annotations.
        created_at: When the message was created, in Unix seconds.
        outputs: What the run put out; empty until it ends or pauses.
        elapsed_time: How long the run took, in seconds.
        total_tokens: Tokens the run used.
        metadata: Usage and sources as the server sent them.
        files: Files of the answer, as the server describes them.
        nodes: The executions of nodes by their id, in order of their start.
        forms: The forms that wait for an answer.
    """

    status: str = "running"
    error: str | None = None
    error_code: str | None = None
    error_status: int | None = None
    task_id: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    workflow_run_id: str | None = None
    created_at: int | None = None
    outputs: dict[str, Any] = field(factory=dict[str, Any])
    elapsed_time: float | None = None
    total_tokens: int | None = None
    metadata: ReplyMetadata | None = None
    files: list[dict[str, Any]] = field(factory=list[dict[str, Any]])
    nodes: dict[str, Node] = field(factory=dict[str, Node])
    forms: list[Form] = field(factory=list[Form])
    # Of the answer and its like only the accumulator knows how they are kept.
    text: Text = field(factory=Text, init=False)
    thoughts: Text = field(factory=Text, init=False)
    sound: list[bytes] = field(factory=list[bytes], init=False, eq=b"".join)
    from_start: bool = field(default=False, init=False, eq=False)
    moderated: bool = field(default=False, init=False)
    pause: WorkflowPausedData | None = field(default=None, init=False)

    @property
    def answer(self) -> str:
        """The text of the answer so far."""
        return str(self.text)

    @property
    def reasoning(self) -> str:
        """The model's thoughts so far, where the app sends them apart from the answer."""
        return str(self.thoughts)

    @property
    def speech(self) -> bytes:
        """The spoken answer so far, MP3 on recorded servers; empty unless the app speaks by itself."""
        return b"".join(self.sound)

    @property
    def usage(self) -> Usage | None:
        """Tokens, prices and times; None until the message ends, and for a run that paused."""
        from dify_chatflow_client.models import Usage

        usage = self.metadata.usage if self.metadata else None
        return usage if isinstance(usage, Usage) else None

    @property
    def retriever_resources(self) -> list[RetrieverResource]:
        """The passages the answer cites."""
        return items(self.metadata.retriever_resources) if self.metadata else []

    @property
    def paused(self) -> bool:
        """Whether the run waits for a person; `forms` says for what."""
        return self.status == "paused"

    @property
    def finished(self) -> bool:
        """Whether nothing more will come, well or badly."""
        return self.status not in UNDER_WAY

    @classmethod
    def from_blocking(cls, response: ChatCompletionResponse) -> Self:
        """The reply a blocking call gave, which may have paused."""
        reply = cls(status="succeeded", metadata=response.metadata or None)
        take_ids(reply, response)
        reply.text.set(string(response.answer) or "")
        if response.event == "workflow_paused":
            pause(reply, response.data)
        return reply

    def join(self) -> None:
        """From now on events may be missing: the run is joined while it goes on."""
        self.from_start = False
        self.text.doubt()

    def finish(self, detail: WorkflowRunDetailResponse) -> None:
        """Take over the end of the run from its detail, for a stream that broke off before it."""
        finish(self, detail)

    def raise_for_status(self) -> Self:
        """The reply itself, unless the run failed or was stopped, or the server ended the stream with an error.

        Raises:
            StreamError: Of the class for the HTTP status the `error` event names. Its `reply` is this one.

            text = app.chat.stream("hi").until_done().raise_for_status().answer
        """
        if self.status in ("failed", "stopped", "error"):
            from dify_chatflow._errors import StreamError

            said = self.error or f"the run ended with status {self.status}"
            # For a run that failed a blocking call answers 400 (recording 048_chat_fail_blocking).
            status = self.error_status if self.status == "error" else 400
            raise StreamError.for_status(status, self.error_code, said, reply=self)
        return self

    def __repr__(self) -> str:
        answer = self.answer if len(self.answer) <= 60 else f"{self.answer[:60]}…"  # noqa: PLR2004 - one line
        return f"Reply(status={self.status!r}, answer={answer!r}, message_id={self.message_id!r})"


def accumulate(reply: Reply, event: StreamEvent) -> None:
    """Add one event to the reply. Missing and odd values are passed over, never an error.

    A snapshot repeats what came before: adding it again changes nothing, except that it fills gaps.
    """
    if isinstance(event, UnknownEvent):
        accumulate_unknown(reply, event)
    elif event.event == "message":
        reply.text.pieces.append(event.answer)
        if reply.message_id is None:
            take_ids(reply, event)
    elif event.event != "ping":
        # They are the same in all events of a stream.
        if reply.message_id is None or reply.workflow_run_id is None:
            take_ids(reply, event)
        if handler := HANDLERS.get(event.event):
            handler(reply, event)


def accumulate_unknown(reply: Reply, event: UnknownEvent) -> None:
    """An event that cannot be read says nothing, except that it may have text or close the stream."""
    data = mapping(event.data)
    if event.event == "message":
        reply.text.add(string(data.get("answer")) or "")
    elif event.event == "error":
        end_with_error(reply, data.get("message"), data.get("code"), data.get("status"))
    elif event.event == "message_end":
        end_without_run(reply)
    elif event.event in ("workflow_finished", "workflow_paused"):
        end_with_error(reply, f"the server's `{event.event}` cannot be read: {event.reason}", None, None)


def take_ids(reply: Reply, event: Any) -> None:
    """The ids an event carries. A finished run's replay gives the run as its task; that is no task to stop."""
    for name in IDS:
        value = string(getattr(event, name, None))
        if value and not (name == "task_id" and value == getattr(event, "workflow_run_id", None)):
            setattr(reply, name, value)
    if reply.created_at is None:
        reply.created_at = integer(getattr(event, "created_at", None))


def on_message_replace(reply: Reply, event: Any) -> None:
    """Moderation replaces the answer; a snapshot, which gives no reason, repeats it as far as it is stored."""
    if event.reason:
        reply.moderated = True
    else:
        reply.from_start = False
        if not event.answer or reply.moderated or reply.answer.startswith(event.answer):
            return
    reply.text.set(event.answer)


def on_reasoning(reply: Reply, event: Any) -> None:
    reply.thoughts.pieces.append(event.data.reasoning)


def on_tts_message(reply: Reply, event: Any) -> None:
    with suppress(ValueError):
        reply.sound.append(binascii.a2b_base64(string(event.audio) or "", strict_mode=True))


def on_message_file(reply: Reply, event: Any) -> None:
    known = ("id", "type", "belongs_to", "url")
    add_files(reply, [{key: value for key, value in event.to_dict().items() if key in known}])


def on_message_end(reply: Reply, event: Any) -> None:
    reply.metadata = event.metadata
    add_files(reply, event.files)
    end_without_run(reply)


def on_workflow_started(reply: Reply, event: Any) -> None:
    resumed = event.data.reason == "resumption"
    if resumed or not reply.finished:
        reply.status = "running"
    if not reply.nodes:
        reply.from_start = not resumed and reply.text.certain is None


def on_workflow_finished(reply: Reply, event: Any) -> None:
    finish(reply, event.data)
    add_files(reply, event.data.files)


def on_workflow_paused(reply: Reply, event: Any) -> None:
    pause(reply, event.data)


def on_error(reply: Reply, event: Any) -> None:
    end_with_error(reply, event.message, event.code, event.status)


def on_started(reply: Reply, event: Any) -> None:
    data = event.data
    if (key := string(data.id)) is None:
        return
    node = reply.nodes.get(key)
    if node is None or restarts(node, data):
        begin(reply, key, data)
    elif node.status in UNDER_WAY:
        node.status = "running"


def on_finished(reply: Reply, event: Any) -> None:
    data = event.data
    if (key := string(data.id)) is None:
        return
    node = reply.nodes.get(key) or begin(reply, key, data)
    node.status = string(data.status) or "succeeded"
    node.error = string(data.error)
    node.elapsed_time = number(data.elapsed_time)
    node.finished_at = integer(data.finished_at)
    node.outputs = mapping(data.outputs) or node.outputs


def on_retry(reply: Reply, event: Any) -> None:
    on_finished(reply, event)
    if node := reply.nodes.get(string(event.data.id) or ""):
        node.retries += 1


def on_next(reply: Reply, event: Any) -> None:
    if node := reply.nodes.get(string(event.data.id) or ""):
        node.rounds = max(node.rounds, (integer(event.data.index) or 0) + 1)


def on_form(reply: Reply, event: Any) -> None:
    add_form(reply, Form.from_definition(event.data))


def on_form_done(reply: Reply, event: Any) -> None:
    done = next((form for form in reply.forms if form.node_id == event.data.node_id), None)
    reply.forms = [form for form in reply.forms if form is not done]


HANDLERS: Mapping[str, Callable[[Reply, Any], None]] = {
    "message_replace": on_message_replace,
    "reasoning_chunk": on_reasoning,
    "tts_message": on_tts_message,
    "tts_message_end": on_tts_message,
    "message_file": on_message_file,
    "message_end": on_message_end,
    "workflow_started": on_workflow_started,
    "workflow_finished": on_workflow_finished,
    "workflow_paused": on_workflow_paused,
    "node_started": on_started,
    "node_finished": on_finished,
    "node_retry": on_retry,
    "iteration_started": on_started,
    "iteration_next": on_next,
    "iteration_completed": on_finished,
    "loop_started": on_started,
    "loop_next": on_next,
    "loop_completed": on_finished,
    "human_input_required": on_form,
    "human_input_form_filled": on_form_done,
    "human_input_form_timeout": on_form_done,
    "error": on_error,
}


def begin(reply: Reply, key: str, data: Any) -> Node:
    """A new entry for an execution, and the round of the loop or iteration it belongs to."""
    node = reply.nodes[key] = Node(
        id=key,
        node_id=string(data.node_id),
        node_type=string(data.node_type),
        title=string(data.title),
        started_at=integer(data.created_at),
        iteration_id=string(getattr(data, "iteration_id", None)),
        loop_id=string(getattr(data, "loop_id", None)),
    )
    around = reply.nodes.get(node.loop_id or node.iteration_id or "")
    if around is not None:
        around.rounds = max(around.rounds, 1)
        node.round = around.rounds - 1
    return node


def restarts(node: Node, data: Any) -> bool:
    """Whether a container that ended begins anew: in each round of the one around it, under the same id."""
    if node.status in UNDER_WAY or node.id != node.node_id:
        return False
    return (integer(data.created_at) or 0) > (node.finished_at or 0)


def finish(reply: Reply, data: WorkflowFinishedData | WorkflowRunDetailResponse) -> None:
    """The end of a run.

    The pieces of text are the answer where all were seen. A stream that joined the run later, or a run that was
    resumed, misses some; then the outputs have the whole (recording 343_events_live_snapshot).
    """
    reply.outputs = mapping(data.outputs)
    reply.status = string(data.status) or "failed"
    reply.error = string(data.error) or ("the server gave no reason" if reply.status == "failed" else None)
    # A stopped run says so in no other way (recording 074_chat_stream_stopped).
    if reply.status == "failed" and (reply.error or "").startswith("Aborted"):
        reply.status = "stopped"
    reply.elapsed_time = number(data.elapsed_time)
    reply.total_tokens = integer(data.total_tokens)
    whole = string(reply.outputs.get("answer"))
    if whole is not None and not reply.moderated and not (reply.from_start and reply.text):
        reply.text.set(whole)
    add_files(reply, reply.outputs.get("files"))
    reply.forms = [] if reply.finished else reply.forms


def pause(reply: Reply, data: WorkflowPausedData | Unset) -> None:
    """The run waits for a person."""
    from dify_chatflow_client.models import HumanInputFormDefinition

    reply.status = "paused"
    reply.from_start = False  # the resumed run sends no more text (recording 523_humllm_events_snapshot_continue)
    if not data:
        return
    reply.pause = data
    take_ids(reply, data)
    reply.outputs = mapping(data.outputs) or reply.outputs
    waiting = items(data.paused_nodes)
    for node in reply.nodes.values():
        if node.node_id in waiting and node.status in UNDER_WAY:
            node.status = "paused"
    for reason in map(mapping, items(data.reasons)):
        if reason.get("TYPE") == "human_input_required":
            with suppress(AttributeError, TypeError):  # a reason is free-form: it may hold anything
                add_form(reply, Form.from_definition(HumanInputFormDefinition.from_dict(reason)))


def add_form(reply: Reply, form: Form) -> None:
    """Add a form, or renew what is known of it."""
    reply.forms = [*(known for known in reply.forms if known.form_id is None or known.form_id != form.form_id), form]


def add_files(reply: Reply, files: object) -> None:
    """Add the files that are not there yet; their signed addresses differ each time they are told."""
    known = {file_key(file) for file in reply.files}
    for file in map(mapping, items(files)):
        if file and (key := file_key(file)) not in known:
            known.add(key)
            reply.files.append(file)


def file_key(file: Mapping[str, Any]) -> str:
    """What tells files apart."""
    keys = ("related_id", "id", "reference", "url", "remote_url")
    return next((f"{file[key]}" for key in keys if file.get(key)), repr(file))


def end_without_run(reply: Reply) -> None:
    """Moderation and annotations answer without a run; then the message is all there is."""
    if reply.workflow_run_id is None:
        reply.status = "succeeded"


def end_with_error(reply: Reply, message: object, code: object, status: object) -> None:
    """The server ended the stream itself."""
    reply.status = "error"
    reply.error = string(message) or "the server gave no reason"
    reply.error_code = string(code)
    reply.error_status = integer(status)
