"""Responses replaced by a test, and recorded requests."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from dify_chatflow.testing import Fault, LocalDify, RecordedRequest
from tests.local_dify.conftest import chat, client_of, streamed
from tests.local_dify.replay import read_events

PING, EVENT = b"event: ping\n\n", b'data: {"event": "message"}\n\n'
STREAM = {"content-type": "text/event-stream"}


@pytest.mark.parametrize(
    ("given", "content"),
    [({"a": 1}, b'{"a": 1}\n'), ([1, None], b"[1, null]\n"), ("text", b"text"), (b"\xff", b"\xff"), ("", b"")],
)
def test_body_is_answered_until_cleared(server: LocalDify, api: httpx.Client, given: object, content: bytes) -> None:
    server.answer("GET /info", given, headers={"X-Mine": "yes"})
    for _ in range(2):
        answer = api.get("/info")
        assert (answer.status_code, answer.content, answer.headers["x-mine"]) == (200, content, "yes")
        assert answer.headers["content-length"] == str(len(content))
        assert "x-version" not in answer.headers
    server.faults.clear()
    assert api.get("/info").json()["mode"] == "advanced-chat"


def test_answers_come_in_turn(server: LocalDify, api: httpx.Client) -> None:
    server.answer("/info", status=204, times=1)
    server.answer("/info", {"code": "teapot"}, status=418, times=2)
    assert [api.get("/info").status_code for _ in range(4)] == [204, 418, 418, 200]


def test_chunks_are_sent_as_they_are(server: LocalDify, api: httpx.Client) -> None:
    server.answer("POST /chat-messages", chunks=[PING, EVENT[:9], EVENT[9:]], headers=STREAM)
    with streamed(api, "hi") as response:
        assert "content-length" not in response.headers
        assert response.read() == PING + EVENT


def test_response_lingers_or_lacks_its_end(server: LocalDify, api: httpx.Client) -> None:
    server.answer("/info", chunks=[b"half"], cut_at_end=True, times=1)
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
        api.get("/info")
    server.answer("/info", chunks=[b"all"], linger=True)
    with api.stream("GET", "/info", timeout=0.2) as response:
        pieces = response.iter_raw()
        assert next(pieces) == b"all"
        with pytest.raises(httpx.ReadTimeout):
            next(pieces)


def test_a_function_answers_from_the_request(server: LocalDify, api: httpx.Client) -> None:
    def echo(request: RecordedRequest) -> Fault:
        return Fault(status=201, body={"query": request.json()["query"], "path": request.path})

    server.answer("POST /chat-messages", echo)
    assert chat(api, "hi") == {"query": "hi", "path": "/v1/chat-messages"}
    server.faults.clear()

    def modeless(_: RecordedRequest) -> Fault:
        return Fault(drop=("mode",))

    server.answer("/info", modeless)
    assert "mode" not in api.get("/info").json(), "a fault without a status applies to the server's response"


def test_functions_keep_no_other_request_waiting(server: LocalDify, api: httpx.Client) -> None:
    together = threading.Barrier(3)

    def meet(_: RecordedRequest) -> Fault:
        together.wait(5)
        return Fault(status=200, body={})

    server.answer("/info", meet)
    with ThreadPoolExecutor(3) as pool:
        assert [answer.status_code for answer in pool.map(api.get, ["/info"] * 3)] == [200] * 3


def test_refused_requests_are_recorded(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/chat-messages", status=503)
    server.fault("/chat-messages", cut_before_headers=True)
    with pytest.raises(httpx.HTTPStatusError):
        chat(api, "one")
    with pytest.raises(httpx.RemoteProtocolError):
        chat(api, "two")
    assert [(request.json()["query"], request.status) for request in server.requests] == [("one", 503), ("two", None)]


def test_targets_and_connections_are_on_record(server: LocalDify) -> None:
    for _ in range(2):
        with client_of(server) as api:
            api.get("/workflows/run/a%2Fb", params={"q": "a b"})
            api.get("/info")
    targets = ["/v1/workflows/run/a%2Fb?q=a%20b", "/v1/info"]
    assert [request.target.replace("+", "%20") for request in server.requests] == targets * 2
    ports = [request.client_port for request in server.requests]
    assert ports[0] == ports[1] != ports[2] == ports[3]


@pytest.mark.parametrize("shown", [False, True])
def test_keys_are_hidden_by_default(*, shown: bool) -> None:
    with LocalDify(show_keys=shown) as server, client_of(server) as api:
        api.get("/info")
        expected = f"Bearer {server.api_key}" if shown else "[hidden]"
        assert server.requests[0].headers["authorization"] == expected


def test_disconnecting_cuts_streams_and_not_their_runs(server: LocalDify, api: httpx.Client) -> None:
    with streamed(api, "slow 0.2") as response:
        events = read_events(response)
        run = next(event for event in events if event["event"] == "workflow_started")["workflow_run_id"]
        server.disconnect()
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            list(events)
    with api.stream("GET", f"/workflow/{run}/events", params={"user": "u"}) as response:
        assert list(read_events(response))[-1]["data"]["status"] == "succeeded"


def test_fault_probabilities_are_independent() -> None:
    """Requests to another route change nothing for the first."""

    def luck(others: int) -> list[int]:
        with LocalDify(seed=3) as server, client_of(server) as api:
            for route in ("/info", "/meta"):
                server.fault(route, status=500, times=None, probability=0.5)
            statuses: list[int] = []
            for _ in range(12):
                statuses.append(api.get("/info").status_code)
                for _ in range(others):
                    api.get("/meta")
            return statuses

    assert luck(0) == luck(3)
    assert set(luck(0)) == {200, 500}
