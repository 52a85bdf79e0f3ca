"""A client's settings: read from arguments and environment, checked once, shown without the key."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import urlsplit

from dify_chatflow._errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

DEFAULT_BASE_URL = "https://api.dify.ai/v1"
# Connecting is quick or fails; a blocking run and the silence between two chunks can take minutes.
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 300.0

FourTimeouts = tuple[float | None, float | None, float | None, float | None]
TimeoutTypes: TypeAlias = "float | FourTimeouts | httpx.Timeout | None"
"""Seconds for everything, or (connect, read, write, pool) in seconds, or httpx's own; None waits without limit."""

DEFAULT_TIMEOUT: TimeoutTypes = (CONNECT_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT)


# What RFC 9110 allows in a header's name, and what the HTTP library can send as its value.
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")


class Secret(str):
    """Text that is sent but not shown: debuggers and error reporters print the repr of local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass(frozen=True)
class Config:
    """What a client knows besides its connections."""

    api_key: Secret
    base_url: str
    user: str | None = None
    timeout: float | FourTimeouts | None = None
    has_own_timeout: bool = True
    max_retries: int = 2
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def url(self, path: str) -> str:
        """The address of a path of the document."""
        return self.base_url + path

    def user_or_default(self, user: str | None) -> str | None:
        """The end user of a call: its own, or the client's."""
        return user if user is not None else self.user

    def required_user(self, user: str | None) -> str:
        """The end user of a call that cannot do without one; ConfigurationError when nobody named any."""
        chosen = self.user_or_default(user)
        if not chosen:
            raise ConfigurationError(
                "this call needs an end user: give it user='...', or give the client a default, Chatflow(user='...')"
            )
        return chosen

    def with_changes(self, **changes: object) -> Config:
        """A copy with the given settings; headers are added to those there are."""
        known: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
        if "headers" in known:
            known["headers"] = {**self.headers, **as_headers(known["headers"])}
        return checked(replace(self, **known))

    def with_timeout(self, timeout: TimeoutTypes) -> Config:
        """A copy with another timeout; None, too, is one."""
        return replace(self, timeout=as_timeout(timeout), has_own_timeout=True)


def as_headers(value: object) -> Mapping[str, str]:
    """Headers as given, checked, their names in lower case, so that each is there once.

    ConfigurationError names the header that cannot be sent, never its value.
    """
    if not isinstance(value, Mapping):
        raise ConfigurationError("headers must be a mapping of names to values")
    headers = {str(name).lower(): Secret(text) for name, text in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    for name, text in headers.items():
        if not HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"{name!r} is no name for a header")
        if not HEADER_VALUE.fullmatch(text):
            raise ConfigurationError(f"the header {name} holds characters that cannot be sent; encode it before")
    return headers


def as_timeout(value: TimeoutTypes) -> float | FourTimeouts | None:
    """A timeout as given, checked; ConfigurationError when it is none."""
    if all(hasattr(value, name) for name in ("connect", "read", "write", "pool")):
        four = cast("httpx.Timeout", value)
        value = (four.connect, four.read, four.write, four.pool)
    limits = value if isinstance(value, tuple) else (value,) * 4
    if len(limits) != 4 or not all(map(is_timeout, limits)):  # noqa: PLR2004
        raise ConfigurationError(
            f"timeout must be seconds above 0, four of them (connect, read, write, pool), or None, not {value!r}"
        )
    return cast("float | FourTimeouts | None", value)


def is_timeout(value: object) -> bool:
    """Whether a value is a number of seconds that can pass; None stands for no limit."""
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
    """The settings from arguments, then `DIFY_API_KEY` and `DIFY_BASE_URL`; ConfigurationError says what to set."""
    key = Secret((api_key if api_key is not None else os.environ.get("DIFY_API_KEY", "")).strip())
    if not key:
        raise ConfigurationError("no API key: give api_key='app-...' or set the environment variable DIFY_API_KEY")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigurationError("the API key holds spaces or characters a header cannot carry: copy it again")
    address = str(base_url or os.environ.get("DIFY_BASE_URL") or DEFAULT_BASE_URL).strip().rstrip("/")
    limits = as_timeout(timeout)
    return checked(Config(key, address, user, limits, has_own_timeout, max_retries, as_headers(headers or {})))


def checked(config: Config) -> Config:
    """The same settings; ConfigurationError for an address or a number of retries that cannot work."""
    check_address(config.base_url)
    if not isinstance(config.max_retries, int) or config.max_retries < 0:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"max_retries must be a whole number from 0 on, not {config.max_retries!r}")
    return config


def check_address(base_url: str) -> None:
    """ConfigurationError unless the address is one the API can be at."""
    try:
        parts = urlsplit(base_url)
        has_place = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_place, parts = False, urlsplit("")
    if "@" in parts.netloc:
        raise ConfigurationError("the base URL holds a user name or a password: leave them out, the API key is enough")
    if not has_place or " " in base_url:
        raise ConfigurationError(
            f"the base URL {base_url!r} has no scheme, no host or no valid port: "
            "give base_url='https://your-dify/v1' or set DIFY_BASE_URL"
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(f"the base URL {base_url!r} must end with its path, without ? or #")
