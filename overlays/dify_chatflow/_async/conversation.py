"""A conversation that keeps its id from answer to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, Unpack

from dify_chatflow._async.resources.chat import AsyncChat, open_stream
from dify_chatflow._async.session import AsyncResource, AsyncSession
from dify_chatflow._async.turn import AsyncTurn
from dify_chatflow._concurrency import AsyncLock
from dify_chatflow._conversation import AskArguments, ConversationState, SendArguments
from dify_chatflow._options import check_names
from dify_chatflow._query import Query
from dify_chatflow._streaming.options import StreamSettings

if TYPE_CHECKING:
    from dify_chatflow._async.pager import AsyncPager
    from dify_chatflow._async.resources.conversations import AsyncConversations
    from dify_chatflow._async.stream import AsyncChatStream
    from dify_chatflow._models import ChatAnswer
    from dify_chatflow._options import RequestOptions
    from dify_chatflow_client.models.conversation_message import ConversationMessage
    from dify_chatflow_client.models.conversation_summary import ConversationSummary
    from dify_chatflow_client.models.conversation_variable import ConversationVariable
    from dify_chatflow_client.models.conversation_variable_page import ConversationVariablePage
    from dify_chatflow_client.models.message_page import MessagePage


class AsyncConversation(AsyncResource):
    """A conversation that keeps its id; one run at a time, also when several tasks share it.

    Some servers silently start a new conversation where they do not know the id. Then the new id counts, a
    ConversationChangedWarning is emitted, and `previous_ids` holds the old one.

    Raises:
        StreamStateError: From the methods that need the conversation's id, before the first answer.

    Example:
        talk = app.conversation(user="abc-123")
        await talk.send("My bike squeaks.")
        print((await talk.send("What does the repair cost?")).answer, talk.id)
        for message in await talk.history():
            print(message.query, message.answer)

    """

    def __init__(
        self, session: AsyncSession, state: ConversationState, conversations: Callable[[], AsyncConversations]
    ) -> None:
        super().__init__(session)
        self._conversations = conversations  # `send` and `stream` do not need its modules
        self._chat = AsyncChat(session)
        self._state = state
        self._lock = AsyncLock()

    @property
    def id(self) -> str | None:
        """The conversation's id; None before the first answer."""
        return self._state.id

    @property
    def previous_ids(self) -> list[str]:
        """Ids that the server did not continue."""
        return list(self._state.previous_ids)

    def __copy__(self) -> Self:
        return type(self)(self._session, self._state.copy(), self._conversations)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("cannot pickle a conversation: pass its id, and create it in the other process")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(id={self.id!r}, user={self._state.user!r})"

    async def send(self, query: str, **options: Unpack[SendArguments]) -> ChatAnswer:
        """Send a query and wait for the complete answer; arguments and errors are those of `chat.send`."""
        check_names(options, SendArguments.__optional_keys__, depth=1)
        async with self._lock:
            user, conversation_id = self._state.user, self._state.id
            answer = await self._chat.send(query, conversation_id=conversation_id, user=user, **options)
            self._state.follow(answer.conversation_id)
            return answer

    def stream(self, query: str, **options: Unpack[AskArguments]) -> AsyncChatStream:
        """Send a query and stream its answer; arguments and errors are those of `chat.stream`.

        The stream has to be entered: the other queries of the conversation wait from then until its block is left.
        """
        session = self._session.with_options(options, AskArguments.__optional_keys__)
        user = self._config.required_user(self._state.user)
        asked = Query.of(query, user, options)
        return open_stream(session, asked, StreamSettings.of(options), AsyncTurn(self._lock, self._state, asked))

    def messages(
        self, *, limit: int | None = None, first_id: str | None = None, **options: Unpack[RequestOptions]
    ) -> AsyncPager[MessagePage, ConversationMessage]:
        """List the messages, newer pages first; arguments and errors are those of `conversations.messages`."""
        known, user = self._state.known_id, self._state.user
        return self._conversations().messages(known, limit=limit, first_id=first_id, user=user, **options)

    async def history(self, **options: Unpack[RequestOptions]) -> list[ConversationMessage]:
        """Return all messages, the oldest first; options and errors are those of `conversations.history`."""
        return await self._conversations().history(self._state.known_id, user=self._state.user, **options)

    async def rename(
        self, name: str | None = None, *, auto_generate: bool = False, **options: Unpack[RequestOptions]
    ) -> ConversationSummary:
        """Rename the conversation; arguments and errors are those of `conversations.rename`."""
        known, user = self._state.known_id, self._state.user
        return await self._conversations().rename(known, name, auto_generate=auto_generate, user=user, **options)

    async def delete(self, **options: Unpack[RequestOptions]) -> None:
        """Delete the conversation; the next query starts a new one. Errors are those of `conversations.delete`."""
        async with self._lock:
            await self._conversations().delete(self._state.known_id, user=self._state.user, **options)
            self._state.id = None

    def variables(
        self,
        *,
        variable_name: str | None = None,
        limit: int | None = None,
        last_id: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPager[ConversationVariablePage, ConversationVariable]:
        """List the variables; arguments and errors are those of `conversations.variables`."""
        known, user = self._state.known_id, self._state.user
        return self._conversations().variables(
            known, variable_name=variable_name, limit=limit, last_id=last_id, user=user, **options
        )

    async def set_variable(
        self, variable_id: str, value: Any, **options: Unpack[RequestOptions]
    ) -> ConversationVariable:
        """Set a variable by its id; arguments and errors are those of `conversations.set_variable`."""
        known, user = self._state.known_id, self._state.user
        return await self._conversations().set_variable(known, variable_id, value, user=user, **options)
