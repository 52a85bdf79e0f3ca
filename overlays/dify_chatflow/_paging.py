"""Paging without I/O: the next cursor, the new items, and the end of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, TypeVar, cast

from dify_chatflow._errors import IncompleteListError

Page = TypeVar("Page")
Item = TypeVar("Item")

Style = Literal["page", "last_id", "first_id"]
"""The cursor of the next page: its number, the last id, or the first id of the page before."""

LARGEST_PAGE = 100


@dataclass
class Paging(Generic[Page, Item]):
    """The state of an iteration over the pages of one list.

    Attributes:
        style: The kind of cursor.
        cursor: The page number or id to request; None requests the beginning.
        size: The number of items to request.
        time: The attribute by which the server pages where it compares seconds: after a cursor it omits the other rows
            of the same second, so that pages have to overlap.
        select: A filter that the server may ignore; None selects every item.
        more: False after the last page.

    """

    style: Style
    cursor: Any
    size: int = LARGEST_PAGE
    time: str | None = None
    select: Callable[[Item], bool] | None = None
    more: bool = True
    _obstacle: str = field(default="", init=False)
    _has_more: bool = field(default=False, init=False)
    _seen: set[Any] = field(default_factory=set[Any], init=False)
    _cursors: set[Any] = field(default_factory=set[Any], init=False)

    def restart(self) -> Paging[Page, Item]:
        """Return the same iteration from its beginning."""
        return replace(self, more=True)

    def advance(self, page: Page) -> list[Item]:
        """Process a page and return its new items. Servers repeat cursors and send `has_more` on the last page."""
        items = items_of(page)
        # Without the field (the list of feedback) only an empty page is the end.
        self._has_more = getattr(page, "has_more", None) is True
        self.more = bool(items) and getattr(page, "has_more", True) is not False
        self.more = self.more and self._advance_cursor(items)
        return [item for item in items if self._is_new(item) and self._is_selected(item)]

    def first_page(self, page: Page) -> Page:
        """Return the first page without items that the filter excludes."""
        if self.select is not None:
            cast("Any", page).data = [item for item in items_of(page) if self._is_selected(item)]
        return page

    def next_cursor(self, page: Page) -> int | str | None:
        """Return the cursor behind the first page; None at the end of the list."""
        items = items_of(page)
        if not items or getattr(page, "has_more", True) is False:
            return None
        if self.style == "page":
            return int(self.cursor) + 1
        return item_key(items[0 if self.style == "first_id" else -1])

    def next_pages(self, page: Page) -> list[Page]:
        """Process a page and return it without items that an overlap repeats or the filter excludes; none if empty."""
        items = self.advance(page)
        if self.time is not None or self.select is not None:
            cast("Any", page).data = items
        return [page] if items else []

    def check_complete(self) -> None:
        """Raise IncompleteListError where the server cannot page through the rest of the list."""
        if self._obstacle:
            raise IncompleteListError(
                f"the list has more items than those received, but {self._obstacle}, so that they cannot be requested"
            )

    def _advance_cursor(self, items: list[Item]) -> bool:
        """Set the cursor behind these items and return whether it is a new one."""
        mark: Any
        if self.style == "page":
            self.cursor, mark = self.cursor + 1, tuple(map(item_key, items))
        else:
            inward = items if self.style == "first_id" else items[::-1]
            inner = self._outside_edge_second(inward)
            if not inner:
                return self._widen()
            self.cursor = mark = item_key(inner[0])
        if mark is None:
            self._obstacle = "the last of them has no id" if self._has_more else ""
        is_known = mark is None or mark in self._cursors
        self._cursors.add(mark)
        return not is_known

    def _outside_edge_second(self, inward: list[Item]) -> list[Item]:
        """Return the items of a page, from its edge inward, without those of the edge's second."""
        second = getattr(inward[0], self.time, None) if self.time else None
        if not isinstance(second, (int, float)):
            return inward
        return [item for item in inward if getattr(item, self.time or "", None) != second]

    def _widen(self) -> bool:
        """Request the page again with the largest size, as all its rows are of one second."""
        is_widest = self.size >= LARGEST_PAGE
        self._obstacle = f"the last {self.size} have the same `{self.time}`, by which it pages" if is_widest else ""
        self.size = LARGEST_PAGE
        return not is_widest

    def _is_new(self, item: Item) -> bool:
        key = item_key(item)
        is_known = key is not None and key in self._seen
        self._seen.add(key)
        return not is_known

    def _is_selected(self, item: Item) -> bool:
        return self.select is None or self.select(item)


def items_of(page: Any) -> list[Any]:
    """Return the items of a page."""
    return list(page.data or ())


def item_key(item: Any) -> str | int | None:
    """Return the id of an item; None for one without."""
    key = getattr(item, "id", None)
    return key if isinstance(key, (str, int)) else None
