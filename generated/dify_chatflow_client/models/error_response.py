from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class ErrorResponse(Model):
    """Error of the server. Proxies in front of it may send HTML instead.

    Attributes:
        message (str): Text for people, possibly empty or of several lines.
        code (str | None): Code of the error, such as `invalid_param`. Use it instead of the message to distinguish
            errors.
        status (int | None): HTTP status of the response.
        params (str | None): Name of the invalid parameter; most servers omit it.
        errors (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
    """

    __slots__ = (
        "message",
        "code",
        "status",
        "params",
        "errors",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "message": "message",
        "code": "code",
        "status": "status",
        "params": "params",
        "errors": "errors",
    }

    message: str
    code: str | None
    status: int | None
    params: str | None
    errors: JsonObject | None

    def __init__(
        self,
        message: str,
        code: str | None = None,
        status: int | None = None,
        params: str | None = None,
        errors: JsonObject | None = None,
    ) -> None:
        self.message = message
        self.code = code
        self.status = status
        self.params = params
        self.errors = errors
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.message = get("message")
        model.code = get("code")
        model.status = get("status")
        model.params = get("params")
        model.errors = read_object(JsonObject.from_dict, get("errors"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("message",))


from ..models.json_object import JsonObject
