"""A query's turn in a conversation, whose queries are sent one after another."""

from __future__ import annotations

from dify_chatflow._concurrency import AsyncLock
from dify_chatflow._conversation import ConversationState
from dify_chatflow._query import Query


class AsyncTurn:
    """The time in which a conversation sends one query and follows its answer.

    Attributes:
        is_taken: Whether the turn has come, now or before.
    """

    def __init__(self, lock: AsyncLock, state: ConversationState, query: Query) -> None:
        self.is_taken = False
        self._lock = lock
        self._state = state
        self._query = query

    async def take(self) -> None:
        """Wait for the turn; then the query continues the conversation.

        Raises:
            StreamStateError: The same thread or task has the turn already.
        """
        await self._lock.__aenter__()
        self.is_taken = True
        self._query.continue_conversation(self._state.id)

    async def end(self, conversation_id: str | None) -> None:
        """Take over the id of the answer, and let the next query be sent."""
        try:
            self._state.follow(conversation_id)
        finally:
            await self._lock.__aexit__()
