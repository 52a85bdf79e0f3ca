"""Feedback: the ratings of answers by end users."""

from __future__ import annotations

from typing import Unpack

from dify_chatflow._arguments import to_json
from dify_chatflow._async.pager import AsyncPager
from dify_chatflow._async.session import AsyncResource
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._options import RequestOptions
from dify_chatflow._paging import Paging
from dify_chatflow_client.api.feedback import get_advanced_chat_app_feedbacks as list_feedback
from dify_chatflow_client.api.feedback import post_advanced_chat_message_feedback as submit_feedback
from dify_chatflow_client.models.feedback_item import FeedbackItem
from dify_chatflow_client.models.feedback_page import FeedbackPage
from dify_chatflow_client.models.feedback_rating import FEEDBACK_RATING_VALUES, FeedbackRating
from dify_chatflow_client.models.message_feedback_request import MessageFeedbackRequest
from dify_chatflow_client.models.success_result import SuccessResult


class AsyncFeedback(AsyncResource):
    """`app.feedback`: ratings of answers."""

    async def submit(
        self,
        message_id: str,
        rating: FeedbackRating | None,
        *,
        content: str | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> SuccessResult:
        """Rate an answer; None removes the rating.

        Args:
            message_id: The answer.
            rating: The rating: `like`, `dislike`, or None.
            content: A comment.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A `result` that is always `success`.

        Raises:
            ConfigurationError: No end user is set, or the rating is unknown.
            NotFoundError: The end user has no such message.

        Example:
            await app.feedback.submit(answer.message_id, "like", content="Just right.")

        """
        owner = self._config.required_user(user)
        if to_json(rating, "rating") not in (None, *FEEDBACK_RATING_VALUES):
            raise ConfigurationError(f"rating must be 'like', 'dislike', or None to remove it; got {rating!r:.60}")
        body = MessageFeedbackRequest(user=owner, content=content)
        body["rating"] = rating  # null takes a rating back
        return await self._session.with_options(options).call(submit_feedback.operation, message_id, body=body)

    def list(
        self, *, page: int = 1, limit: int | None = None, **options: Unpack[RequestOptions]
    ) -> AsyncPager[FeedbackPage, FeedbackItem]:
        """List the ratings of all end users.

        Args:
            page: The first page to request.
            limit: The page size, 1 to 101; None requests 101.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the ratings.

        Example:
            async for rating in app.feedback.list():
                print(rating.rating, rating.content)

        """
        session = self._session.with_options(options)

        async def fetch(paging: Paging[FeedbackPage, FeedbackItem]) -> FeedbackPage:
            return await session.call(list_feedback.operation, page=paging.cursor, limit=paging.size)

        return AsyncPager(fetch, Paging("page", page, 101 if limit is None else limit))
