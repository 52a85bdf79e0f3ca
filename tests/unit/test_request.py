"""Prepared requests: arguments, headers and extras as they are sent, and how a request is named."""

from __future__ import annotations

from io import BytesIO

import httpx
import pytest

from dify_chatflow import ConfigurationError, __version__
from dify_chatflow._config import Config, Secret
from dify_chatflow._options import Extras
from dify_chatflow._request import PreparedRequest, with_model
from dify_chatflow_client.api.chatflows import get_chatflow_workflow_run_detail, send_advanced_chat_message
from dify_chatflow_client.api.conversations import get_advanced_conversation_history, get_advanced_conversations_list
from dify_chatflow_client.api.files import upload_advanced_chat_file
from dify_chatflow_client.api.human_input import get_chatflow_human_input_form
from dify_chatflow_client.models import ChatRequest, FileUploadRequest, JsonObject, WorkflowRunDetail
from dify_chatflow_client.types import File

KEY = Secret("app-2")


def config(**headers: str) -> Config:
    sent_headers = {name.replace("_", "-"): Secret(value) for name, value in headers.items()}
    return Config(api_key=Secret("app-1"), base_url="http://dify.local/v1", headers=sent_headers)


def listing() -> PreparedRequest:
    return PreparedRequest.of(get_advanced_conversations_list.operation, user="ada", limit=5)


def query() -> PreparedRequest:
    body = ChatRequest(query="Hi", inputs=JsonObject({}), user="ada")
    return PreparedRequest.of(send_advanced_chat_message.operation, body=body)


def upload() -> PreparedRequest:
    body = FileUploadRequest(file=File(BytesIO(b"x"), "a.txt", "text/plain"), user="ada")
    return PreparedRequest.of(upload_advanced_chat_file.operation, body=body)


def sent(request: PreparedRequest) -> httpx.Request:
    return httpx.Request(**request.request_arguments(config(x_team="bikes", accept="text/x"), KEY))


def test_path_argument_is_checked_and_quoted() -> None:
    request = PreparedRequest.of(get_chatflow_workflow_run_detail.operation, "run/1")
    assert request.label == "GET /workflows/run/run%2F1"
    with pytest.raises(ConfigurationError, match="workflow_run_id is empty"):
        PreparedRequest.of(get_chatflow_workflow_run_detail.operation, " ")


def test_token_of_a_form_is_not_shown() -> None:
    request = PreparedRequest.of(get_chatflow_human_input_form.operation, "s3cret")
    assert request.label == "GET /form/human_input/{form_token}"
    assert str(sent(request).url) == "http://dify.local/v1/form/human_input/s3cret"


def test_query_of_the_url_is_sent() -> None:
    assert dict(sent(listing()).url.params) == {"user": "ada", "limit": "5", "sort_by": "-updated_at"}
    with pytest.raises(ConfigurationError, match="user must be text"):
        PreparedRequest.of(get_advanced_conversations_list.operation, user=b"ada")  # type: ignore[arg-type]


def test_headers_have_an_order_of_precedence() -> None:
    headers = sent(query()).headers
    assert headers["authorization"] == "Bearer app-2"
    assert headers["user-agent"] == f"dify-chatflow/{__version__}"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert (headers["accept"], headers["x-team"]) == ("text/x", "bikes")
    assert headers["content-type"] == "application/json"
    names = list(query().request_arguments(config(accept_encoding="br", user_agent="mine"), KEY)["headers"])
    assert len(names) == len({name.lower() for name in names}) == 5
    bare = query().request_arguments(config(), KEY)["headers"]
    assert (bare["accept"], bare["content-type"]) == ("*/*", "application/json")


def test_key_is_not_shown_in_arguments() -> None:
    assert "app-2" not in repr(query().request_arguments(config(), KEY))


def test_own_header_replaces_any_other() -> None:
    headers = query().request_arguments(config(user_agent="mine", authorization="Basic x"), KEY)["headers"]
    assert (headers["user-agent"], headers["authorization"]) == ("mine", "Bearer app-2")


def test_multipart_boundary_is_the_http_librarys() -> None:
    own = upload().request_arguments(config(content_type="text/plain"), KEY)
    for request in (sent(upload()), httpx.Request(**own)):
        assert request.headers["content-type"].startswith("multipart/form-data; boundary=")


def test_body_from_a_file_is_sent_once() -> None:
    assert not upload().is_replayable
    assert query().is_replayable
    assert listing().is_replayable


def test_extra_query_is_added_and_none_removes() -> None:
    request = listing().add(Extras(query={"limit": None, "page": 2}))
    assert dict(sent(request).url.params) == {"user": "ada", "sort_by": "-updated_at", "page": "2"}
    request = query().add(Extras(query={"debug": "1"}))
    assert dict(sent(request).url.params) == {"debug": "1"}


def test_extra_fields_are_added_to_the_body() -> None:
    request = query().add(Extras(body={"user": "bob", "trace": None}))
    assert request.arguments["json"] == query().arguments["json"] | {"user": "bob", "trace": None}
    request = upload().add(Extras(body={"user": "bob", "note": None, "tags": ["a"]}))
    parts = [(name, content[1]) for name, content in request.arguments["files"] if name != "file"]
    assert parts == [("user", b"bob"), ("tags", b'["a"]')]


def test_extra_fields_are_added_to_a_form() -> None:
    form = {"method": "post", "url": "/form", "data": {"a": "1", "b": "2"}}
    request = PreparedRequest(send_advanced_chat_message.operation, form).add(Extras(body={"b": None, "c": "3"}))
    assert sent(request).content == b"a=1&c=3"


def test_none_removes_a_default_header() -> None:
    settings = Config(api_key=KEY, base_url="http://h", headers={"accept": None, "x-team": Secret("bikes")})
    names = listing().request_arguments(settings, KEY)["headers"].keys()
    assert names == {"accept-encoding", "user-agent", "x-team", "authorization"}


def test_optional_argument_may_be_none() -> None:
    request = PreparedRequest.of(get_advanced_conversations_list.operation, user="ada", last_id=None)
    assert "last_id" not in sent(request).url.params
    with pytest.raises(ConfigurationError, match="conversation_id must be an id; got None"):
        PreparedRequest.of(get_advanced_conversation_history.operation, conversation_id=None)  # type: ignore[arg-type]


def test_extra_fields_need_a_body() -> None:
    with pytest.raises(ConfigurationError, match=r"^extra_body cannot be sent: GET /conversations has no body"):
        listing().add(Extras(body={"a": 1}))
    assert listing().add(Extras()).arguments == listing().arguments
    assert query().add(Extras()).arguments == query().arguments


def test_model_can_be_replaced() -> None:
    class Detail(WorkflowRunDetail):
        """A model with more to it."""

    operation = get_chatflow_workflow_run_detail.operation
    changed = with_model(operation, Detail)
    assert isinstance(changed.read(httpx.Response(200, json={"id": "run-1"})), Detail)
    names = ("id", "method", "path", "request")
    assert [getattr(changed, name) for name in names] == [getattr(operation, name) for name in names]
