# Generated from dify_chatflow/_async/conversation.py by `make generate`; change it there.
"""A conversation that keeps its id from answer to answer."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Self, Unpack

from dify_chatflow._concurrency import Lock
from dify_chatflow._conversation import AskArguments, ConversationState, SendArguments
from dify_chatflow._models import ChatAnswer
from dify_chatflow._sync.resources.chat import Chat
from dify_chatflow._sync.stream import ChatStream


class Conversation:
    """A conversation that keeps its id; one run at a time, also when several tasks share it.

    A real server that does not know the id silently starts a new conversation. Then the new id counts, a
    ConversationChangedWarning is emitted, and `previous_ids` holds the old one.

    Example:
        talk = app.conversation(user="abc-123")
        talk.send("My bike squeaks.")
        print(talk.send("What does the repair cost?").answer, talk.id)

    """

    def __init__(self, chat: Chat, state: ConversationState) -> None:
        self._chat = chat
        self._state = state
        self._lock = Lock()

    @property
    def id(self) -> str | None:
        """The conversation's id; None before the first answer."""
        return self._state.id

    @property
    def previous_ids(self) -> list[str]:
        """Ids that the server did not continue."""
        return list(self._state.previous_ids)

    def __copy__(self) -> Self:
        return type(self)(self._chat, self._state.copy())

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("cannot pickle a conversation: pass its id, and create it in the other process")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, user={self._state.user!r})"

    def send(self, query: str, **options: Unpack[SendArguments]) -> ChatAnswer:
        """Send a query and wait for the complete answer; arguments and errors are those of `chat.send`."""
        with self._lock:
            user, conversation_id = self._state.user, self._state.id
            answer = self._chat.send(query, conversation_id=conversation_id, user=user, **options)
            self._state.follow(answer.conversation_id)
            return answer

    @contextmanager
    def stream(self, query: str, **options: Unpack[AskArguments]) -> Generator[ChatStream]:
        """Ask, and follow the answer; arguments and errors are those of `chat.stream`."""
        with self._lock:
            user, conversation_id = self._state.user, self._state.id
            with self._chat.stream(query, conversation_id=conversation_id, user=user, **options) as stream:
                try:
                    yield stream
                finally:
                    self._state.follow(stream.conversation_id)
