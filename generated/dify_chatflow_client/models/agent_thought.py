from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class AgentThought(Model):
    """Step of an agent, with its reasoning, tool calls and results.

    Attributes:
        id (str | None): UUID of the step.
        chain_id (str | None): Id shared by the steps of a chain; null if steps are not grouped.
        message_id (str | None): UUID of the message that the step belongs to.
        position (int | None): Position in the sequence of steps.
        thought (str | None): Reasoning of the model in this step; it can be empty.
        tool (str | None): Names of the tools called, separated by `;`; empty if there are none.
        tool_labels (JsonObject | None): Display names of the tools, keyed by tool name; it can be null.
        tool_input (str | None): Arguments of the tool calls, as a JSON string.
        observation (str | None): Output of the tools; empty if none were called.
        files (list[str] | None): UUIDs of the files used or created in this step.
        created_at (int | None): Creation time of the step, in Unix seconds.
    """

    __slots__ = (
        "id",
        "chain_id",
        "message_id",
        "position",
        "thought",
        "tool",
        "tool_labels",
        "tool_input",
        "observation",
        "files",
        "created_at",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "chain_id": "chain_id",
        "message_id": "message_id",
        "position": "position",
        "thought": "thought",
        "tool": "tool",
        "tool_labels": "tool_labels",
        "tool_input": "tool_input",
        "observation": "observation",
        "files": "files",
        "created_at": "created_at",
    }

    id: str | None
    chain_id: str | None
    message_id: str | None
    position: int | None
    thought: str | None
    tool: str | None
    tool_labels: JsonObject | None
    tool_input: str | None
    observation: str | None
    files: list[str] | None
    created_at: int | None

    def __init__(
        self,
        id: str | None = None,
        chain_id: str | None = None,
        message_id: str | None = None,
        position: int | None = None,
        thought: str | None = None,
        tool: str | None = None,
        tool_labels: JsonObject | None = None,
        tool_input: str | None = None,
        observation: str | None = None,
        files: list[str] | None = None,
        created_at: int | None = None,
    ) -> None:
        self.id = id
        self.chain_id = chain_id
        self.message_id = message_id
        self.position = position
        self.thought = thought
        self.tool = tool
        self.tool_labels = tool_labels
        self.tool_input = tool_input
        self.observation = observation
        self.files = files
        self.created_at = created_at
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.chain_id = get("chain_id")
        model.message_id = get("message_id")
        model.position = get("position")
        model.thought = get("thought")
        model.tool = get("tool")
        model.tool_labels = read_object(JsonObject.from_dict, get("tool_labels"))
        model.tool_input = get("tool_input")
        model.observation = get("observation")
        model.files = get("files")
        model.created_at = get("created_at")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(())


from ..models.json_object import JsonObject
