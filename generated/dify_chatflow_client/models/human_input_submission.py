from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class HumanInputSubmission(Model):
    """Submission with the selected action and the field values.

    Attributes:
        inputs (JsonObject): JSON object with arbitrary keys, parsed as a dict.
        action (str): `id` of the selected action from `user_actions`. An unknown id results in `400`
            `invalid_form_data`.
        user (str): User who submits the form. Required, but it can differ from the user who started the run. A web
            app user with the same name is a different user.
    """

    __slots__ = (
        "inputs",
        "action",
        "user",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "inputs": "inputs",
        "action": "action",
        "user": "user",
    }

    inputs: JsonObject
    action: str
    user: str

    def __init__(
        self,
        inputs: JsonObject,
        action: str,
        user: str,
    ) -> None:
        self.inputs = inputs
        self.action = action
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.inputs = read_object(JsonObject.from_dict, get("inputs"))
        model.action = get("action")
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "inputs",
        "action",
        "user",
    )
)


from ..models.json_object import JsonObject
