from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from ..models.emoji_icon import EmojiIcon
from ..types import (
    MappingModel,
    read_object,
)


class ToolIcons(MappingModel[EmojiIcon | str]):
    """Icons keyed by tool name, each a URL or an emoji object; empty if the app uses no tools."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls({name: read_object(EmojiIcon.from_dict, value) for name, value in src_dict.items()})
