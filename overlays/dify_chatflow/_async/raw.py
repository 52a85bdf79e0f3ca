"""The raw methods: every method of the client, with status, headers and body in addition to the parsed value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import MethodType
from typing import ParamSpec, TypeVar, cast

from dify_chatflow._async.pager import AsyncPager
from dify_chatflow._async.resources.annotations import AsyncAnnotations
from dify_chatflow._async.resources.application import AsyncApplication
from dify_chatflow._async.resources.audio import AsyncAudio
from dify_chatflow._async.resources.chat import AsyncChat
from dify_chatflow._async.resources.conversations import AsyncConversations
from dify_chatflow._async.resources.end_users import AsyncEndUsers
from dify_chatflow._async.resources.feedback import AsyncFeedback
from dify_chatflow._async.resources.files import AsyncFiles
from dify_chatflow._async.resources.human_input import AsyncHumanInput
from dify_chatflow._async.resources.runs import AsyncRuns
from dify_chatflow._async.session import AsyncRecordingSession, AsyncResource, AsyncSession
from dify_chatflow._response import RawResponse

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class AsyncRecorder:
    """Makes raw methods: each call runs on a clone of its resource whose session keeps the response."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def raw(self, method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
        """Return the raw form of a method."""

        async def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            recorded, session = self._clone(method)
            return session.raw_response(await recorded(*args, **kwargs))

        return call

    def raw_page(self, method: Callable[P, AsyncPager[T, Item]]) -> Callable[P, Awaitable[RawResponse[T]]]:
        """Return the raw form of a method that returns a pager: its first page."""

        async def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            recorded, session = self._clone(method)
            return session.raw_response(await recorded(*args, **kwargs).page())

        return call

    def _clone(self, method: Callable[P, T]) -> tuple[Callable[P, T], AsyncRecordingSession]:
        bound = cast("MethodType", method)
        session = AsyncRecordingSession(self._session)
        clone = cast("type[AsyncResource]", type(bound.__self__))(session)
        return getattr(clone, bound.__name__), session


class AsyncRaw:
    """`app.raw`: every method of the client under the same name, returning a RawResponse.

    A list returns its first page. A stream is returned as it is; its `response` holds status and headers.

    Example:
        answer = await app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, session: AsyncSession) -> None:
        self.chat = AsyncRawChat(session)
        self.conversations = AsyncRawConversations(session)
        self.files = AsyncRawFiles(session)
        self.feedback = AsyncRawFeedback(session)
        self.audio = AsyncRawAudio(session)
        self.runs = AsyncRawRuns(session)
        self.human_input = AsyncRawHumanInput(session)
        self.annotations = AsyncRawAnnotations(session)
        self.application = AsyncRawApplication(session)
        self.end_users = AsyncRawEndUsers(session)


class AsyncRawChat:
    """The raw methods of `app.chat`."""

    def __init__(self, session: AsyncSession) -> None:
        chat = AsyncChat(session)
        recorder = AsyncRecorder(session)
        self.send = recorder.raw(chat.send)
        self.stream = chat.stream
        self.stop = recorder.raw(chat.stop)
        self.suggested = recorder.raw(chat.suggested)


class AsyncRawConversations:
    """The raw methods of `app.conversations`."""

    def __init__(self, session: AsyncSession) -> None:
        conversations = AsyncConversations(session)
        recorder = AsyncRecorder(session)
        self.list = recorder.raw_page(conversations.list)
        self.messages = recorder.raw_page(conversations.messages)
        self.history = recorder.raw(conversations.history)
        self.variables = recorder.raw_page(conversations.variables)
        self.set_variable = recorder.raw(conversations.set_variable)
        self.rename = recorder.raw(conversations.rename)
        self.delete = recorder.raw(conversations.delete)


class AsyncRawFiles:
    """The raw methods of `app.files`."""

    def __init__(self, session: AsyncSession) -> None:
        files = AsyncFiles(session)
        recorder = AsyncRecorder(session)
        self.upload = recorder.raw(files.upload)
        self.download = recorder.raw(files.download)


class AsyncRawFeedback:
    """The raw methods of `app.feedback`."""

    def __init__(self, session: AsyncSession) -> None:
        feedback = AsyncFeedback(session)
        recorder = AsyncRecorder(session)
        self.submit = recorder.raw(feedback.submit)
        self.list = recorder.raw_page(feedback.list)


class AsyncRawAudio:
    """The raw methods of `app.audio`."""

    def __init__(self, session: AsyncSession) -> None:
        audio = AsyncAudio(session)
        recorder = AsyncRecorder(session)
        self.transcribe = recorder.raw(audio.transcribe)
        self.speak = recorder.raw(audio.speak)


class AsyncRawRuns:
    """The raw methods of `app.runs`."""

    def __init__(self, session: AsyncSession) -> None:
        runs = AsyncRuns(session)
        recorder = AsyncRecorder(session)
        self.get = recorder.raw(runs.get)
        self.list = recorder.raw_page(runs.list)
        self.events = runs.events


class AsyncRawHumanInput:
    """The raw methods of `app.human_input`."""

    def __init__(self, session: AsyncSession) -> None:
        human_input = AsyncHumanInput(session)
        recorder = AsyncRecorder(session)
        self.get = recorder.raw(human_input.get)
        self.submit = recorder.raw(human_input.submit)


class AsyncRawAnnotations:
    """The raw methods of `app.annotations`."""

    def __init__(self, session: AsyncSession) -> None:
        annotations = AsyncAnnotations(session)
        recorder = AsyncRecorder(session)
        self.list = recorder.raw_page(annotations.list)
        self.create = recorder.raw(annotations.create)
        self.update = recorder.raw(annotations.update)
        self.delete = recorder.raw(annotations.delete)
        self.enable_reply = recorder.raw(annotations.enable_reply)
        self.disable_reply = recorder.raw(annotations.disable_reply)
        self.reply_status = recorder.raw(annotations.reply_status)
        self.wait_for_reply_job = recorder.raw(annotations.wait_for_reply_job)


class AsyncRawApplication:
    """The raw methods of `app.application`."""

    def __init__(self, session: AsyncSession) -> None:
        application = AsyncApplication(session)
        recorder = AsyncRecorder(session)
        self.info = recorder.raw(application.info)
        self.parameters = recorder.raw(application.parameters)
        self.meta = recorder.raw(application.meta)
        self.site = recorder.raw(application.site)


class AsyncRawEndUsers:
    """The raw methods of `app.end_users`."""

    def __init__(self, session: AsyncSession) -> None:
        end_users = AsyncEndUsers(session)
        recorder = AsyncRecorder(session)
        self.get = recorder.raw(end_users.get)
