"""Replay of recordings against a local Dify: ids are translated, responses compared by their shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import httpx

from dify_chatflow.testing import Flow, LocalDify, Node, Script
from local_dify.json_types import Record, is_list, is_record
from local_dify.script_file import load
from tests.exchanges import Exchange, parse_events

# After so many pings in a row nothing else is to be expected.
PATIENCE = 15
NOBODYS = ("11111111-", "00000000-")
BAD_KEYS: dict[str, dict[str, str]] = {
    "must be provided": {},
    "scheme must be": {"authorization": "Basic YTpi"},
    "token is invalid": {"authorization": "Bearer app-nope"},
}
HERE = Path(__file__).parent
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=human_input/)[0-9A-Za-z]{22}", re.IGNORECASE)
TOKEN = re.compile(r"[0-9A-Za-z]{22}")
CUT = re.compile(r"\.\.\.<(\d+) bytes>$")
# What is in these depends on the app and on what was asked; that they are there, and of what type, does not.
FREE = {"inputs", "outputs", "process_data", "submitted_data", "loop_duration_map", "loop_variable_map"}
HEADERS = ("content-type", "www-authenticate", "allow", "content-disposition", "cache-control", "x-version")


@dataclass
class Answer:
    """Response of the local server."""

    status: int
    headers: httpx.Headers
    body: Any
    events: list[Record] = field(default_factory=list[Record])


def apps() -> dict[str, Script]:
    """Return the scripts of the recorded apps by name."""
    app = load(HERE / "wire_app.yaml")
    llm = replace(app, follow_ups=("What next?", "Why?", "How?"), transcript="hello transcribed", speech=True)
    broken = (Flow(error="API-based Extension not found. Please check it again."),)
    llm2 = Node(type="llm", id="llm2", title="LLM2", text="Hello")
    answer_node = Node(type="answer", id="ahl", text="LLM said: {{#llm2.text#}}")
    human = next(flow for flow in app.flows if flow.when == "human")
    form_node = replace(human.nodes[1], actions={"approve": (llm2, answer_node), "reject": ()})
    asking = replace(human, nodes=(human.nodes[0], form_node))
    blocks = replace(app, blocked_words=("badword in",), blocked_input="input blocked")
    return {
        "chatflow": app,
        "chatflow2": app,
        "workflow": replace(app, mode="workflow", name="wire workflow"),
        "unpublished": replace(app, published=False),
        "disabled": replace(app, enabled=False),
        "llm": llm,
        "tts": replace(llm, autoplay=True, flows=(*talk(), *app.flows)),
        "mod": replace(blocks, unsafe_words=("fake",), blocked_output="output blocked"),
        "broken": app,
        "limited": replace(app, max_active_requests=1),
        "badmod": replace(app, flows=broken),
        "badgraph": replace(app, flows=(Flow(error="No class mapping found for node type: nope-type"),)),
        "humllm": replace(app, flows=(asking, *app.flows)),
    }


def talk() -> tuple[Flow, ...]:
    """Return a flow whose answer is long enough for speech."""
    text = " ".join(f"This is sentence number {n} of the long talk." for n in range(3))
    answer = Node(type="answer", id="allm", text="{{#llm.text#}}")
    return (Flow(when="llm talk", nodes=(Node(type="llm", text=text), answer)),)


class Replay:
    """Local server, and a map from recorded ids to its ids."""

    def __init__(self, server: LocalDify) -> None:
        self.server = server
        self.keys = {name: server.add_app(script) for name, script in apps().items()}
        self.ids: dict[str, str] = {}
        self.client = httpx.Client(base_url=server.base_url.removesuffix("/v1"), timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def knows(self, recording: Exchange) -> bool:
        """Return True if every id in a request is known, or belongs to nothing on purpose."""
        asked = ID.findall(f"{recording.request['path']} {recording.request['body']}")
        return all(self.ids.keys() & {found, found.lower()} for found in asked if not found.startswith(NOBODYS))

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
        elif is_list(recorded) and is_list(mine):
            for one, other in zip(recorded, mine, strict=False):
                self.learn(one, other)
        elif isinstance(recorded, str) and isinstance(mine, str) and is_id(recorded) and is_id(mine):
            self.ids.setdefault(recorded.lower() if "-" in recorded else recorded, mine)

    def request(self, recording: Exchange) -> httpx.Request:
        """Build the recorded request for the local server."""
        request = recording.request
        scheme = "bearer" if "lowercase" in recording.name else "Bearer"
        headers = {"authorization": f"{scheme} {self.keys[request['app']]}"}
        if recording.response["status"] == HTTPStatus.UNAUTHORIZED:
            # The invalid header was not recorded; the response shows which one it was.
            headers = next(sent for words, sent in BAD_KEYS.items() if words in recording.response["body"]["message"])
        content: bytes | None = None
        if request["content_type"]:
            headers["content-type"] = request["content_type"]
        if isinstance(request["body"], str):
            content = restore_body(request["body"], request["content_type"]).encode("latin-1")
        elif request["body"] is not None:
            content = self.ours(json.dumps(request["body"])).encode()
        return self.client.build_request(
            request["method"], self.ours(request["path"]), headers=headers, content=content
        )

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
            return Answer(response.status_code, response.headers, None, events)
        finally:
            response.close()


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
