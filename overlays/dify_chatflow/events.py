"""The events of a stream: a class for each event, their union `StreamEvent`, and `UnknownEvent`.

Example:
    from dify_chatflow.events import MessageEvent, NodeFinishedEvent

    with app.chat.stream("What does a full service cost?") as stream:
        for event in stream:
            match event:
                case MessageEvent():
                    print(event.answer, end="")
                case NodeFinishedEvent():
                    print(event.data.title, event.data.status)
                case _:
                    pass

"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_chatflow._lazy import lazy_module

if TYPE_CHECKING:
    from dify_chatflow._streaming.event import StreamEvent as StreamEvent
    from dify_chatflow._streaming.event import UnknownEvent as UnknownEvent
    from dify_chatflow_client.models import AgentLogEvent as AgentLogEvent
    from dify_chatflow_client.models import ErrorEvent as ErrorEvent
    from dify_chatflow_client.models import EventName as EventName
    from dify_chatflow_client.models import HumanInputFormFilledEvent as HumanInputFormFilledEvent
    from dify_chatflow_client.models import HumanInputFormTimeoutEvent as HumanInputFormTimeoutEvent
    from dify_chatflow_client.models import HumanInputRequiredEvent as HumanInputRequiredEvent
    from dify_chatflow_client.models import IterationCompletedEvent as IterationCompletedEvent
    from dify_chatflow_client.models import IterationNextEvent as IterationNextEvent
    from dify_chatflow_client.models import IterationStartedEvent as IterationStartedEvent
    from dify_chatflow_client.models import LoopCompletedEvent as LoopCompletedEvent
    from dify_chatflow_client.models import LoopNextEvent as LoopNextEvent
    from dify_chatflow_client.models import LoopStartedEvent as LoopStartedEvent
    from dify_chatflow_client.models import MessageEndEvent as MessageEndEvent
    from dify_chatflow_client.models import MessageEvent as MessageEvent
    from dify_chatflow_client.models import MessageFileEvent as MessageFileEvent
    from dify_chatflow_client.models import MessageReplaceEvent as MessageReplaceEvent
    from dify_chatflow_client.models import NodeFinishedEvent as NodeFinishedEvent
    from dify_chatflow_client.models import NodeRetryEvent as NodeRetryEvent
    from dify_chatflow_client.models import NodeStartedEvent as NodeStartedEvent
    from dify_chatflow_client.models import PingEvent as PingEvent
    from dify_chatflow_client.models import ReasoningChunkEvent as ReasoningChunkEvent
    from dify_chatflow_client.models import TextChunkEvent as TextChunkEvent
    from dify_chatflow_client.models import TTSMessageEndEvent as TTSMessageEndEvent
    from dify_chatflow_client.models import TTSMessageEvent as TTSMessageEvent
    from dify_chatflow_client.models import WorkflowFinishedEvent as WorkflowFinishedEvent
    from dify_chatflow_client.models import WorkflowPausedEvent as WorkflowPausedEvent
    from dify_chatflow_client.models import WorkflowStartedEvent as WorkflowStartedEvent

_MODULES = {
    "dify_chatflow._streaming.event": [
        "StreamEvent",
        "UnknownEvent",
    ],
    "dify_chatflow_client.models": [
        "AgentLogEvent",
        "ErrorEvent",
        "EventName",
        "HumanInputFormFilledEvent",
        "HumanInputFormTimeoutEvent",
        "HumanInputRequiredEvent",
        "IterationCompletedEvent",
        "IterationNextEvent",
        "IterationStartedEvent",
        "LoopCompletedEvent",
        "LoopNextEvent",
        "LoopStartedEvent",
        "MessageEndEvent",
        "MessageEvent",
        "MessageFileEvent",
        "MessageReplaceEvent",
        "NodeFinishedEvent",
        "NodeRetryEvent",
        "NodeStartedEvent",
        "PingEvent",
        "ReasoningChunkEvent",
        "TTSMessageEndEvent",
        "TTSMessageEvent",
        "TextChunkEvent",
        "WorkflowFinishedEvent",
        "WorkflowPausedEvent",
        "WorkflowStartedEvent",
    ],
}
__getattr__, __dir__, __all__ = lazy_module(__name__, _MODULES)  # pyright: ignore[reportUnsupportedDunderAll]
