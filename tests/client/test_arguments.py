"""Arguments are checked before anything is sent, and every value that can be sent is."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dify_chatflow import ConfigurationError
from tests.client.modes import App, Mode, close, enter, maybe_await, method
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

UUID = uuid.UUID("5a1c8e0e-0d57-4b5c-9d59-7d0ed0ab2f0c")
# Each id argument by its method, and the arguments that follow it.
IDS: list[tuple[str, str, tuple[Any, ...]]] = [
    ("chat.stop", "task_id", ()),
    ("chat.suggested", "message_id", ()),
    ("conversations.messages", "conversation_id", ()),
    ("conversations.history", "conversation_id", ()),
    ("conversations.variables", "conversation_id", ()),
    ("conversations.set_variable", "conversation_id", ("variable-1", 1)),
    ("conversations.rename", "conversation_id", ("A name",)),
    ("conversations.delete", "conversation_id", ()),
    ("files.download", "file_id", ()),
    ("feedback.submit", "message_id", ("like",)),
    ("runs.get", "workflow_run_id", ()),
    ("runs.events", "workflow_run_id", ()),
    ("human_input.get", "form_token", ()),
    ("human_input.submit", "form_token", ("approve",)),
    ("annotations.update", "annotation_id", ("When?", "From ten.")),
    ("annotations.delete", "annotation_id", ()),
    ("end_users.get", "end_user_id", ()),
]
REFUSED = {
    "none": None,
    "empty": "",
    "blank": " ",
    "dots": "..",
    "surrogate": "a\ud83d",
    "class": str,
    "bytes": b"id",
    "list": ["id"],
    "true": True,
    "without id": SimpleNamespace(name="photo"),
    "unset id": SimpleNamespace(id=None, url="https://files.local/signed?sign=secret"),
}


class Color(Enum):
    """A value of a select input."""

    RED = "red"


async def call(app: App, name: str, *args: Any, **kwargs: Any) -> Any:
    """Call a method and send its first request."""
    result = method(app, name)(*args, **kwargs)
    if hasattr(result, "pages"):
        return await maybe_await(result.page())
    if hasattr(result, "until_done"):
        async with enter(result):
            return None
    return await maybe_await(result)


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize(("name", "argument", "rest"), IDS, ids=[name for name, *_ in IDS])
async def test_invalid_id_names_the_argument(
    name: str, argument: str, rest: tuple[Any, ...], value: Any, app: App, server: Server
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        await call(app, name, value, *rest)
    assert argument in str(caught.value) or "token" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert server.requests == []


@pytest.mark.parametrize("value", [UUID, SimpleNamespace(id=str(UUID)), SimpleNamespace(id=UUID)])
@pytest.mark.parametrize(("name", "argument", "rest"), IDS, ids=[name for name, *_ in IDS])
async def test_uuid_and_model_are_sent_as_id(
    name: str, argument: str, rest: tuple[Any, ...], value: Any, make: Callable[..., App], server: Server
) -> None:
    server.default = Answer(404, {"code": "not_found", "message": argument})
    with pytest.raises(Exception, match="404"):
        await call(make(max_retries=0), name, value, *rest)
    assert str(UUID) in server.requests[0].target


async def test_id_under_its_own_name_wins(app: App, server: Server) -> None:
    server.default = Answer(200, {"result": "success"})
    answer = SimpleNamespace(id="wrong", message_id="message-1", task_id="task-1")
    await maybe_await(app.chat.stop(answer))  # type: ignore[arg-type]
    assert server.requests[0].path == "/v1/chat-messages/task-1/stop"
    entry = SimpleNamespace(id="log-1", workflow_run=SimpleNamespace(id="run-1"))
    server.default = Answer(404, {"message": "unknown"})
    with pytest.raises(Exception, match="404"):
        await maybe_await(app.runs.get(entry))  # type: ignore[arg-type]
    assert server.requests[1].path == "/v1/workflows/run/run-1"


INPUTS = {
    "date": (dt.date(2026, 1, 31), "2026-01-31"),
    "datetime": (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), "2026-01-31T12:00:00+00:00"),
    "uuid": (UUID, str(UUID)),
    "decimal": (Decimal("1.25"), 1.25),
    "integral decimal": (Decimal("1E+3"), 1000),
    "enum": (Color.RED, "red"),
    "tuple": ((1, Color.RED), [1, "red"]),
    "nested": ({"a": [{"b": UUID}]}, {"a": [{"b": str(UUID)}]}),
    "surrogate pair": ("\ud83d\ude00", "\N{GRINNING FACE}"),
    "lone surrogate": ("Hi \ud83d", "Hi \N{REPLACEMENT CHARACTER}"),
}


@pytest.mark.parametrize(("value", "expected"), INPUTS.values(), ids=INPUTS)
async def test_inputs_are_sent_as_json(value: Any, expected: Any, app: App, server: Server) -> None:
    server.default = Answer(400, {"code": "invalid_param", "message": "no"})
    with pytest.raises(Exception, match="400"):
        await maybe_await(app.chat.send("hello", inputs={"x": value}))
    assert server.requests[0].json["inputs"] == {"x": expected}
    with pytest.raises(Exception, match="400"):
        await maybe_await(app.conversations.set_variable("c", "v", value))
    assert server.requests[1].json["value"] == expected


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
NOT_JSON = [{1, 2}, b"x", float("nan"), float("inf"), Decimal("NaN"), object(), BytesIO(), ENDLESS, 1 << 20_000]


@pytest.mark.parametrize("value", [*NOT_JSON, Decimal("0.12345678901234567890"), {3: "x"}, {"a\ud83d": 1}], ids=type)
@pytest.mark.parametrize("name", ["chat.send", "chat.stream", "human_input.submit"])
async def test_unsendable_input_names_its_place(name: str, value: Any, app: App, server: Server) -> None:
    args = ("token-1", "approve") if name == "human_input.submit" else ("hello",)
    with pytest.raises(ConfigurationError, match=r"inputs\['photo'\]\[0\]"):
        await call(app, name, *args, inputs={"photo": [value]})
    assert server.requests == []


@pytest.mark.parametrize("arguments", [{"inputs": "x"}, {"inputs": [1]}, {"user": None, "query": 5}, {"user": b"x"}])
@pytest.mark.parametrize("name", ["chat.send", "chat.stream"])
async def test_wrong_kind_of_argument_is_named(name: str, arguments: dict[str, Any], app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match=next(reversed(arguments))):
        await call(app, name, **{"query": "hello", "files": [b"content"], **arguments})
    assert server.requests == []


@pytest.mark.parametrize("via", ["streaming", "", None, 1])
async def test_unknown_via_is_refused(via: Any, app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match="via must be 'blocking' or 'stream'"):
        await call(app, "chat.send", "hello", via=via)
    assert server.requests == []


async def test_surrogate_in_user_is_refused(app: App, server: Server) -> None:
    for name, args in (("chat.send", ("hello",)), ("conversations.list", ()), ("files.upload", (b"x",))):
        with pytest.raises(ConfigurationError, match="user holds a lone surrogate"):
            await call(app, name, *args, user="ada\ud83d")
    assert server.requests == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
ANYTHING = JSON | st.binary() | st.decimals() | st.uuids() | st.dates() | st.sets(st.integers()) | st.complex_numbers()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=ANYTHING)
async def test_any_input_is_sent_or_refused(value: Any, app: App, server: Server) -> None:
    server.requests.clear()
    server.default = Answer(200, {"answer": "yes"})
    try:
        await maybe_await(app.chat.send("hello", inputs={"x": value}))
    except ConfigurationError:
        assert server.requests == []
    else:
        json.dumps(server.requests[0].json["inputs"]["x"], allow_nan=False).encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=ANYTHING)
async def test_any_id_is_sent_or_refused(value: Any, app: App, server: Server) -> None:
    server.requests.clear()
    server.default = Answer(200, {"result": "success"})
    try:
        await maybe_await(app.chat.stop(value, user=value))
    except ConfigurationError:
        assert server.requests == []
    else:
        assert server.requests[0].path.startswith("/v1/chat-messages/")
        assert server.requests[0].path.endswith("/stop")
        assert server.requests[0].path.count("/") == 4


@pytest.mark.parametrize("mime_type", ["image/png\r\nX-Evil: 1", "image", "a b/c", "image/png; x=\n", "é/x"])
@pytest.mark.parametrize("name", ["files.upload", "audio.transcribe"])
async def test_invalid_mime_type_is_refused(name: str, mime_type: str, app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError, match="mime_type is invalid"):
        await call(app, name, b"content", mime_type=mime_type)
    assert server.requests == []


class WebUpload(BytesIO):
    """An upload as web frameworks pass it: `name` is that of the form's field."""

    name = "field"
    filename = "C:\\photos\\bike.png"
    content_type = "image/png"


UPLOADS: dict[str, tuple[Any, str, str]] = {
    "tuple": (("bike.png", b"x"), "bike.png", "image/png"),
    "tuple with type": (("bike", b"x", "image/webp"), "bike", "image/webp"),
    "data URL": ("data:image/png;base64,eHl6", "file.png", "image/png"),
    "text data URL": ("data:,hello%20world", "file.txt", "text/plain"),
    "web framework": (WebUpload(b"x"), "bike.png", "image/png"),
    "PNG bytes": (b"\x89PNG\r\n\x1a\nrest", "file.png", "image/png"),
    "bytes": (b"anything", "file.bin", "application/octet-stream"),
    "surrogate in name": (("bi\udcffke.png", b"x"), "bi\N{REPLACEMENT CHARACTER}ke.png", "image/png"),
}


@pytest.mark.parametrize(("file", "name", "mime_type"), UPLOADS.values(), ids=UPLOADS)
async def test_file_has_name_and_type(file: Any, name: str, mime_type: str, app: App, server: Server) -> None:
    server.default = Answer(201, {"id": "file-1", "name": "a"})
    await maybe_await(app.files.upload(file))
    head = server.requests[0].body.decode("utf-8", "replace")
    assert f'filename="{name}"' in head
    assert f"Content-Type: {mime_type}\r\n" in head


@pytest.mark.parametrize("file", ["data:image/png;base64,%%%", "data:nothing", ("a.png",), ("", b"x"), (3, b"x")])
async def test_unreadable_file_is_refused(file: Any, app: App, server: Server) -> None:
    with pytest.raises(ConfigurationError):
        await maybe_await(app.files.upload(file))
    assert server.requests == []


@pytest.mark.parametrize("url", ["https://h.example/photo.png#p", "HTTPS://h.example/photo.png", "http://h/a.png?x#y"])
async def test_url_is_attached_by_its_path(url: str, app: App, server: Server) -> None:
    server.default = Answer(200, {"answer": "yes"})
    await maybe_await(app.chat.send("hello", files=[url]))
    assert server.requests[0].json["files"] == [{"type": "image", "transfer_method": "remote_url", "url": url}]


async def test_incomplete_attachment_is_refused(app: App, server: Server) -> None:
    for file in ({}, {"type": "image"}, {"type": "image", "transfer_method": "remote_url"}):
        with pytest.raises(ConfigurationError, match="a file in files"):
            await maybe_await(app.chat.send("hello", files=[file]))
    assert server.requests == []


class RevealedKey:
    """A secret in the manner of validation libraries."""

    def __str__(self) -> str:
        return "**********"

    def get_secret_value(self) -> str:
        """Return the key."""
        return "app-revealed"


async def test_secret_object_reveals_the_key(mode: Mode, server: Server) -> None:
    app = mode.client(RevealedKey(), base_url=server.base_url)  # type: ignore[arg-type]
    server.default = Answer(200, {"name": "Bikes"})
    await maybe_await(app.application.info())
    assert server.requests[0].headers["authorization"] == "Bearer app-revealed"
    await close(app)


@pytest.mark.parametrize("key", [b"app-1", 5, ["app-1"], object()])
def test_key_must_be_text(key: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="api_key must be text") as caught:
        mode.client(key)
    assert "app-1" not in str(caught.value)


async def test_none_removes_a_header(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(200, {"name": "Bikes"})
    app = make(headers={"X-A": "1", "X-B": None})
    await maybe_await(app.application.info())
    await maybe_await(app.with_options(headers={"X-A": None, "X-C": "3"}).application.info())
    first, second = (request.headers for request in server.requests)
    assert (first.get("x-a"), first.get("x-b")) == ("1", None)
    assert (second.get("x-a"), second.get("x-c")) == (None, "3")


@pytest.mark.parametrize("headers", [{"Content-Length": "0"}, {"transfer-encoding": "x"}, {"X-A": b"s3cret"}, {3: "x"}])
def test_unsendable_header_is_refused(headers: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="header") as caught:
        mode.client(headers=headers)
    assert "s3cret" not in str(caught.value)


HOSTS = [
    "http://dify..local/v1",
    f"http://{'a' * 70}.de/v1",
    "http://xn--zz.com/v1",
    "http://-a.de/v1",
    "http://h\ud83d/v1",
]


@pytest.mark.parametrize(
    "url", [*HOSTS, "http://h/v1#", "http://h/v1?", "http://h\\v1", "http://[::zz]/v1", "http://h\x7f/"]
)
def test_impossible_base_url_is_refused(url: str, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="base URL"):
        mode.client(base_url=url)


@pytest.mark.parametrize(
    "url", ["http://[::1]:5001/v1", "http://dify_api:5001/v1", "http://bücher.local/v1", "http://h./v1"]
)
def test_unusual_base_url_is_accepted(url: str, mode: Mode) -> None:
    assert mode.client(base_url=url).base_url == url


@pytest.mark.parametrize("timeout", [float("inf"), 1e10, (1, 2, 3, float("inf"))])
def test_endless_timeout_is_refused(timeout: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="timeout must be a positive number"):
        mode.client(timeout=timeout)


@pytest.mark.parametrize(
    "options", [{"idle_timeout": "5"}, {"idle_timeout": 0}, {"max_event_size": None}, {"max_event_size": -1}]
)
async def test_invalid_stream_option_is_refused_at_once(options: dict[str, Any], app: App, server: Server) -> None:
    for name, args in (("chat.stream", ("hello",)), ("runs.events", ("run-1",))):
        with pytest.raises(ConfigurationError, match=next(iter(options))):
            method(app, name)(*args, **options)
    assert server.requests == []
