"""The number of rows at a time: halved when the server refuses more, and raised again as rows succeed."""

from __future__ import annotations

from dify_chatflow._retry import backoff


class Throttle:
    """Limit of rows at a time, without I/O; times are those of one clock, in seconds.

    Args:
        most: The largest number of rows at a time.

    Attributes:
        limit: The present number; at least 1.
        resumes_at: When the next row may be sent after a refusal.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.limit = float(most)
        self.resumes_at = 0.0
        self._held_at = float("-inf")
        self._holds = 0

    def hold(self, began: float, now: float, *, advised: float | None = None, is_refused: bool = True) -> None:
        """Send no row for a while, and fewer at a time where the server has refused one.

        Args:
            began: When the row was sent: of rows sent at the same time, only one lowers the limit.
            now: The present time.
            advised: The seconds that the server asks to wait; None without any.
            is_refused: False where the server was not reached.
        """
        if began >= self._held_at:
            self._held_at, self._holds = now, self._holds + 1
            if is_refused:
                self.limit = max(1.0, self.limit / 2)
        self.resumes_at = max(self.resumes_at, now + (backoff(self._holds) if advised is None else advised))

    def rise(self) -> None:
        """Send more rows after a success: one more for as many successes as the limit."""
        self._holds = 0
        self.limit = min(float(self._most), self.limit + 1 / self.limit)

    def delay(self, active: int, now: float) -> float | None:
        """Return the seconds until the next row may be sent; None while `active` rows are as many as allowed."""
        return max(0.0, self.resumes_at - now) if active < int(self.limit) else None
