# Generated from dify_chatflow/_async/raw.py by `make generate`; change it there.
"""The raw twins: what the server answered, beside what it was read into."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from dify_chatflow._response import RawResponse, raw_response, watched
from dify_chatflow._sync.pager import Pager

if TYPE_CHECKING:
    from dify_chatflow._sync.client import Chatflow

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


def raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """The method's twin."""

    def twin(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        with watched() as responses:
            parsed = method(*args, **kwargs)
        return raw_response(responses[-1], parsed)

    return twin


def raw_page(method: Callable[P, Pager[T, Item]]) -> Callable[P, RawResponse[T]]:
    """The twin of a method that gives a pager: its first page."""

    def twin(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        with watched() as responses:
            parsed = method(*args, **kwargs).page()
        return raw_response(responses[-1], parsed)

    return twin


class Raw:
    """`app.raw`: every method of the client under the same name, giving a RawResponse.

    A list gives its first page. A stream gives the stream itself, whose `response` holds status and headers.

    Example:
        answer = app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, app: Chatflow) -> None:
        self.chat = RawChat(app)
        self.conversations = RawConversations(app)
        self.files = RawFiles(app)
        self.feedback = RawFeedback(app)
        self.audio = RawAudio(app)
        self.runs = RawRuns(app)
        self.human_input = RawHumanInput(app)
        self.annotations = RawAnnotations(app)
        self.application = RawApplication(app)
        self.end_users = RawEndUsers(app)


class RawChat:
    """Twins of `app.chat`."""

    def __init__(self, app: Chatflow) -> None:
        self.send = raw(app.chat.send)
        self.stream = app.chat.stream
        self.stop = raw(app.chat.stop)
        self.suggested = raw(app.chat.suggested)


class RawConversations:
    """Twins of `app.conversations`."""

    def __init__(self, app: Chatflow) -> None:
        self.list = raw_page(app.conversations.list)
        self.messages = raw_page(app.conversations.messages)
        self.variables = raw_page(app.conversations.variables)
        self.set_variable = raw(app.conversations.set_variable)
        self.rename = raw(app.conversations.rename)
        self.delete = raw(app.conversations.delete)


class RawFiles:
    """Twins of `app.files`."""

    def __init__(self, app: Chatflow) -> None:
        self.upload = raw(app.files.upload)
        self.download = raw(app.files.download)


class RawFeedback:
    """Twins of `app.feedback`."""

    def __init__(self, app: Chatflow) -> None:
        self.submit = raw(app.feedback.submit)
        self.list = raw_page(app.feedback.list)


class RawAudio:
    """Twins of `app.audio`."""

    def __init__(self, app: Chatflow) -> None:
        self.transcribe = raw(app.audio.transcribe)
        self.speak = raw(app.audio.speak)


class RawRuns:
    """Twins of `app.runs`."""

    def __init__(self, app: Chatflow) -> None:
        self.get = raw(app.runs.get)
        self.list = raw_page(app.runs.list)
        self.events = app.runs.events


class RawHumanInput:
    """Twins of `app.human_input`."""

    def __init__(self, app: Chatflow) -> None:
        self.get = raw(app.human_input.get)
        self.submit = raw(app.human_input.submit)


class RawAnnotations:
    """Twins of `app.annotations`."""

    def __init__(self, app: Chatflow) -> None:
        self.list = raw_page(app.annotations.list)
        self.create = raw(app.annotations.create)
        self.update = raw(app.annotations.update)
        self.delete = raw(app.annotations.delete)
        self.enable_reply = raw(app.annotations.enable_reply)
        self.disable_reply = raw(app.annotations.disable_reply)
        self.reply_status = raw(app.annotations.reply_status)
        self.wait_for_reply_job = raw(app.annotations.wait_for_reply_job)


class RawApplication:
    """Twins of `app.application`."""

    def __init__(self, app: Chatflow) -> None:
        self.info = raw(app.application.info)
        self.parameters = raw(app.application.parameters)
        self.meta = raw(app.application.meta)
        self.site = raw(app.application.site)


class RawEndUsers:
    """Twins of `app.end_users`."""

    def __init__(self, app: Chatflow) -> None:
        self.get = raw(app.end_users.get)
