"""Runs that pause for a person: the form is submitted, and the same reply continues."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from dify_chatflow import ConfigurationError, Form, NotFoundError, PreconditionFailedError
from dify_chatflow.testing import Flow, LocalDify, Node, Script, Version
from tests.client.modes import App, Mode, close, enter, maybe_await, submit, to_list
from tests.client.stream_bytes import recorded, stream
from tests.server import Server

pytestmark = pytest.mark.anyio


@pytest.fixture
def local() -> Iterator[LocalDify]:
    with LocalDify() as server:
        yield server


@pytest.fixture
async def app_of_local(local: LocalDify, mode: Mode) -> AsyncIterator[App]:
    app = mode.client(local.api_key, base_url=local.base_url, user="abc-123")
    yield app
    await close(app)


def filled(form: Form) -> dict[str, str]:
    """Return values for the fields of a form: a select field takes one of its options."""
    return {str(field.output_variable_name): "a" if field.type_ == "select" else "fine" for field in form.fields}


async def test_a_paused_stream_ends_with_its_forms(app_of_local: App) -> None:
    async with enter(app_of_local.chat.stream("human please")) as opened:
        reply = await maybe_await(opened.until_done())
    assert (reply.paused, reply.finished, reply.status) == (True, False, "paused")
    (form,) = reply.forms
    assert form.token
    assert form.actions
    assert form.expiry
    read = await maybe_await(app_of_local.human_input.get(form.token))
    assert [field.output_variable_name for field in read.inputs] == [
        field.output_variable_name for field in form.fields
    ]


async def test_the_form_in_one_call(app_of_local: App, local: LocalDify) -> None:
    async with enter(app_of_local.chat.stream("human please")) as opened:
        before = await maybe_await(opened.until_done())
        form = before.forms[0]
        values = filled(form)
        async with enter(await submit(opened, form, form.actions[0].id, values)) as resumed:
            after = await maybe_await(resumed.until_done())
    assert after is before
    assert (after.status, after.paused, after.forms) == ("succeeded", False, [])
    assert after.workflow_run_id
    detail = await maybe_await(app_of_local.runs.get(after.workflow_run_id))
    assert after.answer == detail.outputs["answer"]
    assert len([request for request in local.requests if request.path.endswith("/chat-messages")]) == 1


async def test_the_form_step_by_step(app_of_local: App) -> None:
    async with enter(app_of_local.chat.stream("human please")) as opened:
        reply = await maybe_await(opened.until_done())
    form = reply.forms[0]
    values = filled(form)
    assert form.token
    assert reply.workflow_run_id
    await maybe_await(app_of_local.human_input.submit(form.token, form.actions[0].id, inputs=values))
    async with enter(app_of_local.runs.events(reply.workflow_run_id, continue_on_pause=True)) as resumed:
        after = await maybe_await(resumed.until_done())
    assert after.status == "succeeded"
    assert after.answer == (await maybe_await(app_of_local.runs.get(reply.workflow_run_id))).outputs["answer"]


async def test_a_form_is_taken_once(app_of_local: App) -> None:
    async with enter(app_of_local.chat.stream("human please")) as opened:
        reply = await maybe_await(opened.until_done())
        form = reply.forms[0]
        values = filled(form)
        assert form.token
        await maybe_await(app_of_local.human_input.submit(form.token, form.actions[0].id, inputs=values))
        with pytest.raises(PreconditionFailedError):
            await submit(opened, form, form.actions[0].id, values)
    with pytest.raises(NotFoundError):
        await maybe_await(app_of_local.human_input.get("no-such-token"))


async def test_file_fields_take_uploads(app: App, server: Server) -> None:
    uploaded = {
        "id": "file-1",
        "name": "a.png",
        "size": 1,
        "extension": "png",
        "mime_type": "image/png",
        "created_at": 1,
    }
    server.answers = [stream(recorded("434_human2_stream"))]
    server.reply(201, uploaded)
    server.reply(200, {})
    server.answers.append(stream(recorded("435_events2_snapshot_continue"), linger=True))
    async with enter(app.chat.stream("human please")) as opened:
        reply = await maybe_await(opened.until_done())
        photo = await maybe_await(app.files.upload(b"x", filename="a.png"))
        values = {"photo": photo, "photos": [photo], "comment": "fine"}
        async with enter(await submit(opened, reply.forms[0], "approve", values)) as resumed:
            await maybe_await(resumed.until_done())
    sent = server.requests[2].json["inputs"]
    assert sent["photo"]["upload_file_id"] == "file-1"
    assert sent["photo"]["transfer_method"] == "local_file"
    assert sent["photos"] == [sent["photo"]]
    assert sent["comment"] == "fine"


async def test_form_without_token_cannot_be_submitted(app_of_local: App) -> None:
    async with enter(app_of_local.chat.stream("hello")) as opened:
        await maybe_await(opened.until_done())
        with pytest.raises(ConfigurationError, match="cannot be read or submitted"):
            await submit(opened, "", "approve")


async def test_blocking_answer_is_marked_as_paused(app_of_local: App) -> None:
    answer = await maybe_await(app_of_local.chat.send("human please"))
    assert answer.paused
    assert answer.raise_for_status() is answer
    assert answer.event == "workflow_paused"
    assert answer.reply.forms[0].token


async def test_the_recorded_pause_and_what_followed(app: App, server: Server) -> None:
    """The old pause in the snapshot does not end the resumed stream, and its nodes are yielded once."""
    server.answers = [stream(recorded("434_human2_stream"), linger=True)]
    async with enter(app.chat.stream("human please")) as opened:
        before = await to_list(opened)
        reply = opened.reply
        server.reply(200, {})
        server.answers.append(stream(recorded("435_events2_snapshot_continue"), linger=True))
        async with enter(await submit(opened, reply.forms[0], "approve", {"comment": "fine"})) as resumed:
            after = await to_list(resumed)
    assert before[-1].event == "workflow_paused"
    assert after[-1].event == "workflow_finished"
    assert reply.status == "succeeded"
    assert reply.answer == "before form. approved looks good a"
    assert server.requests[1].json == {"inputs": {"comment": "fine"}, "action": "approve", "user": "abc-123"}


TWO_FORMS = Flow(
    nodes=(
        Node(type="answer", text="One. "),
        Node(type="human-input", id="first", form="First?", actions={"ok": ()}),
        Node(type="answer", text="Two. "),
        Node(type="human-input", id="second", form="Second?", actions={"ok": ()}),
        Node(type="answer", text="Three."),
    )
)


@pytest.mark.parametrize("version", ["1.14.2", "1.16.1", "next"])
async def test_two_forms_follow_each_other(version: Version, mode: Mode) -> None:
    with LocalDify(Script(flows=(TWO_FORMS,)), version=version) as server:
        app = mode.client(server.api_key, base_url=server.base_url, user="abc-123")
        async with enter(app), enter(app.chat.stream("hi")) as opened:
            reply = await maybe_await(opened.until_done())
            assert [form.node_id for form in reply.forms] == ["first"]
            async with enter(await submit(opened, reply.forms[0], "ok")) as resumed:
                await maybe_await(resumed.until_done())
            assert [form.node_id for form in reply.forms] == ["second"]
            async with enter(await submit(resumed, reply.forms[0], "ok")) as last:
                await maybe_await(last.until_done())
            assert (reply.status, reply.answer, reply.forms) == ("succeeded", "One. Two. Three.", [])
