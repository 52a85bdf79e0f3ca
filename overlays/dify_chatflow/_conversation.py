"""The state of a conversation, without I/O."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from dify_chatflow._attachments import Attachment
from dify_chatflow._errors import StreamStateError
from dify_chatflow._options import ChatOptions
from dify_chatflow._streaming.options import StreamOptions


class QueryArguments(ChatOptions, total=False):
    """The options of a query in a conversation; see `chat.send`."""

    inputs: Mapping[str, Any]
    files: Sequence[Attachment]
    auto_generate_name: bool
    workflow_id: str


class SendArguments(QueryArguments, total=False):
    """The keyword arguments of a conversation's `send`."""

    via: Literal["blocking", "stream"]


class AskArguments(QueryArguments, StreamOptions, total=False):
    """The keyword arguments of a conversation's `stream`."""


class ConversationChangedWarning(UserWarning):
    """The server did not continue the conversation: it silently started a new one, whose id is adopted."""


class ConversationState:
    """The id of a conversation, and its previous ids."""

    def __init__(self, conversation_id: str | None, user: str | None) -> None:
        self.id = conversation_id
        self.previous_ids: list[str] = []
        self.user = user

    @property
    def known_id(self) -> str:
        """The id, for the operations that need one.

        Raises:
            StreamStateError: There is no answer yet.
        """
        if self.id is None:
            raise StreamStateError("the conversation has no id yet: send a query first")
        return self.id

    def copy(self) -> ConversationState:
        """Return a conversation that continues this one on its own."""
        copied = ConversationState(self.id, self.user)
        copied.previous_ids = list(self.previous_ids)
        return copied

    def follow(self, conversation_id: str | None) -> None:
        """Take over the id of an answer; warn when it differs from the one sent."""
        if not conversation_id or conversation_id == self.id:
            return
        previous, self.id = self.id, conversation_id
        if previous is not None:
            self.previous_ids.append(previous)
            text = f"conversation {previous} is unknown to the server for this user; it started {self.id} instead"
            warnings.warn(text, ConversationChangedWarning, stacklevel=3)
