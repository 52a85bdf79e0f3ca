"""Types that all modules share, and the conversion between JSON values and models"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, MutableMapping
from io import BytesIO
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    BinaryIO,
    ClassVar,
    Generic,
    Literal,
    ParamSpec,
    Self,
    TypeGuard,
    TypeVar,
    cast,
    final,
)
from urllib.parse import quote

from attrs import define, fields, frozen

if TYPE_CHECKING:
    import httpx
    from attrs import AttrsInstance

P = ParamSpec("P")
T = TypeVar("T")


@final
class Unset:
    """Type of UNSET, the value of a missing key"""

    _instance: ClassVar[Unset | None] = None

    def __new__(cls) -> Unset:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> tuple[type[Unset], tuple[()]]:
        return Unset, ()


UNSET: Unset = Unset()

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """File to upload, or a binary response body"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return the file as a part of multipart/form-data for httpx"""
        return self.file_name, self.payload, self.mime_type


class Model:
    """Base of the generated models: conversion to JSON, and access to keys that the document does not declare

    Attributes:
        additional_properties: Values of undeclared keys.
        json_names: Keys whose attributes have another name, by attribute.
    """

    __slots__ = ()

    additional_properties: dict[str, Any]
    json_names: ClassVar[Mapping[str, str]] = {}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, without missing keys and with undeclared ones"""
        declared = {key: getattr(self, attribute) for attribute, key in json_keys(type(self)).items()}
        written = {key: write(value) for key, value in declared.items() if not is_missing(value)}
        return written | {name: write(value) for name, value in self.additional_properties.items()}

    def to_multipart(self) -> RequestFiles:
        """Return the parts of a multipart/form-data body; each item of a list is a part"""
        declared = {key: getattr(self, attribute) for attribute, key in json_keys(type(self)).items()}
        return [
            (key, to_part(item))
            for key, value in {**declared, **self.additional_properties}.items()
            if not is_missing(value)
            for item in (value if is_list(value) else [value])
        ]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Parse a JSON object"""
        raise NotImplementedError

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


_KEYS: dict[Any, Mapping[str, str]] = {}


def json_keys(model: type[Model]) -> Mapping[str, str]:
    """Return the declared keys of a model, by attribute"""
    keys = _KEYS.get(model)
    if keys is None:
        attributes = [field.name for field in fields(cast("type[AttrsInstance]", model)) if field.init]
        keys = _KEYS[model] = {name: model.json_names.get(name, name) for name in attributes}
    return keys


class MappingModel(dict[str, T]):
    """JSON object with arbitrary keys: a dict with the interface of a model"""

    @property
    def additional_properties(self) -> dict[str, T]:
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object"""
        return {name: write(value) for name, value in self.items()}


def write(value: Any) -> Any:
    """Return the JSON value of a model or of one of its attributes"""
    if isinstance(value, Model):
        replaced = value.additional_properties
        return replaced.value if isinstance(replaced, Replaced) else value.to_dict()
    if isinstance(value, MappingModel):
        return value.to_dict()
    if is_list(value):
        return [write(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, File):
        return value.to_tuple()
    return value


def is_missing(value: Any) -> bool:
    """Return True for the value of a missing key"""
    if isinstance(value, Model):
        return isinstance(value.additional_properties, Replaced) and value.additional_properties.value is UNSET
    return value is UNSET


def to_part(value: Any) -> FileTypes:
    """Return a value as a part of multipart/form-data: files as they are, text as text, objects as JSON"""
    if isinstance(value, File):
        return value.to_tuple()
    written = write(value)
    if isinstance(written, str):
        return None, written.encode(), "text/plain"
    kind = "application/json" if isinstance(written, (dict, list)) else "text/plain"
    return None, json.dumps(written, ensure_ascii=False).encode(), kind


def build_request(
    method: str,
    url: str,
    *,
    path: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, Any] | None = None,
    cookies: Mapping[str, Any] | None = None,
    body: Any = UNSET,
    kind: str = "json",
    content_type: str = "",
) -> dict[str, Any]:
    """Return the arguments for httpx's `request`, without parameters that are missing or None"""
    if path:
        url = url.format_map({name: quote(str(value), safe="") for name, value in path.items()})
    request: dict[str, Any] = {"method": method, "url": url}
    if params is not None:
        request["params"] = flat(params)
    # Unlike query parameters, header values have to be text.
    sent = {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in flat(headers).items()
    }
    if cookies is not None:
        request["cookies"] = {name: str(value) for name, value in flat(cookies).items()}
    if body is not UNSET:
        request[kind] = _BODIES[kind](body)
        if kind != "files":
            sent["Content-Type"] = content_type
    return request | {"headers": sent} if sent else request


def flat(arguments: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return parameters in their JSON form; the fields of an object are separate parameters"""
    sent: dict[str, Any] = {}
    for name, value in (arguments or {}).items():
        written = write(value)
        if isinstance(written, dict):
            sent.update(cast("dict[str, Any]", written))
        elif written is not UNSET and written is not None:
            sent[name] = written
    return sent


_BODIES: Mapping[str, Callable[[Any], Any]] = {
    "json": write,
    "data": write,
    "files": lambda body: body.to_multipart(),
    "content": lambda body: body.payload,
}


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return True if a JSON value is an array"""
    return isinstance(value, list)


def read_object(parse: Callable[[dict[str, Any]], Any], value: Any) -> Any:
    """Parse an object; return other values, such as null, unchanged"""
    return parse(cast("dict[str, Any]", value)) if isinstance(value, dict) else value


class Replaced(dict[str, Any]):
    """Undeclared keys of an object that replaces another value, which is kept"""

    __slots__ = ("value",)

    def __init__(self, value: Any = UNSET) -> None:
        super().__init__()
        self.value = value

    def __reduce__(self) -> tuple[type[Replaced], tuple[Any]]:
        return Replaced, (self.value,)


M = TypeVar("M", bound="Model")


def read_part(model: type[M], value: Any) -> M:
    """Parse an object; return an object without values for anything else, which `to_dict` restores"""
    if isinstance(value, dict):
        return model.from_dict(cast("dict[str, Any]", value))
    empty = model.from_dict({})
    empty.additional_properties = Replaced(value)
    return empty


def read_list(parse: Callable[[Any], Any], value: Any) -> Any:
    """Parse the items of a list; return other values unchanged"""
    return [parse(item) for item in value] if is_list(value) else value


def read_objects(parse: Callable[[dict[str, Any]], Any], value: Any) -> Any:
    """Parse the objects of a list; return other values unchanged"""
    return [read_object(parse, item) for item in value] if is_list(value) else value


def read_first(value: Any, *parsers: Callable[[Any], Any]) -> Any:
    """Parse an object with the first parser that accepts it; return it unchanged if none does"""
    if isinstance(value, dict):
        for parse in parsers:
            try:
                return parse(cast("dict[str, Any]", value))
            except (TypeError, ValueError, AttributeError, KeyError):
                continue
    return cast("Any", value)


def read_constant(value: Any, constant: T) -> T:
    """Return the constant; raise ValueError for another value"""
    if value != constant:
        raise ValueError(f"expected {constant!r}, got {value!r}")
    return constant


def read_closed(model: type[Model], source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object unchanged; raise ValueError for a key that the document excludes"""
    if unknown := source.keys() - json_keys(model).values():
        raise ValueError(f"unknown keys {sorted(unknown)}")
    return source


def read_datetime(value: Any) -> Any:
    """Parse an ISO 8601 date-time, in UTC without an offset; return other values unchanged"""
    if not isinstance(value, str):
        return value
    from dateutil.parser import isoparse  # noqa: PLC0415

    try:
        moment = isoparse(value)
    except ValueError:
        return value
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def read_date(value: Any) -> Any:
    """Parse an ISO 8601 date; return other values unchanged"""
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def read_file(value: Any) -> Any:
    """Return a binary body as a file, and other values unchanged"""
    return File(payload=BytesIO(value)) if isinstance(value, bytes) else value


def read_error(parse: Callable[[dict[str, Any]], T], response: httpx.Response) -> T | None:
    """Parse an error; return None for a body that is not a JSON object, such as a proxy's HTML"""
    try:
        body = response.json()
    except ValueError:
        return None
    return parse(cast("dict[str, Any]", body)) if isinstance(body, dict) else None


@define
class Response(Generic[T]):
    """Response of an endpoint"""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


@frozen
class Operation(Generic[P, T]):
    """Operation of the document, with the functions that build its request and parse its success"""

    id: str
    method: str
    path: str
    request: Callable[P, dict[str, Any]]
    read: Callable[[httpx.Response], T]


__all__ = [
    "UNSET",
    "File",
    "FileTypes",
    "MappingModel",
    "Model",
    "Operation",
    "RequestFiles",
    "Response",
    "Unset",
    "json_keys",
]
