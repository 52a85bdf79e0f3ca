"""Error responses to requests of the recorded kinds with other values."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import LocalDify, Script
from tests.local_dify.conftest import Record, body, chat, client_of
from tests.local_dify.replay import read_events

JSON = {"content-type": "application/json"}
NOWHERE = "11111111-2222-4333-8444-555555555555"
CHAT, UPLOAD, LOGS = "/chat-messages", "/files/upload", "/workflows/logs"
ANNOTATIONS, SWITCH = "/apps/annotations", "/apps/annotation-reply/enable"
LINK = {"type": "image", "transfer_method": "remote_url", "url": "https://example.org/a.png"}
WORD = "Input should be a valid"


def chat_body(**fields: Any) -> Record:
    """Return the body of a chat with other fields; `...` leaves one out."""
    return {k: v for k, v in {**body("hi"), **fields}.items() if v is not ...}


REFUSED: list[tuple[str, str, Any, int, str, str]] = [
    # method, path, JSON body, status, code, a part of the message
    ("POST", CHAT, chat_body(query=...), 400, "invalid_param", "query\n  Field required [type=missing"),
    ("POST", CHAT, chat_body(query=None), 400, "invalid_param", f"query\n  {WORD} string [type=string_type"),
    (
        "POST",
        CHAT,
        chat_body(query=5),
        400,
        "invalid_param",
        f"query\n  {WORD} string [type=string_type, input_value=5",
    ),
    ("POST", CHAT, chat_body(query=""), 400, "invalid_param", "query is required"),
    ("POST", CHAT, chat_body(inputs=[]), 400, "invalid_param", f"inputs\n  {WORD} dictionary [type=dict_type"),
    (
        "POST",
        CHAT,
        chat_body(inputs=..., query=...),
        400,
        "invalid_param",
        "2 validation errors for ChatRequestPayload",
    ),
    ("POST", CHAT, chat_body(user=...), 400, "invalid_param", "Arg user must be provided."),
    ("POST", CHAT, chat_body(user=""), 400, "invalid_param", "Arg user must be provided."),
    ("POST", CHAT, chat_body(user="u" * 256), 500, "unknown", "Internal Server Error"),
    ("POST", CHAT, chat_body(files={}), 400, "invalid_param", f"files\n  {WORD} list [type=list_type"),
    ("POST", CHAT, chat_body(files=["a", 1]), 400, "invalid_param", f"files.1\n  {WORD} dictionary [type=dict_type"),
    ("POST", CHAT, chat_body(files=[{}]), 400, "invalid_param", "is not a valid FileTransferMethod"),
    ("POST", CHAT, chat_body(files=[LINK] * 4), 400, "invalid_param", "Number of files exceeds the maximum limit 3"),
    (
        "POST",
        CHAT,
        chat_body(auto_generate_name="maybe"),
        400,
        "invalid_param",
        "[type=bool_parsing, input_value='maybe'",
    ),
    ("POST", CHAT, chat_body(auto_generate_name=None), 400, "invalid_param", f"{WORD} boolean [type=bool_type"),
    (
        "POST",
        CHAT,
        chat_body(inputs={"n": []}),
        500,
        "internal_server_error",
        "The server encountered an internal error",
    ),
    (
        "POST",
        CHAT,
        chat_body(inputs={"name": "x" * 49}),
        400,
        "invalid_param",
        "name in input form must be less than 48",
    ),
    ("POST", CHAT, None, 500, "unknown", "Internal Server Error"),
    ("POST", f"{CHAT}/some-task/stop", {}, 400, "invalid_param", "Arg user must be provided."),
    (
        "GET",
        "/messages?conversation_id=abc",
        ...,
        400,
        "invalid_param",
        "_id\n  Value error, must be a valid UUID",
    ),
    ("GET", "/messages?conversation_id=&limit=0", ..., 400, "invalid_param", "greater than or equal to 1"),
    ("GET", "/conversations?limit=0", ..., 400, "invalid_param", "limit\n  Input should be greater than or equal to 1"),
    ("GET", "/conversations?limit=1.5", ..., 400, "invalid_param", "unable to parse string as an integer"),
    ("GET", "/app/feedbacks?limit=102", ..., 400, "invalid_param", "less than or equal to 101"),
    ("GET", "/app/feedbacks?page=0", ..., 400, "invalid_param", "page\n  Input should be greater than or equal to 1"),
    ("GET", f"{LOGS}?created_at__after=yesterday", ..., 400, "invalid_param", "invalid literal for int() with base 10"),
    ("GET", f"{LOGS}?created_at__after=2026-99", ..., 400, "invalid_param", "ISO"),
    ("GET", f"{LOGS}?limit=101", ..., 400, "invalid_param", "less than or equal to 100"),
    ("GET", f"{LOGS}?status=running", ..., 400, "invalid_param", "Input should be 'succeeded', 'failed' or 'stopped'"),
    (
        "POST",
        f"/messages/{NOWHERE}/feedbacks",
        {"user": "u", "rating": "like"},
        404,
        "not_found",
        "Message Not Exists.",
    ),
    ("POST", f"/conversations/{NOWHERE}/name", {"name": 5}, 400, "invalid_param", f"name\n  {WORD} string"),
    ("POST", ANNOTATIONS, [1], 400, "invalid_param", f"{WORD} dictionary or instance of AnnotationCreatePayload"),
    ("POST", ANNOTATIONS, None, 400, "invalid_param", "2 validation errors for AnnotationCreatePayload"),
    ("POST", ANNOTATIONS, {"question": 1, "answer": "a"}, 400, "invalid_param", f"question\n  {WORD} string"),
    (
        "POST",
        SWITCH,
        {"score_threshold": []},
        400,
        "invalid_param",
        f"_threshold\n  {WORD} number [type=float_type",
    ),
    ("GET", f"/apps/annotation-reply/enable/status/{NOWHERE}", ..., 400, "invalid_param", "The job does not exist."),
    ("GET", f"/end-users/{NOWHERE}", ..., 404, "end_user_not_found", "End user not found."),
    ("GET", f"/files/{NOWHERE}/preview", ..., 404, "file_not_found", "File not found in message context"),
    ("GET", f"/workflows/run/{NOWHERE}", ..., 404, "not_found", "Workflow run not found."),
    ("GET", f"/workflow/{NOWHERE}/events?user=u", ..., 404, "not_found", "Workflow run not found"),
    ("POST", "/form/human_input/none", {"user": "u"}, 400, "invalid_param", "2 validation errors for HumanInputForm"),
    ("POST", UPLOAD, {"user": "u"}, 400, "no_file_uploaded", "Please upload your file."),
    ("POST", "/audio-to-text", {"user": "u"}, 400, "bad_request_key_error", "could not understand"),
    ("PATCH", "/info", ..., 405, "method_not_allowed", "The method is not allowed for the requested URL."),
    ("GET", UPLOAD, ..., 405, "method_not_allowed", "The method is not allowed for the requested URL."),
    ("DELETE", f"/conversations/{NOWHERE}", ..., 415, "unsupported_media_type", "Did not attempt to load JSON data"),
]


@pytest.mark.parametrize(("method", "path", "given", "status", "code", "words"), REFUSED)
def test_it_is_refused(
    api: httpx.Client, method: str, path: str, given: Any, status: int, code: str, words: str
) -> None:
    sent: Record = {} if given is ... else {"content": json.dumps(given), "headers": JSON}
    answer = api.request(method, path, **sent)
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert words in answer.json()["message"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Basic YTpi", "Authorization scheme must be 'Bearer'"),
        ("app-key-alone", "Authorization header must be provided and start with 'Bearer'"),
        ("Bearer app-unknown", "Access token is invalid"),
    ],
)
def test_keys_are_checked(server: LocalDify, header: str, words: str) -> None:
    answer = httpx.get(f"{server.base_url}/nowhere-near-it", headers={"authorization": header})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    answer = httpx.get(f"{server.base_url}/info", headers={"authorization": header})
    assert (answer.status_code, answer.json()["message"]) == (401, words)
    assert answer.headers["www-authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("path", ["/info/", "/nosuch", "/messages/abc/suggested", f"/conversations/{NOWHERE}/nosuch"])
def test_unknown_routes_answer_in_html(api: httpx.Client, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("version", ["main-2026-06", "1.15.0"])
def test_stream_reports_refusal_as_event(api: httpx.Client) -> None:
    for given in (body(""), body("hi", inputs={"color": "blue"}), body("hi", files=[LINK] * 4)):
        words = api.post(CHAT, json=given).json()["message"]
        with api.stream("POST", CHAT, json={**given, "response_mode": "streaming"}) as response:
            events = read_events(response)
            assert [next(events), next(events)] == [
                {"event": "ping"},
                {"event": "error", "message": words, "status": 500},
            ]


def test_feedback_is_taken_back_once(api: httpx.Client) -> None:
    path = f"/messages/{chat(api, 'hi')['message_id']}/feedbacks"
    for rating in ("like", "dislike", None):
        assert api.post(path, json={"user": "u", "rating": rating}).json() == {"result": "success"}
    again = api.post(path, json={"user": "u", "rating": None})
    assert (again.status_code, again.json()["message"]) == (400, "rating cannot be None when feedback not exists")


OF_ANOTHER_TYPE: list[tuple[str, Any, str]] = [
    ("count", "5", "string"),
    ("count", None, "none"),
    ("last", 1.5, "float"),
    ("last", True, "boolean"),
    ("settings", [{}], "array[object]"),
    ("settings", [[1]], "array[any]"),
    ("tags", [1, 2.5], "array[number]"),
    ("tags", ["a", 1], "array[any]"),
    ("tags", [None], "array[any]"),
]


@pytest.mark.parametrize(("name", "value", "got"), OF_ANOTHER_TYPE)
def test_variables_take_values_of_their_type(api: httpx.Client, name: str, value: Any, got: str) -> None:
    conversation = chat(api, "hi")["conversation_id"]
    path = f"/conversations/{conversation}/variables"
    variable = next(v for v in api.get(path, params={"user": "u"}).json()["data"] if v["name"] == name)
    refused = api.put(f"{path}/{variable['id']}", json={"user": "u", "value": value})
    assert refused.status_code == 400
    words = f"Type mismatch: variable '{name}' expects {variable['value_type']}, but got {got} type"
    assert refused.json()["message"] == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a b", "can only contain letters, numbers, hyphens"),
        ("xp_x", "Variable name contains invalid characters: xp_"),
        ("a--b", "Variable name contains invalid characters: --"),
        ("n" * 256, "String should have at most 255 characters"),
    ],
)
def test_names_of_variables_are_checked(api: httpx.Client, name: str, words: str) -> None:
    path = f"/conversations/{chat(api, 'hi')['conversation_id']}/variables"
    assert words in api.get(path, params={"user": "u", "variable_name": name}).json()["message"]


def test_long_and_odd_names_of_files(api: httpx.Client) -> None:
    for name, kept, extension in [(f"{'n' * 210}.txt", f"{'n' * 200}.txt", "txt"), (".profile", ".profile", "")]:
        made = api.post(UPLOAD, data={"user": "u"}, files={"file": (name, b"x", "text/plain")}).json()
        assert (made["name"], made["extension"]) == (kept, extension)
    broken = api.post(UPLOAD, content=b"--x", headers={"content-type": "multipart/form-data"})
    assert broken.json()["code"] == "no_file_uploaded"


def test_full_annotation_page_has_more(api: httpx.Client) -> None:
    for number in range(101):
        api.post(ANNOTATIONS, json={"question": f"q{number}", "answer": "a"})
    for limit, count, more in [(101, 100, False), (100, 100, True), (1000, 100, False)]:
        page = api.get(ANNOTATIONS, params={"limit": limit}).json()
        assert (len(page["data"]), page["has_more"], page["limit"]) == (count, more, limit)
    last = api.get(ANNOTATIONS, params={"page": 101, "limit": 1}).json()
    assert (len(last["data"]), last["has_more"], last["total"]) == (1, True, 101)


def test_apps_of_another_kind_take_no_chats(server: LocalDify) -> None:
    with client_of(server, server.add_app(Script(mode="workflow"))) as api:
        for answer in (
            api.post(CHAT, json=body("hi")),
            api.post(f"{CHAT}/t/stop", json={"user": "u"}),
            api.get("/conversations"),
            api.get("/messages", params={"conversation_id": "abc"}),
            api.get(f"/messages/{NOWHERE}/suggested", params={"user": "u"}),
            api.request("DELETE", f"/conversations/{NOWHERE}", json={"user": "u"}),
            api.post(f"/conversations/{NOWHERE}/name", json={"name": "n"}),
            api.get(f"/conversations/{NOWHERE}/variables"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (400, "not_chat_app")
    with client_of(server, server.add_app(Script(published=False))) as api:
        assert api.post(CHAT, json=body("hi")).json()["message"] == "Workflow not published"
    with client_of(server, server.add_app(Script(enabled=False))) as api:
        assert api.get("/site").json()["code"] == "forbidden"
