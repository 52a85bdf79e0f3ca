from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class HumanInputFormSubmissionData(Model):
    """Submission of a form. Servers also send the field values as `submitted_data`.

    Attributes:
        node_id (str): Id of the form's node.
        node_title (str): Title of the node in the workflow editor.
        rendered_content (str): Text of the form with the placeholders replaced by the submitted values.
        action_id (str): Id of the selected action.
        action_text (str): Label of the selected action.
        submitted_data (JsonObject | None): Submitted values by output variable.
    """

    __slots__ = (
        "node_id",
        "node_title",
        "rendered_content",
        "action_id",
        "action_text",
        "submitted_data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "node_id": "node_id",
        "node_title": "node_title",
        "rendered_content": "rendered_content",
        "action_id": "action_id",
        "action_text": "action_text",
        "submitted_data": "submitted_data",
    }

    node_id: str
    node_title: str
    rendered_content: str
    action_id: str
    action_text: str
    submitted_data: JsonObject | None

    def __init__(
        self,
        node_id: str,
        node_title: str,
        rendered_content: str,
        action_id: str,
        action_text: str,
        submitted_data: JsonObject | None = None,
    ) -> None:
        self.node_id = node_id
        self.node_title = node_title
        self.rendered_content = rendered_content
        self.action_id = action_id
        self.action_text = action_text
        self.submitted_data = submitted_data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.node_id = get("node_id")
        model.node_title = get("node_title")
        model.rendered_content = get("rendered_content")
        model.action_id = get("action_id")
        model.action_text = get("action_text")
        model.submitted_data = read_object(JsonObject.from_dict, get("submitted_data"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "node_id",
        "node_title",
        "rendered_content",
        "action_id",
        "action_text",
    )
)


from ..models.json_object import JsonObject
