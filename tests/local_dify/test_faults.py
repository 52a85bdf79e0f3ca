"""Injected faults, observed by a client on a real socket."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import Fault, LocalDify, UnusedFaultWarning
from tests.exchanges import parse_events
from tests.local_dify.conftest import Record, chat, client_of, streamed

BROKEN = (httpx.RemoteProtocolError, httpx.ReadError)


def read_stream(api: httpx.Client) -> tuple[bytes, Exception | None]:
    """Return the bytes of a stream and the error that ended it, if any."""
    pieces: list[bytes] = []
    try:
        with streamed(api, "hi") as response:
            pieces.extend(response.iter_raw())
    except httpx.TransportError as error:
        return b"".join(pieces), error
    return b"".join(pieces), None


def events(raw: bytes) -> list[Record]:
    return [event for event in parse_events(raw.decode()) if event["event"] != "ping"]


@pytest.mark.parametrize("fault", [{"cut_before_headers": True}, {"cut_in_headers": True}])
@pytest.mark.parametrize("reset", [False, True])
def test_the_connection_ends_before_the_answer(
    server: LocalDify, api: httpx.Client, fault: dict[str, bool], reset: bool
) -> None:
    server.fault("/info", reset=reset, **fault)
    with pytest.raises(BROKEN):
        api.get("/info")
    assert api.get("/info").status_code == 200


def test_cut_before_headers_starts_no_run(server: LocalDify, api: httpx.Client) -> None:
    for fault in ({"cut_before_headers": True}, {"cut_in_headers": True}):
        server.fault("POST /chat-messages", **fault)
        with pytest.raises(BROKEN):
            chat(api, "hi")
    assert [request.status for request in server.requests] == [None, None]
    assert api.get("/workflows/logs").json()["total"] == 1


@pytest.mark.parametrize("count", [0, 1, 4])
def test_cut_after_events(server: LocalDify, api: httpx.Client, count: int) -> None:
    server.fault("/chat-messages", cut_after_events=count)
    raw, error = read_stream(api)
    assert isinstance(error, BROKEN)
    assert len(events(raw)) == count


def test_cut_after_bytes(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/chat-messages", cut_after_bytes=100)
    raw, error = read_stream(api)
    assert isinstance(error, BROKEN)
    assert len(raw) == 100


def test_reset_in_a_stream(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/chat-messages", cut_after_events=2, reset=True)
    _, error = read_stream(api)
    assert isinstance(error, httpx.ReadError)


def test_more_is_announced_than_sent(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/info", wrong_length=10)
    with pytest.raises(httpx.RemoteProtocolError, match="expected"):
        api.get("/info")


def test_less_is_announced_than_sent(server: LocalDify, api: httpx.Client) -> None:
    complete = api.get("/info").content
    server.fault("/info", wrong_length=-10)
    server.answer("/meta", "four", headers={"Content-Length": "3"})
    # What is too much would be in the way of the next request, so each has its own connection.
    for path, content in (("/info", complete[:-10]), ("/meta", b"fou")):
        with client_of(server) as other:
            assert other.get(path).content == content


def test_latency_drip_and_silence_delay_responses(server: LocalDify, api: httpx.Client) -> None:
    for fault in (Fault(latency=5), Fault(drip=5), Fault("/chat-messages", silence_after_events=1, silence=5)):
        server.faults.add(fault)
        with httpx.Client(base_url=api.base_url, headers=api.headers, timeout=0.2) as hasty:
            assert isinstance(read_stream(hasty)[1], httpx.ReadTimeout)
        server.faults.clear()


def test_drip_and_silence_lose_nothing(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/info", drip=0.0)
    assert api.get("/info").json()["mode"] == "advanced-chat"
    server.fault("/chat-messages", silence_after_events=2, silence=0.01)
    raw, error = read_stream(api)
    assert error is None
    assert events(raw)[-1]["event"] == "workflow_finished"


def test_too_many_requests_in_both_forms(server: LocalDify, api: httpx.Client) -> None:
    date = "Wed, 21 Oct 2037 07:28:00 GMT"
    for after in ("2", date):
        server.fault("/info", status=429, headers={"retry-after": after})
    answers = [api.get("/info") for _ in range(3)]
    assert [(r.status_code, r.headers.get("retry-after")) for r in answers] == [(429, "2"), (429, date), (200, None)]


def test_proxies_and_their_pages(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/info", status=502, html=True)
    server.fault("/info", status=500)
    server.fault("/info", status=418, body={"code": "teapot"})
    server.fault("/info", status=520, body="broken", content_type="text/plain")
    page, plain, teapot, odd = (api.get("/info") for _ in range(4))
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html")
    assert page.text.startswith("<html>")
    assert (plain.status_code, plain.json()["status"]) == (500, 500)
    assert teapot.json() == {"code": "teapot"}
    assert (odd.status_code, odd.text) == (520, "broken")


def test_a_wrong_content_type(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/chat-messages", content_type="text/html")
    with streamed(api, "hi") as response:
        assert response.headers["content-type"] == "text/html"


def test_fields_go_missing_or_become_null(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/info", drop=("mode",), null=("name",))
    answer = api.get("/info").json()
    assert "mode" not in answer
    assert answer["name"] is None
    server.fault("/chat-messages", drop=("task_id",), null=("node_id",))
    received = events(read_stream(api)[0])
    assert not any("task_id" in event for event in received)
    assert {event["data"]["node_id"] for event in received if event["event"] == "node_started"} == {None}


def test_events_are_repeated_unknown_and_huge(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/chat-messages", repeat_events=True)
    received = events(read_stream(api)[0])
    assert received[0::2] == received[1::2]
    server.fault("/chat-messages", unknown_event=2)
    assert [event["event"] for event in events(read_stream(api)[0])].index("an_unknown_event") == 2
    server.fault("/chat-messages", huge_event=300_000)
    assert len(events(read_stream(api)[0])[0]["text"]) == 300_000


def test_json_and_utf8_are_broken(server: LocalDify, api: httpx.Client) -> None:
    server.fault("/info", invalid_json=True)
    with pytest.raises(json.JSONDecodeError):
        api.get("/info").json()
    server.fault("/info", invalid_utf8=True)
    with pytest.raises(UnicodeDecodeError):
        api.get("/info").content.decode()
    server.fault("/chat-messages", invalid_json=3)
    blocks = [block for block in read_stream(api)[0].split(b"\n\n") if block.startswith(b"data:")]
    broken = [number for number, block in enumerate(blocks) if not is_json(block[5:])]
    assert broken == [3]
    server.fault("/chat-messages", invalid_utf8=0)
    assert b"\xff" in read_stream(api)[0]


def is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def test_faults_match_selected_requests(server: LocalDify, api: httpx.Client) -> None:
    server.fault("GET /conversations/*/variables", status=503, times=None)
    server.fault("/meta", status=500, times=2, skip=1)
    assert [api.get("/meta").status_code for _ in range(5)] == [200, 500, 500, 200, 200]
    assert api.get("/conversations", params={"user": "u"}).status_code == 200
    assert api.get("/conversations/x/variables").status_code == 503
    server.faults.clear()
    assert api.get("/conversations/x/variables").status_code == 404


def test_same_seed_gives_same_faults() -> None:
    def luck(seed: int) -> list[int]:
        with LocalDify(seed=seed) as server:
            server.fault("/info", status=500, times=None, probability=0.5)
            headers = {"authorization": f"Bearer {server.api_key}"}
            with httpx.Client(base_url=server.base_url, headers=headers) as api:
                return [api.get("/info").status_code for _ in range(20)]

    first = luck(7)
    assert set(first) == {200, 500}
    assert first == luck(7)
    assert first != luck(8)


def test_unknown_fault_field_raises(server: LocalDify) -> None:
    with pytest.raises(TypeError, match="explode"):
        server.fault("/info", explode=True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"route": "POST /chat-message", "cut_in_headers": True}, "matches no operation.*/chat-messages"),
        ({"route": "GET /chat-messages", "cut_in_headers": True}, "has OPTIONS, POST"),
        ({"route": "POSTS /chat-messages", "cut_in_headers": True}, "unknown method"),
        ({"route": "post /chat-messages", "status": 503}, "unknown method"),
        ({"route": "/v1/info", "status": 503}, "leave out /v1"),
        ({"route": "info", "status": 503}, "begin the path with /"),
        ({"route": "/messages/a/b/suggested", "drip": 0.1}, "matches no operation"),
        ({"route": "/info"}, "does nothing"),
        ({"route": "/info", "reset": True}, "reset does nothing by itself: set one of cut_before_headers"),
        ({"route": "/info", "silence": 5}, "silence_after_events"),
        ({"route": "/info", "html": True}, "status"),
        ({"route": "/info", "status": 503, "times": 0}, "never applies"),
        ({"route": "/info", "status": 503, "probability": 0}, "never applies"),
        ({"route": "/info", "drop": "name"}, r"write drop=\('name',\)"),
    ],
)
def test_fault_that_cannot_apply_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises((ValueError, TypeError), match=words):
        LocalDify().fault(**fields)


@pytest.mark.parametrize(
    "route",
    ["*", "GET *", "/conversations/*", "DELETE /conversations/c-1", "HEAD /info", "/files/*/file-preview", "/apps/*/*"],
)
def test_fault_of_any_known_route_is_accepted(route: str) -> None:
    assert LocalDify().fault(route, cut_in_headers=True).route == route


def test_answer_may_add_a_path(server: LocalDify, api: httpx.Client) -> None:
    server.answer("GET /new-operation", {"fresh": True})
    assert api.get("/new-operation").json() == {"fresh": True}


def test_unused_fault_is_reported_at_the_end() -> None:
    with pytest.warns(UnusedFaultWarning, match=r"'POST /chat-messages' was never applied \(status\)"):  # noqa: SIM117
        with LocalDify() as server:
            server.fault("POST /chat-messages", status=503)


def test_used_and_random_faults_stay_unreported(recwarn: pytest.WarningsRecorder) -> None:
    with LocalDify() as server, client_of(server) as api:
        server.fault("/info", status=503)
        assert api.get("/info").status_code == 503
        server.fault("/meta", status=503)
        server.faults.clear()
        server.fault("/meta", status=503, probability=0.5)
        server.answer("/site", {})
    assert not [warning for warning in recwarn if warning.category is UnusedFaultWarning]


def test_failing_block_hides_no_error() -> None:
    server = LocalDify()
    server.fault("/info", status=503)
    with pytest.raises(KeyError, match="of the test"), server:
        raise KeyError("of the test")
