"""A client's settings: read from arguments and environment, checked once, shown without the key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from dify_chatflow._errors import ConfigurationError

DEFAULT_BASE_URL = "https://api.dify.ai/v1"
# Connecting is quick or fails; a blocking run and the silence between two chunks can take minutes.
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 300.0

TimeoutTypes = float | tuple[float | None, float | None, float | None, float | None] | None
"""Seconds for everything, or (connect, read, write, pool) in seconds; None waits without limit."""

DEFAULT_TIMEOUT: TimeoutTypes = (CONNECT_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT)


@dataclass(frozen=True)
class Config:
    """What a client knows besides its connections."""

    api_key: str = field(repr=False)
    base_url: str
    user: str | None = None
    timeout: TimeoutTypes = DEFAULT_TIMEOUT
    has_own_timeout: bool = True
    max_retries: int = 2
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

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
        return replace(self, timeout=timeout, has_own_timeout=True)


def as_headers(value: object) -> Mapping[str, str]:
    """Headers as given, checked; ConfigurationError for anything but a mapping."""
    if not isinstance(value, Mapping):
        raise ConfigurationError("headers must be a mapping of names to values")
    return {str(name): str(text) for name, text in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


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
    key = (api_key if api_key is not None else os.environ.get("DIFY_API_KEY", "")).strip()
    if not key:
        raise ConfigurationError("no API key: give api_key='app-...' or set the environment variable DIFY_API_KEY")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigurationError("the API key holds spaces or characters a header cannot carry: copy it again")
    address = (base_url or os.environ.get("DIFY_BASE_URL") or DEFAULT_BASE_URL).strip().rstrip("/")
    return checked(
        Config(key, address, user, timeout, has_own_timeout, max_retries, as_headers(headers or {})),
    )


def checked(config: Config) -> Config:
    """The same settings; ConfigurationError for an address, a timeout or a number of retries that cannot work."""
    parts = urlsplit(config.base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            f"the base URL {config.base_url!r} has no scheme or no host: "
            "give base_url='https://your-dify/v1' or set DIFY_BASE_URL"
        )
    if parts.query or parts.fragment:
        raise ConfigurationError(f"the base URL {config.base_url!r} must end with its path, without ? or #")
    if not isinstance(config.max_retries, int) or config.max_retries < 0:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"max_retries must be a whole number from 0 on, not {config.max_retries!r}")
    return config
