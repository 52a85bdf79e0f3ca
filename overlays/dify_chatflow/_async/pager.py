"""Lists in pages, iterated as one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

from dify_chatflow._paging import Paging

Page = TypeVar("Page")
Item = TypeVar("Item")
Key = TypeVar("Key", int, str | None)


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

    async def pages(self) -> AsyncIterator[Page]:
        """Yield the pages, without items that were on an earlier page where pages overlap."""
        paging = self._paging.restart()
        while paging.more:
            page = paging.next_page(await self._fetch(paging))
            if page is not None:
                yield page
        paging.check_complete()

    async def __aiter__(self) -> AsyncIterator[Item]:
        paging = self._paging.restart()
        while paging.more:
            for item in paging.advance(await self._fetch(paging)):
                yield item
        paging.check_complete()

    async def first(self) -> Item | None:
        """Return the first item; None when the list is empty."""
        items = self._paging.restart().advance(await self.page())
        return items[0] if items else None
