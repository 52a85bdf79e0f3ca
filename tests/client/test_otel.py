"""OpenTelemetry spans of requests: names, attributes, ends, and nothing that holds content unless asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from dify_chatflow import BadRequestError, NotFoundError, StreamError, StreamInterruptedError
from tests.client.modes import App, Mode, enter, maybe_await, next_event, to_list
from tests.client.test_config import INFO
from tests.client.test_middleware import answering
from tests.server import Answer, Server

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

pytestmark = pytest.mark.anyio

IDS = {"task_id": "t", "message_id": "m-1", "conversation_id": "c-1"}
USAGE = {"usage": {"prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46}}
STARTED = {"event": "workflow_started", "workflow_run_id": "r-1", "data": {"id": "r-1"}}
FINISHED = {"event": "workflow_finished", "workflow_run_id": "r-1", "data": {"id": "r-1", "status": "succeeded"}}
END = {"event": "message_end", "metadata": USAGE}
FAILED = {"event": "error", "status": 400, "code": "invalid_param", "message": "secret"}
EVENT_STREAM = {"Content-Type": "text/event-stream", "X-Version": "1.9.2"}


def sse(*events: dict[str, Any]) -> list[bytes]:
    """Return events as chunks of a stream."""
    return [f"data: {json.dumps(IDS | event)}\n\n".encode() for event in events]


TEXTS = [{"event": "message", "answer": text} for text in ("", "He", "llo", "!")]
CHUNKS = sse(STARTED, *TEXTS, FINISHED, END)


@pytest.fixture
def spans() -> InMemorySpanExporter:
    """Collect spans; the package is imported here, so that the tests can be listed without it."""
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    return InMemorySpanExporter()


@pytest.fixture
def traced(mode: Mode, make: Callable[..., App], spans: InMemorySpanExporter) -> Callable[..., App]:
    """Make clients with spans."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    from dify_chatflow.otel import async_tracing, tracing

    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    middleware = async_tracing if mode.is_async else tracing

    def client(**options: Any) -> App:
        further = options.pop("middleware", [])
        return make(middleware=[middleware(tracer_provider=provider, **options), *further])

    return client


def only(spans: InMemorySpanExporter) -> tuple[ReadableSpan, dict[str, Any]]:
    """Return the one span with its attributes; of a stream, that of its query."""
    found = spans.get_finished_spans()
    [span] = [span for span in found if span.name.startswith("chat")] or found
    return span, dict(span.attributes or {})


async def test_request_has_a_client_span(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.reply(200, INFO, headers={"X-Version": "1.9.2"})
    await maybe_await(traced().application.info())
    span, attributes = only(spans)
    assert (span.name, span.kind.name) == ("GET /info", "CLIENT")
    assert span.status.status_code.name == "UNSET"
    assert attributes == {
        "http.request.method": "GET",
        "url.template": "/info",
        "server.address": "127.0.0.1",
        "server.port": int(server.base_url.split(":")[2].split("/")[0]),
        "http.response.status_code": 200,
        "dify.server_version": "1.9.2",
    }
    context = span.get_span_context()
    assert context is not None
    assert server.requests[0].headers["traceparent"][:53] == f"00-{context.trace_id:032x}-{context.span_id:016x}-"


async def test_blocking_query_has_tokens(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.reply(200, IDS | {"id": "m-1", "answer": "Hello!", "metadata": USAGE, "mode": "advanced-chat"})
    await maybe_await(traced(app_name="Bikes").chat.send("secret question", conversation_id="c-1"))
    span, attributes = only(spans)
    assert span.name == "chat Bikes"
    assert attributes["gen_ai.operation.name"] == "chat"
    assert attributes["gen_ai.provider.name"] == "dify"
    assert attributes["gen_ai.agent.name"] == "Bikes"
    assert attributes["gen_ai.request.stream"] is False
    assert attributes["gen_ai.conversation.id"] == "c-1"
    assert attributes["gen_ai.response.id"] == "m-1"
    assert (attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]) == (12, 34)
    assert "secret question" not in str(attributes)
    assert "Hello!" not in str(attributes)


async def test_stream_span_ends_with_the_stream(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.reply(200, None, chunks=CHUNKS, headers=EVENT_STREAM)
    async with enter(traced().chat.stream("hi")) as stream:
        await next_event(stream)
        assert spans.get_finished_spans() == ()
        assert len(await to_list(stream)) == 6
    span, attributes = only(spans)
    assert (span.name, attributes["gen_ai.request.stream"]) == ("chat", True)
    assert attributes["gen_ai.response.time_to_first_chunk"] > 0
    assert (attributes["gen_ai.conversation.id"], attributes["dify.workflow_run_id"]) == ("c-1", "r-1")
    assert (attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]) == (12, 34)
    assert "gen_ai.output.messages" not in attributes


async def test_stream_span_ends_at_close(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.reply(200, None, chunks=CHUNKS[:3], headers=EVENT_STREAM, linger=True)
    async with enter(traced().chat.stream("hi")) as stream:
        await next_event(stream)
    span, attributes = only(spans)
    assert span.status.status_code.name == "UNSET"
    assert attributes["gen_ai.conversation.id"] == "c-1"


@pytest.mark.parametrize("is_stream", [False, True])
async def test_content_is_recorded_when_asked_for(
    is_stream: bool, traced: Callable[..., App], server: Server, spans: Any
) -> None:
    app = traced(record_content=True)
    if is_stream:
        server.reply(200, None, chunks=CHUNKS, headers=EVENT_STREAM)
        async with enter(app.chat.stream("Wörld?")) as stream:
            await to_list(stream)
    else:
        server.reply(200, IDS | {"answer": "Hello!"})
        await maybe_await(app.chat.send("Wörld?"))
    _, attributes = only(spans)
    for name, role, text in (("input", "user", "Wörld?"), ("output", "assistant", "Hello!")):
        expected = [{"role": role, "parts": [{"type": "text", "content": text}]}]
        assert json.loads(attributes[f"gen_ai.{name}.messages"]) == expected


async def test_replaced_answer_is_recorded(traced: Callable[..., App], server: Server, spans: Any) -> None:
    chunks = sse(STARTED, *TEXTS, {"event": "message_replace", "answer": "Redacted."}, FINISHED, END)
    server.reply(200, None, chunks=chunks, headers=EVENT_STREAM)
    async with enter(traced(record_content=True).chat.stream("hi")) as stream:
        await to_list(stream)
    recorded = json.loads(only(spans)[1]["gen_ai.output.messages"])
    assert recorded[0]["parts"][0]["content"] == "Redacted."


@pytest.mark.parametrize(
    ("chunks", "cut", "error", "error_type"),
    [
        (sse(STARTED, FAILED), False, StreamError, "invalid_param"),
        (CHUNKS[:3], True, StreamInterruptedError, "RemoteProtocolError"),
    ],
)
async def test_failed_stream_has_error_type(
    chunks: list[bytes],
    cut: bool,
    error: type[Exception],
    error_type: str,
    traced: Callable[..., App],
    server: Server,
    spans: Any,
) -> None:
    server.reply(200, None, chunks=chunks, headers=EVENT_STREAM, cut=cut)
    with pytest.raises(error):
        async with enter(traced().chat.stream("hi")) as stream:
            await to_list(stream)
    span, attributes = only(spans)
    assert (span.status.status_code.name, attributes["error.type"]) == ("ERROR", error_type)
    assert "secret" not in str(attributes) + str(span.status.description)


async def test_each_attempt_has_a_span(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.answers = [Answer(503), Answer(drop=True), Answer(404, {"code": "not_found", "message": "no"})]
    with pytest.raises(NotFoundError):
        await maybe_await(traced().runs.get("r"))
    found = [dict(span.attributes or {}) for span in spans.get_finished_spans()]
    refused, dropped, missing = (attributes["error.type"] for attributes in found)
    assert (refused, missing) == ("503", "404")
    assert dropped in ("ReadError", "RemoteProtocolError")
    assert [attributes.get("http.request.resend_count") for attributes in found] == [None, 1, 2]
    assert {attributes["url.template"] for attributes in found} == {"/workflows/run/{workflow_run_id}"}


async def test_form_tokens_are_not_recorded(traced: Callable[..., App], spans: Any) -> None:
    with pytest.raises(NotFoundError):
        await maybe_await(traced().human_input.get("token-4711"))
    span, attributes = only(spans)
    assert "4711" not in span.name + str(attributes)


async def test_middleware_that_reads_keeps_spans(
    mode: Mode, traced: Callable[..., App], server: Server, spans: Any
) -> None:
    response = httpx.Response(200, json=IDS | {"answer": "Hello!", "metadata": USAGE})
    await maybe_await(traced(middleware=[answering(mode, response)]).chat.send("hi"))
    assert only(spans)[1]["gen_ai.usage.input_tokens"] == 12
    assert server.requests == []


async def test_span_is_current_for_inner_middleware(
    mode: Mode, traced: Callable[..., App], server: Server, spans: Any
) -> None:
    from opentelemetry import trace

    current: list[Any] = []

    def inner(request: Any, call_next: Any) -> Any:
        current.append(trace.get_current_span().get_span_context())
        return call_next(request)

    async def async_inner(request: Any, call_next: Any) -> Any:
        return await inner(request, call_next)

    server.reply(200, INFO)
    await maybe_await(traced(middleware=[async_inner if mode.is_async else inner]).application.info())
    assert current == [only(spans)[0].get_span_context()]
    assert not trace.get_current_span().get_span_context().is_valid


async def test_unreadable_bodies_end_the_span(traced: Callable[..., App], server: Server, spans: Any) -> None:
    server.reply(400, "{", headers={"Content-Type": "application/json"})
    with pytest.raises(BadRequestError):
        await maybe_await(traced(record_content=True).chat.send("hi"))
    assert only(spans)[1]["error.type"] == "400"


def test_missing_package_names_the_extra() -> None:
    code = "import sys; sys.modules['opentelemetry'] = None\nimport dify_chatflow.otel"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert 'pip install "dify-chatflow[otel]"' in result.stderr
