"""Event streams that report when their reader leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from local_dify.engine.channel import STREAM


class EventStream(StreamingResponse):
    """Event stream that calls `on_end` once it has ended, complete or not."""

    def __init__(
        self, chunks: AsyncIterator[bytes], on_end: Callable[[], None], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(chunks, headers=headers, media_type=STREAM)
        self._on_end = on_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._on_end()
