from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from ..models.emoji_icon import EmojiIcon
from ..types import (
    MappingModel,
    read_object,
)


class ToolIcons(MappingModel[EmojiIcon | str]):
    """The icon that belongs to each tool name: an address or an emoji object. Empty when the app uses no tools."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls({name: read_object(EmojiIcon.from_dict, value) for name, value in src_dict.items()})
