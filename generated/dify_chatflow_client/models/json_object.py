from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from ..types import (
    MappingModel,
)


class JsonObject(MappingModel[Any]):
    """A JSON object whose keys the app or the server decides, read as a dict."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls(src_dict)
