"""Types that all modules share, and the conversion between JSON values and models"""

# The functions here work with the attributes of Model, whose names are private so that no key can have the same.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, BinaryIO, ClassVar, Generic, ParamSpec, Self, TypeGuard, TypeVar, cast
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx

P = ParamSpec("P")
T = TypeVar("T")

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]


class File:
    """File to upload, or a binary response body

    Attributes:
        payload: The content, opened in binary mode.
        file_name: Name of the file.
        mime_type: Its media type.
    """

    __slots__ = ("file_name", "mime_type", "payload")

    def __init__(self, payload: BinaryIO, file_name: str | None = None, mime_type: str | None = None) -> None:
        self.payload = payload
        self.file_name = file_name
        self.mime_type = mime_type

    def to_tuple(self) -> FileTypes:
        """Return the file as a part of multipart/form-data for httpx"""
        return self.file_name, self.payload, self.mime_type

    def __repr__(self) -> str:
        return f"File(file_name={self.file_name!r}, mime_type={self.mime_type!r})"


class Model:
    """Base of the generated models: attributes for the declared keys of a JSON object, and access by any key

    An attribute is None for a key that is missing or null. Access by key, iteration and `to_dict` cover the keys that
    were received, also undeclared ones, and those of attributes that were set.
    """

    # The object as it was received, which has the keys that were null rather than missing; another value in place of an object; or
    # the required keys of a model that was not parsed.
    __slots__ = ("_extra", "_received")

    _attributes: ClassVar[Mapping[str, str]] = {}
    _extra: dict[str, Any] | None
    _received: Any

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Parse a JSON object"""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object with the keys that were received or set"""
        received = received_keys(self)
        return {key: write(self[key], received.get(key)) for key in self.keys()}

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the JSON object as text"""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_multipart(self) -> RequestFiles:
        """Return the parts of a multipart/form-data body; each item of a list is a part"""
        values = ((key, self[key]) for key in self.keys())
        return [(key, to_part(item)) for key, value in values for item in (value if is_list(value) else [value])]

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Values of undeclared keys"""
        if self._extra is None:
            received = received_keys(self)
            self._extra = {key: value for key, value in received.items() if key not in self._attributes}
        return self._extra

    @additional_properties.setter
    def additional_properties(self, values: dict[str, Any]) -> None:
        self._extra = values

    @property
    def additional_keys(self) -> list[str]:
        """Undeclared keys"""
        return list(self.additional_properties)

    def keys(self) -> list[str]:
        """Return the keys of the JSON object"""
        received, extra = received_keys(self), self.additional_properties
        keys = [key for key in received if key in self._attributes or key in extra]
        keys += [key for key in self._attributes if key not in received and key in self]
        return keys + [key for key in extra if key not in received]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key; the default without the key"""
        return self[key] if key in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, key: object) -> bool:
        name = self._attributes.get(cast("str", key))
        if name is None:
            return key in self.additional_properties
        return key in received_keys(self) or is_set(getattr(self, name))

    def __getitem__(self, key: str) -> Any:
        if key not in self._attributes:
            return self.additional_properties[key]
        if key not in self:
            raise KeyError(key)
        return getattr(self, self._attributes[key])

    def __setitem__(self, key: str, value: Any) -> None:
        if key not in self._attributes:
            self.additional_properties[key] = value
            return
        setattr(self, self._attributes[key], value)
        self._received = {**received_keys(self), key: value}

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and bool(write(self) == write(other))

    __hash__ = None  # type: ignore[assignment]  # models are mutable

    def __repr__(self) -> str:
        return show(self)


def json_keys(model: type[Model]) -> Mapping[str, str]:
    """Return the declared keys of a model, by attribute"""
    return {name: key for key, name in model._attributes.items()}


def received_keys(model: Model) -> Mapping[str, Any]:
    """Return the object that a model was parsed from; an empty one for another value"""
    received = model._received
    return cast("Mapping[str, Any]", received) if isinstance(received, Mapping) else {}


def is_set(value: Any) -> bool:
    """Return whether an attribute whose key was not received has a value: not None, and not an object without keys"""
    return bool(value.keys()) if isinstance(value, Model) else value is not None


# Keys whose values give access, such as that of a form; no repr shows them.
SECRETS = frozenset({"access_token", "api_key", "form_token", "password", "secret", "token"})
# The longest text and container in a repr, by the number of containers around it.
_SHOWN = ((60, 60), (40, 6), (20, 3))


def show(value: Any, depth: int = 0) -> str:
    """Return the repr of a value: that of a model shows what is not None, without secrets, and shortens long values"""
    length, count = _SHOWN[min(depth, len(_SHOWN) - 1)]
    if isinstance(value, str):
        return repr(value) if len(value) <= length else f"{value[:length]!r}…"
    if isinstance(value, Model):
        attributes = {name: getattr(value, name) for name in value._attributes.values()}
        pairs = [
            (f"{name}=", name, found)
            for name, found in (attributes | value.additional_properties).items()
            if is_set(found)
        ]
        opening, closing = f"{type(value).__name__}(", ")"
    elif is_object(value):
        pairs = [(f"{name!r}: ", name, found) for name, found in value.items()]
        opening, closing = "{", "}"
    elif is_list(value):
        pairs = [("", "", item) for item in value]
        opening, closing = "[", "]"
    else:
        return repr(value)
    if depth == len(_SHOWN) and pairs:
        return f"{opening}…{closing}"
    shown = [
        label + ("'…'" if key in SECRETS and found else show(found, depth + 1)) for label, key, found in pairs[:count]
    ]
    return opening + ", ".join([*shown, "…"] if len(pairs) > count else shown) + closing


class MappingModel(dict[str, T]):
    """JSON object with arbitrary keys: a dict with the interface of a model"""

    @property
    def additional_properties(self) -> dict[str, T]:
        """The dict itself"""
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object"""
        return {name: write(value) for name, value in self.items()}

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the JSON object as text"""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        return repr({name: "…" if name in SECRETS and value else value for name, value in self.items()})


def write(value: Any, received: Any = None) -> Any:
    """Return the JSON value of a model or of an attribute; a time in the form in which it was received"""
    if isinstance(value, Model):
        replaced = value._received
        return value.to_dict() if isinstance(replaced, Mapping) or value.keys() else replaced
    if isinstance(value, MappingModel):
        return value.to_dict()
    if is_list(value):
        return [write(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return received if value in (read_datetime(received), read_date(received)) else value.isoformat()
    if isinstance(value, File):
        return value.to_tuple()
    return value


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
    body: Any = None,
    kind: str = "json",
    content_type: str = "",
) -> dict[str, Any]:
    """Return the arguments for httpx's `request`, without parameters that are None"""
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
    if body is not None:
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
        elif written is not None:
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


def is_object(value: Any) -> TypeGuard[dict[Any, Any]]:
    """Return True if a JSON value is an object"""
    return isinstance(value, dict)


def read_object(parse: Callable[[dict[str, Any]], Any], value: Any) -> Any:
    """Parse an object; return other values, such as null, unchanged"""
    return parse(cast("dict[str, Any]", value)) if isinstance(value, dict) else value


M = TypeVar("M", bound="Model")


def read_part(model: type[M], value: Any) -> M:
    """Parse an object; return an object without values for anything else, which `to_dict` restores"""
    if isinstance(value, dict):
        return model.from_dict(cast("dict[str, Any]", value))
    empty = model.from_dict({})
    empty._received = value
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


def refuse_constant(value: Any, constant: Any) -> None:
    """Raise ValueError for a value that is not the constant"""
    raise ValueError(f"expected {constant!r}, got {value!r}")


def read_closed(model: type[Model], source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object unchanged; raise ValueError for a key that the document excludes"""
    if unknown := source.keys() - model._attributes.keys():
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


def to_datetime(value: Any) -> datetime.datetime | None:
    """Return a time in Unix seconds as a datetime in UTC; None for what is no such time"""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        return datetime.datetime.fromtimestamp(value, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return None


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


class Response(Generic[T]):
    """Response of an endpoint

    Attributes:
        status_code: The HTTP status.
        content: The body.
        headers: The headers.
        parsed: The parsed body; None if the document declares none.
    """

    __slots__ = ("content", "headers", "parsed", "status_code")

    def __init__(self, status_code: int, content: bytes, headers: MutableMapping[str, str], parsed: T | None) -> None:
        self.status_code = status_code
        self.content = content
        self.headers = headers
        self.parsed = parsed

    def __repr__(self) -> str:
        return f"Response(status_code={self.status_code}, parsed={self.parsed!r})"


class Operation(Generic[P, T]):
    """Operation of the document, with the functions that build its request and parse its success

    Attributes:
        id: Its `operationId`.
        method: HTTP method.
        path: Path with the names of its parameters.
        request: Function that returns the arguments for httpx's `request`.
        read: Function that parses a successful response.
    """

    __slots__ = ("id", "method", "path", "read", "request")

    def __init__(
        self, id: str, method: str, path: str, request: Callable[P, dict[str, Any]], read: Callable[[httpx.Response], T]
    ) -> None:
        self.id = id
        self.method = method
        self.path = path
        self.request = request
        self.read = read

    def __repr__(self) -> str:
        return f"Operation({self.method} {self.path})"


__all__ = ["File", "FileTypes", "MappingModel", "Model", "Operation", "RequestFiles", "Response", "json_keys"]
