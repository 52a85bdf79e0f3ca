"""Files and inputs: accepted and refused values, and access to files."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from dify_chatflow.testing import LocalDify, Script
from tests.local_dify.conftest import Record, body, chat, client_of, streamed
from tests.local_dify.replay import read_events

MB = 1024 * 1024


def upload(api: httpx.Client, name: str = "a.txt", content: bytes = b"hello") -> httpx.Response:
    return api.post("/files/upload", data={"user": "u"}, files={"file": (name, content, "text/plain")})


def local(file_id: str) -> Record:
    return {"type": "document", "transfer_method": "local_file", "upload_file_id": file_id}


def test_file_preview_needs_a_message(server: LocalDify, api: httpx.Client) -> None:
    file_id = upload(api).json()["id"]
    preview = f"/files/{file_id}/preview"
    assert api.get(preview).json()["code"] == "file_not_found"
    chat(api, "files", files=[local(file_id)])
    assert api.get(preview).content == b"hello"
    assert api.get(preview, params={"as_attachment": "true"}).headers["content-type"] == "application/octet-stream"
    with client_of(server, server.add_app()) as other:
        assert (other.get(preview).status_code, other.get(preview).json()["code"]) == (403, "file_access_denied")


def test_file_url_needs_only_its_signature(api: httpx.Client) -> None:
    address = upload(api).json()["source_url"]
    assert httpx.get(address).content == b"hello"
    assert httpx.get(address.replace("sign=", "sign=x")).status_code == 404


@pytest.mark.parametrize(("name", "limit"), [("a.png", 10), ("a.txt", 15)])
def test_sizes_are_limited_by_kind(api: httpx.Client, name: str, limit: int) -> None:
    assert upload(api, name, b"x" * (limit * MB)).status_code == 201
    refused = upload(api, name, b"x" * (limit * MB + 1))
    assert (refused.status_code, refused.json()) == (413, {"code": "file_too_large", "message": "", "status": 413})


@pytest.mark.parametrize("version", ["1.15.0"])
def test_file_of_another_user_is_refused(api: httpx.Client) -> None:
    file_id = upload(api).json()["id"]
    given: Record = {**body("files", files=[local(file_id)]), "user": "somebody else"}
    assert api.post("/chat-messages", json=given).json()["message"] == "Invalid upload file"
    with api.stream("POST", "/chat-messages", json={**given, "response_mode": "streaming"}) as response:
        reader = read_events(response)
        assert [next(reader), next(reader)] == [
            {"event": "ping"},
            {"event": "error", "message": "Invalid upload file", "status": 500},
        ]


def test_message_files_are_listed(api: httpx.Client) -> None:
    file_id = upload(api).json()["id"]
    with streamed(api, "files", files=[local(file_id)]) as response:
        received = list(read_events(response))
    end = next(event for event in received if event["event"] == "message_end")
    assert [file["related_id"] for file in end["files"]] == [file_id]
    query = {"user": "u", "conversation_id": end["conversation_id"]}
    (message,) = api.get("/messages", params=query).json()["data"]
    assert [file["belongs_to"] for file in message["message_files"]] == ["user", "assistant"]


REFUSED: list[tuple[Record, Any, str]] = [
    ({"type": "text-input", "required": True}, None, "x is required in input form"),
    ({"type": "text-input", "max_length": 3}, "long", "x in input form must be less than 3 characters"),
    ({"type": "paragraph"}, 5, "must be a string"),
    ({"type": "number"}, "abc", "x in input form must be a valid number"),
    ({"type": "select", "options": ["a", "b"]}, "c", "x in input form must be one of"),
    ({"type": "select", "options": ["a", "b"]}, "", "x in input form must be one of"),
    ({"type": "select", "options": ["a", "b"]}, ["a"], "(type 'select') x in input form must be a string"),
    ({"type": "file"}, "a.txt", "x in input form must be a file"),
    ({"type": "file-list"}, {"type": "image"}, "x in input form must be a list of files"),
    ({"type": "file-list", "max_length": 1}, [{}, {}], "x in input form must be less than 1 files"),
    ({"type": "file"}, {"type": "image", "transfer_method": "local_file"}, "Invalid upload file id"),
]


@pytest.mark.parametrize(("control", "value", "words"), REFUSED)
def test_inputs_are_checked_by_the_form(
    server: LocalDify, api: httpx.Client, control: dict[str, Any], value: Any, words: str
) -> None:
    server.script = Script(inputs=({"variable": "x", "label": "X", **control},))
    refused = api.post("/chat-messages", json={**body("hi"), "inputs": {"x": value}})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_param")
    assert words in refused.json()["message"]


def test_inputs_reach_the_answer_and_the_greeting(server: LocalDify, api: httpx.Client) -> None:
    control = {"type": "text-input", "variable": "name", "label": "Name", "default": "you"}
    server.script = Script(inputs=(control,), opening_statement="Hi {{name}}")
    for given, greeting in ({"name": "Bob"}, "Hi Bob"), ({}, "Hi you"):
        api.post("/chat-messages", json={**body("hi"), "inputs": given}).raise_for_status()
        newest = api.get("/conversations", params={"user": "u"}).json()["data"][0]
        assert newest["introduction"] == greeting
