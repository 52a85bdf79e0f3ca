"""A client's settings: read from arguments and environment, checked once, shown without the key."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from inspect import isawaitable
from typing import Any, TypeAlias, cast
from uuid import UUID

from dify_chatflow._arguments import end_user
from dify_chatflow._base_url import parse_base_url, warn_of_plain_http
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._limits import (
    DEFAULT_TIMEOUT,
    MAX_RESPONSE_SIZE,
    FourTimeouts,
    four_timeouts,
    parse_retries,
    parse_size,
    parse_timeout,
)
from dify_chatflow._middleware import parse_middleware
from dify_chatflow._secrets import remember_key

APIKey: TypeAlias = str | Callable[[], str]
"""The key, or a function that returns it."""
AsyncAPIKey: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""The key, or a function, perhaps an async one, that returns it."""

# The names of headers that RFC 9110 allows, and the values that the HTTP library can send.
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")
# Headers that frame the body, whose wrong values break the connection.
MANAGED_HEADERS = frozenset({"content-length", "transfer-encoding"})


class Secret(str):
    """Text that is sent but not shown: debuggers and error reporters print the repr of local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass
class FormCache:
    """The `InputForm` of an app, and the time of the monotonic clock until which it is used."""

    form: Any = None
    expires: float = 0.0


@dataclass(frozen=True)
class Config:
    """The settings of a client, without its connections; a header that is None is not sent."""

    api_key: Secret | Callable[[], Any]
    base_url: str
    user: str | None = None
    timeout: float | FourTimeouts | None = None
    max_retries: int = 2
    headers: Mapping[str, Secret | None] = field(default_factory=dict[str, "Secret | None"])
    max_response_size: int = MAX_RESPONSE_SIZE
    middleware: tuple[Any, ...] = ()
    validate_inputs: bool = False
    has_chosen_timeout: bool = True
    form_cache: FormCache = field(default_factory=FormCache, repr=False, compare=False)

    def url(self, path: str) -> str:
        """Return the URL of a path of the document."""
        return self.base_url + path

    def user_or_default(self, user: str | None) -> str | None:
        """Return the end user of a call: its own, or the client's."""
        return user if user is not None else self.user

    def required_user(self, user: str | None) -> str:
        """Return the end user of a call that requires one.

        Raises:
            ConfigurationError: Neither the call nor the client names one.

        """
        chosen = self.user_or_default(user)
        if not chosen:
            raise ConfigurationError(
                "this call needs an end user: pass user='...', or give the client a default, Chatflow(user='...')"
            )
        return chosen

    def with_changes(self, changes: Mapping[str, Any]) -> Config:
        """Return a copy with the given settings, as the client takes them; headers are added to the existing ones.

        Raises:
            ConfigurationError: A setting is invalid.

        """
        parsed: dict[str, Any] = {name: PARSERS[name](value) for name, value in changes.items()}
        if "headers" in parsed:
            parsed["headers"] = {**self.headers, **parsed["headers"]}
        if "timeout" in parsed:
            parsed["has_chosen_timeout"] = True
        if "base_url" in parsed or "api_key" in parsed:  # perhaps another app
            parsed["form_cache"] = FormCache()
        if "base_url" in parsed:
            warn_of_plain_http(parsed["base_url"])
        return replace(self, **parsed)

    def timeout_arguments(self, *, has_own_timeout: bool) -> dict[str, Any]:
        """Return the `timeout` argument of a request; none where the caller's own HTTP client decides."""
        return {} if has_own_timeout and not self.has_chosen_timeout else {"timeout": four_timeouts(self.timeout)}

    def limited(self, seconds: float) -> Config:
        """Return a copy whose timeouts are at most this long."""
        limits = four_timeouts(self.timeout) or (None,) * 4
        connect, read, write, pool = (seconds if limit is None else min(limit, seconds) for limit in limits)
        return replace(self, timeout=(connect, read, write, pool), has_chosen_timeout=True)

    def picklable_settings(self) -> dict[str, Any]:
        """Return the settings that a pickle holds: never the key, and never a header, which may hold a secret.

        Raises:
            TypeError: A setting cannot be pickled.

        """
        if self.middleware or not isinstance(self.api_key, Secret):
            name = "middleware" if self.middleware else "a function as api_key"
            raise TypeError(f"cannot pickle a client with {name}; create the client in the other process")
        known = environment_headers()
        own = [name for name, value in self.headers.items() if name not in known or known[name] != value]
        if own:
            raise TypeError(
                f"cannot pickle a client with its own headers, which may hold secrets: {', '.join(own)}; "
                "create the client in the other process"
            )
        return {
            "base_url": self.base_url,
            "user": self.user,
            "timeout": self.timeout,
            "max_retries": self.max_retries,
            "max_response_size": self.max_response_size,
            "validate_inputs": self.validate_inputs,
        }


def parse_headers(value: object) -> dict[str, Secret | None]:
    """Return the headers with their names in lower case, so that each occurs once; None removes a header.

    Raises:
        ConfigurationError: A header cannot be sent; the message holds its name, never its value.

    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigurationError(
            f"headers must be a mapping of names to values, not {type(value).__name__}; "
            "pass headers={'X-Team': 'bikes'}"
        )
    headers: dict[str, Secret | None] = {}
    for key, content in cast("Mapping[object, object]", value).items():
        name, text = str(key).lower(), None if content is None else str(content)
        if not isinstance(key, str) or not HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"invalid header name: {key!r}")
        if name in MANAGED_HEADERS:
            raise ConfigurationError(f"the header {name} cannot be set: it is computed for each request; leave it out")
        if content is not None and not isinstance(content, (str, int, float, UUID)):
            raise ConfigurationError(f"the value of header {name} must be text, not {type(content).__name__}")
        if text is not None and not HEADER_VALUE.fullmatch(text):
            raise ConfigurationError(f"the value of header {name} holds characters that cannot be sent; encode it")
        headers[name] = None if text is None else Secret(text)
    return headers


def read_config(**settings: Any) -> Config:
    """Return the settings as the client takes them, then from the environment.

    Raises:
        ConfigurationError: The key is missing, or a setting is invalid.

    """
    has_chosen_timeout = settings["timeout"] is not DEFAULT_TIMEOUT
    parsed = {name: PARSERS[name](value) for name, value in settings.items()}
    parsed["headers"] = environment_headers() | parsed["headers"]
    warn_of_plain_http(parsed["base_url"])
    return Config(**parsed, has_chosen_timeout=has_chosen_timeout)


def environment_headers() -> dict[str, Secret | None]:
    """Return the headers of the environment variable `DIFY_HEADERS`: one a line, as `Name: value`.

    Raises:
        ConfigurationError: The variable is invalid; the message holds no value.

    """
    headers: dict[str, str] = {}
    for number, line in enumerate(os.environ.get("DIFY_HEADERS", "").splitlines(), 1):
        name, colon, value = line.partition(":")
        if not colon and line.strip():
            raise ConfigurationError(
                f"the environment variable DIFY_HEADERS has no colon in line {number}; write one 'Name: value' a line"
            )
        if colon:
            headers[name.strip()] = value.strip()
    try:
        return parse_headers(headers)
    except ConfigurationError as error:
        raise ConfigurationError(f"the environment variable DIFY_HEADERS is invalid: {error}") from None


def parse_key_source(value: object) -> Secret | Callable[[], Any]:
    """Return the key, or the function that returns it, in a form whose repr shows nothing.

    Raises:
        ConfigurationError: The key is missing or cannot be sent.

    """
    if callable(value) and not hasattr(value, "get_secret_value"):
        return lambda: value()  # noqa: PLW0108 - the repr of a partial function shows its arguments
    return parse_api_key(value)


def read_key(source: Secret | Callable[[], Any]) -> Secret:
    """Return the key for one attempt."""
    return source if isinstance(source, Secret) else parse_api_key(source())


async def async_read_key(source: Secret | Callable[[], Any]) -> Secret:
    """Return the key for one attempt; its function may be async."""
    if isinstance(source, Secret):
        return source
    key = source()
    return parse_api_key(await key if isawaitable(key) else key)


def parse_api_key(value: object) -> Secret:
    """Return the key from text, or from an object that reveals it by `get_secret_value()`; None reads `DIFY_API_KEY`.

    Raises:
        ConfigurationError: The key is missing or cannot be sent.

    """
    reveal = getattr(value, "get_secret_value", None)
    text: object = os.environ.get("DIFY_API_KEY", "") if value is None else reveal() if callable(reveal) else value
    if not isinstance(text, str):
        raise ConfigurationError(f"api_key must be text, not {type(text).__name__}; pass api_key='app-...'")
    key = Secret(text.strip())
    if not key:
        raise ConfigurationError("missing API key: pass api_key='app-...' or set the environment variable DIFY_API_KEY")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigurationError("invalid API key: it holds spaces or characters that a header cannot; copy it again")
    remember_key(key)
    return key


def parse_validate_inputs(value: object) -> bool:
    """Return whether inputs are checked.

    Raises:
        ConfigurationError: The value is not a boolean.

    """
    if not isinstance(value, bool):
        raise ConfigurationError(f"validate_inputs must be True or False; got {value!r:.80}")
    return value


# The functions that read the settings, by name.
PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "api_key": parse_key_source,
    "base_url": parse_base_url,
    "user": lambda value: None if value is None else end_user(value),
    "timeout": parse_timeout,
    "max_retries": parse_retries,
    "headers": parse_headers,
    "max_response_size": parse_size,
    "middleware": parse_middleware,
    "validate_inputs": parse_validate_inputs,
}
