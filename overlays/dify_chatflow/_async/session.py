"""The session of a client: sends requests, retries them where that is safe, and reads the responses."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import replace
from typing import Any, ParamSpec, Self, TypeVar, cast

from dify_chatflow._async.pool import AsyncPool
from dify_chatflow._body import limit_body
from dify_chatflow._concurrency import async_sleep
from dify_chatflow._config import Config, Secret, async_read_key
from dify_chatflow._errors import APIStatusError
from dify_chatflow._log import LOGGER
from dify_chatflow._middleware import EXTENSION, AsyncSend, chain, check_response
from dify_chatflow._options import Extras, RequestOptions, changed_settings, check_names
from dify_chatflow._request import PreparedRequest
from dify_chatflow._response import connection_error, read_response
from dify_chatflow._retry import delay_after_failure, delay_after_status
from dify_chatflow._transport import (
    AsyncHTTP,
    BodyError,
    Request,
    Response,
    is_certificate_error,
    never_sent,
    transport_errors,
)
from dify_chatflow_client.types import Operation

NOT_FOUND, ERROR_STATUS = 404, 300
OPTIONS = RequestOptions.__optional_keys__

P = ParamSpec("P")
T = TypeVar("T")


class AsyncSession:
    """A client's settings and its pool; resources send their requests through it."""

    def __init__(self, config: Config, pool: AsyncPool, extras: Extras | None = None) -> None:
        self.config = config
        self.pool = pool
        self.extras = extras

    def with_options(self, options: Mapping[str, Any], known: Iterable[str] = OPTIONS) -> Self:
        """Return a session with the request options of a method, which calls this first.

        Raises:
            TypeError: An option is unknown; the message names the method.
            ConfigurationError: An option has an invalid value.

        """
        if not options:
            return self
        check_names(options, known, depth=2)
        return self._changed(self.config.with_changes(changed_settings(options)), Extras.of(options))

    @property
    def follow_up(self) -> Self:
        """The session for the further requests of a call, without `extra_query` and `extra_body`."""
        return self if self.extras is None else self._changed(self.config, None)

    def limited(self, seconds: float) -> Self:
        """Return the session for one attempt of a request that takes at most about this long."""
        return self._changed(replace(self.config.limited(seconds), max_retries=0), self.extras)

    def _changed(self, config: Config, extras: Extras | None) -> Self:
        changed = copy(self)
        changed.config, changed.extras = config, extras
        return changed

    def prepare(self, operation: Operation[P, Any], *args: P.args, **kwargs: P.kwargs) -> PreparedRequest:
        """Return the request of an operation, with the extras of the call."""
        return self.add_extras(PreparedRequest.of(operation, *args, **kwargs))

    def add_extras(self, request: PreparedRequest) -> PreparedRequest:
        """Return the request with `extra_query` and `extra_body` of the call."""
        return request if self.extras is None else request.add(self.extras)

    async def call(self, operation: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Send one request and parse the response."""
        request = self.prepare(operation, *args, **kwargs)
        response = await self.send(request)
        return read_response(operation, response, request.label)

    async def send(self, request: PreparedRequest, *, stream: bool = False, is_held: bool = False) -> Response:
        """Send one request and return the response.

        Args:
            request: The request.
            stream: True leaves the body to be read and closed by the caller.
            is_held: True limits the size of such a body, since the caller holds it in memory.

        Raises:
            APIStatusError: The server answered with an error status.
            APIConnectionError: The server was not reached, or the connection failed.

        """
        while True:
            request.attempt += 1
            response, delay = await self._attempt(request, stream=stream, is_held=is_held or not stream)
            if response is not None:
                return response
            LOGGER.debug("%s sent again in %.1f s (attempt %d failed)", request.label, delay, request.attempt)
            await async_sleep(delay)

    async def _attempt(self, request: PreparedRequest, *, stream: bool, is_held: bool) -> tuple[Response | None, float]:
        """Send a request once: return the response, or the seconds to wait before the next attempt."""
        http, key = self.pool.http, await async_read_key(self.config.api_key)
        LOGGER.debug("%s (attempt %d)", request.label, request.attempt)
        started = request.started = time.monotonic()
        try:
            built = self._build(http, request, key)
            response = check_response(await self._sender(http, is_held=is_held)(built), built)
            is_error = response.status_code >= ERROR_STATUS
            try:
                if is_error or not stream:
                    await response.aread()
            except BaseException:
                await response.aclose()
                raise
        except transport_errors(http) as error:
            LOGGER.debug("%s failed: %s", request.label, type(error).__name__)
            delay = self._delay_after_failure(request, error)
            if delay is None:
                raise connection_error(error, request.label, self.config.base_url, request.run_hint()) from error
            return None, delay
        status, milliseconds = response.status_code, (time.monotonic() - started) * 1000
        LOGGER.debug("%s → %d in %.0f ms (attempt %d)", request.label, status, milliseconds, request.attempt)
        # A repeated DELETE that finds nothing has deleted before: only its answer was lost.
        is_deleted = status == NOT_FOUND and request.operation.method == "DELETE" and request.attempt > 1
        if not is_error or is_deleted:
            return response, 0.0
        delay = self._delay_after_status(request, response)
        if delay is None:
            hint = request.run_hint(response)
            raise APIStatusError.from_response(response, request.label, self.config.base_url, hint)
        return None, delay

    def _build(self, http: AsyncHTTP, request: PreparedRequest, key: Secret) -> Request:
        """Return the request of the HTTP library, without the headers that are None."""
        timeout = self.config.timeout_arguments(has_own_timeout=self.pool.has_own_timeout)
        built = http.build_request(**request.request_arguments(self.config, key), **timeout)
        for name in [name for name, value in self.config.headers.items() if value is None]:
            built.headers.pop(name, None)
        operation, attempt = request.operation, request.attempt
        built.extensions[EXTENSION] = {"operation": operation.id, "path": operation.path, "attempt": attempt}
        return built

    def _sender(self, http: AsyncHTTP, *, is_held: bool) -> AsyncSend:
        """Return the function that sends a request through the middleware."""

        async def send(request: Request) -> Response:
            response = await http.send(request, stream=True)
            limit, is_error = self.config.max_response_size, response.status_code >= ERROR_STATUS
            try:
                limit_body(http, response, limit if is_held else None, is_error=is_error)
            except BaseException:
                await response.aclose()
                raise
            return response

        return cast("AsyncSend", chain(self.config.middleware, send))

    def _delay_after_failure(self, request: PreparedRequest, error: Exception) -> float | None:
        if request.attempt > self.config.max_retries or is_certificate_error(error):
            return None
        if isinstance(error, BodyError) and error.is_final:
            return None
        method, is_unsent, is_replayable = request.operation.method, never_sent(error), request.is_replayable
        return delay_after_failure(method, request.attempt, is_unsent=is_unsent, is_replayable=is_replayable)

    def _delay_after_status(self, request: PreparedRequest, response: Response) -> float | None:
        if request.attempt > self.config.max_retries:
            return None
        method, status, headers = request.operation.method, response.status_code, response.headers
        return delay_after_status(method, status, headers, request.attempt, is_replayable=request.is_replayable)

    @asynccontextmanager
    async def open(self, request: PreparedRequest, *, is_held: bool = False) -> AsyncGenerator[Response]:
        """Yield a response whose body is still to be read, and close it at the end; `is_held` as for `send`."""
        response = await self.send(request, stream=True, is_held=is_held)
        try:
            yield response
        except transport_errors(self.pool.http) as error:
            hint = request.run_hint(response)
            raise connection_error(error, request.label, self.config.base_url, hint) from error
        finally:
            await response.aclose()


class AsyncResource:
    """A group of methods that send their requests through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._config.base_url!r})"

    @property
    def _config(self) -> Config:
        return self._session.config
