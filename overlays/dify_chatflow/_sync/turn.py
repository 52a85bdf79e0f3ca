# Generated from dify_chatflow/_async/turn.py by `make generate`; change it there.
"""A query's turn in a conversation, whose queries are sent one after another."""

from __future__ import annotations

from dify_chatflow._concurrency import Lock
from dify_chatflow._conversation import ConversationState
from dify_chatflow._query import Query


class Turn:
    """The time in which a conversation sends one query and follows its answer.

    Attributes:
        is_taken: Whether the turn has come, now or before.
    """

    def __init__(self, lock: Lock, state: ConversationState, query: Query) -> None:
        self.is_taken = False
        self._lock = lock
        self._state = state
        self._query = query

    def take(self) -> None:
        """Wait for the turn; then the query continues the conversation.

        Raises:
            StreamStateError: The same thread or task has the turn already.
        """
        self._lock.__enter__()
        self.is_taken = True
        self._query.continue_conversation(self._state.id)

    def end(self, conversation_id: str | None) -> None:
        """Take over the id of the answer, and let the next query be sent."""
        try:
            self._state.follow(conversation_id)
        finally:
            self._lock.__exit__()
