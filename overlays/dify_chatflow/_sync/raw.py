# Generated from dify_chatflow/_async/raw.py by `make generate`; change it there.
"""The raw methods: every method of the client, with status, headers and body in addition to the parsed value."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar

from dify_chatflow._raw import RawPage, RawResponse, document
from dify_chatflow._request import PreparedRequest
from dify_chatflow._sync.pager import Pager
from dify_chatflow._sync.resources.annotations import Annotations
from dify_chatflow._sync.resources.application import Application
from dify_chatflow._sync.resources.audio import Audio
from dify_chatflow._sync.resources.chat import Chat
from dify_chatflow._sync.resources.conversations import Conversations
from dify_chatflow._sync.resources.end_users import EndUsers
from dify_chatflow._sync.resources.feedback import Feedback
from dify_chatflow._sync.resources.files import Files
from dify_chatflow._sync.resources.human_input import HumanInput
from dify_chatflow._sync.resources.runs import Runs
from dify_chatflow._sync.session import Resource, Session
from dify_chatflow._transport import Response, read_content, without_key

R = TypeVar("R", bound=Resource)
P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class RecordingSession(Session):
    """A session that keeps the last request and its response."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.config, session.pool)
        self._last: list[tuple[PreparedRequest, Response]] = []  # shared with the copies that have options

    def send(self, request: PreparedRequest, *, stream: bool = False, is_held: bool = False) -> Response:
        """Send one request and keep the response."""
        response = super().send(request, stream=stream, is_held=is_held)
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


class RawResource(Generic[R]):
    """A group of raw methods: each call runs on a new resource, whose session keeps the response."""

    def __init__(self, resource: type[R], session: Session) -> None:
        self.resource = resource
        self.session = session

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.session.config.base_url!r})"


def raw(
    method: Callable[Concatenate[R, P], T],
) -> Callable[Concatenate[RawResource[R], P], RawResponse[T]]:
    """Return the raw form of a method."""

    def call(group: RawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        session = RecordingSession(group.session)
        return session.raw_response(method(group.resource(session), *args, **kwargs))

    return document(call, method, "RawResponse[{}]")


def raw_page(
    method: Callable[Concatenate[R, P], Pager[T, Item]],
) -> Callable[Concatenate[RawResource[R], P], RawPage[T]]:
    """Return the raw form of a method that returns a pager: its first page."""

    def call(group: RawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> RawPage[T]:
        session = RecordingSession(group.session)
        pager = method(group.resource(session), *args, **kwargs)
        page = session.raw_response(pager.page())
        return RawPage(**vars(page), next_cursor=pager.next_cursor(page.parsed))

    return document(call, method, "RawPage[{}]")


def as_it_is(method: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[RawResource[R], P], T]:
    """Return a method that returns a stream, whose `response` holds status and headers."""

    def call(group: RawResource[R], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return method(group.resource(group.session), *args, **kwargs)

    return document(call, method, "{}")


class RawChat(RawResource[Chat]):
    """The raw methods of `app.chat`."""

    send = raw(Chat.send)
    stream = as_it_is(Chat.stream)
    start = raw(Chat.start)
    stop = raw(Chat.stop)
    suggested = raw(Chat.suggested)


class RawConversations(RawResource[Conversations]):
    """The raw methods of `app.conversations`."""

    list = raw_page(Conversations.list)
    messages = raw_page(Conversations.messages)
    history = raw(Conversations.history)
    variables = raw_page(Conversations.variables)
    set_variable = raw(Conversations.set_variable)
    rename = raw(Conversations.rename)
    delete = raw(Conversations.delete)


class RawFiles(RawResource[Files]):
    """The raw methods of `app.files`."""

    upload = raw(Files.upload)
    download = raw(Files.download)
    iter_bytes = as_it_is(Files.iter_bytes)


class RawFeedback(RawResource[Feedback]):
    """The raw methods of `app.feedback`."""

    submit = raw(Feedback.submit)
    list = raw_page(Feedback.list)


class RawAudio(RawResource[Audio]):
    """The raw methods of `app.audio`."""

    transcribe = raw(Audio.transcribe)
    speak = raw(Audio.speak)
    iter_bytes = as_it_is(Audio.iter_bytes)


class RawRuns(RawResource[Runs]):
    """The raw methods of `app.runs`."""

    get = raw(Runs.get)
    wait = raw(Runs.wait)
    list = raw_page(Runs.list)
    events = as_it_is(Runs.events)


class RawHumanInput(RawResource[HumanInput]):
    """The raw methods of `app.human_input`."""

    get = raw(HumanInput.get)
    submit = raw(HumanInput.submit)


class RawAnnotations(RawResource[Annotations]):
    """The raw methods of `app.annotations`."""

    list = raw_page(Annotations.list)
    create = raw(Annotations.create)
    update = raw(Annotations.update)
    delete = raw(Annotations.delete)
    enable_reply = raw(Annotations.enable_reply)
    disable_reply = raw(Annotations.disable_reply)
    reply_status = raw(Annotations.reply_status)
    wait_for_reply_job = raw(Annotations.wait_for_reply_job)


class RawApplication(RawResource[Application]):
    """The raw methods of `app.application`."""

    info = raw(Application.info)
    parameters = raw(Application.parameters)
    input_form = raw(Application.input_form)
    meta = raw(Application.meta)
    site = raw(Application.site)


class RawEndUsers(RawResource[EndUsers]):
    """The raw methods of `app.end_users`."""

    get = raw(EndUsers.get)


class Raw:
    """`app.raw`: every method of the client under the same name, returning a RawResponse.

    A list returns its first page. A stream is returned as it is; its `response` holds status and headers.

    Example:
        answer = app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, session: Session) -> None:
        self.chat = RawChat(Chat, session)
        self.conversations = RawConversations(Conversations, session)
        self.files = RawFiles(Files, session)
        self.feedback = RawFeedback(Feedback, session)
        self.audio = RawAudio(Audio, session)
        self.runs = RawRuns(Runs, session)
        self.human_input = RawHumanInput(HumanInput, session)
        self.annotations = RawAnnotations(Annotations, session)
        self.application = RawApplication(Application, session)
        self.end_users = RawEndUsers(EndUsers, session)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.chat.session.config.base_url!r})"
