"""Keys that a server echoes, form tokens and terminal codes do not show."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dify_chatflow import AuthenticationError, DifyError
from tests.client import modes
from tests.client.memory import memory_app
from tests.client.modes import KEY, App, Mode, maybe_await, to_list
from tests.client.modes import enter as entered
from tests.client.stream_bytes import finished, started, stream
from tests.server import Answer, Server

pytestmark = pytest.mark.anyio

ENTITIES = "".join(f"&#{ord(letter)};" for letter in KEY)
ESCAPES = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
ECHOES = {
    "redirect": Answer(302, "", headers={"Location": f"/login?key={KEY}"}),
    "escaped redirect": Answer(302, "", headers={"Location": f"/login?key=%61{KEY[1:]}"}),
    "content type": Answer(200, "{", headers={"Content-Type": f"text/{KEY}"}),
    "page": Answer(500, f"<p>{KEY}</p>"),
    "entities": Answer(500, f"<p>{ENTITIES}</p>"),
    "escapes": Answer(500, f'{{"code": "a", "message": "{ESCAPES}", "details": ["{ESCAPES}"]}}'),
    "escapes in text": Answer(500, f"echo {ESCAPES}"),
    "code": Answer(400, {"code": KEY, "message": "no"}),
    "payload": Answer(200, f'{{"echo": "{KEY}"'),
}


def shown(error: BaseException) -> str:
    """Return everything that shows an error."""
    fields = {name: value for name, value in vars(error).items() if name not in ("request", "response")}
    lines = traceback.format_exception(error)
    return f"{error}{error!r}{fields}{''.join(lines)}{pickle.dumps(error)!r}"


@pytest.mark.parametrize("answer", ECHOES.values(), ids=ECHOES)
async def test_echoed_key_does_not_show(answer: Answer, make: Callable[..., App], server: Server) -> None:
    server.default = answer
    with pytest.raises(DifyError) as caught:
        await maybe_await(make(max_retries=0).application.info())
    text = shown(caught.value)
    for form in (KEY, ENTITIES, ESCAPES, KEY[4:]):
        assert form not in text


async def test_key_in_error_event_does_not_show(app: App, server: Server) -> None:
    event = f'data: {{"event": "error", "status": 400, "code": "{KEY}", "message": "bad {ESCAPES}"}}\n\n'
    server.default = Answer(200, headers={"Content-Type": "text/event-stream"}, chunks=[event.encode()])

    async def read() -> None:
        async with entered(app.chat.stream("hello")) as stream:
            await to_list(stream)

    with pytest.raises(DifyError) as caught:
        await read()
    assert KEY not in f"{caught.value}{caught.value!r}{getattr(caught.value, 'body', None)}"


async def test_terminal_codes_are_removed(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(500, {"code": "a", "message": "\x1b[2J\x1b]0;title\x07bad\x9b31m \u202egateway"})
    with pytest.raises(DifyError, match="bad") as caught:
        await maybe_await(make(max_retries=0).application.info())
    assert str(caught.value).isprintable()
    assert "\x1b" not in getattr(caught.value, "message")  # noqa: B009 - typed as DifyError


@pytest.mark.parametrize("code", ["\\u001b[2J", "%1b[2J", "&#x202e;", "%0a", "\\u2028"])
async def test_decoded_echo_has_no_terminal_codes(code: str, make: Callable[..., App], server: Server) -> None:
    server.default = Answer(500, f"bad {ESCAPES} {code} gateway")
    with pytest.raises(DifyError, match=r"bad … .*gateway") as caught:
        await maybe_await(make(max_retries=0).application.info())
    assert str(caught.value).isprintable()


async def test_form_token_is_not_logged(app: App, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.default = Answer(404, {"code": "not_found", "message": "no"})
    with pytest.raises(DifyError):
        await maybe_await(app.human_input.get("token-s3cret"))
    # The server of this test runs in the same process.
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    assert any("form/human_input/…" in line for line in lines)
    assert not [line for line in lines if "s3cret" in line]


async def test_headers_of_an_error_are_hidden(mode: Mode) -> None:
    reason: Any = {"reason_phrase": KEY.encode()}

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, request=request, extensions=reason)

    app = memory_app(mode, respond, headers={"X-Gateway": "a-gateway-secret"})
    with pytest.raises(AuthenticationError) as caught:
        await maybe_await(app.application.info())
    error = caught.value
    assert error.request is not None
    assert error.response is not None
    sent = [str(dict(found.headers)) for found in (error.request, error.response.request)]
    assert [text for text in (*sent, shown(error), repr(vars(error))) if KEY in text or "a-gateway" in text] == []
    assert error.request.headers["x-gateway"] == "[hidden]"


async def test_request_of_a_stream_has_no_key(make: Callable[..., App], server: Server) -> None:
    server.answers = [stream(started(), finished(answer=""))]
    async with entered(make().chat.stream("hi")) as opened:
        await maybe_await(opened.until_done())
    assert opened.response is not None
    assert KEY not in str(opened.response.request.headers.raw)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_headers_of_a_failed_connection_are_hidden(make: Callable[..., App], server: Server) -> None:
    server.default = Answer(drop=True)
    with pytest.raises(DifyError) as caught:
        await maybe_await(make().chat.send("hi"))
    cause: Any = caught.value.__cause__
    assert KEY not in str(dict(cause.request.headers))


PUBLIC = ["http://dify.acme.com/v1", "http://8.8.8.8/v1", "http://[2606:4700::1]:80/v1", "http://a.b.co.uk./v1"]
PRIVATE = [
    "http://localhost/v1",
    "http://api:5001/v1",
    "http://10.1.2.3/v1",
    "http://[::1]/v1",
    "http://x.svc.local/v1",
]


@pytest.mark.parametrize("url", PUBLIC)
def test_plain_http_to_internet_warns(url: str, mode: Mode) -> None:
    with pytest.warns(UserWarning, match="unencrypted") as caught:
        mode.client(base_url=url)
    with pytest.warns(UserWarning, match="unencrypted"):
        mode.client().with_options(base_url=url)
    assert caught[0].filename == modes.__file__


@pytest.mark.parametrize("url", [*PRIVATE, "https://dify.acme.com/v1"])
def test_private_or_encrypted_url_is_silent(url: str, mode: Mode) -> None:
    assert mode.client(base_url=url).base_url == url


async def test_conversation_is_copied(mode: Mode) -> None:
    talk = mode.client(base_url="http://localhost/v1").conversation("c-1", user="eve")
    for twin in (copy.copy(talk), copy.deepcopy(talk)):
        assert (type(twin), twin.id, repr(twin)) == (type(talk), "c-1", repr(talk))
    with pytest.raises(TypeError, match="pass its id"):
        pickle.dumps(talk)
