"""Generated models as users read them: None for what is missing, JSON as received, access by key, repr, copies."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any

import pytest

from dify_chatflow import ChatAnswer, Chatflow, Form, Node, Reply, UnknownEvent, WorkflowRun
from dify_chatflow.events import HumanInputRequiredEvent, MessageEvent
from dify_chatflow_client import models
from dify_chatflow_client.types import Model

ANSWER: dict[str, Any] = {
    "event": "message",
    "answer": "Hi",
    "message_id": "m",
    "workflow_run_id": None,
    "metadata": {"usage": {"total_tokens": 3, "total_price": "0.0012"}, "brand_new": [1]},
    "created_at": 1705395332,
    "additional": {"a": 1},
}


def answer() -> ChatAnswer:
    return ChatAnswer.from_dict(copy.deepcopy(ANSWER))


def test_missing_and_null_keys_are_none() -> None:
    read = answer()
    assert {getattr(read, name) for name in ("data", "workflow_run_id", "conversation_id")} == {None}
    assert read.to_dict() == ANSWER
    assert list(read.to_dict()) == list(ANSWER)
    assert json.loads(read.to_json()) == ANSWER
    assert json.loads(read.to_json(indent=1)) == ANSWER


def test_changes_are_in_the_json() -> None:
    read = answer()
    read.answer, read.conversation_id = "Bye", "c"
    read["additional"] = 2
    read["data"] = None
    assert read.to_dict() == {**ANSWER, "answer": "Bye", "conversation_id": "c", "additional": 2, "data": None}
    del read["additional"]
    assert "additional" not in read.to_dict()


def test_keys_cover_declared_and_additional_fields() -> None:
    read = answer()
    assert dict(read) == {key: read[key] for key in ANSWER}
    assert list(read) == read.keys() == list(ANSWER)
    assert (read["answer"], read["metadata"], read["additional"]) == ("Hi", read.metadata, {"a": 1})
    assert ("workflow_run_id" in read, "data" in read, "no" in read, 0 in read) == (True, False, False, False)
    assert (read.get("data", 1), read.get("workflow_run_id", 1), read.get("no")) == (1, None, None)
    with pytest.raises(KeyError):
        _ = read["data"]


def test_only_declared_attributes_can_be_set() -> None:
    for value in (
        answer(),
        Node(id="n"),
        Reply(),
        WorkflowRun.from_dict({}),
        MessageEvent.from_dict({"event": "message"}),
    ):
        with pytest.raises(AttributeError):
            value.answers = 1  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]
        with pytest.raises(TypeError):
            vars(value)


@pytest.mark.parametrize("source", [{}, {"inputs": '{"a": 1}', "outputs": None}, {"inputs": {"a": 1}, "outputs": "x"}])
def test_run_inputs_are_mappings_and_restored(source: dict[str, Any]) -> None:
    run = WorkflowRun.from_dict(source)
    assert dict(run.inputs) == ({"a": 1} if source else {})
    assert dict(run.outputs) == ({"raw": "x"} if source.get("outputs") else {})
    assert run.to_dict() == source
    run.outputs["b"] = 2
    assert run.to_dict()["outputs"] == dict(run.outputs)


def test_copies_are_equal_and_independent() -> None:
    form = Form(token="secret", actions=[models.UserAction.from_dict({"id": "ok"})])
    reply = Reply(message_id="m", forms=[form], nodes={"n": Node(id="n", outputs={"a": [1]})})
    for value in (answer(), reply, form, UnknownEvent("note", {"a": 1}, "no class")):
        copies: list[Any] = [copy.deepcopy(value), pickle.loads(pickle.dumps(value))]  # noqa: S301 - made here
        assert copies == [value, value]
        assert [one.to_dict() for one in copies] == [value.to_dict()] * 2
    changed = copy.deepcopy(reply)
    changed.nodes["n"].outputs["a"].append(2)
    assert changed != reply
    assert answer() != ANSWER


@pytest.mark.parametrize("name", sorted({name for name in models.__all__ if name.endswith(("Event", "Data"))}))
def test_repr_fits_a_screen_without_secrets(name: str) -> None:
    model = getattr(models, name)
    if not isinstance(model, type) or not issubclass(model, Model):
        return
    deep: Any = {"form_token": "hidden-token"}
    for _ in range(20):
        deep = {f"key{index}": deep for index in range(20)}
    constant: dict[str, Any] = {"event": getattr(model, "event", None)}
    value = model.from_dict(dict.fromkeys(model.__slots__, "x" * 5000) | {"deep": deep, "form_token": "s"} | constant)
    assert len(repr(value)) < 2000
    assert "hidden-token" not in repr(value)


def test_repr_shows_values_in_short() -> None:
    form: dict[str, Any] = {
        "event": "human_input_required",
        "data": {"form_token": "hidden-token", "inputs": [], "form_content": "x" * 99},
    }
    shown = repr(HumanInputRequiredEvent.from_dict(form))
    assert "hidden-token" not in shown
    assert "form_content='" in shown
    assert "None" not in shown
    assert "additional_properties" not in repr(answer())
    assert repr(answer()).startswith("ChatAnswer(event='message', message_id='m', answer='Hi', metadata=ReplyMetadata(")
    assert "hidden-token" not in repr(Form(token="hidden-token"))
    assert "hidden-token" not in repr(models.JsonObject(form_token="hidden-token"))
    assert "hidden-token" not in repr(UnknownEvent("note", {"form_token": "hidden-token"}, "no class"))


def test_unix_times_can_be_read_as_datetimes() -> None:
    moment = dt.datetime(2024, 1, 16, 8, 55, 32, tzinfo=dt.UTC)
    assert answer().created_at_datetime == moment
    assert Node(id="n", started_at=1705395332).started_at_datetime == moment
    assert Node(id="n").finished_at_datetime is None
    assert Form(expiry=1705395332).expiry_datetime == moment
    assert Reply(created_at=1705395332).created_at_datetime == moment
    for wrong in (None, "soon", True, 10**20):
        assert ChatAnswer.from_dict({"created_at": wrong}).created_at_datetime is None


def test_every_unix_time_has_a_datetime() -> None:
    times = {"created_at", "finished_at", "updated_at", "expiration_time", "started_at"}
    classes = [getattr(models, name) for name in models.__all__]
    for model in (one for one in classes if isinstance(one, type) and issubclass(one, Model)):
        for name in times.intersection(model.__slots__):
            kind = model.__annotations__[name]
            assert hasattr(model, f"{name}_datetime") == (kind in ("int", "int | None")), (model, name)


def test_null_and_missing_request_fields_differ() -> None:
    body = models.MessageFeedbackRequest(user="u")
    assert body.to_dict() == {"user": "u"}
    body["rating"] = None
    assert body.to_dict() == {"user": "u", "rating": None}


def test_answer_and_reply_have_the_same_names() -> None:
    shared = ("answer", "status", "usage", "metadata", "files", "outputs", "nodes", "forms", "reasoning", "paused")
    ids = ("message_id", "conversation_id", "task_id", "workflow_run_id", "created_at", "created_at_datetime")
    names = [*shared, *ids, "retriever_resources"]
    read = answer()
    assert [getattr(read, name) for name in names] == [getattr(read.reply, name) for name in names]
    assert read.usage is not None
    assert (read.status, read.usage.total_tokens, read.reply is read.reply) == ("succeeded", 3, True)
    streamed = Reply(status="partial-succeeded", workflow_run_id="run", outputs={"a": 1}, nodes={"n": Node(id="n")})
    shown = ChatAnswer.from_reply(streamed)
    assert (shown.status, shown.workflow_run_id, shown.outputs, list(shown.nodes)) == (
        "partial-succeeded",
        "run",
        {"a": 1},
        ["n"],
    )


def test_repr_names_what_an_object_is_for() -> None:
    with Chatflow("app-key", base_url="http://test/v1", user="u") as app:
        assert repr(app.chat) == "Chat(base_url='http://test/v1')"
        assert repr(app.conversations.list()) == "Pager(size=100, cursor=None)"
        assert repr(app.chat.stream("hi")) == "ChatStream(Reply(status='running', answer='', message_id=None))"
