from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    read_constant,
)


@_attrs_define
class StreamEventWorkflowFinished(Model):
    """The run is over; its status tells how. Nothing follows.

    Attributes:
        event (Literal['workflow_finished']): Always `workflow_finished`.
        task_id (str): Identifies the running generation and is what a stop request takes. Absent from `error`; in
            the replay of a finished run it equals the run id.
        workflow_run_id (str): Identifies the run that ended; with it the run detail can be fetched later.
        data (WorkflowFinishedData): How the run ended: status, outputs, error, time and tokens.
        message_id (str | Unset): Id of the message being answered, identical in every event of one stream. Absent
            from early errors and from the replay of a finished run.
        conversation_id (str | Unset): Conversation that the message belongs to, newly created if the request named
            none or an unknown one. Absent from early errors and from the replay of a finished run.
        created_at (int | Unset): When the message was created, in Unix seconds. It is the same in all events of a
            stream, so it does not tell when this event was sent.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "event": "event",
        "task_id": "task_id",
        "workflow_run_id": "workflow_run_id",
        "data": "data",
        "message_id": "message_id",
        "conversation_id": "conversation_id",
        "created_at": "created_at",
    }

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
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            src_dict["task_id"],
            src_dict["workflow_run_id"],
            WorkflowFinishedData.from_dict(src_dict["data"]),
            read_constant(src_dict["event"], "workflow_finished"),
            get("message_id", UNSET),
            get("conversation_id", UNSET),
            get("created_at", UNSET),
        )
        if len(src_dict) > 7 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(StreamEventWorkflowFinished.json_names.values())


# At the end, so that models may refer to each other in a circle.
from ..models.workflow_finished_data import WorkflowFinishedData
