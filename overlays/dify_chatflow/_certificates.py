"""The TLS settings of the default HTTP clients, with the certificates of the environment."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._transport import create_ssl_context


class LateContext(ssl.SSLContext):
    """TLS settings whose certificates are loaded at the first connection with TLS.

    Loading takes longer than a first request, and connections to `http://` servers need none.
    """

    _protocols: list[str] | None = None

    def __new__(cls, *, trust_env: bool) -> Self:  # noqa: ARG004 - for __init__
        """Return settings without certificates."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self, *, trust_env: bool) -> None:
        self._trust_env = trust_env

    @cached_property
    def _loaded(self) -> ssl.SSLContext:
        context = load(trust_env=self._trust_env)
        if self._protocols is not None:
            context.set_alpn_protocols(self._protocols)
        return context

    def set_alpn_protocols(self, alpn_protocols: Any) -> None:
        """Choose the protocols to offer to servers; all connections of a client offer the same."""
        self._protocols = alpn_protocols

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Return a socket with TLS."""
        return self._loaded.wrap_socket(*args, **options)

    def wrap_bio(self, *args: Any, **options: Any) -> ssl.SSLObject:
        """Return the TLS of a connection that is not a socket."""
        return self._loaded.wrap_bio(*args, **options)


def ssl_context(verify: Any, cert: Any, *, trust_env: bool) -> ssl.SSLContext:
    """Return the TLS settings: the caller's own, or those of the environment, loaded late."""
    if verify is True and cert is None:
        return LateContext(trust_env=trust_env)
    context: ssl.SSLContext = create_ssl_context(verify=verify, cert=cert, trust_env=trust_env)
    return context


def load(*, trust_env: bool) -> ssl.SSLContext:
    """Return the TLS settings with the certificates of the environment, or else those of the HTTP library.

    Raises:
        ConfigurationError: A variable names a file that cannot be used.

    """
    try:
        if trust_env and (path := os.environ.get("SSL_CERT_FILE")):
            Path(path).open("rb").close()  # httpx 0.27 ignores a file that is missing
        context: ssl.SSLContext = create_ssl_context(trust_env=trust_env)
    except OSError as error:
        name = certificate_variable()
        if not trust_env or name is None:
            raise
        raise ConfigurationError(
            f"the environment variable {name} names a file that cannot be used: {os.environ[name]!r} ({error}); "
            "correct or unset it"
        ) from error
    return context


def certificate_variable() -> str | None:
    """Return the variable of the environment whose file cannot be used; None where all can."""
    checks: dict[str, Callable[[str], object]] = {
        "SSLKEYLOGFILE": lambda path: open(path, "a").close(),  # noqa: PTH123 - as the TLS library opens it
        "SSL_CERT_FILE": lambda path: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path),
        "SSL_CERT_DIR": lambda path: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(capath=path),
    }
    for name, check in checks.items():
        if path := os.environ.get(name):
            try:
                check(path)
            except OSError:
                return name
    return None
