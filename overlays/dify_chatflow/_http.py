"""The default HTTP clients: proxies and certificates of the environment, the package's limits, and TCP keep-alive."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.request import getproxies

from dify_chatflow._certificates import ssl_context
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._limits import DEFAULT_TIMEOUT
from dify_chatflow._transport import (
    LIMITS,
    AsyncHTTP,
    InvalidURL,
    SyncHTTP,
)

PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
# Seconds of silence before the first probe, seconds between probes, and failed probes that end a connection.
KEEP_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPALIVE": 60, "TCP_KEEPINTVL": 30, "TCP_KEEPCNT": 4}
SOCKET_OPTIONS = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), value)
        for name, value in KEEP_ALIVE.items()
        if hasattr(socket, name)
    ),
]
# The options of an HTTP client that its transports need, too.
TRANSPORT_OPTIONS = ("http1", "http2", "limits", "trust_env")


class DefaultClient(SyncHTTP):
    """An `httpx.Client` with the package's timeouts and limits, and TCP keep-alive.

    It reads proxies and certificates from the environment, as `httpx.Client` does; the certificates only at the
    first connection with TLS. Pass its options by keyword.

    Raises:
        ConfigurationError: A proxy of the environment cannot be used; the message names the variable. Certificates
            that cannot be used raise it at the first connection with TLS.

    Example:
        app = Chatflow(http_client=DefaultClient(proxy="http://localhost:3128"))

    """

    def __init__(self, **options: Any) -> None:
        from dify_chatflow._network import Transport  # imports httpcore, which a client that is only created need not

        super().__init__(**client_options(Transport, options))


class DefaultAsyncClient(AsyncHTTP):
    """An `httpx.AsyncClient` with the package's timeouts and limits, and TCP keep-alive.

    It reads proxies and certificates from the environment, as `httpx.AsyncClient` does; the certificates only at the
    first connection with TLS. Pass its options by keyword.

    Raises:
        ConfigurationError: A proxy of the environment cannot be used; the message names the variable. Certificates
            that cannot be used raise it at the first connection with TLS.

    Example:
        app = AsyncChatflow(http_client=DefaultAsyncClient(proxy="http://localhost:3128"))

    """

    def __init__(self, **options: Any) -> None:
        from dify_chatflow._async_network import AsyncTransport  # imports anyio, which sync programs need not

        super().__init__(**client_options(AsyncTransport, options))

    def abandon(self) -> None:
        """Close the sockets, since the event loop has ended."""
        from dify_chatflow._async_network import AsyncTransport

        for transport in (self._transport, *self._mounts.values()):
            if isinstance(transport, AsyncTransport):
                transport.abandon()


def client_options(kind: Callable[..., Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of an HTTP client, with transports of the given kind."""
    chosen: dict[str, Any] = {"limits": LIMITS, "timeout": DEFAULT_TIMEOUT, **options}
    if "transport" in chosen:
        return chosen
    trust_env = chosen.get("trust_env", True)
    context = ssl_context(chosen.pop("verify", True), chosen.pop("cert", None), trust_env=trust_env)
    common = {name: chosen[name] for name in TRANSPORT_OPTIONS if name in chosen}
    common |= {"verify": context, "socket_options": SOCKET_OPTIONS}
    proxy = chosen.pop("proxy", None)
    mounts = {} if proxy or not trust_env else environment_mounts(lambda url: kind(proxy=url, **common))
    return {**chosen, "transport": kind(proxy=proxy, **common), "mounts": {**mounts, **(chosen.get("mounts") or {})}}


def environment_mounts(transport: Callable[[str], Any]) -> dict[str, Any]:
    """Return the transports of the environment's proxies by URL pattern, and None for hosts without a proxy.

    Raises:
        ConfigurationError: A proxy or an exception cannot be used; the message names the variable, never the value.

    """
    found = getproxies()
    mounts: dict[str, Any] = {}
    for scheme in ("http", "https", "all"):
        if url := found.get(scheme):
            name = variable(f"{scheme}_proxy")
            url = url if "://" in url else f"http://{url}"
            check_proxy(url, name)
            try:
                mounts[f"{scheme}://"] = transport(url)
            except (ValueError, InvalidURL) as error:
                raise ConfigurationError(f"the environment variable {name} holds an invalid proxy URL") from error
    hosts = [host.strip() for host in found.get("no", "").split(",")] if mounts else []
    return {} if "*" in hosts else {**mounts, **{no_proxy_pattern(host): None for host in hosts if host}}


def check_proxy(url: str, name: str) -> None:
    """Raise ConfigurationError for a proxy that cannot be used."""
    scheme = url.partition("://")[0].lower()
    if scheme not in PROXY_SCHEMES:
        known = ", ".join(PROXY_SCHEMES)
        raise ConfigurationError(
            f"the environment variable {name} has an unknown proxy scheme: {scheme!r}; use one of {known}, or unset it"
        )
    if scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError(
            f"the environment variable {name} names a SOCKS proxy, which needs the package socksio: "
            "run `pip install httpx[socks]`, or unset the variable"
        )


def no_proxy_pattern(host: str) -> str:
    """Return the URL pattern of an exception in NO_PROXY.

    Raises:
        ConfigurationError: The exception is a range of IPv6 addresses, which the HTTP library cannot match.

    """
    if "://" in host:
        return host
    try:
        version = ip_address(host.partition("/")[0].strip("[]")).version
    except ValueError:
        return f"all://{host}" if host.lower() == "localhost" else f"all://*{host}"
    if version == 4:  # noqa: PLR2004
        return f"all://{host}"
    if "/" in host:
        raise ConfigurationError(
            f"the environment variable {variable('no_proxy')} holds a range of IPv6 addresses, which cannot match: "
            f"{host!r}; list the addresses"
        )
    return f"all://[{host.strip('[]')}]"


def variable(name: str) -> str:
    """Return the name of a variable as it is set: in lower case, which wins, or in upper case."""
    return name if name in os.environ else name.upper()
