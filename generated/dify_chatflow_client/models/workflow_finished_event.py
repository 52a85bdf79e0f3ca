from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_constant,
    read_part,
)


@_attrs_define
class WorkflowFinishedEvent(Model):
    """End of a run, regardless of its outcome. On current servers, it is the last event of a regular stream, also for
    failed and stopped runs.

    Attributes:
        event (Literal['workflow_finished']): Always `workflow_finished`.
        task_id (str): Id of the task, used to stop the run. Missing in `error`; in the replay of a finished run, it
            is the run id.
        workflow_run_id (str): Id of the run.
        data (WorkflowFinishedData): Outcome of the run: status, outputs, error, duration and token usage.
        message_id (str | Unset): Id of the message, identical in all events of a stream. Missing in early errors
            and in the replay of a finished run.
        conversation_id (str | Unset): Id of the conversation, which is new if the request specified none or an
            unknown one. Missing in early errors and in the replay of a finished run.
        created_at (int | Unset): Creation time of the message, in Unix seconds. It is identical in all events of a
            stream and is not the time of the event.
    """

    task_id: str
    workflow_run_id: str
    data: WorkflowFinishedData
    event: Literal["workflow_finished"] = "workflow_finished"
    message_id: str | Unset = UNSET
    conversation_id: str | Unset = UNSET
    created_at: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("task_id", UNSET),
            get("workflow_run_id", UNSET),
            read_part(WorkflowFinishedData, get("data", UNSET)),
            read_constant(src_dict["event"], "workflow_finished"),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowFinishedEvent).values())


from ..models.workflow_finished_data import WorkflowFinishedData
