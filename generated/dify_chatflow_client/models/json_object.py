from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from ..types import (
    MappingModel,
)


class JsonObject(MappingModel[Any]):
    """JSON object with arbitrary keys, parsed as a dict."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls(src_dict)
