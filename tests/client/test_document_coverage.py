"""Every operation of the document has a method, and every parameter a way to the wire."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from pipeline import document
from pipeline.document import Document
from tests.client.modes import App, Mode, groups, method
from tests.client.operations import FURTHER, HELPERS, STREAM, USES, Use, spelled
from tests.contract.cases import COPIED, corrected, recordings
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

OPERATIONS = {spelled(verb, path): operation for verb, path, operation in document.operations(corrected())}
# An entry without an operation fails once, below, rather than in every test.
CALLS = [(place, use) for place, use in (*USES.items(), (("POST", "/chat-messages"), STREAM)) if place in OPERATIONS]
EVERY = pytest.mark.parametrize(("place", "use"), [pytest.param(place, use, id=use.name) for place, use in CALLS])


def query_parameters(operation: Document) -> set[str]:
    """Return the names of an operation's query parameters."""
    found = [document.resolve(corrected(), p["$ref"]) if "$ref" in p else p for p in operation.get("parameters", [])]
    return {parameter["name"] for parameter in found if parameter["in"] == "query"}


def body_fields(operation: Document) -> set[str]:
    """Return the names of the fields of an operation's body."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        schema = media["schema"]
        whole = document.resolve(corrected(), schema["$ref"]) if "$ref" in schema else schema
        return set(whole["properties"])
    return set()


def public_methods(app: App) -> Iterator[str]:
    """Return the dotted names of all public methods of the resources."""
    for resource in groups():
        for name, _ in inspect.getmembers(getattr(app, resource), callable):
            if not name.startswith("_"):
                yield f"{resource}.{name}"


async def test_operations_and_methods_correspond(make: Callable[..., App]) -> None:
    app = make()
    missing, gone = labels(OPERATIONS.keys() - USES.keys()), labels(USES.keys() - OPERATIONS.keys())
    assert not missing, f"tests/client/operations.py: add to USES the method of {missing}"
    assert not gone, f"tests/client/operations.py: remove from USES {gone}"
    used, public = {use.name for use in USES.values()} | FURTHER.keys() | HELPERS, set(public_methods(app))
    assert not used - public, f"overlays/dify_chatflow/_async/resources: write {sorted(used - public)}, or correct USES"
    assert not public - used, f"tests/client/operations.py: add to USES, FURTHER or HELPERS {sorted(public - used)}"


def labels(places: Iterable[tuple[str, str]]) -> str:
    """Return operations as messages name them."""
    return ", ".join(sorted(" ".join(place) for place in places))


def test_every_operation_has_a_copied_recording() -> None:
    copied = list(recordings(COPIED))
    recorded = {spelled(case.method, case.path) for case in copied}
    missing = labels(OPERATIONS.keys() - recorded)
    assert not missing, f"tests/recordings: add a recorded response of {missing}"
    assert not recorded - OPERATIONS.keys(), labels(recorded - OPERATIONS.keys())
    assert len(copied) >= 60
    assert sum(case.is_stream for case in copied) >= 15


@EVERY
async def test_every_parameter_is_an_argument(place: tuple[str, str], use: Use, make: Callable[..., App]) -> None:
    operation = OPERATIONS[place]
    wanted = query_parameters(operation) | {*re.findall(r"\{(\w+)\}", place[1])} | body_fields(operation)
    wanted = {use.renamed.get(name, name) for name in wanted} - {"response_mode"}
    if use.name == "annotations.enable_reply":
        wanted.remove("action")
    taken = inspect.signature(method(make(), use.name)).parameters.keys()
    assert wanted <= taken


@EVERY
async def test_every_parameter_reaches_the_server(
    place: tuple[str, str], use: Use, app: App, server: Server, mode: Mode
) -> None:
    verb, path = place
    server.default = lambda _: server_error()
    with pytest.raises(Exception, match="418"):
        await use(app)
    (received,) = server.requests
    assert received.method == verb
    assert re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", f"/v1{path}"), received.path), mode.name
    assert received.query.keys() == query_parameters(OPERATIONS[place])
    sent = body_fields(OPERATIONS[place])
    if received.headers.get("content-type", "").startswith("multipart/"):
        assert set(re.findall(rb'; name="(\w+)"', received.body)) == {name.encode() for name in sent}
    else:
        assert (received.json.keys() if received.body else set()) == sent


def server_error() -> Any:
    """Return a response whose request is never retried."""
    return Answer(418, {"code": "teapot", "message": "no", "status": 418})
