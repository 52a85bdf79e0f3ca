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


class HumanInputForm(Model):
    """Form with its text, fields and buttons.

    Attributes:
        form_content (str): Text of the form, with workflow variables resolved. Placeholders such as
            `{{#$output.comment#}}` mark the positions of the fields.
        inputs (list[FormInput]): Fields of the form, in display order.
        resolved_default_values (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        user_actions (list[UserAction]): Buttons that submit the form; a submission specifies exactly one of them.
        expiration_time (int | None): Expiration time of the form, in Unix seconds; null if unknown.
    """

    __slots__ = (
        "form_content",
        "inputs",
        "resolved_default_values",
        "user_actions",
        "expiration_time",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "form_content": "form_content",
        "inputs": "inputs",
        "resolved_default_values": "resolved_default_values",
        "user_actions": "user_actions",
        "expiration_time": "expiration_time",
    }

    form_content: str
    inputs: list[FormInput]
    resolved_default_values: JsonObject
    user_actions: list[UserAction]
    expiration_time: int | None

    def __init__(
        self,
        form_content: str,
        inputs: list[FormInput],
        resolved_default_values: JsonObject,
        user_actions: list[UserAction],
        expiration_time: int | None,
    ) -> None:
        self.form_content = form_content
        self.inputs = inputs
        self.resolved_default_values = resolved_default_values
        self.user_actions = user_actions
        self.expiration_time = expiration_time
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.form_content = get("form_content")
        model.inputs = read_objects(FormInput.from_dict, get("inputs"))
        model.resolved_default_values = read_object(JsonObject.from_dict, get("resolved_default_values"))
        model.user_actions = read_objects(UserAction.from_dict, get("user_actions"))
        model.expiration_time = get("expiration_time")
        model._received = src_dict
        model._extra = None
        return model

    @property
    def expiration_time_datetime(self) -> datetime.datetime | None:
        """`expiration_time` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.expiration_time)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "form_content",
        "inputs",
        "resolved_default_values",
        "user_actions",
        "expiration_time",
    )
)


from ..models.form_input import FormInput
from ..models.json_object import JsonObject
from ..models.user_action import UserAction
