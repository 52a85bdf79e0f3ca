"""A client's settings: read from arguments and environment, checked once, shown without the key."""

from __future__ import annotations

import ipaddress
import os
import re
import warnings
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from inspect import isawaitable
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit
from uuid import UUID

from dify_chatflow._arguments import end_user
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._middleware import parse_middleware
from dify_chatflow._secrets import remember_key
from dify_chatflow._transport import Timeout, parse_host

DEFAULT_BASE_URL = "https://api.dify.ai/v1"
# Connecting is quick or fails; a blocking run and the silence between two chunks can take minutes.
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 300.0

# Bytes of a decompressed body that is held in memory.
MAX_RESPONSE_SIZE = 268_435_456

APIKey: TypeAlias = str | Callable[[], str]
"""The key, or a function that returns it."""
AsyncAPIKey: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""The key, or a function, perhaps an async one, that returns it."""

FourTimeouts = tuple[float | None, float | None, float | None, float | None]
TimeoutTypes: TypeAlias = float | FourTimeouts | Timeout | None
"""Seconds for everything, or (connect, read, write, pool) in seconds, or httpx's own; None waits without limit."""

DEFAULT_TIMEOUT: TimeoutTypes = (CONNECT_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT)

# The names of headers that RFC 9110 allows, and the values that the HTTP library can send.
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")
# Headers that frame the body, whose wrong values break the connection.
MANAGED_HEADERS = frozenset({"content-length", "transfer-encoding"})

# Sockets accept timeouts of up to 292 years; this is one year.
LONGEST_TIMEOUT = 366 * 86_400.0

# A label of a host name (RFC 1123), where names of the container network may hold an underscore.
HOST_LABEL = re.compile(r"(?!-)[0-9a-z_-]{1,63}(?<!-)", re.IGNORECASE)
HOST_LENGTH = 253
# Last labels of names that are not on the internet: RFC 2606, 6761, 6762, 8375, and usual ones.
PRIVATE_DOMAINS = frozenset(
    "arpa corp example home internal intranet invalid lan local localhost private test".split()  # noqa: SIM905
)


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


def four_timeouts(timeout: float | FourTimeouts | None) -> FourTimeouts | None:
    """Return a timeout as (connect, read, write, pool); a number limits each, and connecting stays quick."""
    if isinstance(timeout, (int, float)):
        return (min(CONNECT_TIMEOUT, timeout), timeout, timeout, timeout)
    return timeout


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
    """Return whether a value is a positive number of seconds, at most a year, or None for no limit."""
    if value is None:
        return True
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= LONGEST_TIMEOUT


def check_seconds(**limits: object) -> None:
    """Check limits that cannot be switched off.

    Raises:
        ConfigurationError: A value is not a positive number of seconds.

    """
    for name, value in limits.items():
        if value is None or not is_limit(value):
            raise ConfigurationError(f"{name} must be a positive number of seconds; got {value!r}")


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


def parse_base_url(value: object) -> str:
    """Return the URL of the API without its last slash; None reads `DIFY_BASE_URL`, then is Dify's cloud.

    Raises:
        ConfigurationError: The URL cannot be the API's.

    """
    url = str(value or os.environ.get("DIFY_BASE_URL") or DEFAULT_BASE_URL).strip().rstrip("/")
    check_base_url(url)
    return url


def parse_retries(value: object) -> int:
    """Return the number of retries.

    Raises:
        ConfigurationError: The value is not a number of retries.

    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigurationError(f"max_retries must be an integer of at least 0; got {value!r}")
    return value


def parse_size(value: object, name: str = "max_response_size") -> int:
    """Return the largest size of a body or an event.

    Raises:
        ConfigurationError: The value is not a size.

    """
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ConfigurationError(f"{name} must be a positive number of bytes; got {value!r}")
    return value


def parse_validate_inputs(value: object) -> bool:
    """Return whether inputs are checked.

    Raises:
        ConfigurationError: The value is not a boolean.

    """
    if not isinstance(value, bool):
        raise ConfigurationError(f"validate_inputs must be True or False; got {value!r:.80}")
    return value


def check_base_url(base_url: str) -> None:
    """Raise ConfigurationError unless the URL can be the API's."""
    try:
        parts = urlsplit(base_url)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete, parts = False, urlsplit("")
    if "@" in parts.netloc:
        raise ConfigurationError("invalid base URL: it holds a user name or a password; the API key is enough")
    if not is_complete or not base_url.isprintable() or " " in base_url or "\\" in base_url:
        raise ConfigurationError(
            f"invalid base URL, without scheme, host or valid port: {base_url!r}; "
            "pass base_url='https://your-dify/v1' or set DIFY_BASE_URL"
        )
    if not is_host(parts.hostname or ""):
        raise ConfigurationError(f"invalid base URL, whose host is not a name or an address: {base_url!r}; correct it")
    if parts.path.endswith("/chat-messages"):
        raise ConfigurationError(f"invalid base URL, with the path of an endpoint: {base_url!r}; end it before, in /v1")
    if "?" in base_url or "#" in base_url:
        raise ConfigurationError(f"invalid base URL, with a query or a fragment: {base_url!r}; end it with its path")


def warn_of_plain_http(base_url: str) -> None:
    """Warn of a URL over which the key and all queries cross the internet in plain text."""
    parts = urlsplit(base_url)
    if parts.scheme == "http" and is_public(parts.hostname or ""):
        text = f"the base URL sends the API key and all queries unencrypted over the internet: {base_url!r}; use https"
        warnings.warn(text, stacklevel=4)


def is_public(host: str) -> bool:
    """Return whether a host may be on the internet: a global address, or a name that no private network uses."""
    name = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_global
    except ValueError:
        return "." in name and name.rpartition(".")[2] not in PRIVATE_DOMAINS


def is_host(host: str) -> bool:
    """Return whether a host is an IP address, or a name that can be looked up."""
    if ":" in host:
        try:
            ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return False
        return True
    name = host.removesuffix(".")
    try:
        is_ascii = name.isascii() and "xn--" not in name
        encoded = name if is_ascii else parse_host(f"http://{name}/")
    except ValueError:
        return False
    return len(encoded) <= HOST_LENGTH and all(map(HOST_LABEL.fullmatch, encoded.split(".")))


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
