"""Lists are walked to their end whatever the server promises, and every item is given once."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from dify_chatflow import IncompleteListError, NotFoundError
from tests.client.modes import App, maybe_await, to_list
from tests.server import Answer, Received, Server

pytestmark = pytest.mark.anyio


def page(*ids: str, more: bool | None = True) -> Answer:
    body: dict[str, Any] = {"data": [{"id": name} for name in ids]}
    return Answer(200, body if more is None else {**body, "has_more": more, "limit": 2})


def served(*pages: Answer) -> list[Answer | Any]:
    return list(pages)


async def ids(pager: Any) -> list[str]:
    return [item.id for item in await to_list(pager)]


async def test_last_id_pages(app: App, server: Server) -> None:
    server.answers = served(page("a", "b"), page("c", more=False))
    assert await ids(app.conversations.list(limit=2)) == ["a", "b", "c"]
    assert [request.query.get("last_id") for request in server.requests] == [None, "b"]


async def test_first_id_pages_are_older(app: App, server: Server) -> None:
    server.answers = served(page("c", "d"), page("a", "b", more=False))
    assert await ids(app.conversations.messages("x", limit=2)) == ["c", "d", "a", "b"]
    assert [request.query.get("first_id") for request in server.requests] == [None, "c"]


async def test_numbered_pages(app: App, server: Server) -> None:
    server.answers = served(page("a", "b"), page("c", more=False))
    assert await ids(app.annotations.list(page=3)) == ["a", "b", "c"]
    assert [request.query["page"] for request in server.requests] == ["3", "4"]


async def test_empty_page_ends_list_without_has_more(app: App, server: Server) -> None:
    server.answers = served(page("a", "b", more=None), page("c", more=None), page(more=None))
    assert await ids(app.feedback.list()) == ["a", "b", "c"]


async def test_empty_page_ends_list_despite_has_more(app: App, server: Server) -> None:
    server.answers = served(page("a"), page())
    server.default = page("never")
    assert await ids(app.conversations.list()) == ["a"]
    assert len(server.requests) == 2


async def test_repeated_cursor_ends_the_list(app: App, server: Server) -> None:
    server.default = page("a", "b")
    assert await ids(app.conversations.list()) == ["a", "b"]
    assert len(server.requests) == 2


async def test_repeated_item_is_yielded_once(app: App, server: Server) -> None:
    server.answers = served(page("a", "b"), page("b", "c", more=False))
    assert await ids(app.conversations.list()) == ["a", "b", "c"]


async def test_page_of_known_items_is_skipped(app: App, server: Server) -> None:
    server.answers = served(page("a"), page("a"), page("b", more=False))
    assert await ids(app.annotations.list(limit=1)) == ["a"], "the page number is passed over"
    server.answers = served(page("a", "b"), page("b", "a"), page("c", more=False))
    assert await ids(app.annotations.list(limit=2)) == ["a", "b", "c"], "rows moved meanwhile"
    server.answers = served(page("a", "b"), page("b", "a"), page("c", more=False))
    assert await ids(app.conversations.list(limit=2)) == ["a", "b", "c"]


@pytest.mark.parametrize("resource", ["annotations", "feedback", "runs", "conversations"])
async def test_circular_cursors_end_the_list(resource: str, app: App, server: Server) -> None:
    circle = [page("a", "b"), page("c", "d"), page("b", "a")]
    server.default = lambda _: circle[(len(server.requests) - 1) % 3]
    assert await ids(getattr(app, resource).list()) == ["a", "b", "c", "d"]
    assert len(server.requests) <= 4


@pytest.mark.parametrize("resource", ["feedback", "conversations"])
async def test_items_without_id_are_yielded(resource: str, app: App, server: Server) -> None:
    server.default = Answer(200, {"data": [{"id": None, "created_at": 1}, {"created_at": 2}], "has_more": False})
    assert len(await to_list(getattr(app, resource).list())) in (2, 4)
    assert len(server.requests) <= 2


async def test_list_that_cannot_be_continued_is_incomplete(app: App, server: Server) -> None:
    server.default = Answer(200, {"data": [{"id": "c-1"}, {"name": "y"}], "has_more": True})
    with pytest.raises(IncompleteListError, match="has no id"):
        await to_list(app.conversations.list())
    assert len(server.requests) == 1


async def test_pages_are_yielded_unchanged(app: App, server: Server) -> None:
    server.answers = served(page("a", "b"), page("b", "c"), page())
    pages = await to_list(app.conversations.list().pages())
    assert [[item.id for item in found.data] for found in pages] == [["a", "b"], ["b", "c"]]


async def test_first_sends_one_request(app: App, server: Server) -> None:
    server.answers = served(page("a", "b"), page(more=False))
    first = await maybe_await(app.conversations.list().first())
    assert first is not None
    assert first.id == "a"
    assert await maybe_await(app.conversations.list().first()) is None
    assert len(server.requests) == 2


async def test_pager_is_lazy_and_repeatable(app: App, server: Server) -> None:
    pager = app.conversations.list()
    assert server.requests == []
    server.default = page("a", more=False)
    assert await ids(pager) == await ids(pager) == ["a"]


@pytest.mark.parametrize(
    ("resource", "method", "args", "limit"),
    [
        ("conversations", "list", (), "100"),
        ("conversations", "messages", ("c",), "100"),
        ("conversations", "variables", ("c",), "100"),
        ("annotations", "list", (), "100"),
        ("runs", "list", (), "100"),
        ("feedback", "list", (), "101"),
    ],
)
async def test_default_page_size_is_the_largest(
    resource: str, method: str, args: Any, limit: str, app: App, server: Server
) -> None:
    server.default = page(more=False)
    assert await ids(getattr(getattr(app, resource), method)(*args)) == []
    assert await ids(getattr(getattr(app, resource), method)(*args, limit=None)) == []
    assert await ids(getattr(getattr(app, resource), method)(*args, limit=7)) == []
    assert [request.query["limit"] for request in server.requests] == [limit, limit, "7"]


async def test_conversations_default_to_safe_order(app: App, server: Server) -> None:
    server.default = page(more=False)
    await ids(app.conversations.list())
    assert server.requests[0].query["sort_by"] == "-updated_at"
    assert "overlap" in str(inspect.getdoc(app.conversations.list))


async def test_error_is_raised_after_earlier_items(app: App, server: Server) -> None:
    server.answers = served(page("a"), Answer(404, {"code": "not_found", "message": "", "status": 404}))
    found: list[str] = []
    with pytest.raises(NotFoundError):
        await collect(app.conversations.list(), found)
    assert found == ["a"]


async def collect(pager: Any, found: list[str]) -> None:
    if hasattr(pager, "__aiter__"):
        async for item in pager:
            found.append(item.id)  # noqa: PERF401
    else:
        found.extend(item.id for item in pager)


async def test_long_list_over_many_pages(app: App, server: Server) -> None:
    def answer(request: Received) -> Answer:
        start = int(request.query.get("last_id", -1)) + 1
        return page(*(str(number) for number in range(start, min(start + 100, 1050))), more=start + 100 < 1050)

    server.default = answer
    assert await ids(app.conversations.list()) == [str(number) for number in range(1050)]
    assert len(server.requests) == 11
