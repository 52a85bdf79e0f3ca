from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.chunk_chat_event_event import ChunkChatEventEvent
from ..types import (
    UNSET,
    Model,
    Unset,
)

if TYPE_CHECKING:
    from .stream_event_agent_log import StreamEventAgentLog
    from .stream_event_chat_error import StreamEventChatError
    from .stream_event_chat_message import StreamEventChatMessage
    from .stream_event_chat_message_end import StreamEventChatMessageEnd
    from .stream_event_chat_message_file import StreamEventChatMessageFile
    from .stream_event_chat_message_replace import StreamEventChatMessageReplace
    from .stream_event_chat_ping import StreamEventChatPing
    from .stream_event_chat_reasoning_chunk import StreamEventChatReasoningChunk
    from .stream_event_chat_text_chunk import StreamEventChatTextChunk
    from .stream_event_chat_tts_message import StreamEventChatTtsMessage
    from .stream_event_chat_tts_message_end import StreamEventChatTtsMessageEnd
    from .stream_event_human_input_form_filled import StreamEventHumanInputFormFilled
    from .stream_event_human_input_form_timeout import StreamEventHumanInputFormTimeout
    from .stream_event_human_input_required import StreamEventHumanInputRequired
    from .stream_event_iteration_completed import StreamEventIterationCompleted
    from .stream_event_iteration_next import StreamEventIterationNext
    from .stream_event_iteration_started import StreamEventIterationStarted
    from .stream_event_loop_completed import StreamEventLoopCompleted
    from .stream_event_loop_next import StreamEventLoopNext
    from .stream_event_loop_started import StreamEventLoopStarted
    from .stream_event_node_finished import StreamEventNodeFinished
    from .stream_event_node_retry import StreamEventNodeRetry
    from .stream_event_node_started import StreamEventNodeStarted
    from .stream_event_workflow_finished import StreamEventWorkflowFinished
    from .stream_event_workflow_paused import StreamEventWorkflowPaused
    from .stream_event_workflow_started import StreamEventWorkflowStarted


@_attrs_define
class ChunkChatEvent(Model):
    """Event of a chat stream. `event` determines the schema of the other fields.

    Attributes:
        event (ChunkChatEventEvent | Unset): Event type, such as `message`, `node_finished` or `error`.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
    }

    event: ChunkChatEventEvent | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("event", UNSET),
        )
        if len(src_dict) > 1 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ChunkChatEvent.json_names.values())


ChunkChatEventVariant: TypeAlias = "StreamEventChatMessage | StreamEventChatTtsMessage | StreamEventChatTtsMessageEnd | StreamEventChatMessageFile | StreamEventChatMessageEnd | StreamEventChatMessageReplace | StreamEventChatReasoningChunk | StreamEventWorkflowStarted | StreamEventWorkflowFinished | StreamEventNodeStarted | StreamEventNodeFinished | StreamEventNodeRetry | StreamEventIterationStarted | StreamEventIterationNext | StreamEventIterationCompleted | StreamEventLoopStarted | StreamEventLoopNext | StreamEventLoopCompleted | StreamEventWorkflowPaused | StreamEventHumanInputRequired | StreamEventHumanInputFormFilled | StreamEventHumanInputFormTimeout | StreamEventAgentLog | StreamEventChatTextChunk | StreamEventChatError | StreamEventChatPing"

VARIANTS: Mapping[str, str] = {
    "message": "StreamEventChatMessage",
    "tts_message": "StreamEventChatTtsMessage",
    "tts_message_end": "StreamEventChatTtsMessageEnd",
    "message_file": "StreamEventChatMessageFile",
    "message_end": "StreamEventChatMessageEnd",
    "message_replace": "StreamEventChatMessageReplace",
    "reasoning_chunk": "StreamEventChatReasoningChunk",
    "workflow_started": "StreamEventWorkflowStarted",
    "workflow_finished": "StreamEventWorkflowFinished",
    "node_started": "StreamEventNodeStarted",
    "node_finished": "StreamEventNodeFinished",
    "node_retry": "StreamEventNodeRetry",
    "iteration_started": "StreamEventIterationStarted",
    "iteration_next": "StreamEventIterationNext",
    "iteration_completed": "StreamEventIterationCompleted",
    "loop_started": "StreamEventLoopStarted",
    "loop_next": "StreamEventLoopNext",
    "loop_completed": "StreamEventLoopCompleted",
    "workflow_paused": "StreamEventWorkflowPaused",
    "human_input_required": "StreamEventHumanInputRequired",
    "human_input_form_filled": "StreamEventHumanInputFormFilled",
    "human_input_form_timeout": "StreamEventHumanInputFormTimeout",
    "agent_log": "StreamEventAgentLog",
    "text_chunk": "StreamEventChatTextChunk",
    "error": "StreamEventChatError",
    "ping": "StreamEventChatPing",
}
"""The discriminator's mapping: the value of `event` to the name of the class"""


@cache
def variant(value: str) -> type[ChunkChatEventVariant]:
    """The class for a value of `event`; KeyError for one the document does not know"""
    from .. import models  # noqa: PLC0415

    return cast("type[ChunkChatEventVariant]", getattr(models, VARIANTS[value]))


def read_variant(src_dict: Mapping[str, Any]) -> ChunkChatEventVariant:
    """The object in the class its `event` names"""
    return variant(src_dict["event"]).from_dict(src_dict)
