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
class WorkflowPausedEvent(Model):
    """Pause of a run, the last event of its stream.

    Attributes:
        event (Literal['workflow_paused']): Always `workflow_paused`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        message_id (str): Id of the message, identical in all events of a stream. Missing in early errors and in the
            replay of a finished run.
        conversation_id (str): Id of the conversation, which is new if the request specified none or an unknown one.
            Missing in early errors and in the replay of a finished run.
        created_at (int): Creation time of the message, in Unix seconds. It is identical in all events of a stream
            and is not the time of the event.
        data (WorkflowPausedData): Place and reasons of a pause.
        workflow_run_id (str): Id of the paused run.
    """

    task_id: str
    message_id: str
    conversation_id: str
    created_at: int
    data: WorkflowPausedData
    workflow_run_id: str
    event: Literal["workflow_paused"] = "workflow_paused"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
            read_part(WorkflowPausedData, get("data", UNSET)),
            get("workflow_run_id", UNSET),
            read_constant(src_dict["event"], "workflow_paused"),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowPausedEvent).values())


from ..models.workflow_paused_data import WorkflowPausedData
