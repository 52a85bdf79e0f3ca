"""The app's input variables as one class, values checked against them before a query, and their `TypedDict`."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dify_chatflow import BadRequestError, Chatflow, ConfigurationError, ResponseDecodeError
from dify_chatflow.models import FileInput, InputForm, UploadedFile
from dify_chatflow.testing import LocalDify, Script
from tests.client.modes import App, Mode, enter, maybe_await, to_list
from tests.conftest import ROOT
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio

RECORDED = json.loads((ROOT / "tests/recordings/main-2026-06/245_parameters.json").read_text("utf-8"))["response"][
    "body"
]
FILE = {"type": "image", "transfer_method": "local_file", "upload_file_id": "file-1"}
STRICT: list[dict[str, Any]] = [
    {"text-input": {"variable": "name", "label": "Name", "required": True, "max_length": 8}},
    {"select": {"variable": "color", "label": "Color", "required": True, "options": ["red", "green"]}},
    {"number": {"variable": "n", "label": "N", "required": True}},
    {"checkbox": {"variable": "flag", "label": "Flag", "required": False, "hide": True}},
    {"file": {"variable": "doc", "label": "Doc", "required": False, "allowed_file_types": ["image"]}},
    {
        "file-list": {
            "variable": "docs",
            "label": "Docs",
            "max_length": 1,
            "allowed_file_upload_methods": ["local_file"],
        }
    },
    {"json_object": {"variable": "data", "label": None, "required": False, "json_schema": {"type": "object"}}},
]
VALID = {"name": "Ada", "color": "red", "n": 1}


def form(entries: object = STRICT) -> InputForm:
    return InputForm.from_parameters({"user_input_form": entries})


def serving(server: Server, entries: Callable[[], object]) -> None:
    """Answer with the form and with an answer."""

    def answer(received: Received) -> Answer:
        if received.path.endswith("/parameters"):
            return Answer(200, {**RECORDED, "user_input_form": entries()})
        if received.path.endswith("/upload"):
            return Answer(201, {"id": "file-1", "name": "photo.png", "mime_type": "image/png"})
        return Answer(200, {"event": "message", "answer": "hi", "metadata": {}})

    server.default = answer


async def test_recorded_form_has_one_class(app: App, server: Server) -> None:
    server.default = Answer(200, RECORDED)
    read = await maybe_await(app.application.input_form())
    assert [(variable.name, variable.type, variable.max_length) for variable in read.variables] == [
        ("name", "text-input", 48),
        ("bio", "paragraph", 4000),
        ("color", "select", 48),
        ("n", "number", 48),
        ("flag", "checkbox", None),
        ("doc", "file", None),
        ("docs", "file-list", 5),
    ]
    color, doc = read.variables[2], read.variables[5]
    assert (color.label, color.required, color.default, color.options) == ("color", False, None, ["red", "green"])
    assert doc.allowed_file_types == ["document", "image"]
    assert doc.allowed_file_upload_methods == ["local_file", "remote_url"]
    assert read.variables[0].default == ""
    assert [variable.settings for variable in read.variables] == [
        next(iter(entry.values())) for entry in RECORDED["user_input_form"]
    ]
    assert json.loads(read.to_json())["variables"][2]["options"] == ["red", "green"]
    assert repr(color).startswith("InputVariable(name='color', type='select', label='color'")


def test_unknown_kinds_and_values_are_kept() -> None:
    read = form([*STRICT, {"variable": "flat", "type": "brand-new", "options": None, "max_length": "x", "hide": None}])
    assert read.variables[3].hidden
    assert (read.variables[6].label, read.variables[6].settings["json_schema"]) == ("data", {"type": "object"})
    flat = read.variables[-1]
    assert (flat.type, flat.options, flat.max_length, flat.hidden, flat.required) == (
        "brand-new",
        [],
        None,
        False,
        False,
    )
    assert read.problems({**VALID, "data": [1], "flat": {"any": "value"}}) == {}
    assert form(None).variables == form([]).variables == []


@pytest.mark.parametrize(
    "entries", [5, "x", [1], [None], [{}], [{"select": None}], [{"select": {"variable": 3}}], {"a": 1}]
)
async def test_entry_without_variable_is_an_error(entries: object, app: App, server: Server) -> None:
    serving(server, lambda: entries)
    with pytest.raises(ResponseDecodeError, match="user_input_form has an entry without a variable"):
        await maybe_await(app.application.input_form())


PROBLEMS: dict[str, tuple[dict[str, Any], str]] = {
    "missing": ({"name": None}, "inputs['name'] is required: pass a value"),
    "no text": ({"name": 5}, "inputs['name'] must be text; got 5"),
    "too long": ({"name": "Ada Lovelace"}, "inputs['name'] has 12 characters, but at most 8 are allowed: shorten it"),
    "no option": ({"color": "blue"}, "inputs['color'] must be one of 'red', 'green'; got 'blue'"),
    "empty option": ({"color": ""}, "inputs['color'] must be one of 'red', 'green'; got ''"),
    "list option": ({"color": ["red"]}, "inputs['color'] must be one of 'red', 'green'; got a list"),
    "no number": ({"n": "1e3"}, "inputs['n'] must be a number; got '1e3'"),
    "object number": ({"n": {}}, "inputs['n'] must be a number; got an object"),
    "no box": ({"flag": "perhaps"}, "inputs['flag'] must be True or False; got 'perhaps'"),
    "path": ({"doc": "photo.png"}, "inputs['doc'] must be a file; got 'photo.png'; pass a result of files.upload"),
    "wrong file": (
        {"doc": {**FILE, "type": "audio"}},
        "inputs['doc'] must be a file of the type image; got 'audio'",
    ),
    "no list": ({"docs": FILE}, "inputs['docs'] must be a list of files; got an object; pass [photo]"),
    "too many": ({"docs": [FILE, FILE]}, "inputs['docs'] has 2 files, but at most 1 are allowed: remove some"),
    "URL": (
        {"docs": [{**FILE, "transfer_method": "remote_url"}]},
        "inputs['docs'] must be a file with the transfer_method local_file; got 'remote_url'",
    ),
    "misspelled": ({"colour": "red"}, "inputs['colour'] is no variable of the app; did you mean 'color'?"),
    "unknown": (
        {"zzz": 1},
        "inputs['zzz'] is no variable of the app; its variables: 'name', 'color', 'n', 'flag', 'doc', 'docs', 'data'",
    ),
    "several": (
        {"name": None, "color": "b" * 99},
        f"inputs['name'] is required: pass a value; inputs['color'] must be one of 'red', 'green'; got '{'b' * 39}…",
    ),
}


@pytest.mark.parametrize(("inputs", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem_names_the_variable(inputs: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        form().check({**VALID, **inputs})
    assert str(caught.value) == message


ACCEPTED: list[dict[str, Any]] = [
    VALID,
    {**VALID, "n": "1.5", "flag": "Yes", "doc": "", "docs": [], "data": {"a": 1}},
    {**VALID, "name": "", "n": 0, "flag": False, "doc": FILE, "docs": [FILE]},
    {**VALID, "n": " ", "doc": {**FILE, "type": "custom"}, "flag": None},
]


@pytest.mark.parametrize("inputs", ACCEPTED)
def test_fitting_inputs_have_no_problem(inputs: dict[str, Any]) -> None:
    form().check(inputs)
    assert form().problems(inputs) == {}


def test_uploaded_file_is_checked_as_sent() -> None:
    photo = UploadedFile.from_dict({"id": "file-1", "name": "photo.png", "mime_type": "image/png"})
    sound = UploadedFile.from_dict({"id": "file-2", "name": "a.mp3", "mime_type": "audio/mpeg"})
    assert form().problems({**VALID, "doc": photo, "docs": [photo.attachment]}) == {}
    assert form().problems({**VALID, "doc": sound}) == {"doc": "must be a file of the type image; got 'audio'"}


async def ask(app: App, name: str, **arguments: Any) -> None:
    if name == "send":
        await maybe_await(app.chat.send("hello", **arguments))
        return
    with pytest.raises(ResponseDecodeError, match="not an event stream"):
        async with enter(app.chat.stream("hello", **arguments)) as stream:
            await to_list(stream)


@pytest.mark.parametrize("name", ["send", "stream"])
async def test_inputs_are_checked_before_a_query(name: str, make: Callable[..., App], server: Server) -> None:
    serving(server, lambda: STRICT)
    app = make(validate_inputs=True)
    with pytest.raises(ConfigurationError, match=r"inputs\['name'\] is required"):
        await ask(app, name, files=[b"content"])
    assert [request.path for request in server.requests] == ["/v1/parameters"]
    server.requests.clear()
    await ask(app, name, inputs=VALID, files=[b"content"], extra_query={"a": 1}, extra_body={"b": 2})
    await ask(app.with_options(user="eve"), name, inputs=VALID)
    assert [request.path for request in server.requests] == [
        *("/v1/files/upload", "/v1/chat-messages", "/v1/chat-messages")
    ]
    await ask(app.with_options(validate_inputs=False), name, inputs={})
    await ask(app, name, inputs={}, workflow_id="workflow-1")
    assert {request.path for request in server.requests[3:]} == {"/v1/chat-messages"}


@pytest.mark.parametrize("name", ["chat.start", "conversation.send", "conversation.stream"])
async def test_other_queries_are_checked_too(name: str, make: Callable[..., App], server: Server) -> None:
    serving(server, lambda: STRICT)
    app = make(validate_inputs=True)
    group = app.chat if name == "chat.start" else app.conversation()

    async def send() -> None:
        result = getattr(group, name.partition(".")[2])("hello")
        await (enter(result).__aenter__() if hasattr(result, "until_done") else maybe_await(result))

    with pytest.raises(ConfigurationError, match=r"inputs\['name'\] is required"):
        await send()
    assert [request.path for request in server.requests] == ["/v1/parameters"]


async def test_form_is_read_again_before_a_refusal(make: Callable[..., App], server: Server) -> None:
    entries: list[object] = []
    serving(server, lambda: entries)
    app = make(validate_inputs=True)
    await maybe_await(app.chat.send("hello"))
    entries.append({"number": {"variable": "n", "label": "N", "required": False}})
    await maybe_await(app.chat.send("hello", inputs={"n": 1}))
    assert [request.path for request in server.requests[2:]] == ["/v1/parameters", "/v1/chat-messages"]


async def test_form_expires(make: Callable[..., App], server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    entries: list[object] = []
    serving(server, lambda: entries)
    app = make(validate_inputs=True)
    await maybe_await(app.chat.send("hello"))
    entries.append({"number": {"variable": "n", "label": "N", "required": True}})
    await maybe_await(app.chat.send("hello"))
    assert server.requests[-1].path == "/v1/chat-messages", "the kept form knows no required variable"
    for package in ("_async", "_sync"):
        monkeypatch.setattr(f"dify_chatflow.{package}.resources.input_form.FORM_LIFETIME", -1.0)
    other = app.with_options(api_key="app-other")
    for client in (other, other.with_options(user="eve")):
        with pytest.raises(ConfigurationError, match=r"inputs\['n'\] is required"):
            await maybe_await(client.chat.send("hello"))


@pytest.mark.parametrize("value", [None, 1, "yes"])
def test_validate_inputs_must_be_a_boolean(value: Any, mode: Mode) -> None:
    with pytest.raises(ConfigurationError, match="validate_inputs must be True or False"):
        mode.client(validate_inputs=value)


@pytest.mark.parametrize("case", ["missing", "no text", "too long", "no option", "no number"])
def test_server_refuses_the_same_inputs(case: str, strict_app: Chatflow) -> None:
    with pytest.raises(BadRequestError, match="in input form"):
        strict_app.chat.send("hello", inputs={**VALID, **PROBLEMS[case][0]})


@pytest.mark.parametrize("inputs", [VALID, {**VALID, "name": "", "n": "1.5", "flag": "Yes"}, {**VALID, "n": " "}])
def test_server_accepts_the_same_inputs(inputs: dict[str, Any], strict_app: Chatflow) -> None:
    assert strict_app.application.input_form().problems(inputs) == {}
    assert strict_app.chat.send("hello", inputs=inputs).answer


@pytest.fixture(scope="module")
def strict_app() -> typing.Iterator[Chatflow]:
    """Return a client of a local Dify with the form."""
    variables: list[dict[str, Any]] = [{"type": kind, **entry[kind]} for entry in STRICT[:4] for kind in entry]
    with (
        LocalDify(Script(inputs=tuple(variables))) as server,
        Chatflow(server.api_key, base_url=server.base_url, user="e") as app,
    ):
        yield app


def run_source(source: str, name: str = "Inputs") -> tuple[Mapping[str, Any], frozenset[str]]:
    """Run the source; return the types of the class by name, and the required names."""
    names: dict[str, Any] = {}
    exec(compile(source, "inputs.py", "exec", dont_inherit=True), names)  # noqa: S102 - the source is the result
    found = names[name]
    return typing.get_type_hints(found), found.__required_keys__


def test_typed_dict_of_identifiers_is_a_class() -> None:
    source = form().typed_dict("StrictInputs")
    assert source.splitlines()[-8:] == [
        "class StrictInputs(TypedDict):",
        "    name: str",
        '    color: Literal["red", "green"]',
        "    n: float",
        "    flag: NotRequired[bool]",
        "    doc: NotRequired[UploadedFile | FileInput]",
        "    docs: NotRequired[Sequence[UploadedFile | FileInput]]",
        "    data: NotRequired[Mapping[str, Any]]",
    ]
    types, required = run_source(source, "StrictInputs")
    assert required == {"name", "color", "n"}
    assert types["doc"] == UploadedFile | FileInput


@pytest.mark.parametrize(
    "name", ["Full name", "class", "__private", "größe", "ﬁt", 'a"b', "a\nb", "\\", "'", "\ud83d", ""]
)
def test_typed_dict_has_any_name_and_option(name: str) -> None:
    text = {"select": {"variable": name, "options": [name, "'\"\n"], "required": True}}
    new = {"brand-new": {"variable": "_x"}}
    types, required = run_source(form([text, new]).typed_dict())
    assert types == {name: typing.Literal[name, "'\"\n"], "_x": Any}
    assert required == {name}


def test_typed_dict_without_variables_is_valid() -> None:
    assert run_source(form([]).typed_dict()) == ({}, frozenset())


@pytest.mark.parametrize("name", ["", "a b", "class", "x:\n  pass", "größe"])
def test_name_of_typed_dict_is_an_identifier(name: str) -> None:
    with pytest.raises(ConfigurationError, match="must be an identifier"):
        form().typed_dict(name)
