"""A bound on the wait for more of a response, sync and async."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self

from dify_chatflow._transport import interrupt_read

if TYPE_CHECKING:
    from dify_chatflow._transport import Response


class Deadline:
    """A context manager whose block ends when the time is up; `is_expired` is then true.

    A read cannot be cancelled from its own thread, so another one shuts down the connection.
    """

    def __init__(self, response: Response, seconds: float) -> None:
        self.is_expired = False
        self._response = response
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def _expire(self) -> None:
        self.is_expired = True
        interrupt_read(self._response)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        self._timer.cancel()
        return self.is_expired and isinstance(error, Exception)


class AsyncDeadline:
    """A context manager whose block is cancelled when the time is up; `is_expired` is then true."""

    def __init__(self, seconds: float) -> None:
        import anyio

        self._scope = anyio.move_on_after(seconds)

    @property
    def is_expired(self) -> bool:
        """Whether the block was cancelled."""
        return self._scope.cancelled_caught

    def __enter__(self) -> Self:
        self._scope.__enter__()
        return self

    def __exit__(self, *exception: Any) -> bool | None:
        return self._scope.__exit__(*exception)


def deadline(response: Response, seconds: float) -> Deadline:
    """Return the bound for a read by a thread."""
    return Deadline(response, seconds)


def async_deadline(_: Response, seconds: float) -> AsyncDeadline:
    """Return the bound for a read by a task."""
    return AsyncDeadline(seconds)
