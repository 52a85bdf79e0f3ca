"""Event of a chat stream. `event` determines the schema of the other fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    from .agent_log_event import AgentLogEvent
    from .error_event import ErrorEvent
    from .human_input_form_filled_event import HumanInputFormFilledEvent
    from .human_input_form_timeout_event import HumanInputFormTimeoutEvent
    from .human_input_required_event import HumanInputRequiredEvent
    from .iteration_completed_event import IterationCompletedEvent
    from .iteration_next_event import IterationNextEvent
    from .iteration_started_event import IterationStartedEvent
    from .loop_completed_event import LoopCompletedEvent
    from .loop_next_event import LoopNextEvent
    from .loop_started_event import LoopStartedEvent
    from .message_end_event import MessageEndEvent
    from .message_event import MessageEvent
    from .message_file_event import MessageFileEvent
    from .message_replace_event import MessageReplaceEvent
    from .node_finished_event import NodeFinishedEvent
    from .node_retry_event import NodeRetryEvent
    from .node_started_event import NodeStartedEvent
    from .ping_event import PingEvent
    from .reasoning_chunk_event import ReasoningChunkEvent
    from .text_chunk_event import TextChunkEvent
    from .tts_message_end_event import TTSMessageEndEvent
    from .tts_message_event import TTSMessageEvent
    from .workflow_finished_event import WorkflowFinishedEvent
    from .workflow_paused_event import WorkflowPausedEvent
    from .workflow_started_event import WorkflowStartedEvent

StreamEvent: TypeAlias = "MessageEvent | TTSMessageEvent | TTSMessageEndEvent | MessageFileEvent | MessageEndEvent | MessageReplaceEvent | ReasoningChunkEvent | WorkflowStartedEvent | WorkflowFinishedEvent | NodeStartedEvent | NodeFinishedEvent | NodeRetryEvent | IterationStartedEvent | IterationNextEvent | IterationCompletedEvent | LoopStartedEvent | LoopNextEvent | LoopCompletedEvent | WorkflowPausedEvent | HumanInputRequiredEvent | HumanInputFormFilledEvent | HumanInputFormTimeoutEvent | AgentLogEvent | TextChunkEvent | ErrorEvent | PingEvent"

VARIANTS: Mapping[str, str] = {
    "message": "MessageEvent",
    "tts_message": "TTSMessageEvent",
    "tts_message_end": "TTSMessageEndEvent",
    "message_file": "MessageFileEvent",
    "message_end": "MessageEndEvent",
    "message_replace": "MessageReplaceEvent",
    "reasoning_chunk": "ReasoningChunkEvent",
    "workflow_started": "WorkflowStartedEvent",
    "workflow_finished": "WorkflowFinishedEvent",
    "node_started": "NodeStartedEvent",
    "node_finished": "NodeFinishedEvent",
    "node_retry": "NodeRetryEvent",
    "iteration_started": "IterationStartedEvent",
    "iteration_next": "IterationNextEvent",
    "iteration_completed": "IterationCompletedEvent",
    "loop_started": "LoopStartedEvent",
    "loop_next": "LoopNextEvent",
    "loop_completed": "LoopCompletedEvent",
    "workflow_paused": "WorkflowPausedEvent",
    "human_input_required": "HumanInputRequiredEvent",
    "human_input_form_filled": "HumanInputFormFilledEvent",
    "human_input_form_timeout": "HumanInputFormTimeoutEvent",
    "agent_log": "AgentLogEvent",
    "text_chunk": "TextChunkEvent",
    "error": "ErrorEvent",
    "ping": "PingEvent",
}
"""Names of the classes by the value of `event`"""


@cache
def load_variant(value: str) -> type[StreamEvent]:
    """Return the class for a value of `event`; raise KeyError for one the document does not list"""
    from .. import models  # noqa: PLC0415

    return cast("type[StreamEvent]", getattr(models, VARIANTS[value]))


def read_variant(src_dict: Mapping[str, Any]) -> StreamEvent:
    """Parse an object with the class for its `event`"""
    return load_variant(src_dict["event"]).from_dict(src_dict)
