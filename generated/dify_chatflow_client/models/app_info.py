from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class AppInfo(Model):
    """Details of the app that the API key belongs to.

    Attributes:
        name (str): Name of the app.
        description (str): Description of the app by its author.
        tags (list[str]): Names of the app's tags; empty if there are none.
        mode (str): Mode of the app: `advanced-chat` (chatflow), `chat` (basic chat), `agent-chat` (agent),
            `completion` (text generation) or `workflow`.
        author_name (str): Display name of the account that created the app.
    """

    __slots__ = (
        "name",
        "description",
        "tags",
        "mode",
        "author_name",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "description": "description",
        "tags": "tags",
        "mode": "mode",
        "author_name": "author_name",
    }

    name: str
    description: str
    tags: list[str]
    mode: str
    author_name: str

    def __init__(
        self,
        name: str,
        description: str,
        tags: list[str],
        mode: str,
        author_name: str,
    ) -> None:
        self.name = name
        self.description = description
        self.tags = tags
        self.mode = mode
        self.author_name = author_name
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.name = get("name")
        model.description = get("description")
        model.tags = get("tags")
        model.mode = get("mode")
        model.author_name = get("author_name")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "name",
        "description",
        "tags",
        "mode",
        "author_name",
    )
)
