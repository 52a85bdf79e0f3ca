"""The raw twins: what the server answered, beside what it was read into."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from dify_chatflow._async.pager import AsyncPager
from dify_chatflow._response import RawResponse, raw_response, watched

if TYPE_CHECKING:
    from dify_chatflow._async.client import AsyncChatflow

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


def raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """The method's twin."""

    async def twin(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        with watched() as responses:
            parsed = await method(*args, **kwargs)
        return raw_response(responses[-1], parsed)

    return twin


def raw_page(method: Callable[P, AsyncPager[T, Item]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """The twin of a method that gives a pager: its first page."""

    async def twin(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        with watched() as responses:
            parsed = await method(*args, **kwargs).page()
        return raw_response(responses[-1], parsed)

    return twin


class AsyncRaw:
    """`app.raw`: every method of the client under the same name, giving a RawResponse.

    A list gives its first page. A stream gives the stream itself, whose `response` holds status and headers.

    Example:
        answer = await app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, app: AsyncChatflow) -> None:
        self.chat = AsyncRawChat(app)
        self.conversations = AsyncRawConversations(app)
        self.files = AsyncRawFiles(app)
        self.feedback = AsyncRawFeedback(app)
        self.audio = AsyncRawAudio(app)
        self.runs = AsyncRawRuns(app)
        self.human_input = AsyncRawHumanInput(app)
        self.annotations = AsyncRawAnnotations(app)
        self.application = AsyncRawApplication(app)
        self.end_users = AsyncRawEndUsers(app)


class AsyncRawChat:
    """Twins of `app.chat`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.send = raw(app.chat.send)
        self.stream = app.chat.stream
        self.stop = raw(app.chat.stop)
        self.suggested = raw(app.chat.suggested)


class AsyncRawConversations:
    """Twins of `app.conversations`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.list = raw_page(app.conversations.list)
        self.messages = raw_page(app.conversations.messages)
        self.variables = raw_page(app.conversations.variables)
        self.set_variable = raw(app.conversations.set_variable)
        self.rename = raw(app.conversations.rename)
        self.delete = raw(app.conversations.delete)


class AsyncRawFiles:
    """Twins of `app.files`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.upload = raw(app.files.upload)
        self.download = raw(app.files.download)


class AsyncRawFeedback:
    """Twins of `app.feedback`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.submit = raw(app.feedback.submit)
        self.list = raw_page(app.feedback.list)


class AsyncRawAudio:
    """Twins of `app.audio`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.transcribe = raw(app.audio.transcribe)
        self.speak = raw(app.audio.speak)


class AsyncRawRuns:
    """Twins of `app.runs`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.get = raw(app.runs.get)
        self.list = raw_page(app.runs.list)
        self.events = app.runs.events


class AsyncRawHumanInput:
    """Twins of `app.human_input`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.get = raw(app.human_input.get)
        self.submit = raw(app.human_input.submit)


class AsyncRawAnnotations:
    """Twins of `app.annotations`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.list = raw_page(app.annotations.list)
        self.create = raw(app.annotations.create)
        self.update = raw(app.annotations.update)
        self.delete = raw(app.annotations.delete)
        self.enable_reply = raw(app.annotations.enable_reply)
        self.disable_reply = raw(app.annotations.disable_reply)
        self.reply_status = raw(app.annotations.reply_status)
        self.wait_for_reply_job = raw(app.annotations.wait_for_reply_job)


class AsyncRawApplication:
    """Twins of `app.application`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.info = raw(app.application.info)
        self.parameters = raw(app.application.parameters)
        self.meta = raw(app.application.meta)
        self.site = raw(app.application.site)


class AsyncRawEndUsers:
    """Twins of `app.end_users`."""

    def __init__(self, app: AsyncChatflow) -> None:
        self.get = raw(app.end_users.get)
