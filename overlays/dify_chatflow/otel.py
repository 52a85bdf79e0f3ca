"""OpenTelemetry spans for requests, as middleware: `Chatflow(middleware=[tracing()])`.

It needs the extra `otel`: `pip install "dify-chatflow[otel]"`. Attributes follow OpenTelemetry's conventions for HTTP
clients, and those for generative AI where a request sends a query.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Hashable, Iterator, Mapping
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from dify_chatflow._body import stream_class
from dify_chatflow._middleware import EXTENSION
from dify_chatflow._streaming.coerce import mapping
from dify_chatflow._streaming.sse import EventDecoder, EventTooLargeError
from dify_chatflow._transport import read_content
from dify_chatflow._version import __version__

try:
    from opentelemetry import context, propagate, trace
except ModuleNotFoundError:  # pragma: no cover - the tests install it
    raise ImportError('opentelemetry-api is missing; pip install "dify-chatflow[otel]"') from None

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.trace import Span, TracerProvider

    from dify_chatflow._middleware import AsyncMiddleware, AsyncSend, Middleware, Send
    from dify_chatflow._transport import Request, Response

__all__ = ["async_tracing", "tracing"]

QUERY = "send_advanced_chat_message"
ERROR_STATUS = 400
# Bytes of a JSON body that is read for its ids and tokens.
MAX_BODY = 1_048_576
# The events of a stream, in addition to text, that change the span; other events are not parsed.
EVENTS = (b'"message_end"', b'"message_replace"', b'"workflow_finished"', b'"error"')
TEXT_EVENTS = ("message", "agent_message")


def tracing(
    *, tracer_provider: TracerProvider | None = None, record_content: bool = False, app_name: str | None = None
) -> Middleware:
    """Return middleware for a `Chatflow` that makes a span of each attempt, until the body is read or closed.

    The span of a query has the ids of conversation, message and run, the tokens, and the time to the first text. The
    request gets the span's `traceparent`, which servers with tracing continue.

    Args:
        tracer_provider: The provider of the tracer; None uses the global one.
        record_content: True records queries and answers, which may hold personal data.
        app_name: The app's name, for spans of several apps.

    Returns:
        The middleware.

    Example:
        app = Chatflow(middleware=[tracing(app_name="Bike shop")])

    """
    settings = Tracing(tracer_provider, record_content=record_content, app_name=app_name)

    def middleware(request: Request, call_next: Send) -> Response:
        with settings.start(request) as traced:
            return traced.observe(call_next(request))

    return middleware


def async_tracing(
    *, tracer_provider: TracerProvider | None = None, record_content: bool = False, app_name: str | None = None
) -> AsyncMiddleware:
    """Return the middleware of `tracing` for an `AsyncChatflow`.

    Args:
        tracer_provider: The provider of the tracer; None uses the global one.
        record_content: True records queries and answers, which may hold personal data.
        app_name: The app's name, for spans of several apps.

    Returns:
        The middleware.

    Example:
        app = AsyncChatflow(middleware=[async_tracing(app_name="Bike shop")])

    """
    settings = Tracing(tracer_provider, record_content=record_content, app_name=app_name)

    async def middleware(request: Request, call_next: AsyncSend) -> Response:
        with settings.start(request) as traced:
            return traced.observe(await call_next(request))

    return middleware


class Tracing:
    """The settings of the middleware."""

    def __init__(self, provider: TracerProvider | None, *, record_content: bool, app_name: str | None) -> None:
        self.tracer = trace.get_tracer("dify_chatflow", __version__, provider)
        self.record_content = record_content
        self.app_name = app_name

    def start(self, request: Request) -> TracedRequest:
        """Return the traced form of a request."""
        known = mapping(request.extensions.get(EXTENSION))
        is_query = known.get("operation") == QUERY
        attributes: dict[str, Any] = {
            "http.request.method": request.method,
            "url.template": known.get("path", request.url.path),
            "server.address": request.url.host,
            "server.port": request.url.port or (443 if request.url.scheme == "https" else 80),
        }
        if known.get("attempt", 1) > 1:
            attributes["http.request.resend_count"] = known["attempt"] - 1
        name = f"{request.method} {attributes['url.template']}"
        if is_query:
            name = f"chat {self.app_name}" if self.app_name else "chat"
            attributes |= self.query_attributes(request)
        kind = trace.SpanKind.CLIENT
        span = self.tracer.start_span(name, kind=kind, attributes=attributes)
        return TracedRequest(span, request, is_query=is_query, record_content=self.record_content)

    def query_attributes(self, request: Request) -> dict[str, Any]:
        """Return the attributes of a query that its request holds."""
        body = mapping(read_json(request.content))
        attributes: dict[str, Any] = {"gen_ai.operation.name": "chat", "gen_ai.provider.name": "dify"}
        attributes["gen_ai.request.stream"] = body.get("response_mode") == "streaming"
        if self.app_name:
            attributes["gen_ai.agent.name"] = self.app_name
        if body.get("conversation_id"):
            attributes["gen_ai.conversation.id"] = body["conversation_id"]
        if self.record_content:
            attributes["gen_ai.input.messages"] = messages("user", body.get("query"))
        return attributes


class TracedRequest:
    """A request with its span: current while the request is sent, ended when the body is read or closed."""

    def __init__(self, span: Span, request: Request, *, is_query: bool, record_content: bool) -> None:
        self._span = span
        self._request = request
        self._is_query = is_query
        self._record_content = record_content
        self._started = monotonic()
        self._decoder: EventDecoder | None = None
        self._body = bytearray()
        self._answer: list[str] = []
        self._has_text = False
        self._token: Token[context.Context] | None = None

    def __enter__(self) -> Self:
        self._token = context.attach(trace.set_span_in_context(self._span))
        propagate.inject(self._request.headers)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._token is not None:
            context.detach(self._token)
        if error is not None:
            self.finish(error)

    def observe(self, response: Response) -> Response:
        """Return the response, whose body is read through this span."""
        self._span.set_attribute("http.response.status_code", response.status_code)
        if version := response.headers.get("x-version"):
            self._span.set_attribute("dify.server_version", version)
        if response.status_code >= ERROR_STATUS:
            self.fail(str(response.status_code))
        kind = response.headers.get("content-type", "").lower()
        if self._is_query and kind.startswith("text/event-stream"):
            self._decoder = EventDecoder()
        if response.is_stream_consumed:  # read, or made, by other middleware
            self.feed(read_content(response))
            self.finish()
        else:
            cast("Any", response).stream = stream_class(cast("Hashable", type(response)), ObservedStream)(
                response.stream, self
            )
        return response

    def fail(self, error_type: str) -> None:
        """Record a failure."""
        self._span.set_attribute("error.type", error_type)
        self._span.set_status(trace.StatusCode.ERROR)

    def feed(self, chunk: bytes) -> None:
        """Read a part of the body."""
        if self._decoder is not None:
            try:
                for event in self._decoder.feed(chunk):
                    self._read_event(event.data)
            except EventTooLargeError:
                self._decoder = None
        elif self._is_query and len(self._body) <= MAX_BODY:
            self._body += chunk

    def finish(self, error: BaseException | None = None) -> None:
        """End the span."""
        if not self._span.is_recording():
            return
        if self._body:
            self._read_answer(mapping(read_json(bytes(self._body))))
        if error is not None:
            self.fail(type(error).__qualname__)
        if self._record_content and self._answer:
            self._span.set_attribute("gen_ai.output.messages", messages("assistant", "".join(self._answer)))
        self._span.end()

    def _read_event(self, data: bytes) -> None:
        is_text = b'"message"' in data or b'"agent_message"' in data
        if self._has_text and not (is_text and self._record_content) and not any(name in data for name in EVENTS):
            return
        event = mapping(read_json(data))
        kind, answer = event.get("event"), event.get("answer")
        if kind in TEXT_EVENTS and isinstance(answer, str):
            if answer and not self._has_text:
                self._has_text = True
                self._span.set_attribute("gen_ai.response.time_to_first_chunk", monotonic() - self._started)
            if self._record_content:
                self._answer.append(answer)
        elif kind == "message_replace" and isinstance(answer, str):
            self._answer = [answer]
        elif kind == "error":
            self.fail(str(event.get("code") or "error"))
        elif kind == "workflow_finished" and mapping(event.get("data")).get("status") == "failed":
            self.fail("failed")
        self._read_answer({**event, "answer": None})

    def _read_answer(self, fields: Mapping[str, Any]) -> None:
        """Take ids, tokens and text of an answer, or of an event."""
        usage = mapping(mapping(fields.get("metadata")).get("usage"))
        found = {
            "gen_ai.conversation.id": fields.get("conversation_id"),
            "gen_ai.response.id": fields.get("message_id"),
            "dify.workflow_run_id": fields.get("workflow_run_id"),
            "gen_ai.usage.input_tokens": usage.get("prompt_tokens"),
            "gen_ai.usage.output_tokens": usage.get("completion_tokens"),
        }
        for name, value in found.items():
            if isinstance(value, (str, int)) and value != "":
                self._span.set_attribute(name, value)
        if isinstance(fields.get("answer"), str):
            self._answer.append(fields["answer"])


def read_json(data: bytes) -> object:
    """Return JSON; None for anything else."""
    try:
        return cast("object", json.loads(data))
    except (ValueError, RecursionError):
        return None


def messages(role: str, text: object) -> str:
    """Return one message in the form of the conventions."""
    return json.dumps([{"role": role, "parts": [{"type": "text", "content": text}]}], ensure_ascii=False)


class ObservedStream:
    """A body whose chunks are read by its span, too."""

    def __init__(self, stream: Any, traced: TracedRequest) -> None:
        self._stream = stream
        self._traced = traced

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._stream:
                self._traced.feed(chunk)
                yield chunk
        except Exception as error:
            self._traced.finish(error)
            raise

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._stream:
                self._traced.feed(chunk)
                yield chunk
        except Exception as error:
            self._traced.finish(error)
            raise

    def close(self) -> None:
        """Close the stream, and end the span."""
        try:
            self._stream.close()
        finally:
            self._traced.finish()

    async def aclose(self) -> None:
        """Close the stream, and end the span."""
        try:
            await self._stream.aclose()
        finally:
            self._traced.finish()
