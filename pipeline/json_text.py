"""Strict JSON: repeated keys, NaN, lone surrogates and deep nesting are errors with their place."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.errors import PipelineError

MAX_DEPTH = 200
SHOWN = 8
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
CONSTANTS = ("NaN", "Infinity", "-Infinity")
LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


class RefusedError(ValueError):
    """JSON that Python's parser accepts and this module does not."""


def parse(text: str, place: object) -> Any:
    """Return the value of a JSON text; raise PipelineError with the line of what is wrong."""
    try:
        value = json.loads(text, object_pairs_hook=unique_members, parse_constant=refuse)
    except RefusedError as error:
        raise PipelineError(f"{place}:{line_of_flaw(text)}", str(error)) from None
    except json.JSONDecodeError as error:
        raise PipelineError(f"{place}:{error.lineno}:{error.colno}", f"is not valid JSON: {error.msg}") from None
    except RecursionError:
        raise PipelineError(place, f"is nested too deeply (more than {MAX_DEPTH} levels); flatten it") from None
    except ValueError:
        # Python refuses to convert integers of thousands of digits.
        number = re.search(r"(?<![\w.\"])-?\d{4000,}", text)
        line = text.count("\n", 0, number.start()) + 1 if number else 1
        raise PipelineError(f"{place}:{line}", "has a number with too many digits; shorten it") from None
    check_depth(value, place)
    surrogate = LONE_SURROGATE.search(text) if "\\ud" in text or "\\uD" in text else None
    if surrogate and not is_encodable(value):
        line = text.count("\n", 0, surrogate.start()) + 1
        raise PipelineError(f"{place}:{line}", "has a lone surrogate, which is not a character; replace it")
    return value


def is_encodable(value: Any) -> bool:
    """Return whether all strings in a value can be encoded."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raise RefusedError if a key occurs twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in found if keys.count(key) > 1)
        raise RefusedError(f"has the key {repeated!r} twice in one object; remove one of them")
    return found


def refuse(constant: str) -> Any:
    """Raise RefusedError for NaN and the infinities, which are not JSON."""
    raise RefusedError(f"has {constant}, which is not a JSON number; replace it")


def line_of_flaw(text: str) -> int:
    """Return the line of the first repeated key or constant that JSON does not have."""
    keys: list[set[str]] = []
    line, counted = 1, 0
    tokens = list(TOKEN.finditer(text))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        word = token[0]
        line += text.count("\n", counted, token.start())
        counted = token.start()
        if word in "{[":
            keys.append(set())
        elif word in "}]" and keys:
            keys.pop()
        elif word in CONSTANTS:
            return line
        elif word[0] == '"' and following and following[0] == ":" and keys:
            if word in keys[-1]:
                return line
            keys[-1].add(word)
    return line


def check_depth(value: Any, place: object) -> None:
    """Raise PipelineError with the pointer of the first value that is nested too deeply."""
    if not is_deep(value):
        return
    waiting: list[tuple[Any, tuple[Any, ...], int]] = [(value, (), 0)]
    while waiting:
        node, path, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise PipelineError(
                f"{place}#{pointer(path)}", f"is nested too deeply (more than {MAX_DEPTH} levels); flatten it"
            )
        waiting += [(child, (path, key), depth + 1) for key, child in members(node)]


def is_deep(value: Any) -> bool:
    """Return whether a value has values below the deepest permitted level."""
    children: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        objects: list[dict[str, Any]] = [child for child in children if type(child) is dict]
        arrays: list[list[Any]] = [child for child in children if type(child) is list]
        children = [child for one in objects for child in one.values()] + [child for one in arrays for child in one]
        if not children:
            return False
    return True


def members(node: Any) -> list[tuple[str | int, Any]]:
    """Return the members of an object or the items of a list, and nothing for other values."""
    items: list[Any] = [*node] if isinstance(node, dict | list) else []
    return [(key, node[key]) for key in items] if isinstance(node, dict) else list(enumerate(items))


def pointer(path: tuple[Any, ...]) -> str:
    """Return a nested path as a JSON pointer, with the middle left out if it is long."""
    parts: list[str] = []
    while path:
        path, key = path
        parts.insert(0, escape(str(key)))
    shown = [*parts[:SHOWN], "…", *parts[-2:]] if parts[SHOWN + 2 :] else parts
    return "".join(f"/{part}" for part in shown)


def escape(key: str) -> str:
    """Return a key as part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")
