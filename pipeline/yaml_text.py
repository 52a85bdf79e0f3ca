"""OpenAPI documents in YAML: read as the JSON values that they are written for, with the lines of their pointers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, cast

from pipeline import yaml_file
from pipeline.errors import PipelineError
from pipeline.json_text import MAX_DEPTH

# More values than any document of the permitted size has, unless aliases multiply them.
MAX_VALUES = 2_000_000
BEGINNING = re.compile(r"""(?:\s|\#[^\n]*\n|---\s*\n)*["']?(?:openapi|info|paths)["']?\s*:""")


def is_yaml(text: str) -> bool:
    """Return whether a document is in YAML: a mapping without braces, with the first key of an OpenAPI document."""
    return BEGINNING.match(text) is not None


def parse(text: str, place: object) -> Any:
    """Return the JSON value of a YAML text; raise PipelineError with the line of what is wrong."""
    from yaml import MarkedYAMLError, YAMLError

    try:
        value, _ = yaml_file.read(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PipelineError(f"{place}:{line}", f"is not valid YAML: {error.problem}") from None
    except (YAMLError, ValueError) as error:
        raise PipelineError(place, f"is not valid YAML: {error}") from None
    except RecursionError:
        raise PipelineError(place, f"is nested too deeply (more than {MAX_DEPTH} levels); flatten it") from None
    return Converter(place).convert(value, 0)


class Converter:
    """Conversion of YAML data to JSON values: keys such as `200` become strings."""

    def __init__(self, place: object) -> None:
        self.place = place
        self.count = 0

    def convert(self, value: Any, depth: int) -> Any:
        """Return the JSON value; raise PipelineError for what JSON does not have."""
        self.count += 1
        if self.count > MAX_VALUES:
            raise PipelineError(self.place, "has too many values when its aliases are followed; expand fewer of them")
        if depth > MAX_DEPTH:
            raise PipelineError(self.place, f"is nested too deeply (more than {MAX_DEPTH} levels); flatten it")
        if isinstance(value, dict):
            fields = cast("dict[object, object]", value)
            return {self.key(key): self.convert(one, depth + 1) for key, one in fields.items()}
        if isinstance(value, list):
            return [self.convert(one, depth + 1) for one in cast("list[object]", value)]
        if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and isfinite(value)):
            return value
        raise PipelineError(self.place, f"has a value that JSON does not have: {value!r}; write it as a string")

    def key(self, key: Any) -> str:
        """Return a key as JSON has it."""
        if isinstance(key, bool) or key is None:
            return {True: "true", False: "false", None: "null"}[key]
        if isinstance(key, str | int | float):
            return str(key)
        raise PipelineError(self.place, f"has a key that is not text: {key!r}; correct it")


def line_numbers(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """Return the line of each pointer, counted from 1, without the pointers that do not exist."""
    _, root = yaml_file.read(text)
    found = {pointer: line_of(root, pointer) for pointer in pointers}
    return {pointer: line for pointer, line in found.items() if line}


def line_of(node: Any, pointer: str) -> int | None:
    """Return the line of a pointer below a node."""
    line = 1
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        children: list[Any] = node.value if node.id in ("mapping", "sequence") else []
        found: Any = None
        if node.id == "mapping":
            found = next((pair for pair in children if pair[0].value == key), None)
        elif key.isdigit() and int(key) < len(children):
            found = (children[int(key)],) * 2
        if found is None:
            return None
        line, node = int(found[0].start_mark.line) + 1, found[1]
    return line
