"""A client's settings: read from arguments and environment, checked once, shown without the key."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._transport import Timeout

DEFAULT_BASE_URL = "https://api.dify.ai/v1"
# Connecting is quick or fails; a blocking run and the silence between two chunks can take minutes.
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 300.0

FourTimeouts = tuple[float | None, float | None, float | None, float | None]
TimeoutTypes: TypeAlias = float | FourTimeouts | Timeout | None
"""Seconds for everything, or (connect, read, write, pool) in seconds, or httpx's own; None waits without limit."""

DEFAULT_TIMEOUT: TimeoutTypes = (CONNECT_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT)

# The names of headers that RFC 9110 allows, and the values that the HTTP library can send.
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")


class Secret(str):
    """Text that is sent but not shown: debuggers and error reporters print the repr of local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass(frozen=True)
class Config:
    """The settings of a client, without its connections."""

    api_key: Secret
    base_url: str
    user: str | None = None
    timeout: float | FourTimeouts | None = None
    has_own_timeout: bool = True
    max_retries: int = 2
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

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

    def with_changes(self, **changes: object) -> Config:
        """Return a copy with the given settings; headers are added to the existing ones."""
        known: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
        if "headers" in known:
            known["headers"] = {**self.headers, **parse_headers(known["headers"])}
        return validate(replace(self, **known))

    def with_timeout(self, timeout: TimeoutTypes) -> Config:
        """Return a copy with another timeout, which may be None."""
        return replace(self, timeout=parse_timeout(timeout), has_own_timeout=True)

    def timeout_arguments(self, *, is_own_client: bool) -> dict[str, Any]:
        """Return the `timeout` argument of a request; none where the caller's own HTTP client decides."""
        return {"timeout": four_timeouts(self.timeout)} if is_own_client or self.has_own_timeout else {}

    def picklable_settings(self) -> dict[str, Any]:
        """Return the settings that a pickle holds: never the key, and never a header, which may hold a secret."""
        if self.headers:
            names = ", ".join(self.headers)
            raise TypeError(
                f"cannot pickle a client with its own headers, which may hold secrets: {names}; "
                "create the client in the other process"
            )
        return {
            "base_url": self.base_url,
            "user": self.user,
            "timeout": self.timeout,
            "max_retries": self.max_retries,
        }


def four_timeouts(timeout: float | FourTimeouts | None) -> FourTimeouts | None:
    """Return a timeout as (connect, read, write, pool); a number limits each, and connecting stays quick."""
    if isinstance(timeout, (int, float)):
        return (min(CONNECT_TIMEOUT, timeout), timeout, timeout, timeout)
    return timeout


def parse_headers(value: object) -> Mapping[str, str]:
    """Return the headers with their names in lower case, so that each occurs once.

    Raises:
        ConfigurationError: A header cannot be sent; the message holds its name, never its value.

    """
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"headers must be a mapping of names to values, not {type(value).__name__}")
    headers = {str(name).lower(): Secret(text) for name, text in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    for name, text in headers.items():
        if not HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"invalid header name: {name!r}")
        if not HEADER_VALUE.fullmatch(text):
            raise ConfigurationError(f"the value of header {name} holds characters that cannot be sent; encode it")
    return headers


def parse_timeout(value: TimeoutTypes) -> float | FourTimeouts | None:
    """Return a timeout as a number or four of them.

    Raises:
        ConfigurationError: The value is not a timeout.

    """
    if all(hasattr(value, name) for name in ("connect", "read", "write", "pool")):
        four = cast("Timeout", value)
        value = (four.connect, four.read, four.write, four.pool)
    limits = value if isinstance(value, tuple) else (value,) * 4
    if len(limits) != 4 or not all(map(is_limit, limits)):  # noqa: PLR2004
        raise ConfigurationError(
            f"timeout must be a positive number, a (connect, read, write, pool) tuple, or None; got {value!r}"
        )
    return cast("float | FourTimeouts | None", value)


def is_limit(value: object) -> bool:
    """Return whether a value is a positive number of seconds, or None for no limit."""
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0)


def read_config(
    api_key: str | None,
    base_url: str | None,
    user: str | None,
    timeout: TimeoutTypes,
    max_retries: int,
    headers: Mapping[str, str] | None,
    *,
    has_own_timeout: bool,
) -> Config:
    """Return the settings from arguments, then from `DIFY_API_KEY` and `DIFY_BASE_URL`.

    Raises:
        ConfigurationError: The key is missing, or a setting is invalid.

    """
    key = Secret((api_key if api_key is not None else os.environ.get("DIFY_API_KEY", "")).strip())
    if not key:
        raise ConfigurationError("missing API key: pass api_key='app-...' or set the environment variable DIFY_API_KEY")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigurationError("invalid API key: it holds spaces or characters that a header cannot; copy it again")
    url = str(base_url or os.environ.get("DIFY_BASE_URL") or DEFAULT_BASE_URL).strip().rstrip("/")
    limits = parse_timeout(timeout)
    return validate(Config(key, url, user, limits, has_own_timeout, max_retries, parse_headers(headers or {})))


def validate(config: Config) -> Config:
    """Return the same settings.

    Raises:
        ConfigurationError: The base URL or the number of retries is invalid.

    """
    check_base_url(config.base_url)
    if not isinstance(config.max_retries, int) or config.max_retries < 0:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"max_retries must be an integer of at least 0; got {config.max_retries!r}")
    return config


def check_base_url(base_url: str) -> None:
    """Raise ConfigurationError unless the URL can be the API's."""
    try:
        parts = urlsplit(base_url)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete, parts = False, urlsplit("")
    if "@" in parts.netloc:
        raise ConfigurationError("invalid base URL: it holds a user name or a password; the API key is enough")
    if not is_complete or " " in base_url:
        raise ConfigurationError(
            f"invalid base URL, without scheme, host or valid port: {base_url!r}; "
            "pass base_url='https://your-dify/v1' or set DIFY_BASE_URL"
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(f"invalid base URL, with a query or a fragment: {base_url!r}; end it with its path")
