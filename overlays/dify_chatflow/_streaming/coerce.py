"""Values that may be missing, null or of another type than documented."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, cast

from dify_chatflow_client.types import is_list


def string(value: object) -> str | None:
    """Return the value if it is text, else None."""
    return value if isinstance(value, str) else None


def integer(value: object) -> int | None:
    """Return the value if it is an integer, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: object) -> float | None:
    """Return the value as a float if it is a number that fits one, else None."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    with suppress(OverflowError):
        return float(value)
    return None


def mapping(value: object) -> dict[str, Any]:
    """Return a copy of the value if it is a dictionary, else an empty one."""
    return dict(cast("dict[str, Any]", value)) if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a copy of the value if it is a list, else an empty one."""
    return value.copy() if is_list(value) else []


def json_object(value: object) -> dict[str, Any]:
    """Return the outputs of a run as a dictionary: servers up to 1.12 send the text of a JSON object."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    to_dict = getattr(value, "to_dict", None)
    return mapping(to_dict() if callable(to_dict) else value)
