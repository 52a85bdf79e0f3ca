"""The faults of the local Dify server, tried on every method."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from dify_chatflow.testing import Flow, LocalDify, Node, Script
from soak import exchanges as ex
from soak.cases import BOUND, NEXT_TIMEOUT, NOTICE, Judged, new_client, run_now
from soak.exchanges import Truth
from soak.methods import METHODS, Method, World
from soak.oracle import Evidence, judge
from tests.client.modes import App, close, maybe_await

TEXT = "One two three four five."
ROWS = 4
PICTURE = ex.CONTENT[:5000]
SCRIPT = Script(
    flows=(
        Flow(
            when="form",
            nodes=(
                Node(type="human-input", id="ask", form="Approve?", actions={"approve": ()}),
                Node(type="answer", text="Done."),
            ),
        ),
        Flow(when="files", nodes=(Node(type="answer", text="{{#sys.files#}}"),)),
        Flow(nodes=(Node(type="llm", text=TEXT), Node(type="answer", text="{{#llm.text#}}"))),
    )
)


@dataclass(frozen=True)
class ServerFault:
    """A fault of the local Dify: its name and its arguments."""

    name: str
    fields: dict[str, Any]
    is_harmless: bool = False
    is_for_streams: bool = False


def fault(name: str, *, is_harmless: bool = False, is_for_streams: bool = False, **fields: Any) -> ServerFault:
    """Return a fault."""
    return ServerFault(name, fields, is_harmless, is_for_streams)


SERVER_FAULTS = (
    fault("latency", latency=0.3, is_harmless=True),
    fault("status 429", status=429),
    fault("status 429, Retry-After", status=429, headers={"retry-after": "0"}),
    fault("status 500", status=500),
    fault("status 503, Retry-After", status=503, headers={"retry-after": "0"}),
    fault("page of a proxy", status=502, html=True),
    fault("status 520, text", status=520, body="broken", content_type="text/plain"),
    fault("other content type", content_type="text/html"),
    fault("more headers", headers={"x-more": "1"}, is_harmless=True),
    fault("cut before the headers", cut_before_headers=True),
    fault("reset before the headers", cut_before_headers=True, reset=True),
    fault("cut in the headers", cut_in_headers=True),
    *(fault(f"cut after {size} bytes", cut_after_bytes=size) for size in (1, 30, 100, 1000)),
    fault("reset after 50 bytes", cut_after_bytes=50, reset=True),
    *(fault(f"cut after {count} events", cut_after_events=count) for count in (0, 1, 3, 5, 8)),
    fault("cut at the end", cut_at_end=True),
    fault("reset at the end", cut_at_end=True, reset=True),
    fault("connection left open", linger=True, is_for_streams=True),
    fault("length too large", wrong_length=10),
    fault("length too small", wrong_length=-10),
    fault("one byte at a time", drip=0.0, is_harmless=True),
    fault("silence after 2 events", silence_after_events=2, silence=30.0),
    fault("short silence after 2 events", silence_after_events=2, silence=0.3, is_harmless=True),
    fault("no ids", drop=("id", "task_id", "message_id", "workflow_run_id")),
    fault("no answer", drop=("answer",)),
    fault("no data", drop=("data",)),
    fault("no metadata", drop=("metadata",)),
    fault("null status", null=("status",)),
    fault("null answer", null=("answer",)),
    fault("null outputs", null=("outputs",)),
    fault("null rows", null=("data",)),
    fault("events twice", repeat_events=True),
    fault("unknown event", unknown_event=2, is_harmless=True),
    fault("huge event", huge_event=300_000, is_harmless=True),
    fault("invalid JSON", invalid_json=True),
    fault("invalid JSON in an event", invalid_json=5),
    fault("invalid UTF-8", invalid_utf8=True),
    fault("invalid UTF-8 in an event", invalid_utf8=5),
)


@dataclass(frozen=True, eq=False)
class ServerCase:
    """A fault, a method and a client on the local Dify."""

    fault: ServerFault
    method: Method
    mode: str
    times: int | None


REPLY = Truth({"text": TEXT, "answer": TEXT, "status": "succeeded"})
TRUTHS = {
    "send": Truth({"answer": TEXT}),
    "stream": REPLY,
    "resume": REPLY,
    "rejoin": REPLY,
    "runs.get": Truth({}, {"status": "succeeded", "answer": TEXT}),
    "upload": Truth({}, {"name": "photo.png", "size": len(PICTURE)}),
    "download": Truth({"content": PICTURE}),
    "to file": Truth({"content": PICTURE}),
    "paging": Truth({"names": tuple(f"query {number}" for number in range(ROWS, 0, -1))}),
    "form": Truth({"actions": ["approve"]}),
    "submit": Truth({"result": {}}),
}


def server_cases() -> list[ServerCase]:
    """Return every fault of the local Dify with every method, sync and async."""
    return [
        ServerCase(fault, method, mode, times)
        for fault in SERVER_FAULTS
        for method in METHODS
        for times in ((1, None) if method.is_retried else (None,))
        for mode in ("sync", "async")
        if method.exchange.is_stream or not fault.is_for_streams
    ]


def prepare(server: LocalDify, method: Method, folder: Path) -> World:
    """Create what the method refers to."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    world = World(folder, upload=PICTURE, content=PICTURE)
    with httpx.Client(base_url=server.base_url, headers=headers, timeout=NEXT_TIMEOUT) as api:

        def chat(query: str, **fields: Any) -> Any:
            body: dict[str, Any] = {"inputs": {}, "query": query, "user": ex.USER, **fields}
            return api.post("/chat-messages", json=body).raise_for_status().json()

        if method.name == "runs.get":
            chat("hello")
            world.run_id = api.get("/workflows/logs").json()["data"][0]["workflow_run"]["id"]
        elif method.name in ("download", "to file"):
            files = {"file": ("photo.png", PICTURE, "image/png")}
            world.file_id = api.post("/files/upload", data={"user": ex.USER}, files=files).json()["id"]
            file = {"type": "image", "transfer_method": "local_file", "upload_file_id": world.file_id}
            chat("files", files=[file])
        elif method.name == "paging":
            for number in range(1, ROWS + 1):
                chat(f"query {number}")
        elif method.name in ("form", "submit"):
            world.form_token = chat("form")["data"]["reasons"][0]["form_token"]
    return world


def arm(server: LocalDify, case: ServerCase) -> None:
    """Add the fault of a case."""
    if case.method.name == "rejoin":
        server.fault("POST /chat-messages", cut_after_events=5)
    skip = 1 if case.method.name == "paging" else 0
    server.fault(case.method.route, times=case.times, skip=skip, **case.fault.fields)


async def observe(case: ServerCase, app: App, world: World, evidence: Evidence) -> None:
    """Call the method."""
    try:
        evidence.result = await case.method.call(app, world)
    except Exception as error:  # noqa: BLE001 - judged
        evidence.error = error


async def observe_next(server: LocalDify, app: App, evidence: Evidence) -> None:
    """Call another method without a fault; it must find the client in order."""
    server.faults.clear()
    try:
        info = await maybe_await(app.with_options(timeout=NEXT_TIMEOUT).application.info())
        if info.name != SCRIPT.name:
            evidence.next_result = f"the name of the app is {info.name!r}"
    except Exception as error:  # noqa: BLE001 - judged
        evidence.next_result = f"{type(error).__name__}: {error}"


def run_case(case: ServerCase, bound: float = BOUND) -> Judged:
    """Run a case, with a server for it alone."""
    evidence = Evidence()
    counter = iter(range(1_800_000_000, 1_900_000_000))
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalDify(SCRIPT, silence=1.0, clock=lambda: float(next(counter))) as server,
    ):
        world = prepare(server, case.method, Path(folder))
        first = len(server.requests)
        arm(server, case)
        app = new_client(case.mode, server.port, server.api_key)

        async def work() -> None:
            await observe(case, app, world, evidence)
            if case.mode == "async":
                await observe_next(server, app, evidence)
                await close(app)

        def target() -> None:
            if case.mode == "async":
                asyncio.run(work())
            else:
                run_now(work())
                run_now(observe_next(server, app, evidence))
                run_now(close(app))

        started = time.monotonic()
        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        thread.join(bound)
        evidence.seconds, evidence.is_hung = time.monotonic() - started, thread.is_alive()
        if not evidence.is_hung:
            evidence.never_closed = settle(server)
        route = case.method.route.partition(" ")[2].rstrip("*")
        starts = [one for one in server.requests[first:] if one.method == "POST" and route in one.path]
        refused = [one for one in starts if one.status == 429]  # noqa: PLR2004
        evidence.starts = len(starts) - len(refused) if case.method.starts_run else 0
        requests = tuple(f"{one.method} {one.path}" for one in server.requests[first:])
        server.faults.clear()
    truth = TRUTHS[case.method.name]
    judgement = judge(evidence, truth, is_harmless=case.fault.is_harmless)
    return Judged(case.fault.name, case.method.name, case.mode, case.times, judgement, requests, is_local=True)


def settle(server: LocalDify) -> int:
    """Return the number of connections that the client does not close."""
    state: Any = vars(server)["_server"]
    end = time.monotonic() + NOTICE
    while state.server_state.connections and time.monotonic() < end:
        time.sleep(0.01)
    return len(state.server_state.connections)
