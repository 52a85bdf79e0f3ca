"""Relay a chat to browsers: `python examples/relay.py`, then open http://127.0.0.1:8000.

Connects to the app of DIFY_API_KEY (and the server of DIFY_BASE_URL). It needs Starlette and uvicorn, which the extra
`testing` installs; the handlers are the same with FastAPI.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, StreamingResponse
from starlette.routing import Route

from dify_chatflow import RELAY_HEADERS, AsyncChatflow


@asynccontextmanager
async def connect(server: Starlette) -> AsyncGenerator[None]:
    async with AsyncChatflow() as server.state.dify:
        yield


async def page(_: Request) -> FileResponse:
    return FileResponse(Path(__file__).with_suffix(".html"))


async def chat(request: Request) -> StreamingResponse:
    asked = await request.json()
    # A real server takes the user from its session: whoever names another user would see that user's conversations.
    stream = request.app.state.dify.chat.stream(
        asked["query"], conversation_id=asked.get("conversation_id"), user="visitor", resume=True
    )
    return StreamingResponse(stream.relay(include=["nodes"]), headers=RELAY_HEADERS)


app = Starlette(lifespan=connect, routes=[Route("/", page), Route("/chat", chat, methods=["POST"])])

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app)
