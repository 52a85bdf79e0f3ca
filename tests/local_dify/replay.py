"""Replay of recordings against a local Dify: ids are translated, responses compared by their shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Self

import httpx

from dify_chatflow.testing import LocalDify, Script
from local_dify.json_types import Record, is_list, is_record
from tests.exchanges import Exchange, parse_events

# After so many pings in a row nothing else is to be expected.
PATIENCE = 15
NOBODYS = ("11111111-", "00000000-")
BAD_KEYS: dict[str, dict[str, str]] = {
    "must be provided": {},
    "scheme must be": {"authorization": "Basic YTpi"},
    "token is invalid": {"authorization": "Bearer app-nope"},
}
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=human_input/)[0-9A-Za-z]{22}", re.IGNORECASE)
TOKEN = re.compile(r"[0-9A-Za-z]{22}")
CUT = re.compile(r"\.\.\.<(\d+) bytes>$")
# What is in these depends on the app and on what was asked; that they are there, and of what type, does not.
FREE = {"inputs", "outputs", "process_data", "submitted_data", "doc_metadata", "reasoning", "tool_info"} | {
    f"{kind}_map" for kind in ("loop_duration", "loop_variable", "iteration_duration")
}
# Recordings of another app than the one they name.
OTHER_APPS: dict[str, str] = dict.fromkeys(
    ("663_mod_output_stream_outputs_unmoderated", "664_mod_output_events_finished", "666_mod_output_messages"), "modllm"
)
HEADERS = ("content-type", "www-authenticate", "allow", "content-disposition", "cache-control", "x-version")


@dataclass
class Answer:
    """Response of the local server."""

    status: int
    headers: httpx.Headers
    body: Any
    events: list[Record] = field(default_factory=list[Record])


class Replay:
    """Local server, and a map from recorded ids to its ids."""

    def __init__(self, server: LocalDify, scripts: Mapping[str, Script]) -> None:
        self.server = server
        self.keys = {name: server.add_app(script) for name, script in scripts.items()}
        self.ids: dict[str, str] = {}
        self.cursors: dict[str, str] = {}
        self.answers: dict[str, Answer] = {}
        self.client = httpx.Client(base_url=server.base_url.removesuffix("/v1"), timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def knows(self, recording: Exchange) -> bool:
        """Return True if every id in a request is known, or belongs to nothing on purpose."""
        asked = ID.findall(f"{recording.request['path']} {recording.request['body']}")
        return all(self.ids.keys() & {found, found.lower()} for found in asked if not found.startswith(NOBODYS))

    def adopt(self, recording: Exchange) -> None:
        """Make what a request names, where the exchange that made it was not recorded.

        Requests that were answered with 404 name nothing on purpose.
        """
        message = str(recording.response["body"])
        for pattern, make, absence in MAKERS:
            for found in re.findall(pattern, f"{recording.request['path']} {json.dumps(recording.request['body'])}"):
                is_known = self.ids.keys() & {found, found.lower()} or found.startswith(NOBODYS)
                if not is_known and not (recording.status == HTTPStatus.NOT_FOUND and absence in message):
                    self.ids[found.lower()] = make(self, recording)

    def post(self, recording: Exchange, path: str, **fields: Any) -> Any:
        """Send a request to the app of a recording, for its user."""
        user = self.user_of(recording)
        headers = {"authorization": f"Bearer {self.keys[recording.request['app']]}"}
        if "files" in fields:
            response = self.client.post(path, headers=headers, data={"user": user}, **fields)
        else:
            response = self.client.post(path, headers=headers, json={"user": user, **fields})
        return response.raise_for_status().json()

    def user_of(self, recording: Exchange) -> str:
        """Return the user of a request."""
        body, match = recording.request["body"], re.search(r"user=([^&]+)", recording.request["path"])
        return str(body["user"]) if is_record(body) and body.get("user") else match[1] if match else "u1"

    def ours(self, text: str) -> str:
        """Replace recorded ids in a text."""

        def known(match: re.Match[str]) -> str:
            mine = self.ids.get(match[0].lower(), self.ids.get(match[0], match[0]))
            return mine.upper() if match[0].isupper() else mine

        return ID.sub(known, text)

    def learn(self, recorded: Any, mine: Any) -> None:
        """Map the ids that both responses have in the same place."""
        if is_record(recorded) and is_record(mine):
            for name in recorded.keys() & mine.keys():
                self.learn(recorded[name], mine[name])
                if name == "cursor":
                    self.cursors.setdefault(recorded[name], mine[name])
        elif is_list(recorded) and is_list(mine):
            for one, other in zip(recorded, mine, strict=False):
                self.learn(one, other)
        elif isinstance(recorded, str) and isinstance(mine, str) and is_id(recorded) and is_id(mine):
            self.ids.setdefault(recorded.lower() if "-" in recorded else recorded, mine)

    def request(self, recording: Exchange) -> httpx.Request:
        """Build the recorded request for the local server."""
        request = recording.request
        scheme = "bearer" if "lowercase" in recording.name else "Bearer"
        app: str = OTHER_APPS.get(recording.name) or request["app"]
        headers = {"authorization": f"{scheme} {self.keys[app]}"}
        if recording.response["status"] == HTTPStatus.UNAUTHORIZED:
            # The invalid header was not recorded; the response shows which one it was.
            headers = next(sent for words, sent in BAD_KEYS.items() if words in recording.response["body"]["message"])
        latest = self.cursors.get("*", "")
        headers |= {name: self.cursors.get(value, latest) for name, value in request.get("headers", {}).items()}
        method, path, body = request["method"], self.ours(request["path"]), request["body"]
        path = re.sub(r"(?<=cursor=)[\d-]+", lambda match: self.cursors.get(match[0], latest), path)
        if is_record(body) and "form" in body:
            files = {name: (file[0], bytes(file[1]), file[2]) for name, file in body["files"].items()}
            return self.client.build_request(method, path, headers=headers, data=body["form"], files=files)
        content: bytes | None = None
        if request["content_type"]:
            headers["content-type"] = request["content_type"]
        if isinstance(body, str):
            text = restore_body(body, request["content_type"])
            content = text.encode("latin-1" if all(ord(letter) < 256 for letter in text) else "utf-8")
        elif body is not None:
            content = self.ours(json.dumps(body)).encode()
        return self.client.build_request(method, path, headers=headers, content=content)

    def answer(self, recording: Exchange, on_event: Callable[[Record], None] | None = None) -> Answer:
        """Send the recorded request and return the response; of a stream, as much as was recorded."""
        response = self.client.send(self.request(recording), stream=True)
        try:
            if not recording.is_stream:
                response.read()
                body: Any = response.text
                if "json" in response.headers.get("content-type", "") and response.content:
                    body = response.json()
                if recording.response["body"] is not None or body is None:
                    self.learn(recording.response["body"], body)
                return Answer(response.status_code, response.headers, body)
            events: list[Record] = []
            wanted, last = len(normal(recording.events)), normal(recording.events)[-1]["event"]
            for event in read_events(response):
                events.append(event)
                if on_event:
                    on_event(event)
                if len(normal(events)) >= wanted and (event["event"] == last or last == "ping"):
                    break
                if events[-PATIENCE:] == [{"event": "ping"}] * PATIENCE:
                    break
            for one, other in zip(normal(recording.events), normal(events), strict=False):
                self.learn(one, other)
            if len(recording.events) == len(events):
                self.learn(recording.events, events)
            return Answer(response.status_code, response.headers, None, events)
        finally:
            response.close()


def make_conversation(replay: Replay, recording: Exchange) -> str:
    """Start a conversation and return its id."""
    fields: Record = {"inputs": {}, "query": "hi", "response_mode": "blocking"}
    return str(replay.post(recording, "/v1/chat-messages", **fields)["conversation_id"])


def make_message(replay: Replay, recording: Exchange) -> str:
    """Send a message and return its id."""
    fields: Record = {"inputs": {}, "query": "hi", "response_mode": "blocking"}
    return str(replay.post(recording, "/v1/chat-messages", **fields)["message_id"])


def make_upload(replay: Replay, recording: Exchange) -> str:
    """Upload a file and return its id."""
    file = ("a.txt", b"text", "text/plain")
    if "png" in str(recording.response["headers"]) or '"type": "image"' in json.dumps(recording.request["body"]):
        file = ("p.png", b"image", "image/png")
    return str(replay.post(recording, "/v1/files/upload", files={"file": file})["id"])


def make_sent_upload(replay: Replay, recording: Exchange) -> str:
    """Upload a file, send it with a message, and return its id."""
    file_id = make_upload(replay, recording)
    file = {"type": "document", "transfer_method": "local_file", "upload_file_id": file_id}
    fields: Record = {"inputs": {}, "query": "files", "response_mode": "blocking", "files": [file]}
    replay.post(recording, "/v1/chat-messages", **fields)
    return file_id


def make_annotation(replay: Replay, recording: Exchange) -> str:
    """Create an annotation and return its id."""
    return str(replay.post(recording, "/v1/apps/annotations", question="q?", answer="a")["id"])


UUID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
# What a request names by an id, how it is made, and the message of a server that does not have it.
MAKERS: tuple[tuple[str, Callable[[Replay, Exchange], str], str], ...] = (
    (rf"/conversations/{UUID}", make_conversation, "Conversation Not Exists"),
    (rf"conversation_id=?(?:\": \")?{UUID}", make_conversation, "Conversation Not Exists"),
    (rf"/messages/{UUID}/", make_message, "Message Not Exists"),
    (rf"\"message_id\": \"{UUID}", make_message, ""),
    (rf"upload_file_id\": \"{UUID}", make_upload, ""),
    (rf"/files/{UUID}/preview", make_sent_upload, "File not found"),
    (rf"/apps/annotations/{UUID}", make_annotation, "Annotation not found"),
)


def read_events(response: httpx.Response) -> Iterator[Record]:
    """Yield the events of a stream as they arrive."""
    text = ""
    for piece in response.iter_text():
        text += piece
        *whole_blocks, text = text.split("\n\n")
        for block in whole_blocks:
            yield from parse_events(block)


def restore_body(body: str, content_type: str) -> str:
    """Return a recorded body with its omitted tail filled up to the full length."""
    match = CUT.search(body)
    if match is None:
        return body
    boundary = content_type.partition("boundary=")[2]
    tail = f"\r\n--{boundary}--\r\n"
    kept = body[: match.start()]
    return kept + kept[-1] * (int(match[1]) - len(kept) - len(tail)) + tail


def normal(events: list[Record]) -> list[Record]:
    """Return the events without later pings, and with adjacent text and speech events as one."""
    kept: list[Record] = []
    for number, event in enumerate(events):
        name = event["event"]
        if name == "ping" and number:
            continue
        if name in ("message", "tts_message") and kept and kept[-1]["event"] in ("message", "tts_message"):
            continue
        kept.append(event)
    return kept


def is_id(text: str) -> bool:
    """Return True for an id or a form's token."""
    return not text.startswith("00000000-") and bool(ID.fullmatch(text) or TOKEN.fullmatch(text))


def shape(value: Any, path: str = "") -> dict[str, set[str]]:
    """Return the types at each place of a JSON value; the items of a list share one place."""
    kind = "null" if value is None else type(value).__name__
    found = {path: {kind}}
    if path.rpartition(".")[2] in FREE:
        return found
    children = list(value.items()) if is_record(value) else [("[]", item) for item in value] if is_list(value) else []
    for name, child in children:
        for place, kinds in shape(child, f"{path}.{name}").items():
            found.setdefault(place, set()).update(kinds)
    return found


def differences(recorded: Any, mine: Any) -> list[str]:
    """Return the differences in shape; the items of a list that is empty on one side are not compared."""
    one, other = shape(recorded), shape(mine)
    inside = {path for path in one.keys() ^ other.keys() if "[]" in path and is_empty(path, one, other)}
    texts = [f"{path} is missing" for path in sorted(one.keys() - other.keys() - inside)]
    texts += [f"{path} is extra" for path in sorted(other.keys() - one.keys() - inside)]
    for path in sorted(one.keys() & other.keys()):
        if not other[path] <= one[path] and not ("[]" in path and one[path] & other[path]):
            texts.append(f"{path} is {sorted(other[path])}, recorded {sorted(one[path])}")
    return texts


def is_empty(path: str, *shapes: dict[str, set[str]]) -> bool:
    """Return True if the list around a place is empty in one of the shapes."""
    stem = path[: path.index("[]") + 2]
    return any(stem not in shape for shape in shapes)
