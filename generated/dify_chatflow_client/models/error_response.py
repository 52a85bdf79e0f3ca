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
class ErrorResponse(Model):
    """Error of the server. Proxies in front of it may send HTML instead.

    Attributes:
        message (str): Text for people, possibly empty or of several lines.
        code (str | Unset): Code of the error, such as `invalid_param`. Use it instead of the message to distinguish
            errors.
        status (int | Unset): HTTP status of the response.
        params (None | str | Unset): Name of the invalid parameter; most servers omit it.
        errors (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
    """

    message: str
    code: str | Unset = UNSET
    status: int | Unset = UNSET
    params: None | str | Unset = UNSET
    errors: JsonObject | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("message", UNSET),
            get("code", UNSET),
            get("status", UNSET),
            get("params", UNSET),
            read_object(JsonObject.from_dict, get("errors", UNSET)),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ErrorResponse).values())


from ..models.json_object import JsonObject
