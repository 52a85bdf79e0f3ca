from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


class AppMeta(Model):
    """Icons of the app's tools.

    Attributes:
        tool_icons (ToolIcons): Icons keyed by tool name, each a URL or an emoji object; empty if the app uses no
            tools.
    """

    __slots__ = ("tool_icons",)

    _attributes: ClassVar[Mapping[str, str]] = {
        "tool_icons": "tool_icons",
    }

    tool_icons: ToolIcons

    def __init__(
        self,
        tool_icons: ToolIcons,
    ) -> None:
        self.tool_icons = tool_icons
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.tool_icons = read_object(ToolIcons.from_dict, get("tool_icons"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(("tool_icons",))


from ..models.tool_icons import ToolIcons
