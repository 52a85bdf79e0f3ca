from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    File,
    Model,
    read_file,
)


class FileUploadRequest(Model):
    """File to store and its owner.

    Attributes:
        file (File): Content of the file, sent with a file name and a content type. The server derives `mime_type`
            and `extension` from these, not from the content.
        user (str | None): End user who owns the file. Chat requests that use the file must specify the same value.
            By default, the owner is `DEFAULT-USER`, which all such uploads share. A web app visitor with the same name
            is a different end user.
    """

    __slots__ = (
        "file",
        "user",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "file": "file",
        "user": "user",
    }

    file: File
    user: str | None

    def __init__(
        self,
        file: File,
        user: str | None = None,
    ) -> None:
        self.file = file
        self.user = user
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.file = read_file(get("file"))
        model.user = get("user")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("file",))
