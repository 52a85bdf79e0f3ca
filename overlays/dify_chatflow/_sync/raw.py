# Generated from dify_chatflow/_async/raw.py by `make generate`; change it there.
"""The raw methods: every method of the client, with status, headers and body in addition to the parsed value."""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import ParamSpec, TypeVar, cast

from dify_chatflow._response import RawResponse
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
from dify_chatflow._sync.session import RecordingSession, Resource, Session

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class Recorder:
    """Makes raw methods: each call runs on a clone of its resource whose session keeps the response."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def raw(self, method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
        """Return the raw form of a method."""

        def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            recorded, session = self._clone(method)
            return session.raw_response(recorded(*args, **kwargs))

        return call

    def raw_page(self, method: Callable[P, Pager[T, Item]]) -> Callable[P, RawResponse[T]]:
        """Return the raw form of a method that returns a pager: its first page."""

        def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            recorded, session = self._clone(method)
            return session.raw_response(recorded(*args, **kwargs).page())

        return call

    def _clone(self, method: Callable[P, T]) -> tuple[Callable[P, T], RecordingSession]:
        bound = cast("MethodType", method)
        session = RecordingSession(self._session)
        clone = cast("type[Resource]", type(bound.__self__))(session)
        return getattr(clone, bound.__name__), session


class Raw:
    """`app.raw`: every method of the client under the same name, returning a RawResponse.

    A list returns its first page. A stream is returned as it is; its `response` holds status and headers.

    Example:
        answer = app.raw.runs.get(run_id)
        print(answer.status_code, answer.headers["x-version"], answer.parsed.status)

    """

    def __init__(self, session: Session) -> None:
        self.chat = RawChat(session)
        self.conversations = RawConversations(session)
        self.files = RawFiles(session)
        self.feedback = RawFeedback(session)
        self.audio = RawAudio(session)
        self.runs = RawRuns(session)
        self.human_input = RawHumanInput(session)
        self.annotations = RawAnnotations(session)
        self.application = RawApplication(session)
        self.end_users = RawEndUsers(session)


class RawChat:
    """The raw methods of `app.chat`."""

    def __init__(self, session: Session) -> None:
        chat = Chat(session)
        recorder = Recorder(session)
        self.send = recorder.raw(chat.send)
        self.stream = chat.stream
        self.stop = recorder.raw(chat.stop)
        self.suggested = recorder.raw(chat.suggested)


class RawConversations:
    """The raw methods of `app.conversations`."""

    def __init__(self, session: Session) -> None:
        conversations = Conversations(session)
        recorder = Recorder(session)
        self.list = recorder.raw_page(conversations.list)
        self.messages = recorder.raw_page(conversations.messages)
        self.history = recorder.raw(conversations.history)
        self.variables = recorder.raw_page(conversations.variables)
        self.set_variable = recorder.raw(conversations.set_variable)
        self.rename = recorder.raw(conversations.rename)
        self.delete = recorder.raw(conversations.delete)


class RawFiles:
    """The raw methods of `app.files`."""

    def __init__(self, session: Session) -> None:
        files = Files(session)
        recorder = Recorder(session)
        self.upload = recorder.raw(files.upload)
        self.download = recorder.raw(files.download)


class RawFeedback:
    """The raw methods of `app.feedback`."""

    def __init__(self, session: Session) -> None:
        feedback = Feedback(session)
        recorder = Recorder(session)
        self.submit = recorder.raw(feedback.submit)
        self.list = recorder.raw_page(feedback.list)


class RawAudio:
    """The raw methods of `app.audio`."""

    def __init__(self, session: Session) -> None:
        audio = Audio(session)
        recorder = Recorder(session)
        self.transcribe = recorder.raw(audio.transcribe)
        self.speak = recorder.raw(audio.speak)


class RawRuns:
    """The raw methods of `app.runs`."""

    def __init__(self, session: Session) -> None:
        runs = Runs(session)
        recorder = Recorder(session)
        self.get = recorder.raw(runs.get)
        self.list = recorder.raw_page(runs.list)
        self.events = runs.events


class RawHumanInput:
    """The raw methods of `app.human_input`."""

    def __init__(self, session: Session) -> None:
        human_input = HumanInput(session)
        recorder = Recorder(session)
        self.get = recorder.raw(human_input.get)
        self.submit = recorder.raw(human_input.submit)


class RawAnnotations:
    """The raw methods of `app.annotations`."""

    def __init__(self, session: Session) -> None:
        annotations = Annotations(session)
        recorder = Recorder(session)
        self.list = recorder.raw_page(annotations.list)
        self.create = recorder.raw(annotations.create)
        self.update = recorder.raw(annotations.update)
        self.delete = recorder.raw(annotations.delete)
        self.enable_reply = recorder.raw(annotations.enable_reply)
        self.disable_reply = recorder.raw(annotations.disable_reply)
        self.reply_status = recorder.raw(annotations.reply_status)
        self.wait_for_reply_job = recorder.raw(annotations.wait_for_reply_job)


class RawApplication:
    """The raw methods of `app.application`."""

    def __init__(self, session: Session) -> None:
        application = Application(session)
        recorder = Recorder(session)
        self.info = recorder.raw(application.info)
        self.parameters = recorder.raw(application.parameters)
        self.meta = recorder.raw(application.meta)
        self.site = recorder.raw(application.site)


class RawEndUsers:
    """The raw methods of `app.end_users`."""

    def __init__(self, session: Session) -> None:
        end_users = EndUsers(session)
        recorder = Recorder(session)
        self.get = recorder.raw(end_users.get)
