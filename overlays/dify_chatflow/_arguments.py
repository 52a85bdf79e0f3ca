"""The gate for arguments: values that can be sent are converted to JSON, all others are refused before any request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from copy import copy
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any, cast
from uuid import UUID

from dify_chatflow._errors import ConfigurationError
from dify_chatflow_client.types import File, MappingModel, Model, json_keys

MAX_DEPTH = 100
# The largest integers that Python converts to text without a limit have more than a thousand digits.
MAX_INTEGER_BITS = 2048
SHOWN_LENGTH = 60


def clean_request(
    names: tuple[str, ...], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of an operation as they can be sent.

    Args:
        names: The names of the positional arguments, which are the parameters of the path.
        args: The positional arguments.
        kwargs: The parameters of the query, and the model of the body in `body`.

    Raises:
        ConfigurationError: A value cannot be sent; the message names the argument.

    """
    path = tuple(identifier(value, name) for name, value in zip(names, args, strict=False))
    return path, {name: clean_body(value) if name == "body" else clean(value, name) for name, value in kwargs.items()}


def clean_body(body: Any) -> Any:
    """Return a copy of a request body whose fields can be sent."""
    if not isinstance(body, Model):
        return body
    cleaned = copy(body)
    for name, key in json_keys(type(body)).items():
        if key in body:
            setattr(cleaned, name, clean(getattr(body, name), name))
    cleaned.additional_properties = clean(body.additional_properties, "additional_properties")
    return cleaned


def clean(value: Any, name: str) -> Any:
    """Return one parameter or field; the name decides which values it accepts."""
    if isinstance(value, File):
        return value
    if name == "user":
        return end_user(value)
    if name.endswith("_id"):
        return identifier(value, name)
    return to_json(value, name)


def identifier(value: Any, name: str) -> str:
    """Return an id: text, a UUID, a number, or that of a model which has it.

    Raises:
        ConfigurationError: The value has no id, or the id would lead to another URL.

    """
    if not isinstance(value, (str, int, UUID)) or isinstance(value, bool):
        value = id_of_model(value, name)
    text = str(value.value if isinstance(value, Enum) else value)
    if text.strip() in ("", ".", ".."):
        raise ConfigurationError(f"{name} is empty or made of dots: {text!r}; pass an id from a response")
    return strict_text(text, name)


def id_of_model(value: Any, name: str) -> str:
    """Return the id that a model has under the argument's name, in the object of that name, or as `id`."""
    if hasattr(value, name):
        found = getattr(value, name)
    else:
        found = getattr(getattr(value, name.removesuffix("_id"), value), "id", None)
    if isinstance(found, (str, UUID)) and not isinstance(value, type):
        return str(found)
    raise ConfigurationError(f"{name} must be an id; got {describe(value)}; pass the id as text")


def end_user(value: Any) -> str:
    """Return the id of an end user.

    Raises:
        ConfigurationError: The value is not the id of an end user.

    """
    if not isinstance(value, (str, int, UUID)) or isinstance(value, bool):
        raise ConfigurationError(f"user must be text; got {describe(value)}; pass a stable id of the end user")
    return strict_text(str(value.value if isinstance(value, Enum) else value), "user")


def strict_text(value: str, name: str) -> str:
    """Return the text of an identity, which is never repaired.

    Raises:
        ConfigurationError: The text holds a part of a surrogate pair, which UTF-8 cannot encode.

    """
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ConfigurationError(
            f"{name} holds a lone surrogate, which cannot be sent: {value[:SHOWN_LENGTH]!r}; decode the text correctly"
        ) from None
    return value


def plain_text(value: str) -> str:
    """Return a text that UTF-8 can encode: surrogate pairs are joined, and lone surrogates become U+FFFD."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def query_text(value: Any) -> str:
    """Return a query.

    Raises:
        ConfigurationError: The value is not text.

    """
    if not isinstance(value, str):
        raise ConfigurationError(f"query must be text; got {describe(value)}; pass the user's question")
    return plain_text(value)


def json_object(value: Any, name: str, convert: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """Return a mapping as a JSON object, and None as an empty one.

    Raises:
        ConfigurationError: The value is not a mapping, or holds a value that JSON cannot hold.

    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigurationError(
            f"{name} must be a mapping of names to values; got {describe(value)}; pass {name}={{'name': value}}"
        )
    return cast("dict[str, Any]", to_json(value, name, convert))


def to_json(value: Any, name: str, convert: Callable[[Any], Any] | None = None, depth: int = 0) -> Any:
    """Return a value as JSON.

    Args:
        value: JSON, or a date, time, UUID, Decimal, enum, tuple or model.
        name: The argument, for messages.
        convert: A function that is applied to each value first.
        depth: The number of containers around the value.

    Raises:
        ConfigurationError: JSON cannot hold the value; the message names its place.

    """
    value = convert(value) if convert else value
    if depth > MAX_DEPTH:
        raise ConfigurationError(f"{name[:SHOWN_LENGTH]}… is nested deeper than {MAX_DEPTH} levels, or holds itself")
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, (int, float, Decimal)):
        return number(value, name)
    if isinstance(value, (UUID, dt.date, dt.time)):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, (Model, MappingModel)):
        value = cast("Model", value).to_dict()
    if isinstance(value, Mapping):
        return {
            key_text(key, name): to_json(item, f"{name}[{key!r}]", convert, depth + 1)
            for key, item in cast("dict[Any, Any]", value).items()
        }
    if isinstance(value, (list, tuple)):
        items = enumerate(cast("list[Any]", value))
        return [to_json(item, f"{name}[{index}]", convert, depth + 1) for index, item in items]
    advice = "upload files with files.upload and pass the result" if isinstance(value, bytes) else "convert it first"
    raise ConfigurationError(f"{name} cannot be sent as JSON: it is {describe(value)}; {advice}")


def number(value: float | Decimal, name: str) -> float | int:
    """Return a finite number that JSON can hold without losing digits.

    Raises:
        ConfigurationError: The number is infinite, not a number, or has too many digits.

    """
    if isinstance(value, int):
        if value.bit_length() > MAX_INTEGER_BITS:
            raise ConfigurationError(f"{name} is an integer of too many digits; pass it as text")
        return value
    if not (value.is_finite() if isinstance(value, Decimal) else isfinite(value)):
        raise ConfigurationError(f"{name} is {value}, which JSON cannot hold; pass None or a number")
    if isinstance(value, float):
        return value
    if value.adjusted() < MAX_DEPTH and value == value.to_integral_value():
        return int(value)
    rounded = float(value)
    if not isfinite(rounded) or Decimal(repr(rounded)) != value:
        raise ConfigurationError(f"{name} is a Decimal with more digits than a JSON number keeps; pass it as text")
    return rounded


def key_text(key: Any, name: str) -> str:
    """Return the key of a JSON object.

    Raises:
        ConfigurationError: The key is not text.

    """
    key = key.value if isinstance(key, Enum) else key
    if not isinstance(key, str):
        raise ConfigurationError(f"{name} has a key that is not text: {describe(key)}")
    return strict_text(key, f"a key of {name}")


def describe(value: Any) -> str:
    """Return the kind of a value, and short values themselves; long ones may hold secrets such as signed URLs."""
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int) and value.bit_length() > MAX_INTEGER_BITS:
        return "an integer of too many digits"
    if isinstance(value, (int, float)):
        return f"{type(value).__name__} {value!r}"
    return f"a value of type {type(value).__name__}"
