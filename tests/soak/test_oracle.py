"""The oracle of the soak runs finds every kind of mistake that a client double makes on purpose."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dify_chatflow import Chatflow, ResponseDecodeError
from soak import cases
from soak.cases import Case, Judged, run_async, run_sync
from soak.exchanges import API_KEY, Truth
from soak.methods import METHODS, Method, World
from soak.oracle import Evidence, Verdict, compare, judge
from soak.runner import shared_certificates
from soak.socket_faults import SOCKET_FAULTS
from soak.wire import ServerLoop
from tests.client.modes import App, close

SEND = next(method for method in METHODS if method.name == "send")
HARMLESS = next(fault for fault in SOCKET_FAULTS if fault.name == "chunked body")
KEPT: list[socket.socket] = []

Double = Callable[[App, World], Awaitable[dict[str, Any]]]


@pytest.fixture(scope="module")
def servers() -> Iterator[ServerLoop]:
    with ServerLoop() as loop:
        yield loop


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cases, "NOTICE", 0.3)
    yield
    while KEPT:
        KEPT.pop().close()


def play(double: Double, mode: str, servers: ServerLoop) -> Judged:
    """Return the judgement of a client double that sends a query."""
    method: Method = replace(SEND, call=double)
    case = Case(HARMLESS, method, mode, None)
    bound = 0.5 if double is hang else 60.0
    with shared_certificates():
        if mode == "sync":
            return run_sync(case, servers, bound)
        return asyncio.run(run_async(case, servers, bound))


async def truncate(app: App, world: World) -> dict[str, Any]:
    result = await SEND.call(app, world)
    return {**result, "answer": result["answer"][:-1]}


async def hang(app: App, world: World) -> dict[str, Any]:
    await SEND.call(app, world)
    if isinstance(app, Chatflow):
        time.sleep(2)  # noqa: ASYNC251 - the sync client blocks its thread
    await asyncio.sleep(2)
    return {}


async def retry(app: App, world: World) -> dict[str, Any]:
    await SEND.call(app, world)
    return await SEND.call(app, world)


async def keep_a_socket(app: App, world: World) -> dict[str, Any]:
    port = httpx.URL(app.base_url).port
    KEPT.append(socket.create_connection(("127.0.0.1", port or 0)))
    return await SEND.call(app, world)


async def raise_raw(app: App, world: World) -> dict[str, Any]:
    await SEND.call(app, world)
    raise httpx.ReadError("cut")


async def refuse(app: App, world: World) -> dict[str, Any]:
    await SEND.call(app, world)
    raise ResponseDecodeError("the body cannot be read", payload=b"")


async def show_the_key(app: App, world: World) -> dict[str, Any]:
    await SEND.call(app, world)
    error = ResponseDecodeError("the body cannot be read", payload=b"")
    error.args = (f"the body cannot be read: {API_KEY}",)
    raise error


async def break_the_client(app: App, world: World) -> dict[str, Any]:
    result = await SEND.call(app, world)
    await close(app)
    return result


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize(
    ("double", "verdict"),
    [
        (SEND.call, Verdict.RIGHT),
        (truncate, Verdict.WRONG),
        (hang, Verdict.HANG),
        (retry, Verdict.SECOND),
        (keep_a_socket, Verdict.LEAK),
        (raise_raw, Verdict.RAW),
        (refuse, Verdict.REFUSED),
        (show_the_key, Verdict.RAW),
        (break_the_client, Verdict.WRONG),
    ],
)
def test_mistake_of_a_double_is_found(double: Double, verdict: Verdict, mode: str, servers: ServerLoop) -> None:
    assert play(double, mode, servers).judgement.verdict is verdict


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        (Evidence(result={"answer": "yes"}), Verdict.RIGHT),
        (Evidence(result={"answer": "yes", "tokens": 5}), Verdict.RIGHT),
        (Evidence(result={"answer": "yes", "tokens": 4}), Verdict.WRONG),
        (Evidence(result={"answer": None}), Verdict.WRONG),
        (Evidence(result={"answer": "yes"}, left_open=1), Verdict.LEAK),
        (Evidence(result={"answer": "yes"}, never_closed=1), Verdict.LEAK),
        (Evidence(result={"answer": "yes"}, starts=2), Verdict.SECOND),
        (Evidence(result={"answer": "yes"}, next_result="another name"), Verdict.WRONG),
        (Evidence(error=ResponseDecodeError("cut", payload=b"")), Verdict.ERROR),
        (Evidence(error=ResponseDecodeError("", payload=b"")), Verdict.RAW),
        (Evidence(error=ResponseDecodeError("x" * 10_000, payload=b"")), Verdict.RAW),
        (Evidence(error=KeyError("answer")), Verdict.RAW),
        (Evidence(is_hung=True, result={"answer": "yes"}), Verdict.HANG),
    ],
)
def test_evidence_leads_to_its_verdict(evidence: Evidence, verdict: Verdict) -> None:
    assert judge(evidence, Truth({"answer": "yes"}, {"tokens": 5})).verdict is verdict


def test_differences_name_the_values() -> None:
    assert compare({"answer": "n"}, Truth({"answer": "yes"})) == ["answer is 'n', not 'yes'"]
