"""Examples and recordings of all server versions pass through the generated parsers without loss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from dify_chatflow_client.models import ErrorResponse
from dify_chatflow_client.models.stream_event import VARIANTS
from dify_chatflow_client.types import File
from pipeline.document import operations, resolve
from tests.contract.cases import (
    COPIED,
    Case,
    corrected,
    examples,
    expected_model,
    modules,
    operation_of,
    parse,
    recordings,
    same,
    spec,
)
from tests.exchanges import FOLDERS, complete


def cases() -> Iterable[Case]:
    """Yield the document's examples, the copied recordings and, where they are, the complete sets."""
    yield from examples()
    yield from recordings(COPIED)
    copied = {str(exchange) for exchange in COPIED}
    yield from recordings(exchange for exchange in complete(*FOLDERS) if str(exchange) not in copied)


def named(found: Iterable[Case]) -> list[Any]:
    return [pytest.param(case, id=case.name) for case in found]


@pytest.mark.parametrize("case", named(case for case in cases() if case.status < 400 and not case.is_stream))
def test_success_is_parsed_without_loss(case: Case) -> None:
    parsed = parse(case)
    model = expected_model(case)
    if model is None:
        empty = case.status == 204
        assert parsed is None if empty else isinstance(parsed, File) and parsed.payload.read() == case.content
        return
    assert type(parsed).__name__ == model
    assert same(parsed.to_dict(), case.body)


@pytest.mark.parametrize("case", named(case for case in cases() if case.status >= 400))
def test_error_is_parsed_without_loss(case: Case) -> None:
    parsed = parse(case)
    if "json" not in case.content_type:
        assert parsed is None, "an HTML page has no error body"
        return
    assert isinstance(parsed, ErrorResponse)
    assert parsed.message == case.body["message"]
    assert parsed.status in (case.status, None)
    assert parsed.to_dict() == case.body


@pytest.mark.parametrize("case", named(case for case in cases() if case.is_stream))
def test_every_event_is_parsed_without_loss(case: Case) -> None:
    # A paused run without a snapshot sends nothing but pings, which have no data.
    assert case.events() or set(str(case.body).split()) == {"event:", "ping"}
    for event in case.events():
        parsed = case.module.parse_event(event)
        assert type(parsed).__name__ == VARIANTS[event["event"]]
        assert parsed.event == event["event"]
        assert parsed.to_dict() == event


def test_every_operation_has_a_module() -> None:
    assert modules().keys() == {(method.upper(), path) for method, path, _ in operations(spec())}


def test_every_declared_response_has_a_parser() -> None:
    for method, path, operation in operations(corrected()):
        for status in operation["responses"]:
            if is_error(status) and status.isdigit():
                body = {"code": "any", "message": "any", "status": int(status)}
                case = Case("declared", method, path, int(status), "application/json", body)
                assert isinstance(parse(case), ErrorResponse), without_schema(method, path, status)
        module = modules()[method.upper(), path]
        assert operation_of(module).read is vars(module)["_read_success"]


def is_error(status: str) -> bool:
    """Return whether a declared status, such as `404`, `4XX` or `default`, is one of errors."""
    return status[0] not in "123"


def without_schema(method: str, path: str, status: str) -> str:
    """Return the step for an error response without the schema of errors."""
    target = f"$.paths['{path}'].{method}.responses['{status}']"
    return f"overlays/spec/errors.yaml: add an action for {target} with the `content` of `components.responses.Invalid`"


def test_every_error_has_the_error_schema() -> None:
    for method, path, operation in operations(corrected()):
        assert {"401", "403", "404", "500"} <= operation["responses"].keys(), path
        for status, response in operation["responses"].items():
            if is_error(status):
                answer = resolve(corrected(), response["$ref"]) if "$ref" in response else response
                schema = answer.get("content", {}).get("application/json", {}).get("schema")
                wanted = {"$ref": "#/components/schemas/ErrorResponse"}
                assert schema == wanted, without_schema(method, path, status)


def test_both_stream_operations_lead_to_every_event() -> None:
    schemas = corrected()["components"]["schemas"]
    streams = [
        answer["content"]["text/event-stream"]["schema"]
        for _, _, operation in operations(corrected())
        for answer in operation["responses"].values()
        if "text/event-stream" in answer.get("content", {})
    ]
    assert [schema["allOf"] for schema in streams] == [[{"$ref": "#/components/schemas/ChunkChatEvent"}]] * 2
    assert schemas["ChunkChatEvent"]["discriminator"]["mapping"].keys() == VARIANTS.keys()
    assert sum(hasattr(module, "parse_event") for module in modules().values()) == len(streams)
