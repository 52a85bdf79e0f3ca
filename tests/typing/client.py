"""The types users see on the main paths, sync and async: no Any, no cast needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Callable, Generator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal, NotRequired, TypedDict, assert_type

import httpx
import httpx2
from starlette.datastructures import UploadFile

from dify_chatflow import (
    AsyncChatflow,
    AsyncChatStream,
    AsyncConversation,
    AsyncPager,
    ChatAnswer,
    Chatflow,
    ChatStream,
    Conversation,
    Form,
    Node,
    Pager,
    RawPage,
    RawResponse,
    Reply,
    StreamEvent,
    StreamRateLimitError,
    StreamTimeoutError,
    UnknownEvent,
    UploadedFile,
    WorkflowRun,
)
from dify_chatflow.events import MessageEvent, NodeFinishedEvent
from dify_chatflow.models import (
    Annotation,
    AnnotationPage,
    AnnotationReplyJob,
    AnnotationReplyJobStatus,
    AppInfo,
    ConversationMessage,
    ConversationPage,
    ConversationSummary,
    ConversationVariable,
    EndUser,
    FeedbackItem,
    FeedbackPage,
    FileInput,
    HumanInputForm,
    InputForm,
    InputVariable,
    JsonObject,
    MessagePage,
    NodeFinishedData,
    ReplyMetadata,
    RequestOptions,
    SuccessResult,
    SuggestedQuestions,
    Transcription,
    Usage,
    WorkflowLog,
    WorkflowLogPage,
)


def chat(app: Chatflow) -> None:
    answer = app.chat.send("hi", inputs={"a": 1}, files=["photo.png", b"x", Path("a"), {"type": "image"}])
    assert_type(answer, ChatAnswer)
    assert_type(answer.answer, str)
    assert_type(answer.conversation_id, str)
    assert_type(answer.message_id, str)
    assert_type(answer.paused, bool)
    assert_type(answer.reply, Reply)
    assert_type(answer.status, str)
    assert_type(answer.usage, Usage | None)
    assert_type(answer.outputs, dict[str, Any])
    assert_type(answer.nodes, dict[str, Node])
    assert_type(answer.forms, list[Form])
    assert_type(answer.metadata, ReplyMetadata)
    assert_type(answer.workflow_run_id, str | None)
    assert_type(answer.created_at_datetime, dt.datetime | None)
    assert_type(answer.to_json(), str)
    assert_type(app.chat.stop("task", workflow_run_id="run"), SuccessResult)
    assert_type(app.chat.start("hi", trace_id="t"), Reply)
    suggested = app.chat.suggested("message")
    assert_type(suggested, SuggestedQuestions)
    assert_type(suggested.data, list[str])


def stream(app: Chatflow) -> None:
    with app.chat.stream("hi", resume=True, idle_timeout=60.0) as opened:
        assert_type(opened, ChatStream)
        for event in opened:
            assert_type(event, StreamEvent)
            if event.event == "message":
                assert_type(event, MessageEvent)
            if event.event == "unknown":
                assert_type(event, UnknownEvent)
        for text in opened.text_deltas():
            assert_type(text, str)
        reply = opened.until_done()
        assert_type(reply, Reply)
        assert_type(reply.answer, str)
        assert_type(reply.outputs, dict[str, Any])
        assert_type(opened.task_id, str | None)
        assert_type(opened.workflow_run_id, str | None)
        assert_type(opened.stop(verify=True), SuccessResult)
    assert_type(app.runs.events("run", continue_on_pause=True), ChatStream)
    assert_type(opened.relay(include=["nodes"], stop_on_exit=False), Generator[bytes, None, None])
    opened.relay(include=["keys"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def events(app: Chatflow) -> None:
    with app.chat.stream("hi") as opened:
        for event in opened:
            match event:
                case MessageEvent(answer=text):
                    assert_type(event, MessageEvent)
                    assert_type(text, str)
                case NodeFinishedEvent(data=node):
                    assert_type(node, NodeFinishedData)
                    assert_type(node.title, str)
                case UnknownEvent(name=name, reason=reason):
                    assert_type(name, str)
                    assert_type(reason, str)
                case _:
                    pass
    try:
        opened.until_done()
    except StreamTimeoutError as error:
        assert_type(error.workflow_run_id, str | None)
    except StreamRateLimitError as error:
        assert_type(error.retry_after, float | None)
        assert_type(error.server_version, str | None)
        if error.reply:
            assert_type(error.reply.answer, str)


def conversations(app: Chatflow) -> None:
    pager = app.conversations.list(sort_by="-created_at", limit=20)
    assert_type(pager, Pager[ConversationPage, ConversationSummary])
    for conversation in pager:
        assert_type(conversation.id, str)
        assert_type(conversation.name, str)
    for page in pager.pages():
        assert_type(page.data, list[ConversationSummary])
    assert_type(pager.first(), ConversationSummary | None)
    assert_type(app.conversations.messages("c"), Pager[MessagePage, ConversationMessage])
    for message in app.conversations.messages("c"):
        assert_type(message.answer, str)
    for variable in app.conversations.variables("c"):
        assert_type(variable, ConversationVariable)
    assert_type(app.conversations.history("c"), list[ConversationMessage])
    assert_type(app.conversations.set_variable("c", "v", {"any": ["json"]}), ConversationVariable)
    assert_type(app.conversations.rename("c", "name"), ConversationSummary)
    app.conversations.delete("c")
    talk = app.conversation()
    assert_type(talk, Conversation)
    assert_type(talk.id, str | None)
    assert_type(talk.send("hi", inputs={"a": 1}), ChatAnswer)
    assert_type(talk.send("hi", via="stream", workflow_id="w"), ChatAnswer)
    assert_type(talk.stream("hi"), ChatStream)
    assert_type(talk.messages(limit=5, timeout=3), Pager[MessagePage, ConversationMessage])
    assert_type(talk.history(), list[ConversationMessage])
    assert_type(talk.rename("name"), ConversationSummary)
    assert_type(talk.set_variable("v", 1), ConversationVariable)
    with talk.stream("hi", files=["photo.png"], resume=True) as opened:
        assert_type(opened, ChatStream)
        assert_type(opened.reply.nodes, dict[str, Node])


def files(app: Chatflow) -> None:
    with Path("photo.png").open("rb") as photo:
        uploaded = app.files.upload(photo, on_progress=lambda sent, size: print(sent + 1, size))  # noqa: T201
    assert_type(uploaded, UploadedFile)
    assert_type(uploaded.id, str)
    assert_type(uploaded.attachment, FileInput)
    assert_type(app.files.download("f"), bytes)
    assert_type(app.files.download("f", to="copy.png"), Path)
    assert_type(app.audio.speak("hi"), bytes)
    assert_type(app.audio.speak(message_id="m", to=Path("hi.mp3")), Path)
    transcribed = app.audio.transcribe(b"x")
    assert_type(transcribed, Transcription)
    assert_type(transcribed.text, str)


def other_resources(app: Chatflow) -> None:
    run = app.runs.wait("run", timeout=5, interval=0.5, max_retries=1)
    assert_type(run, WorkflowRun)
    app.runs.wait("run", timeout=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    run = app.runs.get("run")
    assert_type(run, WorkflowRun)
    assert_type(run.inputs, JsonObject)
    assert_type(run.outputs, JsonObject)
    logs = app.runs.list(status="failed", created_after=dt.date(2026, 1, 1), created_before="2026-02-01")
    assert_type(logs, Pager[WorkflowLogPage, WorkflowLog])
    assert_type(app.feedback.submit("m", None), SuccessResult)
    assert_type(app.feedback.list(), Pager[FeedbackPage, FeedbackItem])
    assert_type(app.human_input.get("t"), HumanInputForm)
    assert_type(app.human_input.submit("t", "approve", inputs={"a": 1}), JsonObject)
    for form in app.chat.send("hi").reply.forms:
        assert_type(form, Form)
        assert_type(app.human_input.get(form), HumanInputForm)
        assert_type(app.human_input.submit(form, form.actions[0].id), JsonObject)
    assert_type(app.annotations.list(), Pager[AnnotationPage, Annotation])
    assert_type(app.annotations.create("q", "a"), Annotation)
    assert_type(app.annotations.disable_reply(), AnnotationReplyJob)
    assert_type(app.annotations.wait_for_reply_job("enable", "j"), AnnotationReplyJobStatus)
    assert_type(app.application.info(), AppInfo)
    assert_type(app.application.info().name, str)
    assert_type(app.end_users.get("u"), EndUser)


def raw(app: Chatflow) -> None:
    answer = app.raw.runs.get("run")
    assert_type(answer, RawResponse[WorkflowRun])
    assert_type(answer.status_code, int)
    assert_type(answer.content, bytes)
    assert_type(answer.server_version, str | None)
    assert_type(answer.parsed, WorkflowRun)
    assert_type(app.raw.files.download("f").parsed, bytes)
    assert_type(app.raw.files.download("f", to="copy.png").parsed, Path)
    assert_type(app.raw.audio.speak("hi", to=Path("hi.mp3")).parsed, Path)
    assert_type(app.raw.conversations.list(limit=5), RawPage[ConversationPage])


def configuration() -> None:
    with Chatflow("key", timeout=(1, 2, 3, None), http_client=httpx.Client()) as app:
        assert_type(app, Chatflow)
        assert_type(app.with_options(timeout=httpx.Timeout(5.0)), Chatflow)
        assert_type(app.with_options(timeout=None, headers={"X-A": "b"}), Chatflow)
        assert_type(app.with_options(user=None, middleware=[pass_on], api_key=lambda: "app-key"), Chatflow)
        assert_type(app.base_url, str)
        assert_type(app.user, str | None)
        assert_type(app.is_closed, bool)
        assert_type(app.request("GET", "/info", timeout=3).status_code, int)


class Inputs(TypedDict):
    """As `form.typed_dict()` prints it."""

    color: Literal["red", "green"]
    photo: NotRequired[UploadedFile | FileInput]


def file_types(app: Chatflow, upload: UploadFile, file: BytesIO, opened: BinaryIO) -> None:
    for content in (upload, file, opened, b"x", Path("a")):
        app.files.upload(content)
    app.files.upload(("a.png", upload, None))
    app.chat.send("hi", files=[upload, file, ("a.png", b"x")])
    app.audio.transcribe(opened)
    assert_type(app.files.download("f", to=file), BytesIO)
    assert_type(app.files.download("f", to=opened), BinaryIO)
    assert_type(app.audio.speak("hi", to=file), BytesIO)
    assert_type(app.raw.files.iter_bytes("f"), Generator[bytes, None, None])
    for chunk in app.files.iter_bytes("f"):
        assert_type(chunk, bytes)
    app.files.upload(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    app.files.download("f", to=5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def inputs(app: Chatflow, photo: UploadedFile) -> None:
    app.chat.send("hi", inputs=Inputs(color="red", photo=photo))
    app.chat.send("hi", inputs=Inputs(color="blue"))  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
    form = app.application.input_form()
    assert_type(form, InputForm)
    assert_type(form.variables, list[InputVariable])
    assert_type(form.variables[0].max_length, int | None)
    assert_type(form.problems({}), dict[str, str])
    assert_type(app.raw.application.input_form(), RawResponse[InputForm])
    app.with_options(validate_inputs=True)


def pass_on(request: httpx.Request, call_next: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
    return call_next(request)


def request_options(app: Chatflow, options: RequestOptions) -> None:
    assert_type(app.chat.start("hi", timeout=3, extra_query={"b": 2}), Reply)
    app.runs.get("run", timeout=(1, 2, 3, None), max_retries=0, extra_headers={"X-A": None})
    app.chat.stream("hi", trace_id="order-1", extra_body={"a": [1]}, extra_query={"b": 2})
    app.chat.send("hi", **options)
    app.conversation().send("hi", timeout=None)
    # Unknown options and wrong values are type errors.
    app.runs.get("run", retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    app.runs.get("run", max_retries="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    app.runs.get("run", trace_id="order-1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def http_clients() -> None:
    Chatflow("key", http_client=httpx.Client())
    Chatflow("key", http_client=httpx2.Client())
    AsyncChatflow("key", http_client=httpx.AsyncClient())
    AsyncChatflow("key", http_client=httpx2.AsyncClient())
    # A client of the other kind is a type error.
    Chatflow("key", http_client=httpx.AsyncClient())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AsyncChatflow("key", http_client=httpx.Client())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def asynchronous(app: AsyncChatflow) -> None:
    assert_type(await app.chat.send("hi"), ChatAnswer)
    async with app.chat.stream("hi") as opened:
        assert_type(opened, AsyncChatStream)
        async for event in opened:
            assert_type(event, StreamEvent)
        async for text in opened.text_deltas():
            assert_type(text, str)
        assert_type(await opened.until_done(), Reply)
        assert_type(await opened.submit("token", "approve", {"a": 1}), AsyncChatStream)
        assert_type(await opened.resume(), AsyncChatStream)
    pager = app.conversations.list()
    assert_type(pager, AsyncPager[ConversationPage, ConversationSummary])
    async for conversation in pager:
        assert_type(conversation, ConversationSummary)
    async for page in pager.pages():
        assert_type(page, ConversationPage)
    assert_type(await pager.first(), ConversationSummary | None)
    assert_type(app.conversation("c"), AsyncConversation)
    assert_type(await app.conversation("c").send("hi"), ChatAnswer)
    assert_type(await app.files.upload("photo.png"), UploadedFile)
    assert_type(await app.files.download("f"), bytes)
    assert_type(await app.files.download("f", to="copy.png"), Path)
    assert_type(await app.audio.speak("hi", to="hi.mp3"), Path)
    assert_type((await app.audio.transcribe(b"x")).text, str)
    assert_type(await app.conversations.history("c"), list[ConversationMessage])
    assert_type(await app.raw.runs.get("run"), RawResponse[WorkflowRun])
    assert_type(await app.raw.conversations.list(), RawPage[ConversationPage])
    assert_type(await app.runs.get("run"), WorkflowRun)
    assert_type(await app.runs.wait("run"), WorkflowRun)
    assert_type(await app.chat.start("hi"), Reply)
    assert_type(app.chat.stream("hi").relay(), AsyncGenerator[bytes])
    assert_type(await app.application.input_form(), InputForm)
    assert_type((await app.request("GET", "/info")).attempts, int)
    assert_type(app.conversation().stream("hi", timeout=3), AsyncChatStream)
    assert_type(await app.conversation("c").history(), list[ConversationMessage])
    assert_type(app.runs.list(created_after=dt.datetime.now(dt.UTC)), AsyncPager[WorkflowLogPage, WorkflowLog])
    for form in (await app.chat.send("hi")).reply.forms:
        assert_type(await app.human_input.submit(form, "approve"), JsonObject)
    assert_type(await app.annotations.create(question="q", answer="a"), Annotation)
    async with app.conversation().stream("hi", resume=True) as opened:
        assert_type(opened, AsyncChatStream)
    async with AsyncChatflow("key") as opened_app:
        assert_type(opened_app, AsyncChatflow)
        assert_type(opened_app.with_options(user="eve"), AsyncChatflow)
