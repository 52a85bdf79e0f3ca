"""Error responses raise the exception of their status, with the server's message and without the key."""

from __future__ import annotations

import copy
import pickle
import re
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import httpx
import pytest

import dify_chatflow
from dify_chatflow import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DifyError,
    InternalServerError,
    NotFoundError,
    PayloadTooLargeError,
    PermissionDeniedError,
    PreconditionFailedError,
    RateLimitError,
    Reply,
    ResponseDecodeError,
    StreamError,
    StreamInterruptedError,
    StreamTimeoutError,
    UnsupportedMediaTypeError,
)
from dify_chatflow._hints import HINTS
from dify_chatflow.models import KnownErrorCode
from tests.client.modes import KEY, App, Mode, maybe_await
from tests.contract.cases import COPIED, Case, examples, recordings
from tests.server import Answer, Server, refusing

pytestmark = pytest.mark.anyio

CLASSES = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    413: PayloadTooLargeError,
    415: UnsupportedMediaTypeError,
    429: RateLimitError,
}
REFUSALS = [case for case in (*examples(), *recordings(COPIED)) if case.status >= 400]
LIMIT = "Too many requests. Please try again later. The current maximum concurrent requests allowed is 1."


def class_of(status: int) -> type[APIStatusError]:
    return InternalServerError if status >= 500 else CLASSES.get(status, APIStatusError)


async def refusal(app: App, server: Server, answer: Answer) -> APIStatusError:
    server.answers = [answer]
    with pytest.raises(APIStatusError) as caught:
        await maybe_await(app.with_options(max_retries=0).runs.get("r"))
    return caught.value


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in REFUSALS])
async def test_documented_and_recorded_errors_have_classes(case: Case, app: App, server: Server) -> None:
    headers = {"Content-Type": case.content_type}
    error = await refusal(app, server, Answer(case.status, case.content, headers=headers))
    body: dict[str, Any] = case.body if "json" in case.content_type else {}
    limited = body.get("message", "").startswith("Too many requests") and body.get("code") == "invalid_param"
    assert type(error) is (RateLimitError if limited else class_of(case.status))
    assert error.status_code == case.status
    assert error.code == body.get("code")
    if body:
        # Servers from 1.8 to 1.10 give the reasons apart from the message.
        reasons = "; ".join(f"{name}: {reason}" for name, reason in body.get("errors", {}).items())
        assert error.message == ": ".join(filter(None, [body["message"], reasons]))
    else:
        assert "Not Found" in error.message
        assert "<" not in error.message
    assert str(error).startswith(f"{case.status}")
    assert str(error).endswith(f"(GET /workflows/run/r){f'; {error.hint}' if error.hint else ''}")
    is_unknown = re.search("Not Found|(Conversation|Message) Not Exists", error.message) is not None
    assert (error.hint is not None) is (case.status == 401 or error.code in HINTS or is_unknown)


@pytest.mark.parametrize("status", [*range(400, 418), 422, 429, 451, 499, *range(500, 505), *range(520, 531), 599])
async def test_every_status_has_a_class(status: int, app: App, server: Server) -> None:
    for body, content_type in (
        ("<html><style>p {}</style><h1>Bad gateway</h1></html>", "text/html"),
        ("", "text/html"),
        ("<html>not what it says</html>", "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        ('["a list"]', "application/json"),
        ('{"code": 5, "message": null}', "application/json"),
    ):
        error = await refusal(app, server, Answer(status, body, headers={"Content-Type": content_type}))
        assert type(error) is class_of(status)
        assert error.code is None
        assert "<" not in str(error)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx", "502 Bad Gateway nginx"),
        ("<head><title>Just a moment</title></head><body> </body>", "Just a moment"),
        ("<title>never closed", "never closed"),
    ],
)
async def test_title_of_a_page_appears_once(page: str, message: str, app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(404, page, headers={"Content-Type": "text/html"}))
    assert error.message == message


async def test_json_with_html_type_is_parsed(app: App, server: Server) -> None:
    body = {"code": "not_found", "message": "gone", "status": 404, "params": "r"}
    error = await refusal(app, server, Answer(404, body, headers={"Content-Type": "text/html"}))
    assert (error.code, error.message, error.params) == ("not_found", "gone", "r")


@pytest.mark.parametrize("said", [LIMIT, LIMIT.lower(), f"Error: {LIMIT}"])
async def test_concurrency_limit_is_a_rate_limit(said: str, app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(400, {"code": "invalid_param", "message": said, "status": 400}))
    assert isinstance(error, RateLimitError)
    assert error.status_code == 400
    assert error.retry_after is None


async def test_redirect_error_names_its_target(app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(308, "", headers={"Location": "https://other.example/v1"}))
    assert "redirects to https://other.example/v1" in str(error)


async def test_key_is_hidden_in_errors(app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(401, {"code": "unauthorized", "message": "no", "status": 401}))
    assert error.request is not None
    assert error.request.headers["authorization"] == "[hidden]"
    assert error.request.headers["user-agent"].startswith("dify-chatflow/")
    shown = [str(error), repr(error), f"{dict(error.request.headers)}"]
    shown += [
        "".join(traceback.format_exception(error)),
        repr(app),
        repr(vars(error)),
    ]
    assert [text for text in shown if KEY in text] == []
    assert KEY.encode() not in pickle.dumps(error)


async def test_echoed_key_is_hidden(app: App, server: Server) -> None:
    said = f"Authorization: Bearer {KEY}"
    for body in ({"code": "unauthorized", "message": said, "status": 401}, f"<pre>{said}</pre>", {"debug": [said]}):
        error = await refusal(app, server, Answer(401, body))
        assert "Authorization: Bearer …" in str(error)
        assert [text for text in (str(error), repr(error), repr(vars(error))) if KEY in text] == []
        assert KEY.encode() not in pickle.dumps(error)


async def test_form_token_is_hidden(app: App, server: Server) -> None:
    server.default = Answer(404, {"code": "not_found", "message": "no", "status": 404})
    with pytest.raises(NotFoundError) as caught:
        await maybe_await(app.human_input.get("the-token"))
    assert str(caught.value) == "404 not_found: no (GET /form/human_input/{form_token})"


@pytest.mark.parametrize("charset", ["hex", "zlib", "idna", "punycode", "rot13", "undefined", "utf-16", "no-such"])
async def test_invalid_charset_hides_no_error(charset: str, app: App, server: Server) -> None:
    headers = {"Content-Type": f"text/html; charset={charset}"}
    error = await refusal(app, server, Answer(502, b"<h1>Bad gateway \xff</h1>", headers=headers))
    assert type(error) is InternalServerError
    assert charset == "utf-16" or "Bad gateway" in error.message
    body = {"code": "not_found", "message": "gone", "status": 404}
    assert (await refusal(app, server, Answer(404, body, headers=headers))).message == "gone"


async def test_html_entities_are_decoded(app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(502, "<p>Bikes &amp; more</p>", headers={"Content-Type": "text/html"}))
    assert error.message == "Bikes & more"


async def test_deeply_nested_json_is_an_error(app: App, server: Server) -> None:
    assert (await refusal(app, server, Answer(500, "[" * 100_000))).status_code == 500
    server.reply(200, "[" * 100_000)
    with pytest.raises(ResponseDecodeError):
        await maybe_await(app.runs.get("r"))


@pytest.mark.parametrize("status", [200, 502])
async def test_wrong_content_encoding_is_a_decode_error(status: int, app: App, server: Server) -> None:
    server.default = Answer(status, b"plain", headers={"Content-Encoding": "gzip"})
    for call in (partial(app.chat.send, "hi"), partial(app.files.download, "f")):
        with pytest.raises(ResponseDecodeError, match="does not match its content encoding"):
            await maybe_await(call())


async def test_retry_after_survives_pickle_and_copy(app: App, server: Server) -> None:
    answer = Answer(429, {"code": "c", "message": "m", "status": 429}, headers={"Retry-After": "7"})
    error = await refusal(app, server, answer)
    assert isinstance(error, RateLimitError)
    for twin in (error, pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert twin.retry_after == 7.0
    assert copy.copy(error).response is copy.deepcopy(error).response is error.response
    assert pickle.loads(pickle.dumps(error)).response is None  # noqa: S301


@pytest.mark.parametrize("status", [400, 404, 429, 500])
async def test_status_errors_pickle_and_copy(status: int, app: App, server: Server) -> None:
    error = await refusal(app, server, Answer(status, {"code": "c", "message": "m", "status": status}))
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(twin) is type(error)
        assert (str(twin), twin.status_code, twin.code, twin.message) == (str(error), status, "c", "m")


def test_other_errors_pickle_and_copy() -> None:
    reply = Reply(workflow_run_id="run-1")
    errors: list[DifyError] = [
        APIConnectionError("gone"),
        ResponseDecodeError("unreadable", payload=b"x"),
        StreamInterruptedError("cut", reply),
        StreamError.for_status(429, "too_many_requests", "slow down", reply),
        StreamError.for_status(None, None, "", reply),
    ]
    for error in errors:
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
            assert type(twin) is type(error)
            assert str(twin) == str(error)
            assert getattr(twin, "payload", None) == getattr(error, "payload", None)
            assert getattr(twin, "reply", None) == getattr(error, "reply", None)
            assert vars(twin).keys() == vars(error).keys()


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (StreamInterruptedError("cut \x1b[1m", Reply()), None, "cut"),
        (StreamTimeoutError("silent", Reply()), None, "silent"),
        (StreamError.for_status(400, "invalid_param", "boom"), "invalid_param", "boom"),
    ],
)
def test_stream_errors_have_code_and_message(error: StreamError, code: str | None, message: str) -> None:
    assert (error.code, error.message.strip()) == (code, message)


@pytest.mark.parametrize("status", [None, 400, 401, 403, 404, 409, 412, 413, 415, 418, 429, 500, 503])
def test_stream_failure_has_both_classes(status: int | None) -> None:
    error = StreamError.for_status(status, "code", "message")
    assert isinstance(error, StreamError)
    assert isinstance(error, class_of(status) if status else APIStatusError)


def test_every_status_class_has_a_stream_class() -> None:
    for kind in (*CLASSES.values(), InternalServerError):
        stream_kind = getattr(dify_chatflow, f"Stream{kind.__name__}")
        assert stream_kind.__mro__[1] is dify_chatflow.StreamStatusError
        assert issubclass(stream_kind, kind)
        assert stream_kind.__doc__ != kind.__doc__


def test_recorded_codes_are_known() -> None:
    codes = {case.body["code"] for case in REFUSALS if "json" in case.content_type and "code" in case.body}
    assert codes - set(get_args(KnownErrorCode)) == set()


def test_docstring_shows_the_error_tree() -> None:
    drawn = re.findall(r"^    ([│├└─ ]*)(\w+)(?: |$)", dify_chatflow._errors.__doc__ or "", re.MULTILINE)
    above: list[str] = []
    parents: dict[str, str] = {}
    for branch, name in drawn:
        above[len(branch) // 4 :] = [name]
        parents[name] = above[-2] if len(above) > 1 else "Exception"
    public = {name: getattr(dify_chatflow, name) for name in dify_chatflow.__all__ if name.endswith("Error")}
    assert parents == {name: kind.__bases__[0].__name__ for name, kind in public.items()}


@pytest.mark.parametrize("body", ["<html>", "", "[1]", "null", '"text"'])
async def test_unreadable_success_keeps_payload(body: str, app: App, server: Server) -> None:
    server.reply(200, body)
    with pytest.raises(ResponseDecodeError, match="GET /workflows/run/r: the body") as caught:
        await maybe_await(app.runs.get("r"))
    assert caught.value.payload == body.encode()


@pytest.mark.parametrize(
    ("prefix", "status", "hint"),
    [
        ("/v1", 404, "is the id a UUID, does the server have this endpoint, and is the base URL correct? {}"),
        ("", 404, "does the base URL end in /v1? {}"),
        ("/api", 405, "does the base URL end in /v1? {}"),
        ("/v1", 401, "use an API key of the app, and the base URL of its server: {}"),
        ("/v1", 502, None),
    ],
)
async def test_status_errors_hint_at_the_base_url(
    prefix: str, status: int, hint: str | None, make: Callable[..., App], server: Server
) -> None:
    base_url = server.base_url.removesuffix("/v1") + prefix
    error = await refusal(make(base_url=base_url), server, Answer(status, "<html><h1>Oops</h1></html>"))
    assert error.hint == (hint and hint.format(base_url))
    assert str(error).endswith(f"; {error.hint}" if hint else "(GET /workflows/run/r)")
    assert pickle.loads(pickle.dumps(error)).hint == error.hint  # noqa: S301 - its own pickle


async def test_web_page_hints_at_the_base_url(app: App, server: Server) -> None:
    server.reply(200, "<html><h1>Dify</h1></html>", headers={"Content-Type": "text/html; charset=utf-8"})
    with pytest.raises(ResponseDecodeError, match=r"does the base URL end in /v1\?$"):
        await maybe_await(app.application.info())


async def test_connection_errors_hint_at_the_base_url(make: Callable[..., App], mode: Mode) -> None:
    with refusing() as base_url, pytest.raises(APIConnectionError) as caught:
        await maybe_await(make(base_url=base_url, max_retries=0).application.info())
    assert caught.value.hint == f"is the server running, and the base URL correct? {base_url}"
    assert str(caught.value).endswith(f"; {caught.value.hint}")
    for error, hint in {
        httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong version number"): "use http:// in the base URL",
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"): "set SSL_CERT_FILE",
        httpx.ProxyError("403 Forbidden"): "check HTTP_PROXY",
        httpx.ReadError("reset"): None,
    }.items():

        def fail(_: httpx.Request, error: Exception = error) -> httpx.Response:
            raise error

        transport = httpx.MockTransport(fail)
        http = httpx.AsyncClient(transport=transport) if mode.is_async else httpx.Client(transport=transport)
        with pytest.raises(APIConnectionError) as caught:
            await maybe_await(make(http_client=http, max_retries=0).application.info())
        assert (hint or "None") in str(caught.value.hint)
