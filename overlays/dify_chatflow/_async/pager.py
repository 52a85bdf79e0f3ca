"""Lists in pages, iterated as one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Generic, Self, TypeVar

from dify_chatflow._paging import Paging

Page = TypeVar("Page")
Item = TypeVar("Item")
T = TypeVar("T")


class AsyncPagingIterator(Generic[Page, Item, T]):
    """An iterator of the items or pages of a list; no generator, since trio reports those left before their end."""

    def __init__(
        self,
        fetch: Callable[[Paging[Page, Item]], Awaitable[Page]],
        paging: Paging[Page, Item],
        advance: Callable[[Page], list[T]],
    ) -> None:
        self._fetch = fetch
        self._paging = paging
        self._advance = advance
        self._found: Iterator[T] = iter(())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while True:
            for found in self._found:
                return found
            if not self._paging.more:
                self._paging.check_complete()
                raise StopAsyncIteration
            self._found = iter(self._advance(await self._fetch(self._paging)))


class AsyncPager(Generic[Page, Item]):
    """A list in pages: iterate over its items or its `pages()`, or request the `first()` item.

    Nothing is requested before iteration. An item that two pages repeat is yielded once, and iteration ends at an
    empty page or a repeated cursor, whatever the server's `has_more`.

    Raises:
        IncompleteListError: The server cannot page through the rest of the list.

    Example:
        async for conversation in app.conversations.list(user="abc"):
            print(conversation.name)

    """

    def __init__(self, fetch: Callable[[Paging[Page, Item]], Awaitable[Page]], paging: Paging[Page, Item]) -> None:
        self._fetch = fetch
        self._paging = paging

    def __repr__(self) -> str:
        return f"{type(self).__name__}(size={self._paging.size}, cursor={self._paging.cursor!r})"

    async def page(self) -> Page:
        """Return the first page as the server sends it."""
        paging = self._paging.restart()
        return paging.first_page(await self._fetch(paging))

    def next_cursor(self, page: Page) -> int | str | None:
        """Return the `page`, `last_id` or `first_id` that requests the page after the first one; None at the end.

        Where servers page by seconds, iterating over the pager is more complete: it requests pages with an overlap.

        Args:
            page: The first page.

        Returns:
            The number or the id for the method that returned this pager.

        Example:
            pager = app.conversations.list(limit=20, user="abc-123")
            page = await pager.page()
            print(page.data, pager.next_cursor(page))

        """
        return self._paging.next_cursor(page)

    def pages(self) -> AsyncIterator[Page]:
        """Return an iterator of the pages, without items that were on an earlier page where pages overlap."""
        paging = self._paging.restart()
        return AsyncPagingIterator(self._fetch, paging, paging.next_pages)

    def __aiter__(self) -> AsyncIterator[Item]:
        paging = self._paging.restart()
        return AsyncPagingIterator(self._fetch, paging, paging.advance)

    async def first(self) -> Item | None:
        """Return the first item; None when the list is empty."""
        items = self._paging.restart().advance(await self.page())
        return items[0] if items else None
