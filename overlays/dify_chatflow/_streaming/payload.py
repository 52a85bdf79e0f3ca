"""JSON payloads of events, parsed to the same values with and without orjson."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, cast

orjson_loads: Callable[[bytes], Any] | None
try:
    from orjson import loads as orjson_loads
except ImportError:
    orjson_loads = None

# From this many bytes on, checking the parsed values is faster than checking the digits of the text.
LONG_PAYLOAD = 8192
DIGITS = bytes(ord("0") if chr(byte).isascii() and chr(byte).isdigit() else ord(" ") for byte in range(256))
NINETEEN_DIGITS = b"0" * 19
INTEGER_LIMIT = float(2**63)


def parse(data: bytes) -> Any:
    """Return the JSON value of the data.

    Bytes that are not UTF-8 become U+FFFD, NaN and lone surrogates are accepted, integers are exact.

    Raises:
        ValueError: The data is not JSON.
    """
    if orjson_loads is not None:
        try:
            value = orjson_loads(data)
        except ValueError:  # orjson rejects some input that the standard library accepts
            return parse_stdlib(data)
        if is_exact(data, value):
            return value
    return parse_stdlib(data)


def parse_stdlib(data: bytes) -> Any:
    """Return the JSON value as the standard library parses it, which defines the result of `parse`."""
    try:
        return json.loads(data.decode(errors="replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def is_exact(data: bytes, value: Any) -> bool:
    """Return whether orjson parsed all numbers exactly: it turns integers beyond 64 bits into floats."""
    if len(data) < LONG_PAYLOAD:
        return NINETEEN_DIGITS not in data.translate(DIGITS)
    pending: list[Any] = [[value]]
    for container in pending:
        for item in cast("Iterable[Any]", container.values() if isinstance(container, dict) else container):
            if isinstance(item, (dict, list)):
                pending.append(item)
            elif isinstance(item, float) and not -INTEGER_LIMIT < item < INTEGER_LIMIT:
                return False
    return True
