# Generated from dify_chatflow/_async/pager.py by `make generate`; change it there.
"""Lists that come in pages, walked through as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from dify_chatflow._paging import Paging

Page = TypeVar("Page")
Item = TypeVar("Item")
Key = TypeVar("Key", int, str | None)


class Pager(Generic[Page, Item]):
    """A list that comes in pages: iterate over its items, over its `pages()`, or ask for the `first()` item.

    Nothing is requested before the first item is; an item that two pages repeat is given once, and the walk ends on
    an empty page, or where it has been before, whatever the server says of more.

    Example:
        for conversation in app.conversations.list(user="abc"):
            print(conversation.name)

    """

    def __init__(self, fetch: Callable[[Paging[Page, Item]], Page], paging: Paging[Page, Item]) -> None:
        self._fetch = fetch
        self._paging = paging

    def page(self) -> Page:
        """The first page alone, as the server sends it."""
        return self._fetch(self._paging.restarted())

    def pages(self) -> Iterator[Page]:
        """The pages, as the server sends them."""
        paging = self._paging.restarted()
        while paging.more:
            page = self._fetch(paging)
            if paging.advance(page):
                yield page

    def __iter__(self) -> Iterator[Item]:
        paging = self._paging.restarted()
        while paging.more:
            for item in paging.advance(self._fetch(paging)):
                yield item

    def first(self) -> Item | None:
        """The first item; None when there is none."""
        items = self._paging.restarted().advance(self.page())
        return items[0] if items else None
