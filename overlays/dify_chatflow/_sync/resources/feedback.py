# Generated from dify_chatflow/_async/resources/feedback.py by `make generate`; change it there.
"""Feedback: what end users think of answers."""

from __future__ import annotations

from dify_chatflow._paging import Paging, page_size
from dify_chatflow._request import or_unset
from dify_chatflow._sync.pager import Pager
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.feedback import get_advanced_chat_app_feedbacks as list_feedback
from dify_chatflow_client.api.feedback import post_advanced_chat_message_feedback as submit_feedback
from dify_chatflow_client.models.feedback_item import FeedbackItem
from dify_chatflow_client.models.feedback_page import FeedbackPage
from dify_chatflow_client.models.feedback_rating import FeedbackRating
from dify_chatflow_client.models.message_feedback_request import MessageFeedbackRequest
from dify_chatflow_client.models.success_result import SuccessResult


class Feedback(Resource):
    """`app.feedback`: votes on answers."""

    def submit(
        self,
        message_id: str,
        rating: FeedbackRating | None,
        *,
        content: str | None = None,
        user: str | None = None,
    ) -> SuccessResult:
        """Vote on an answer; None takes the vote back.

        Args:
            message_id: The answer.
            rating: The vote.
            content: Why, in words.
            user: The end user who votes; None takes the client's default.

        Returns:
            A `result` that is always `success`.

        Raises:
            ConfigurationError: No end user was named.
            NotFoundError: The end user has no such message.

        Example:
            app.feedback.submit(answer.message_id, "like", content="Just right.")

        """
        owner = self._config.required_user(user)
        body = MessageFeedbackRequest(user=owner, rating=rating, content=or_unset(content))
        return self._session.call(submit_feedback.operation, message_id, body=body)

    def list(self, *, page: int = 1, limit: int | None = None) -> Pager[FeedbackPage, FeedbackItem]:
        """All votes of the app's end users.

        Args:
            page: The page to begin with.
            limit: How many to ask for at once, 1 to 101; None asks for 101.

        Returns:
            A pager over the votes.

        Example:
            for vote in app.feedback.list():
                print(vote.rating, vote.content)

        """

        def fetch(paging: Paging[FeedbackPage, FeedbackItem]) -> FeedbackPage:
            return self._session.call(list_feedback.operation, page=paging.cursor, limit=page_size(limit, 101))

        return Pager(fetch, Paging("page", page, lambda found: found.data))
