"""JSON values, told apart in a way that type checkers follow."""

from __future__ import annotations

from typing import Any, TypeGuard

Record = dict[str, Any]


def is_record(value: object) -> TypeGuard[Record]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)
