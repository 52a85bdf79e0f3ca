"""Conversations: their messages, names and variables."""

from __future__ import annotations

import json
from typing import Any, Unpack

from dify_chatflow._async.pager import AsyncPager
from dify_chatflow._async.session import AsyncResource
from dify_chatflow._errors import BadRequestError, InternalServerError
from dify_chatflow._options import RequestOptions
from dify_chatflow._paging import LARGEST_PAGE, Paging
from dify_chatflow_client.api.conversations import delete_advanced_conversation as delete_conversation
from dify_chatflow_client.api.conversations import get_advanced_conversation_history as conversation_history
from dify_chatflow_client.api.conversations import get_advanced_conversation_variables as conversation_variables
from dify_chatflow_client.api.conversations import get_advanced_conversations_list as list_conversations
from dify_chatflow_client.api.conversations import rename_advanced_conversation as rename_conversation
from dify_chatflow_client.api.conversations import update_chatflow_conversation_variable as update_variable
from dify_chatflow_client.models.conversation_message import ConversationMessage
from dify_chatflow_client.models.conversation_page import ConversationPage
from dify_chatflow_client.models.conversation_rename_request import ConversationRenameRequest
from dify_chatflow_client.models.conversation_sort import ConversationSort
from dify_chatflow_client.models.conversation_summary import ConversationSummary
from dify_chatflow_client.models.conversation_variable import ConversationVariable
from dify_chatflow_client.models.conversation_variable_page import ConversationVariablePage
from dify_chatflow_client.models.conversation_variable_update_request import ConversationVariableUpdateRequest
from dify_chatflow_client.models.delete_conversation_request import DeleteConversationRequest
from dify_chatflow_client.models.message_page import MessagePage

_list = list  # `list` is a method of the class below


class AsyncConversations(AsyncResource):
    """`app.conversations`: an end user's conversations, their messages and variables."""

    def list(
        self,
        *,
        sort_by: ConversationSort | None = None,
        limit: int | None = None,
        last_id: str | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPager[ConversationPage, ConversationSummary]:
        """List an end user's conversations.

        Args:
            sort_by: The order; None is `-updated_at`, the latest change first. With `created_at` and
                `-created_at` servers page by seconds, so pages are requested with an overlap.
            limit: The page size, 1 to 100; None requests 100.
            last_id: The conversation after which the list begins.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the conversations.

        Raises:
            NotFoundError: The conversation `last_id` does not exist.

        Example:
            async for conversation in app.conversations.list(user="abc-123"):
                print(conversation.name)

        """
        session = self._session.with_options(options)
        owner = self._config.user_or_default(user)

        async def fetch(paging: Paging[ConversationPage, ConversationSummary]) -> ConversationPage:
            return await session.call(
                list_conversations.operation,
                user=owner,
                last_id=paging.cursor,
                limit=paging.size,
                sort_by=sort_by or "-updated_at",
            )

        size = LARGEST_PAGE if limit is None else limit
        time = "created_at" if sort_by in ("created_at", "-created_at") else None
        return AsyncPager(fetch, Paging("last_id", last_id, size, time))

    def messages(
        self,
        conversation_id: str,
        *,
        limit: int | None = None,
        first_id: str | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPager[MessagePage, ConversationMessage]:
        """List the messages of a conversation: newer pages first, and the oldest message first within a page.

        `history` returns them in order. Servers page by seconds, so pages are requested with an overlap.

        Args:
            conversation_id: The conversation.
            limit: The page size, 1 to 100; None requests 100.
            first_id: The message before which the list begins.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the messages.

        Raises:
            NotFoundError: The end user has no such conversation, or the message `first_id` does not exist.

        Example:
            async for message in app.conversations.messages(conversation_id, user="abc-123"):
                print(message.query, message.answer)

        """
        session = self._session.with_options(options)
        owner = self._config.user_or_default(user)

        async def fetch(
            paging: Paging[MessagePage, ConversationMessage],
        ) -> MessagePage:
            return await session.call(
                conversation_history.operation,
                conversation_id=conversation_id,
                user=owner,
                first_id=paging.cursor,
                limit=paging.size,
            )

        return AsyncPager(
            fetch, Paging("first_id", first_id, LARGEST_PAGE if limit is None else limit, time="created_at")
        )

    async def history(
        self, conversation_id: str, *, user: str | None = None, **options: Unpack[RequestOptions]
    ) -> _list[ConversationMessage]:
        """Return all messages of a conversation, the oldest first.

        Args:
            conversation_id: The conversation.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The messages in chronological order.

        Raises:
            NotFoundError: The end user has no such conversation.

        Example:
            for message in await app.conversations.history(conversation_id, user="abc-123"):
                print(message.query, message.answer)

        """
        pages = [page.data async for page in self.messages(conversation_id, user=user, **options).pages()]
        return [message for page in reversed(pages) for message in page]

    def variables(
        self,
        conversation_id: str,
        *,
        variable_name: str | None = None,
        limit: int | None = None,
        last_id: str | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncPager[ConversationVariablePage, ConversationVariable]:
        """List the variables of a conversation.

        Args:
            conversation_id: The conversation.
            variable_name: Only the variable of this name; applied here, too, since some servers ignore it or fail.
            limit: The page size, 1 to 100; None requests 100.
            last_id: The variable after which the list begins.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the variables. A `value` is text: the `str()` of a Python value, not JSON.

        Raises:
            NotFoundError: The end user has no such conversation.

        Example:
            async for variable in app.conversations.variables(conversation_id, user="abc-123"):
                print(variable.name, variable.value)

        """
        session = self._session.with_options(options)
        owner = self._config.user_or_default(user)

        async def request(
            paging: Paging[ConversationVariablePage, ConversationVariable], name: str | None
        ) -> ConversationVariablePage:
            return await session.call(
                conversation_variables.operation,
                conversation_id,
                user=owner,
                last_id=paging.cursor,
                limit=paging.size,
                variable_name=name,
            )

        async def fetch(paging: Paging[ConversationVariablePage, ConversationVariable]) -> ConversationVariablePage:
            try:
                return await request(paging, variable_name)
            except InternalServerError:  # of the filter, on servers from 1.13 on (recording 187_variables_name)
                if variable_name is None:
                    raise
                return await request(paging, None)

        def is_named(variable: ConversationVariable) -> bool:
            return variable.name == variable_name

        size, select = LARGEST_PAGE if limit is None else limit, is_named if variable_name is not None else None
        return AsyncPager(fetch, Paging("last_id", last_id, size, "created_at", select))

    async def set_variable(
        self,
        conversation_id: str,
        variable_id: str,
        value: Any,
        *,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> ConversationVariable:
        """Set a variable of a conversation.

        Args:
            conversation_id: The conversation.
            variable_id: The variable's id (not its name).
            value: The new value, of the variable's JSON type.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The updated variable.

        Raises:
            BadRequestError: The value has another type.
            NotFoundError: The variable or the conversation does not exist.

        Example:
            await app.conversations.set_variable(conversation_id, variable.id, "dark_mode")

        """
        session = self._session.with_options(options)
        owner = self._config.user_or_default(user)
        body = ConversationVariableUpdateRequest(value=value, user=owner)
        try:
            return await session.call(update_variable.operation, conversation_id, variable_id, body=body)
        except BadRequestError as error:
            if error.server_version != "1.7.2":
                raise
        # The first version with this operation expects the JSON text of the value.
        body = ConversationVariableUpdateRequest(value=json.dumps(value, ensure_ascii=False), user=owner)
        return await session.call(update_variable.operation, conversation_id, variable_id, body=body)

    async def rename(
        self,
        conversation_id: str,
        name: str | None = None,
        *,
        auto_generate: bool = False,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> ConversationSummary:
        """Rename a conversation.

        Args:
            conversation_id: The conversation.
            name: The new name; servers fail with status 500 on a very long one.
            auto_generate: True generates the name from the conversation.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The renamed conversation.

        Raises:
            ConfigurationError: No end user is set.
            BadRequestError: Both the name and `auto_generate` are missing.
            NotFoundError: The end user has no such conversation.

        Example:
            await app.conversations.rename(conversation_id, "A full service")

        """
        owner = self._config.required_user(user)
        body = ConversationRenameRequest(user=owner, name=name, auto_generate=auto_generate)
        return await self._session.with_options(options).call(rename_conversation.operation, conversation_id, body=body)

    async def delete(self, conversation_id: str, *, user: str | None = None, **options: Unpack[RequestOptions]) -> None:
        """Delete a conversation.

        Args:
            conversation_id: The conversation.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Raises:
            NotFoundError: The end user has no such conversation.

        Example:
            await app.conversations.delete(conversation_id, user="abc-123")

        """
        body = DeleteConversationRequest(user=self._config.user_or_default(user))
        await self._session.with_options(options).call(delete_conversation.operation, conversation_id, body=body)
