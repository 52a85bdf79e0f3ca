"""The raw methods: every method of the client, with status, headers and body in addition to the parsed value."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar

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
from dify_chatflow._async.session import AsyncResource, AsyncSession
from dify_chatflow._raw import RawPage, RawResponse, document
from dify_chatflow._request import PreparedRequest
from dify_chatflow._transport import Response, read_content, without_key

R = TypeVar("R", bound=AsyncResource)
P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class AsyncRecordingSession(AsyncSession):
    """A session that keeps the last request and its response."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session.config, session.pool)
        self._last: list[tuple[PreparedRequest, Response]] = []  # shared with the copies that have options

    async def send(self, request: PreparedRequest, *, stream: bool = False, is_held: bool = False) -> Response:
        """Send one request and keep the response."""
        response = await super().send(request, stream=stream, is_held=is_held)
        self._last[:] = [(request, response)]
        return response

    def raw_response(self, parsed: T) -> RawResponse[T]:
        """Return the last response with its parsed value."""
        [(request, response)] = self._last
        return RawResponse(
            status_code=response.status_code,
            headers=response.headers,
            content=read_content(response),
            parsed=parsed,
            elapsed=time.monotonic() - request.started,
            attempts=request.attempt,
            request=without_key(response.request),
        )


class AsyncRawResource(Generic[R]):
    """A group of raw methods: each call runs on a new resource, whose session keeps the response."""

    def __init__(self, resource: type[R], session: AsyncSession) -> None:
        self.resource = resource
        self.session = session

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.session.config.base_url!r})"


def raw(
    method: Callable[Concatenate[R, P], Awaitable[T]],
) -> Callable[Concatenate[AsyncRawResource[R], P], Awaitable[RawResponse[T]]]:
    """Return the raw form of a method."""

    async def call(group: AsyncRawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        session = AsyncRecordingSession(group.session)
        return session.raw_response(await method(group.resource(session), *args, **kwargs))

    return document(call, method, "RawResponse[{}]")


def raw_page(
    method: Callable[Concatenate[R, P], AsyncPager[T, Item]],
) -> Callable[Concatenate[AsyncRawResource[R], P], Awaitable[RawPage[T]]]:
    """Return the raw form of a method that returns a pager: its first page."""

    async def call(group: AsyncRawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> RawPage[T]:
        session = AsyncRecordingSession(group.session)
        pager = method(group.resource(session), *args, **kwargs)
        page = session.raw_response(await pager.page())
        return RawPage(**vars(page), next_cursor=pager.next_cursor(page.parsed))

    return document(call, method, "RawPage[{}]")


def as_it_is(method: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[AsyncRawResource[R], P], T]:
    """Return a method that returns a stream, whose `response` holds status and headers."""

    def call(group: AsyncRawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return method(group.resource(group.session), *args, **kwargs)

    return document(call, method, "{}")


class AsyncRawChat(AsyncRawResource[AsyncChat]):
    """The raw methods of `app.chat`."""

    send = raw(AsyncChat.send)
    stream = as_it_is(AsyncChat.stream)
    start = raw(AsyncChat.start)
    stop = raw(AsyncChat.stop)
    suggested = raw(AsyncChat.suggested)


class AsyncRawConversations(AsyncRawResource[AsyncConversations]):
    """The raw methods of `app.conversations`."""

    list = raw_page(AsyncConversations.list)
    messages = raw_page(AsyncConversations.messages)
    history = raw(AsyncConversations.history)
    variables = raw_page(AsyncConversations.variables)
    set_variable = raw(AsyncConversations.set_variable)
    rename = raw(AsyncConversations.rename)
    delete = raw(AsyncConversations.delete)


class AsyncRawFiles(AsyncRawResource[AsyncFiles]):
    """The raw methods of `app.files`."""

    upload = raw(AsyncFiles.upload)
    download = raw(AsyncFiles.download)
    iter_bytes = as_it_is(AsyncFiles.iter_bytes)


class AsyncRawFeedback(AsyncRawResource[AsyncFeedback]):
    """The raw methods of `app.feedback`."""

    submit = raw(AsyncFeedback.submit)
    list = raw_page(AsyncFeedback.list)


class AsyncRawAudio(AsyncRawResource[AsyncAudio]):
    """The raw methods of `app.audio`."""

    transcribe = raw(AsyncAudio.transcribe)
    speak = raw(AsyncAudio.speak)
    iter_bytes = as_it_is(AsyncAudio.iter_bytes)


class AsyncRawRuns(AsyncRawResource[AsyncRuns]):
    """The raw methods of `app.runs`."""

    get = raw(AsyncRuns.get)
    wait = raw(AsyncRuns.wait)
    list = raw_page(AsyncRuns.list)
    events = as_it_is(AsyncRuns.events)


class AsyncRawHumanInput(AsyncRawResource[AsyncHumanInput]):
    """The raw methods of `app.human_input`."""

    get = raw(AsyncHumanInput.get)
    submit = raw(AsyncHumanInput.submit)


class AsyncRawAnnotations(AsyncRawResource[AsyncAnnotations]):
    """The raw methods of `app.annotations`."""

    list = raw_page(AsyncAnnotations.list)
    create = raw(AsyncAnnotations.create)
    update = raw(AsyncAnnotations.update)
    delete = raw(AsyncAnnotations.delete)
    enable_reply = raw(AsyncAnnotations.enable_reply)
    disable_reply = raw(AsyncAnnotations.disable_reply)
    reply_status = raw(AsyncAnnotations.reply_status)
    wait_for_reply_job = raw(AsyncAnnotations.wait_for_reply_job)


class AsyncRawApplication(AsyncRawResource[AsyncApplication]):
    """The raw methods of `app.application`."""

    info = raw(AsyncApplication.info)
    parameters = raw(AsyncApplication.parameters)
    input_form = raw(AsyncApplication.input_form)
    meta = raw(AsyncApplication.meta)
    site = raw(AsyncApplication.site)


class AsyncRawEndUsers(AsyncRawResource[AsyncEndUsers]):
    """The raw methods of `app.end_users`."""

    get = raw(AsyncEndUsers.get)


class AsyncRaw:
    """`app.raw`: every method of the client under the same name, returning a RawResponse.

    A list returns its first page. A stream is returned as it is; its `response` holds status and headers.

    Example:
        answer = await app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, session: AsyncSession) -> None:
        self.chat = AsyncRawChat(AsyncChat, session)
        self.conversations = AsyncRawConversations(AsyncConversations, session)
        self.files = AsyncRawFiles(AsyncFiles, session)
        self.feedback = AsyncRawFeedback(AsyncFeedback, session)
        self.audio = AsyncRawAudio(AsyncAudio, session)
        self.runs = AsyncRawRuns(AsyncRuns, session)
        self.human_input = AsyncRawHumanInput(AsyncHumanInput, session)
        self.annotations = AsyncRawAnnotations(AsyncAnnotations, session)
        self.application = AsyncRawApplication(AsyncApplication, session)
        self.end_users = AsyncRawEndUsers(AsyncEndUsers, session)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.chat.session.config.base_url!r})"
