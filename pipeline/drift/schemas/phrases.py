"""Values and references as they appear in sentences."""

from __future__ import annotations

import json
from typing import Any

MAX_LENGTH = 60
MAX_VALUES = 8


def code(value: Any) -> str:
    """Return a value in backticks, shortened where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    text = text.replace("`", "'")
    return f"`{text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 3] + '…'}`"


def code_pair(old: str, new: str) -> tuple[str, str]:
    """Return two different texts in backticks, shortened so that they still differ."""
    if code(old) != code(new) or old == new:
        return code(old), code(new)
    length = min(len(old), len(new))
    difference = next((index for index in range(length) if old[index] != new[index]), length)
    start = max(0, difference - MAX_LENGTH // 3)
    return code("…" + old[start:]), code("…" + new[start:])


def code_list(values: list[Any]) -> str:
    """Return values in backticks, the first of them where there are many."""
    shown = [code(value) for value in values[:MAX_VALUES]] or ["none"]
    return ", ".join(shown) + (f" and {len(values) - MAX_VALUES} more" if values[MAX_VALUES:] else "")


def last_part(reference: object) -> str:
    """Return the last part of a reference in backticks."""
    return f"`{str(reference).rsplit('/', 1)[-1]}`"
