"""Validation of parameters and bodies, with the server's own error messages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local_dify.errors import APIError
from local_dify.json_types import is_list, is_record

LONGEST_INPUT = 50
MISSING = "Missing required parameter in the JSON body"
# Descriptions that flask-restx puts before its messages (1.9.2: 015, 016, 019, 257, 271).
HELP = {
    "inputs": "Input parameters for chat",
    "query": "The chat query",
    "response_mode": "Response mode",
    "answer": "Annotation answer",
    "question": "Annotation question",
    "score_threshold": "Score threshold for annotation matching",
}
INTEGER = re.compile(r"\s*[+-]?\d+(\.0+)?\s*", re.ASCII)
TRUE, FALSE = ("1", "true", "yes", "on", "t", "y"), ("0", "false", "no", "off", "f", "n")


@dataclass(frozen=True)
class Problem:
    """Problem of a value: the server's message and the name of the rule, or the problems inside a list."""

    message: str
    rule: str
    inside: tuple[tuple[int, Any, Problem], ...] = ()


Check = Callable[[Any], tuple[Any, Problem | None]]


@dataclass(frozen=True)
class Field:
    """Parameter: its check and its default; without a default it is required."""

    name: str
    check: Check
    default: Any = ...


def validate(model: str, data: object, *fields: Field) -> dict[str, Any]:
    """Return the checked values of all fields; empty data of any kind counts as no fields.

    Raises:
        APIError: 400 `invalid_param`, with all problems in one message.
    """
    data = data or {}
    if not is_record(data):
        message = f"Input should be a valid dictionary or instance of {model}"
        raise validation_error(model, [model_problem(Problem(message, "model_type"), data)], {"": message})
    values: dict[str, Any] = {}
    problems: list[str] = []
    messages: dict[str, str] = {}
    for field in fields:
        if field.name not in data:
            if field.default is ...:
                problems += _lines(field.name, Problem("Field required", "missing"), data)
                messages[field.name] = f"{HELP.get(field.name, '')} {MISSING}".lstrip()
            values[field.name] = field.default
            continue
        values[field.name], problem = field.check(data[field.name])
        if problem:
            problems += _lines(field.name, problem, data[field.name])
            messages[field.name] = f"{HELP.get(field.name, '')} {problem.message}".lstrip()
    if problems:
        raise validation_error(model, problems, messages)
    return values


def validation_error(model: str, problems: list[str], messages: Mapping[str, str]) -> APIError:
    """Return the error that lists these problems, with the messages by field that older versions send."""
    count = f"{len(problems)} validation error{'s' if len(problems) > 1 else ''} for {model}"
    return APIError(400, "invalid_param", "\n".join([count, *problems]), messages)


def model_problem(problem: Problem, data: object) -> str:
    """Return the line for a problem of the complete body rather than of one field."""
    return _lines("", problem, data)[0].lstrip("\n")


def _lines(name: str, problem: Problem, value: object) -> list[str]:
    if problem.inside:
        return [line for at, item, inner in problem.inside for line in _lines(f"{name}.{at}", inner, item)]
    text = repr(value)
    if len(text) > LONGEST_INPUT:
        text = f"{text[:25]}...{text[-24:]}"
    rule = f"[type={problem.rule}, input_value={text}, input_type={type(value).__name__}]"
    visit = f"    For further information visit https://errors.pydantic.dev/2.12/v/{problem.rule}"
    return [f"{name}\n  {problem.message} {rule}\n{visit}"]


def string(value: Any) -> tuple[Any, Problem | None]:
    """Accept a text."""
    return value, None if isinstance(value, str) else Problem("Input should be a valid string", "string_type")


def mapping(value: Any) -> tuple[Any, Problem | None]:
    """Accept a JSON object."""
    return value, None if isinstance(value, dict) else Problem("Input should be a valid dictionary", "dict_type")


def mappings(value: Any) -> tuple[Any, Problem | None]:
    """Accept a JSON array of JSON objects."""
    if not is_list(value):
        return value, Problem("Input should be a valid list", "list_type")
    wrong = tuple((at, item, problem) for at, item in enumerate(value) if (problem := mapping(item)[1]))
    return value, Problem("", "", wrong) if wrong else None


def anything(value: Any) -> tuple[Any, Problem | None]:
    """Accept any value."""
    return value, None


def optional(check: Check) -> Check:
    """Accept null and the values that `check` accepts."""
    return lambda value: (None, None) if value is None else check(value)


def literal(*options: str) -> Check:
    """Accept one of the given texts."""
    named = [f"'{option}'" for option in options]
    message = f"Input should be {' or '.join(filter(None, [', '.join(named[:-1]), named[-1]]))}"
    return lambda value: (value, None if value in options else Problem(message, "literal_error"))


def identifier(message: str) -> Check:
    """Accept a UUID, or an empty text as None."""
    problem = Problem(f"Value error, {message}", "value_error")
    return lambda value: (value or None, None if not value or is_uuid(value) else problem)


def integer(low: int, high: int | None = None) -> Check:
    """Accept the digits of an integer between two limits."""

    def check(value: Any) -> tuple[Any, Problem | None]:
        if not INTEGER.fullmatch(value):
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
    """Accept a number or its digits."""
    if not isinstance(value, (str, int, float)):
        return value, Problem("Input should be a valid number", "float_type")
    try:
        return float(value), None
    except ValueError:
        return value, Problem("Input should be a valid number, unable to parse string as a number", "float_parsing")


def boolean(value: Any) -> tuple[Any, Problem | None]:
    """Accept a boolean or a word for one."""
    if not isinstance(value, (str, int)):
        return value, Problem("Input should be a valid boolean", "bool_type")
    word = str(value).lower()
    if word in (*TRUE, *FALSE):
        return word in TRUE, None
    return value, Problem("Input should be a valid boolean, unable to interpret input", "bool_parsing")


def is_uuid(value: object) -> bool:
    """Return True for a UUID in any of its usual spellings."""
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
