"""Generated modules show no secrets, accept unexpected values, and import models on first use."""

from __future__ import annotations

import copy
import datetime as dt
import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import httpx
import pytest

from dify_chatflow_client import AuthenticatedClient, Client, models
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail as run_detail
from dify_chatflow_client.api.chatflows import list_chatflow_workflow_logs as logs
from dify_chatflow_client.api.files import upload_advanced_chat_file as upload
from dify_chatflow_client.errors import UnexpectedStatus
from dify_chatflow_client.models import (
    AppParameters,
    FeedbackItem,
    FileUploadRequest,
    JsonObject,
    MessageEvent,
    MessageFileEvent,
    NodeFinishedData,
    NodeFinishedEvent,
    NumberControlWrapper,
    SelectControlWrapper,
    TextInputControlWrapper,
    WorkflowRunDetail,
)
from dify_chatflow_client.models.stream_event import VARIANTS
from dify_chatflow_client.types import File, Model, build_request, json_keys
from pipeline.document import is_object
from tests.contract.cases import modules

KEY = "app-very-secret"
IDS = {"task_id": "t", "message_id": "m", "conversation_id": "c", "created_at": 1}


def answer(status: int, **response: Any) -> Any:
    client = AuthenticatedClient(base_url="http://test", token=KEY)
    transport = httpx.MockTransport(lambda _: httpx.Response(status, **response))
    with client.set_httpx_client(httpx.Client(base_url="http://test", transport=transport)):
        return run_detail.sync_detailed("id", client=client)


def test_importing_one_operation_loads_no_model() -> None:
    code = (
        "import sys, dify_chatflow_client.api.chatflows.stop_advanced_chat_message_generation\n"
        "print([m for m in sys.modules if m.startswith('dify_chatflow_client.models.')])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_every_name_of_the_lazy_packages_resolves() -> None:
    assert {name for name in models.__all__ if getattr(models, name) is None} == set()
    assert set(models.__all__) <= set(dir(models))
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = models.Nothing


def test_the_token_is_in_no_repr() -> None:
    client = AuthenticatedClient(base_url="http://test", token=KEY).with_headers({"X-Key": KEY})
    client.get_httpx_client().close()
    assert KEY not in repr(client)
    assert "http://test" in repr(client)


def test_builders_copy_the_client() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(404, json={"code": "not_found", "message": "", "status": 404})

    client = AuthenticatedClient(
        base_url="http://test/v1", token=KEY, httpx_args={"transport": httpx.MockTransport(answer)}
    )
    other = client.with_headers({"X-Extra": "1"}).with_timeout(httpx.Timeout(3)).with_cookies({"a": "b"})
    with client, other:
        run_detail.sync("a/b", client=client)
        run_detail.sync("a/b", client=other)
    assert [str(request.url) for request in sent] == ["http://test/v1/workflows/run/a%2Fb"] * 2
    assert [request.headers["authorization"] for request in sent] == [f"Bearer {KEY}"] * 2
    assert ["x-extra" in request.headers for request in sent] == [False, True]


@pytest.mark.parametrize("status", [*range(520, 531), 599, 999])
def test_nonstandard_status_codes_are_accepted(status: int) -> None:
    response = answer(status, text="<html>")
    assert (response.status_code, response.parsed) == (status, None)
    typed = answer(status, json={"code": "origin", "message": "down", "status": status})
    assert typed.parsed == models.ErrorResponse(code="origin", message="down", status=status)


def test_undeclared_status_can_raise() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(521))
    arguments = {"transport": transport}
    client = Client(base_url="http://test", raise_on_unexpected_status=True, httpx_args=arguments)
    with client, pytest.raises(UnexpectedStatus, match="521"):
        run_detail.sync("id", client=client)


def test_unknown_enum_values_are_passed_on() -> None:
    event = {**IDS, "event": "message_file", "belongs_to": "somebody new"}
    parsed = MessageFileEvent.from_dict(event)
    assert str(parsed.belongs_to) == "somebody new"
    assert parsed.to_dict()["belongs_to"] == "somebody new"


def test_unknown_fields_are_kept_and_reachable() -> None:
    parsed = WorkflowRunDetail.from_dict({"id": "r", "brand_new": {"a": [1]}})
    assert parsed["brand_new"] == {"a": [1]}
    assert "brand_new" in parsed
    assert parsed.additional_keys == ["brand_new"]
    assert parsed.to_dict() == {"id": "r", "brand_new": {"a": [1]}}


@pytest.mark.parametrize("name", [name for name in models.__all__ if hasattr(getattr(models, name), "_attributes")])
def test_null_and_missing_values_survive_parsing(name: str) -> None:
    model = getattr(models, name)
    events = {variant: event for event, variant in VARIANTS.items()}
    least = {"event": events[name]} if name in events else {}
    nulls: dict[str, Any] = dict.fromkeys(json_keys(model).values()) | least
    if name.endswith("Wrapper"):
        with pytest.raises((KeyError, ValueError, TypeError, AttributeError)):
            model.from_dict(nulls)
        return
    assert model.from_dict(nulls).to_dict() == nulls
    assert model.from_dict(least).to_dict() == least


def test_events_require_their_name() -> None:
    event = {
        "event": "message",
        "task_id": "t",
        "message_id": "m",
        "conversation_id": "c",
        "created_at": 1,
        "answer": "a",
    }
    match MessageEvent.from_dict(event):
        case MessageEvent(answer=text):
            assert text == "a"
    with pytest.raises(ValueError, match="expected 'message', got 'ping'"):
        MessageEvent.from_dict({**event, "event": "ping"})
    with pytest.raises(KeyError):
        MessageEvent.from_dict({"answer": "a"})


@pytest.mark.parametrize("data", [None, "text", [1], 5, ..., {}, {"title": None}, {"title": 1, "new": 2}])
def test_payloads_of_events_are_always_objects(data: Any) -> None:
    title: Any = data.get("title") if is_object(data) else None
    source = {"event": "node_finished", "unknown": 1} | ({} if data is ... else {"data": data})
    event = NodeFinishedEvent.from_dict(source)
    assert isinstance(event.data, NodeFinishedData)
    assert event.data.title == title
    assert event.to_dict() == source
    assert pickle.loads(pickle.dumps(event)).to_dict() == copy.deepcopy(event).to_dict() == source  # noqa: S301 - made above


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-16T12:00:29", dt.datetime(2024, 1, 16, 12, 0, 29, tzinfo=dt.UTC)),
        ("2024-01-16T12:00:29.123456", dt.datetime(2024, 1, 16, 12, 0, 29, 123456, tzinfo=dt.UTC)),
        ("2024-01-16T12:00:29Z", dt.datetime(2024, 1, 16, 12, 0, 29, tzinfo=dt.UTC)),
        ("2024-01-16T14:00:29+02:00", dt.datetime(2024, 1, 16, 12, 0, 29, tzinfo=dt.UTC)),
    ],
)
def test_date_times_without_offset_are_utc(text: str, expected: dt.datetime) -> None:
    assert FeedbackItem.from_dict({"created_at": text}).created_at == expected


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-40T99:00:00", "☃"])
def test_invalid_date_times_are_unchanged(text: str) -> None:
    assert FeedbackItem.from_dict({"created_at": text}).to_dict() == {"created_at": text}


def test_run_inputs_accept_object_string_and_null() -> None:
    read = [WorkflowRunDetail.from_dict({"inputs": value}).inputs for value in ({"a": 1}, '{"a": 1}', None)]
    assert read == [{"a": 1}, '{"a": 1}', None]
    assert [type(value) for value in read] == [JsonObject, str, type(None)]


def test_open_objects_are_dicts() -> None:
    value = JsonObject.from_dict({"a": 1})
    value["b"] = JsonObject(c=2)
    assert value.to_dict() == {"a": 1, "b": {"c": 2}}
    assert value.additional_properties is value


def test_form_inputs_are_parsed_by_type() -> None:
    form = [{kind: {"label": "l", "variable": "v", "required": False}} for kind in ("text-input", "select", "number")]
    read = AppParameters.from_dict({"user_input_form": [*form, {"slider": {}}]})
    kinds = [type(item) for item in read.user_input_form]
    assert kinds == [TextInputControlWrapper, SelectControlWrapper, NumberControlWrapper, dict]
    assert read.to_dict() == {"user_input_form": [*form, {"slider": {}}]}


def test_requests_contain_every_kind_of_argument() -> None:
    request = build_request(
        "get",
        "/a/{x}",
        path={"x": "a/b"},
        params={"null": None, "no": False, "many": [1, 2], "flat": JsonObject(y=1)},
        headers={"X-Yes": True, "X-Number": 3, "X-Gone": None},
        cookies={"c": 4},
        body=[JsonObject(z=1)],
        content_type="application/json",
    )
    assert request == {
        "method": "get",
        "url": "/a/a%2Fb",
        "params": {"no": False, "many": [1, 2], "y": 1},
        "headers": {"X-Yes": "true", "X-Number": "3", "Content-Type": "application/json"},
        "cookies": {"c": "4"},
        "json": [{"z": 1}],
    }
    assert build_request("get", "/", body=None, content_type="application/json") == {"method": "get", "url": "/"}
    form = build_request("post", "/", body=JsonObject(a=1), kind="data", content_type="x/y")
    assert (form["data"], form["headers"]) == ({"a": 1}, {"Content-Type": "x/y"})
    file = BytesIO(b"bytes")
    assert build_request("post", "/", body=File(file), kind="content", content_type="x/y")["content"] is file


@pytest.mark.parametrize("module", modules().values(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_argument_of_an_operation_is_explained(module: Any) -> None:
    text = inspect.getdoc(module.sync_detailed) or ""
    names = inspect.signature(module.sync_detailed).parameters
    assert "UntrustedString" not in text
    assert len(text.partition("\n\n")[2].partition("Args:")[0].split()) > 5
    assert [name for name in names if not re.search(rf"^    {name}\b.*: \S", text, re.MULTILINE)] == []


def test_every_optional_field_may_be_none() -> None:
    classes = [getattr(models, name) for name in models.__all__]
    checked = 0
    for model in (one for one in classes if isinstance(one, type) and issubclass(one, Model)):
        for field in inspect.signature(model).parameters.values():
            assert field.annotation == model.__annotations__[field.name]
            if field.default is not inspect.Parameter.empty:
                assert field.annotation.endswith("| None") or field.annotation == "Any", (model, field)
                checked += 1
    assert checked > 100


@pytest.mark.parametrize("name", [name for name in models.__all__ if isinstance(getattr(models, name), type)])
def test_every_class_and_field_has_a_description(name: str) -> None:
    model = getattr(models, name)
    text = re.sub(r"\n {8,}", " ", inspect.getdoc(model) or "")
    fields: Mapping[str, str] = json_keys(model) if issubclass(model, Model) else {}
    assert text.splitlines()[0] != name
    assert [field for field in fields if not re.search(rf"^    {field} \(.*: \S", text, re.MULTILINE)] == []


def test_requests_carry_dates_and_files() -> None:
    after = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    assert logs.operation.request(created_at_after=after)["params"]["created_at__after"] == "2024-01-01T00:00:00+00:00"
    with open(__file__, "rb") as file:  # noqa: PTH123
        body = FileUploadRequest(file=File(file, "a.txt", "text/plain"), user="u")
        assert upload.operation.request(body=body)["files"] == [
            ("file", ("a.txt", file, "text/plain")),
            ("user", (None, b"u", "text/plain")),
        ]
