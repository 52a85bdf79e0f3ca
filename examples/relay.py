"""Relay a chat to browsers with FastAPI: `python examples/relay.py`, then open http://127.0.0.1:8000.

It reads DIFY_API_KEY and DIFY_BASE_URL, and needs `pip install fastapi uvicorn`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel

from dify_chatflow import RELAY_HEADERS, AsyncChatflow


class Question(BaseModel):
    query: str
    conversation_id: str | None = None


@asynccontextmanager
async def connect(_: FastAPI) -> AsyncGenerator[dict[str, AsyncChatflow]]:
    async with AsyncChatflow() as dify:
        yield {"dify": dify}


def client(request: Request) -> AsyncChatflow:
    dify: AsyncChatflow = request.state.dify
    return dify


app = FastAPI(lifespan=connect)


@app.get("/")
async def page() -> FileResponse:
    return FileResponse(Path(__file__).with_suffix(".html"))


@app.post("/chat")
async def chat(question: Question, dify: Annotated[AsyncChatflow, Depends(client)]) -> StreamingResponse:
    # A real server takes the user from its session: whoever names another user would see that user's conversations.
    stream = dify.chat.stream(question.query, conversation_id=question.conversation_id, user="visitor", resume=True)
    return StreamingResponse(stream.relay(include=["nodes"]), headers=RELAY_HEADERS)


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app)
