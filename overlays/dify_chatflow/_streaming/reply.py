"""A reply: the result of a stream's events."""

from __future__ import annotations

from typing import Self

from dify_chatflow._record import record
from dify_chatflow._streaming.errors import StreamError
from dify_chatflow._streaming.partial import PartialReply, is_stopped_by_moderation


@record
class Reply(PartialReply):
    """The answer of a run as far as it is known, updated with each event of a stream."""

    def raise_for_status(self) -> Self:
        """Return the reply itself, unless the run failed or was stopped, or the server sent an `error` event.

        A run that moderation stops while it streams its answer has one: the replacement.

        Raises:
            StreamError: Of the class for the HTTP status in the `error` event. Its `reply` is this one.

        Example:
            text = app.chat.stream("hi").until_done().raise_for_status().answer
        """
        is_replaced = self.moderated and is_stopped_by_moderation(self)
        if self.status in ("failed", "stopped", "error") and not is_replaced:
            message = self.error or f"the run ended with status {self.status}"
            # For a failed run a blocking call is answered with 400 (recording 048_chat_fail_blocking).
            status = self.error_status if self.status == "error" else 400
            raise StreamError.for_status(status, self.error_code, message, reply=self)
        return self
