# Generated from dify_chatflow/_async/session.py by `make generate`; change it there.
"""The connection of a client to its server: sends calls, sends them again where that is safe, reads the answers."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from dify_chatflow import _retry
from dify_chatflow._concurrency import sleep
from dify_chatflow._config import Config
from dify_chatflow._errors import APIConnectionError, APIStatusError
from dify_chatflow._log import LOGGER
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import read_response, show
from dify_chatflow._transport import (
    HTTPClient,
    Response,
    SyncHTTP,
    check_client,
    connection_error,
    never_sent,
    new_client,
    timeout_arguments,
    transport_errors,
)

if TYPE_CHECKING:
    from dify_chatflow_client.types import Operation

P = ParamSpec("P")
T = TypeVar("T")


class Pool:
    """The HTTP client shared by a client and its copies: the caller's own, or one made at the first request."""

    def __init__(self, http_client: HTTPClient | None = None) -> None:
        self.is_own = http_client is None
        self.closed = False
        self._http: Any = http_client
        self._lock = threading.Lock()
        if http_client is not None:
            check_client(http_client)

    @property
    def http(self) -> SyncHTTP:
        """The HTTP client; making one loads certificates, which takes longer than all the rest."""
        with self._lock:
            if self._http is None and not self.closed:
                self._http = new_client()
            if self._http is None or self.closed or getattr(self._http, "is_closed", False):
                raise APIConnectionError("the client is closed: make a new one")
            http: SyncHTTP = self._http
        return http

    def close(self) -> None:
        """Close the connections; an HTTP client that the caller brought stays open."""
        self.closed = True
        if self.is_own and self._http is not None:
            self._http.close()

    def __del__(self) -> None:
        if self.is_own and self._http is not None and not self.closed:
            text = "a Chatflow client was never closed: use `with`, or call close()"
            warnings.warn(text, ResourceWarning, stacklevel=2, source=self)


class Session:
    """A client's settings and its pool; resources send their calls through it."""

    def __init__(self, config: Config, pool: Pool) -> None:
        self.config = config
        self.pool = pool

    def call(self, operation: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Send one call and read the body of its answer."""
        request = PreparedRequest(operation, operation.request(*args, **kwargs))
        response = self.send(request)
        return read_response(operation, response, request.label)

    def send(self, request: PreparedRequest, *, stream: bool = False) -> Response:
        """Send one call; an error status is raised. With `stream` the caller reads the body and closes it."""
        while True:
            request.attempt += 1
            response, delay = self._attempt(request, stream=stream)
            if response is not None:
                show(response)
                return response
            LOGGER.debug("%s sent again in %.1f s (attempt %d failed)", request.label, delay, request.attempt)
            sleep(delay)

    def _attempt(self, request: PreparedRequest, *, stream: bool) -> tuple[Response | None, float]:
        """One attempt: the response, or the seconds to wait before the next attempt; what is final is raised."""
        http, started = self.pool.http, time.monotonic()
        LOGGER.debug("%s (attempt %d)", request.label, request.attempt)
        try:
            arguments = request.request_arguments(self.config) | timeout_arguments(self.config, is_own=self.pool.is_own)
            response = http.send(http.build_request(**arguments), stream=stream)
            failed = response.status_code >= 300  # noqa: PLR2004
            if failed and stream:
                response.read()
        except transport_errors(http) as error:
            LOGGER.debug("%s failed: %s", request.label, type(error).__name__)
            delay = self._delay_after_failure(request, error)
            if delay is None:
                raise connection_error(error, request.label) from error
            return None, delay
        milliseconds = (time.monotonic() - started) * 1000
        LOGGER.debug(
            "%s → %d in %.0f ms (attempt %d)", request.label, response.status_code, milliseconds, request.attempt
        )
        if not failed:
            return response, 0.0
        delay = self._delay_after_status(request, response)
        if delay is None:
            show(response)
            raise APIStatusError.from_response(response, request.label)
        return None, delay

    def _delay_after_failure(self, request: PreparedRequest, error: Exception) -> float | None:
        if request.attempt > self.config.max_retries:
            return None
        method, unsent, replayable = request.operation.method, never_sent(error), request.is_replayable
        return _retry.after_failure(method, request.attempt, unsent=unsent, replayable=replayable)

    def _delay_after_status(self, request: PreparedRequest, response: Response) -> float | None:
        if request.attempt > self.config.max_retries:
            return None
        method, status = request.operation.method, response.status_code
        return _retry.after_status(method, status, response.headers, request.attempt, replayable=request.is_replayable)

    @contextmanager
    def opened(self, request: PreparedRequest) -> Generator[Response]:
        """A response whose body is still to be read; it is closed at the end, and its failures are this package's."""
        response = self.send(request, stream=True)
        breaks = transport_errors(self.pool.http)
        try:
            yield response
        except breaks as error:
            raise connection_error(error, request.label) from error
        finally:
            response.close()


class Resource:
    """A group of methods; all send their calls through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _config(self) -> Config:
        return self._session.config
