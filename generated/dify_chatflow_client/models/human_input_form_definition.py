from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    read_objects,
    to_datetime,
)


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
        form_token (str | None): Secret token for getting and submitting the form; null after the submission.
        resolved_default_values (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        expiration_time (int): Expiration time of the form, in Unix seconds.
        approval_channels (list[str] | None): Channels through which the form is delivered, such as `console`;
            missing before 1.16.
    """

    __slots__ = (
        "form_id",
        "node_id",
        "node_title",
        "form_content",
        "inputs",
        "actions",
        "display_in_ui",
        "form_token",
        "resolved_default_values",
        "expiration_time",
        "approval_channels",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "form_id": "form_id",
        "node_id": "node_id",
        "node_title": "node_title",
        "form_content": "form_content",
        "inputs": "inputs",
        "actions": "actions",
        "display_in_ui": "display_in_ui",
        "form_token": "form_token",
        "resolved_default_values": "resolved_default_values",
        "expiration_time": "expiration_time",
        "approval_channels": "approval_channels",
    }

    form_id: str
    node_id: str
    node_title: str
    form_content: str
    inputs: list[FormInput]
    actions: list[UserAction]
    display_in_ui: bool
    form_token: str | None
    resolved_default_values: JsonObject
    expiration_time: int
    approval_channels: list[str] | None

    def __init__(
        self,
        form_id: str,
        node_id: str,
        node_title: str,
        form_content: str,
        inputs: list[FormInput],
        actions: list[UserAction],
        display_in_ui: bool,
        form_token: str | None,
        resolved_default_values: JsonObject,
        expiration_time: int,
        approval_channels: list[str] | None = None,
    ) -> None:
        self.form_id = form_id
        self.node_id = node_id
        self.node_title = node_title
        self.form_content = form_content
        self.inputs = inputs
        self.actions = actions
        self.display_in_ui = display_in_ui
        self.form_token = form_token
        self.resolved_default_values = resolved_default_values
        self.expiration_time = expiration_time
        self.approval_channels = approval_channels
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.form_id = get("form_id")
        model.node_id = get("node_id")
        model.node_title = get("node_title")
        model.form_content = get("form_content")
        model.inputs = read_objects(FormInput.from_dict, get("inputs"))
        model.actions = read_objects(UserAction.from_dict, get("actions"))
        model.display_in_ui = get("display_in_ui")
        model.form_token = get("form_token")
        model.resolved_default_values = read_object(JsonObject.from_dict, get("resolved_default_values"))
        model.expiration_time = get("expiration_time")
        model.approval_channels = get("approval_channels")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def expiration_time_datetime(self) -> datetime.datetime | None:
        """`expiration_time` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.expiration_time)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "form_id",
        "node_id",
        "node_title",
        "form_content",
        "inputs",
        "actions",
        "display_in_ui",
        "form_token",
        "resolved_default_values",
        "expiration_time",
    )
)


from ..models.form_input import FormInput
from ..models.json_object import JsonObject
from ..models.user_action import UserAction
