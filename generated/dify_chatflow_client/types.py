"""Shared types of the client, and how JSON values become models and back"""

from __future__ import annotations

import datetime
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
    TypeGuard,
    TypeVar,
    cast,
    final,
)
from urllib.parse import quote

from attrs import define, frozen

if TYPE_CHECKING:
    import httpx

P = ParamSpec("P")
T = TypeVar("T")


@final
class Unset:
    """The type of UNSET, which stands for a key that is not there"""

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
    """A file on its way to the server, or a binary body that came from it"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The file as httpx takes it in multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


class Model:
    """What all generated models share: writing themselves, and the keys the document does not name"""

    __slots__ = ()

    additional_properties: dict[str, Any]
    json_names: ClassVar[Mapping[str, str]] = {}

    def to_dict(self) -> dict[str, Any]:
        """The JSON object: keys that are not set are left out, unknown keys are kept"""
        named = {name: getattr(self, attribute) for attribute, name in self.json_names.items()}
        written = {name: write(value) for name, value in named.items() if value is not UNSET}
        return written | {name: write(value) for name, value in self.additional_properties.items()}

    def to_multipart(self) -> RequestFiles:
        """The parts of a multipart/form-data body"""
        return [
            (name, value.to_tuple() if isinstance(value, File) else (None, str(value).encode(), "text/plain"))
            for attribute, name in self.json_names.items()
            if (value := getattr(self, attribute)) is not UNSET
        ]

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


class MappingModel(dict[str, T]):
    """An object whose keys the document leaves open: a dict that reads and writes itself like a model"""

    @property
    def additional_properties(self) -> dict[str, T]:
        return self

    def to_dict(self) -> dict[str, Any]:
        """The JSON object"""
        return {name: write(value) for name, value in self.items()}


def write(value: Any) -> Any:
    """The JSON form of a model's value"""
    if isinstance(value, (Model, MappingModel)):
        return cast("Model", value).to_dict()
    if is_list(value):
        return [write(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, File):
        return value.to_tuple()
    return value


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
    """What httpx builds the request from; arguments that are not set, or null, stay out"""
    if path:
        url = url.format_map({name: quote(str(value), safe="") for name, value in path.items()})
    request: dict[str, Any] = {"method": method, "url": url}
    if params is not None:
        request["params"] = flat(params)
    # Unlike in a query, httpx takes nothing but text here.
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
    """Arguments as they are sent: the fields of an object are arguments of their own"""
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
    """Whether a JSON value is an array"""
    return isinstance(value, list)


def read_object(parse: Callable[[dict[str, Any]], Any], value: Any) -> Any:
    """The parsed object; what is no object (null, a missing key) stays as it is"""
    return parse(cast("dict[str, Any]", value)) if isinstance(value, dict) else value


def read_list(parse: Callable[[Any], Any], value: Any) -> Any:
    """The list with parsed objects; what is no list stays as it is"""
    return [parse(item) for item in value] if is_list(value) else value


def read_objects(parse: Callable[[dict[str, Any]], Any], value: Any) -> Any:
    """The list with its objects parsed; what is no object, or no list, stays as it is"""
    return [read_object(parse, item) for item in value] if is_list(value) else value


def read_first(value: Any, *parsers: Callable[[Any], Any]) -> Any:
    """What the first parser that accepts the object makes of it; what none accepts stays as it is"""
    if isinstance(value, dict):
        for parse in parsers:
            try:
                return parse(cast("dict[str, Any]", value))
            except (TypeError, ValueError, AttributeError, KeyError):
                continue
    return cast("Any", value)


def read_constant(value: Any, constant: T) -> T:
    """The constant, or an error where the payload is of another kind"""
    if value != constant:
        raise ValueError(f"expected {constant!r}, got {value!r}")
    return constant


def read_closed(names: Mapping[str, str], source: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object itself, or an error where it has a key the document rules out"""
    if unknown := source.keys() - names.values():
        raise ValueError(f"unknown keys {sorted(unknown)}")
    return source


def read_datetime(value: Any) -> Any:
    """An ISO 8601 date-time; without an offset it is UTC. What is none stays as it is"""
    if not isinstance(value, str):
        return value
    from dateutil.parser import isoparse  # noqa: PLC0415

    try:
        moment = isoparse(value)
    except ValueError:
        return value
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def read_date(value: Any) -> Any:
    """An ISO 8601 date. What is none stays as it is"""
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def read_file(value: Any) -> Any:
    """A binary body as a file. What is no bytes stays as it is"""
    return File(payload=BytesIO(value)) if isinstance(value, bytes) else value


def read_error(parse: Callable[[dict[str, Any]], T], response: httpx.Response) -> T | None:
    """The error body; None where something in front of the server answered with anything but a JSON object"""
    try:
        body = response.json()
    except ValueError:
        return None
    return parse(cast("dict[str, Any]", body)) if isinstance(body, dict) else None


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


@frozen
class Operation(Generic[P, T]):
    """One operation of the document: how to ask for it, and how to read its success"""

    id: str
    method: str
    path: str
    request: Callable[P, dict[str, Any]]
    read: Callable[[httpx.Response], T]


__all__ = ["UNSET", "File", "FileTypes", "MappingModel", "Model", "Operation", "RequestFiles", "Response", "Unset"]
