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
    read_objects,
)


@_attrs_define
class HumanInputFormDefinition(Model):
    """Form of a Human Input node: text, fields and buttons.

    Attributes:
        form_id (str): Id of the form, for logs. Use `form_token` to get or submit the form.
        node_id (str): Id of the form's node.
        node_title (str): Title of the node in the workflow editor.
        form_content (str): Text of the form in plain text or Markdown. Placeholders such as `{{#$output.comment#}}`
            mark the positions of the fields.
        inputs (list[FormInput]): Fields of the form, in display order.
        actions (list[UserAction]): Buttons that submit the form; a submission specifies exactly one of them.
        display_in_ui (bool): `true` if the form is also displayed in the console.
        form_token (None | str): Secret token for getting and submitting the form; null after the submission.
        resolved_default_values (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        expiration_time (int): Expiration time of the form, in Unix seconds.
        approval_channels (list[str] | Unset): Channels through which the form is delivered, such as `console`;
            missing before 1.16.
    """

    form_id: str
    node_id: str
    node_title: str
    form_content: str
    inputs: list[FormInput]
    actions: list[UserAction]
    display_in_ui: bool
    form_token: None | str
    resolved_default_values: JsonObject
    expiration_time: int
    approval_channels: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("form_id", UNSET),
            get("node_id", UNSET),
            get("node_title", UNSET),
            get("form_content", UNSET),
            read_objects(FormInput.from_dict, get("inputs", UNSET)),
            read_objects(UserAction.from_dict, get("actions", UNSET)),
            get("display_in_ui", UNSET),
            get("form_token", UNSET),
            read_object(JsonObject.from_dict, get("resolved_default_values", UNSET)),
            get("expiration_time", UNSET),
            get("approval_channels", UNSET),
        )
        if len(src_dict) > 11 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputFormDefinition).values())


from ..models.form_input import FormInput
from ..models.json_object import JsonObject
from ..models.user_action import UserAction
