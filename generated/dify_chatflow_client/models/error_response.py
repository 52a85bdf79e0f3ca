from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class ErrorResponse(Model):
    """What a server says when it refuses or fails; something in front of it may answer HTML instead.

    Attributes:
        code (str): The error's code, `invalid_param` for instance; decide by this, not by the message.
        message (str): What went wrong, for people. It can be empty and can have several lines.
        status (int): The HTTP status, repeated.
        params (None | str | Unset): The parameter that was refused; most servers leave it out.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "message": "message",
        "status": "status",
        "params": "params",
    }

    code: str
    message: str
    status: int
    params: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("code", UNSET),
            get("message", UNSET),
            get("status", UNSET),
            get("params", UNSET),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(ErrorResponse.json_names.values())
