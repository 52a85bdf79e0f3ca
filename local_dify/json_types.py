"""Type guards for JSON values."""

from __future__ import annotations

from typing import Any, TypeGuard

Record = dict[str, Any]


def is_record(value: object) -> TypeGuard[Record]:
    """Return True for a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return True for a JSON array."""
    return isinstance(value, list)
