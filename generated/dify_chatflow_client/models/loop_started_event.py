from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_constant,
    read_part,
)


@_attrs_define
class LoopStartedEvent(Model):
    """Start of a loop.

    Attributes:
        event (Literal['loop_started']): Always `loop_started`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        workflow_run_id (str): Id of the run.
        data (LoopStartedData): Loop and its variables.
    """

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    workflow_run_id: str
    data: LoopStartedData
    event: Literal["loop_started"] = "loop_started"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            get("workflow_run_id", UNSET),
            read_part(LoopStartedData, get("data", UNSET)),
            read_constant(src_dict["event"], "loop_started"),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(LoopStartedEvent).values())


from ..models.loop_started_data import LoopStartedData
