"""Responses and events of the local Dify are valid against the corrected document."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import LocalDify
from local_dify.api.application import OPERATIONS
from local_dify.json_types import is_list, is_record
from pipeline.generate import load_corrected
from pipeline.layout import Project
from tests.local_dify.conftest import body, chat, client_of, streamed
from tests.local_dify.replay import read_events

# Imported by name: there are no types for it here.
Validator: Any = import_module("jsonschema").Draft202012Validator
PROJECT = Project(Path(__file__).resolve().parents[2])
QUERIES = "hi fail branch default retry iterate loop assign human think search agent tool unsafe forbidden broken"


@cache
def corrected() -> dict[str, Any]:
    """Return the corrected document."""
    return load_corrected(PROJECT, PROJECT.spec)


@cache
def document() -> dict[str, Any]:
    """Return the corrected document with schemas in JSON Schema."""
    return {**corrected(), "components": as_json_schema(corrected()["components"])}


def as_json_schema(node: Any) -> Any:
    """Convert an OpenAPI 3.0 schema to JSON Schema: `nullable` becomes `anyOf`."""
    if is_list(node):
        return [as_json_schema(item) for item in node]
    if not is_record(node):
        return node
    made = {name: as_json_schema(value) for name, value in node.items() if name not in ("nullable", "discriminator")}
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made


def problems(schema: Any, value: Any) -> list[str]:
    """Return the errors of a value against a schema."""
    validator = Validator({"allOf": [as_json_schema(schema)], "components": document()["components"]})
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def event_problems(event: Any) -> list[str]:
    """Return the errors of an event against the schema that the document's discriminator names."""
    kinds = corrected()["components"]["schemas"]["ChunkChatEvent"]["discriminator"]["mapping"]
    return problems({"$ref": kinds[event["event"]]}, event)


def response_schema(operation: dict[str, Any], status: int) -> Any:
    """Return the schema of a JSON response; an undocumented error has the error schema."""
    answers = operation["responses"]
    answer = answers.get(str(status))
    if answer is None:
        return {"$ref": "#/components/schemas/ErrorResponse"}
    while "$ref" in answer:
        answer = document()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return answer.get("content", {}).get("application/json", {}).get("schema", {})


class Checked:
    """A client that checks each answer, and remembers which operations it used."""

    def __init__(self, api: httpx.Client) -> None:
        self.api, self.seen = api, set[tuple[str, str]]()

    def __call__(self, method: str, path: str, *, status: int = 200, **given: Any) -> Any:
        template, operation = self.operation(method, path)
        response = self.api.request(method, path, **given)
        assert response.status_code == status, response.text
        self.seen.add((method, template))
        if not response.headers.get("content-type", "").startswith("application/json") or not response.content:
            return response.content
        value = response.json()
        assert problems(response_schema(operation, status), value) == [], f"{method} {path}"
        return value

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        for template, methods in document()["paths"].items():
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path) and method.lower() in methods:
                return template, methods[method.lower()]
        raise AssertionError(f"{method} {path} is no operation of the document")


def walk(call: Checked) -> None:
    """Use every operation, with good and with bad input."""
    user = {"user": "u"}
    uploaded = call("POST", "/files/upload", status=201, data=user, files={"file": ("a.txt", b"hi", "text/plain")})
    file = {"type": "document", "transfer_method": "local_file", "upload_file_id": uploaded["id"]}
    answer = call("POST", "/chat-messages", json=body("files", files=[file]))
    message, conversation = answer["message_id"], answer["conversation_id"]
    call("POST", "/chat-messages", status=400, json=body("fail"))
    call("POST", f"/chat-messages/{answer['task_id']}/stop", json=user)
    assert call("GET", f"/files/{uploaded['id']}/preview", params=user) == b"hi"
    call("GET", f"/end-users/{uploaded['created_by']}")
    call("GET", f"/messages/{message}/suggested", params=user)
    call("POST", f"/messages/{message}/feedbacks", json={**user, "rating": "like", "content": "good"})
    call("GET", "/app/feedbacks")
    call("GET", "/messages", params={**user, "conversation_id": conversation})
    call("GET", "/conversations", params=user)
    call("GET", "/conversations", status=400, params={**user, "limit": "x"})
    listed = call("GET", f"/conversations/{conversation}/variables", params=user)["data"]
    variable = next(v for v in listed if v["name"] == "last")
    path = f"/conversations/{conversation}/variables/{variable['id']}"
    assert call("PUT", path, json={**user, "value": "new"})["value"] == "new"
    call("POST", f"/conversations/{conversation}/name", json={**user, "name": "Named"})
    call("DELETE", f"/conversations/{conversation}", status=204, content=b'{"user": "u"}', headers=JSON)
    call("POST", "/audio-to-text", data=user, files={"file": ("a.wav", b"RIFF", "audio/wav")})
    assert call("POST", "/text-to-audio", json={**user, "text": "hi"}).startswith(b"\xff\xfb")
    made = call("POST", "/apps/annotations", status=201, json={"question": "q", "answer": "a"})
    call("GET", "/apps/annotations")
    call("PUT", f"/apps/annotations/{made['id']}", json={"question": "q", "answer": "b"})
    call("DELETE", f"/apps/annotations/{made['id']}", status=204)
    settings = {"score_threshold": 0.5, "embedding_provider_name": "p", "embedding_model_name": "m"}
    job = call("POST", "/apps/annotation-reply/enable", json=settings)["job_id"]
    call("GET", f"/apps/annotation-reply/enable/status/{job}")
    call("GET", "/workflows/logs")
    asked = call("POST", "/chat-messages", json=body("human"))
    form = f"/form/human_input/{asked['data']['reasons'][0]['form_token']}"
    call("GET", form)
    call("GET", "/messages", params={**user, "conversation_id": asked["conversation_id"]})
    call("GET", f"/workflows/run/{asked['workflow_run_id']}")
    call("POST", form, json={**user, "inputs": {"comment": "c", "pick": "a"}, "action": "approve"})
    call("POST", form, status=412, json={**user, "inputs": {}, "action": "approve"})
    call("GET", "/form/human_input/none", status=404)
    call("GET", f"/workflow/{asked['workflow_run_id']}/events", params=user)
    for path in without_input():
        if ("GET", path) not in call.seen:
            call("GET", path)


def without_input() -> list[str]:
    """Return the paths that can be read without ids and without other required parameters."""
    return [
        path
        for path, methods in corrected()["paths"].items()
        if "{" not in path and not any(one.get("required") for one in methods.get("get", {}).get("parameters", []))
        if "get" in methods
    ]


JSON = {"content-type": "application/json"}


def test_every_response_matches_the_document(api: httpx.Client) -> None:
    call = Checked(api)
    walk(call)
    wanted = {(m.upper(), path) for path, methods in document()["paths"].items() for m in methods if m != "parameters"}
    missing = sorted(wanted - call.seen)
    assert not missing, f"local_dify/api: add a route, and to walk() a call, for {missing}"
    assert wanted


def test_routes_are_the_documented_operations() -> None:
    ours = {(m, shape(path)) for path, methods in OPERATIONS.items() for m in methods}
    documented = {(m.upper(), shape(p)) for p, methods in document()["paths"].items() for m in methods}
    assert ours == documented - {("PARAMETERS", shape(p)) for p in document()["paths"]}


def shape(path: str) -> str:
    """Return a path without the names and types of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.mark.parametrize("query", QUERIES.split())
def test_every_event_matches_the_document(api: httpx.Client, query: str) -> None:
    with streamed(api, query) as response:
        for event in read_events(response):
            if event["event"] != "ping":
                assert event_problems(event) == [], event["event"]
            if event["event"] in ("error", "workflow_finished", "workflow_paused"):
                break
            if query == "forbidden" and event["event"] == "message_end":
                break


def test_autoplayed_speech_matches_the_document(server: LocalDify, api: httpx.Client) -> None:
    server.script = replace(server.script, autoplay=True)
    with streamed(api, "a question long enough to be read out loud by a machine") as response:
        sounds = [event for event in read_events(response) if event["event"] == "tts_message"]
    assert sounds
    assert problems({"$ref": "#/components/schemas/StreamEventChatTtsMessage"}, sounds[0]) == []


def test_snapshot_of_paused_run_is_documented(api: httpx.Client) -> None:
    run = chat(api, "human")["workflow_run_id"]
    query = {"user": "u", "include_state_snapshot": "true"}
    with api.stream("GET", f"/workflow/{run}/events", params=query) as response:
        received = [event for event in read_events(response) if event["event"] != "ping"]
    assert [event_problems(event) for event in received] == [[]] * len(received)


def test_paging_loses_rows_of_one_second(server: LocalDify) -> None:
    """The quirk of paging by `created_at` is there, and a test can switch it off."""
    with LocalDify(clock=lambda: 1.8e9) as frozen:
        counts: list[int] = []
        for one in (frozen, server):
            with client_of(one) as api:
                for _ in range(3):
                    chat(api, "hi")
                query = {"user": "u", "limit": "1", "sort_by": "created_at"}
                seen = api.get("/conversations", params=query).json()
                found = 0
                while seen["data"]:
                    found += len(seen["data"])
                    seen = api.get("/conversations", params={**query, "last_id": seen["data"][-1]["id"]}).json()
                counts.append(found)
    assert counts == [1, 3]
