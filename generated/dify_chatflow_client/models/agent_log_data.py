from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class AgentLogData(Model):
    """Step with its label, parent, status and content.

    Attributes:
        id (str): Id of the step, referenced by `parent_id` of nested steps.
        label (str): Display title of the step.
        status (str): Status of the step, such as `start`, `success` or `error`.
        node_id (str): Id of the agent node in the workflow.
        node_execution_id (str | None): Id of the execution of the agent node, distinct for repeated executions of
            the same node.
        parent_id (str | None): Id of the step that contains this one; null at the top level.
        error (str | None): Error message; null if there was no error.
        data (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
        metadata (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
    """

    __slots__ = (
        "id",
        "label",
        "status",
        "node_id",
        "node_execution_id",
        "parent_id",
        "error",
        "data",
        "metadata",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "label": "label",
        "status": "status",
        "node_id": "node_id",
        "node_execution_id": "node_execution_id",
        "parent_id": "parent_id",
        "error": "error",
        "data": "data",
        "metadata": "metadata",
    }

    id: str
    label: str
    status: str
    node_id: str
    node_execution_id: str | None
    parent_id: str | None
    error: str | None
    data: JsonObject | None
    metadata: JsonObject | None

    def __init__(
        self,
        id: str,
        label: str,
        status: str,
        node_id: str,
        node_execution_id: str | None = None,
        parent_id: str | None = None,
        error: str | None = None,
        data: JsonObject | None = None,
        metadata: JsonObject | None = None,
    ) -> None:
        self.id = id
        self.label = label
        self.status = status
        self.node_id = node_id
        self.node_execution_id = node_execution_id
        self.parent_id = parent_id
        self.error = error
        self.data = data
        self.metadata = metadata
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.label = get("label")
        model.status = get("status")
        model.node_id = get("node_id")
        model.node_execution_id = get("node_execution_id")
        model.parent_id = get("parent_id")
        model.error = get("error")
        model.data = read_object(JsonObject.from_dict, get("data"))
        model.metadata = read_object(JsonObject.from_dict, get("metadata"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "label",
        "status",
        "node_id",
    )
)


from ..models.json_object import JsonObject
