"""Checks of parameters and bodies, whose failures read as the server's own validation does."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local_dify.errors import APIError, invalid
from local_dify.json_types import is_list, is_record

SHOWN = 50
WHOLE = re.compile(r"\s*[+-]?\d+(\.0+)?\s*", re.ASCII)
TRUE, FALSE = ("1", "true", "yes", "on", "t", "y"), ("0", "false", "no", "off", "f", "n")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a value: the server's words and the name of the rule; or what is wrong inside a list."""

    words: str
    rule: str
    inside: tuple[tuple[int, Any, Problem], ...] = ()


Check = Callable[[Any], tuple[Any, Problem | None]]


@dataclass(frozen=True)
class Field:
    """A parameter: how its value is checked, and its default; without one it is required."""

    name: str
    check: Check
    default: Any = ...


def validate(model: str, data: object, *fields: Field) -> dict[str, Any]:
    """The checked values of all fields; empty data of any kind counts as no fields.

    Raises:
        APIError: 400 `invalid_param`, with all problems in one message.
    """
    data = data or {}
    if not is_record(data):
        words = f"Input should be a valid dictionary or instance of {model}"
        raise failure(model, [model_problem(Problem(words, "model_type"), data)])
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields:
        if field.name not in data:
            if field.default is ...:
                problems += _lines(field.name, Problem("Field required", "missing"), data)
            values[field.name] = field.default
            continue
        values[field.name], problem = field.check(data[field.name])
        if problem:
            problems += _lines(field.name, problem, data[field.name])
    if problems:
        raise failure(model, problems)
    return values


def failure(model: str, problems: list[str]) -> APIError:
    """The error that lists these problems."""
    count = f"{len(problems)} validation error{'s' if len(problems) > 1 else ''} for {model}"
    return invalid("\n".join([count, *problems]))


def model_problem(problem: Problem, data: object) -> str:
    """The line for a problem of the whole body rather than of one field."""
    return _lines("", problem, data)[0].lstrip("\n")


def _lines(name: str, problem: Problem, value: object) -> list[str]:
    if problem.inside:
        return [line for at, item, inner in problem.inside for line in _lines(f"{name}.{at}", inner, item)]
    text = repr(value)
    if len(text) > SHOWN:
        text = f"{text[:25]}...{text[-24:]}"
    rule = f"[type={problem.rule}, input_value={text}, input_type={type(value).__name__}]"
    visit = f"    For further information visit https://errors.pydantic.dev/2.12/v/{problem.rule}"
    return [f"{name}\n  {problem.words} {rule}\n{visit}"]


def string(value: Any) -> tuple[Any, Problem | None]:
    """A text."""
    return value, None if isinstance(value, str) else Problem("Input should be a valid string", "string_type")


def mapping(value: Any) -> tuple[Any, Problem | None]:
    """A JSON object."""
    return value, None if isinstance(value, dict) else Problem("Input should be a valid dictionary", "dict_type")


def mappings(value: Any) -> tuple[Any, Problem | None]:
    """A JSON array of JSON objects."""
    if not is_list(value):
        return value, Problem("Input should be a valid list", "list_type")
    wrong = tuple((at, item, problem) for at, item in enumerate(value) if (problem := mapping(item)[1]))
    return value, Problem("", "", wrong) if wrong else None


def anything(value: Any) -> tuple[Any, Problem | None]:
    """Any value at all."""
    return value, None


def optional(check: Check) -> Check:
    """Null, or what `check` lets through."""
    return lambda value: (None, None) if value is None else check(value)


def literal(*options: str) -> Check:
    """One of a few texts."""
    named = [f"'{option}'" for option in options]
    words = f"Input should be {' or '.join(filter(None, [', '.join(named[:-1]), named[-1]]))}"
    return lambda value: (value, None if value in options else Problem(words, "literal_error"))


def identifier(words: str) -> Check:
    """A UUID, or an empty text for none."""
    problem = Problem(f"Value error, {words}", "value_error")
    return lambda value: (value or None, None if not value or is_uuid(value) else problem)


def integer(low: int, high: int | None = None) -> Check:
    """The digits of a whole number between two limits."""

    def check(value: Any) -> tuple[Any, Problem | None]:
        if not WHOLE.fullmatch(value):
            return value, Problem(
                "Input should be a valid integer, unable to parse string as an integer", "int_parsing"
            )
        number = int(float(value))
        if number < low:
            return number, Problem(f"Input should be greater than or equal to {low}", "greater_than_equal")
        if high is not None and number > high:
            return number, Problem(f"Input should be less than or equal to {high}", "less_than_equal")
        return number, None

    return check


def number(value: Any) -> tuple[Any, Problem | None]:
    """A number, or its digits."""
    if not isinstance(value, (str, int, float)):
        return value, Problem("Input should be a valid number", "float_type")
    try:
        return float(value), None
    except ValueError:
        return value, Problem("Input should be a valid number, unable to parse string as a number", "float_parsing")


def boolean(value: Any) -> tuple[Any, Problem | None]:
    """A truth value, or a word for one."""
    if not isinstance(value, (str, int)):
        return value, Problem("Input should be a valid boolean", "bool_type")
    word = str(value).lower()
    if word in (*TRUE, *FALSE):
        return word in TRUE, None
    return value, Problem("Input should be a valid boolean, unable to interpret input", "bool_parsing")


def is_uuid(value: object) -> bool:
    """Whether a value is a UUID in any of its usual spellings."""
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
