from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
)


@_attrs_define
class HumanInputFormSubmissionData(Model):
    """Submission of a form. Servers also send the field values as `submitted_data`.

    Attributes:
        node_id (str): Id of the form's node.
        node_title (str): Title of the node in the workflow editor.
        rendered_content (str): Text of the form with the placeholders replaced by the submitted values.
        action_id (str): Id of the selected action.
        action_text (str): Label of the selected action.
        submitted_data (JsonObject | None | Unset): Submitted values by output variable.
    """

    node_id: str
    node_title: str
    rendered_content: str
    action_id: str
    action_text: str
    submitted_data: JsonObject | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("node_id", UNSET),
            get("node_title", UNSET),
            get("rendered_content", UNSET),
            get("action_id", UNSET),
            get("action_text", UNSET),
            read_object(JsonObject.from_dict, get("submitted_data", UNSET)),
        )
        if len(src_dict) > 6 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputFormSubmissionData).values())


from ..models.json_object import JsonObject
