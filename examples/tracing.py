"""Print OpenTelemetry spans of a chat: `python examples/tracing.py [QUERY]`. It reads DIFY_API_KEY and DIFY_BASE_URL.

It needs `pip install "dify-chatflow[otel]" opentelemetry-sdk`. A real program sends the spans to a collector, with
`BatchSpanProcessor(OTLPSpanExporter())`.
"""

from __future__ import annotations

import sys

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor

from dify_chatflow import Chatflow
from dify_chatflow.otel import tracing


def main() -> None:
    query = " ".join(sys.argv[1:]) or "What does a full service cost?"
    provider = TracerProvider(resource=Resource.create({"service.name": "bike-shop"}))
    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(formatter=describe)))
    middleware = [tracing(tracer_provider=provider, app_name="Bike shop")]
    tracer = provider.get_tracer("bike-shop")
    # The spans of requests become children of your own.
    with tracer.start_as_current_span("answer a customer"), Chatflow(user="demo", middleware=middleware) as app:
        with app.chat.stream(query) as stream:
            message_id = stream.until_done().raise_for_status().message_id
        if message_id:
            app.chat.suggested(message_id)
    provider.shutdown()


def describe(span: ReadableSpan) -> str:
    nanoseconds = (span.end_time or 0) - (span.start_time or 0)
    lines = [f"{span.name}: {nanoseconds / 1e6:.1f} ms"]
    lines += [f"    {name} = {value!r}" for name, value in sorted((span.attributes or {}).items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
