"""The URL of the API: read from argument and environment, and checked."""

from __future__ import annotations

import ipaddress
import os
import re
import warnings
from urllib.parse import urlsplit

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._transport import parse_host

DEFAULT_BASE_URL = "https://api.dify.ai/v1"
# A label of a host name (RFC 1123), where names of the container network may hold an underscore.
HOST_LABEL = re.compile(r"(?!-)[0-9a-z_-]{1,63}(?<!-)", re.IGNORECASE)
HOST_LENGTH = 253
# Last labels of names that are not on the internet: RFC 2606, 6761, 6762, 8375, and usual ones.
PRIVATE_DOMAINS = frozenset(
    "arpa corp example home internal intranet invalid lan local localhost private test".split()  # noqa: SIM905
)


def parse_base_url(value: object) -> str:
    """Return the URL of the API without its last slash; None reads `DIFY_BASE_URL`, then is Dify's cloud.

    Raises:
        ConfigurationError: The URL cannot be the API's.

    """
    url = str(value or os.environ.get("DIFY_BASE_URL") or DEFAULT_BASE_URL).strip().rstrip("/")
    check_base_url(url)
    return url


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
