"""Values that may be missing, null or of another type than documented."""

from __future__ import annotations

from typing import Any, cast

from dify_chatflow_client.types import is_list


def string(value: object) -> str | None:
    """Return the value if it is text, else None."""
    return value if isinstance(value, str) else None


def integer(value: object) -> int | None:
    """Return the value if it is an integer, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: object) -> float | None:
    """Return the value as a float if it is a number, else None."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def mapping(value: object) -> dict[str, Any]:
    """Return a copy of the value if it is a dictionary, else an empty one."""
    return dict(cast("dict[str, Any]", value)) if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a copy of the value if it is a list, else an empty one."""
    return value.copy() if is_list(value) else []
