"""The async client on trio."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest

from dify_chatflow import APIConnectionError, AsyncChatflow, StreamStateError
from tests.client.modes import KEY
from tests.client.test_conversation import Watch, answer, asked, streamed
from tests.client.test_files import files_in
from tests.server import Answer, Server, refusing

# Trio reports async generators that are left before their end.
pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("error")]


@pytest.fixture
def anyio_backend() -> str:
    return "trio"


@pytest.fixture
async def app(server: Server) -> AsyncIterator[AsyncChatflow]:
    async with AsyncChatflow(KEY, base_url=server.base_url, user="eve") as app:
        yield app


async def test_calls_streams_and_lists(app: AsyncChatflow, server: Server) -> None:
    server.answers = [answer("c-1"), streamed("c-1"), Answer(200, {"data": [{"id": "c-1"}], "has_more": False})]
    assert (await app.chat.send("hi")).answer == "hi"
    async with app.chat.stream("hi") as stream:
        assert [text async for text in stream.text_deltas()] == ["hi"]
    assert [found.id async for found in app.conversations.list()] == ["c-1"]


async def test_list_may_be_left_early(app: AsyncChatflow, server: Server) -> None:
    server.default = Answer(200, {"data": [{"id": "c-1"}, {"id": "c-2"}], "has_more": True})
    async for found in app.conversations.list():
        assert found.id == "c-1"
        break
    async for page in app.conversations.list().pages():
        assert [found.id for found in page.data or ()] == ["c-1", "c-2"]
        break
    gc.collect()  # reports generators that were left


async def test_files_are_uploaded_and_downloaded(app: AsyncChatflow, server: Server, tmp_path: Path) -> None:
    server.answers = [Answer(201, {"id": "file-1", "name": "a.txt"}), Answer(200, b"x", {"Content-Type": "text/plain"})]
    assert (await app.files.upload(b"content", filename="a.txt")).id == "file-1"
    assert (await app.files.download("file-1", to=tmp_path / "a.txt")).read_bytes() == b"x"


async def test_tasks_share_a_conversation_in_turn(app: AsyncChatflow, server: Server) -> None:
    watch = server.default = Watch()
    talk = app.conversation()
    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(talk.send, "hi")
    assert watch.most == 1
    assert asked(server) == [None, *[talk.id] * 3]
    server.answers = [streamed(f"{talk.id}")]
    async with talk.stream("hi"):
        with pytest.raises(StreamStateError, match="leave its `with` block"):
            await talk.send("hi")


async def test_refused_connection_is_retried(waits: list[float]) -> None:
    with refusing() as base_url:
        async with AsyncChatflow(KEY, base_url=base_url, user="eve") as app:
            with pytest.raises(APIConnectionError):
                await app.application.info()
    assert len(waits) == 2


async def test_cancelled_download_leaves_no_file(
    app: AsyncChatflow, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Answer(200, headers={"Content-Type": "text/plain"}, chunks=[b"x" * 65_537], linger=True)
    with anyio.CancelScope() as scope:

        def cancel(*_: object) -> None:
            scope.cancel()

        monkeypatch.setattr("dify_chatflow._download.Download.write", cancel)
        await app.files.download("file-1", to=tmp_path / "a.txt")
    assert scope.cancelled_caught
    assert files_in(tmp_path) == []
