"""Paging without I/O: the next cursor, the new items, and the end of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeVar

from attrs import define, evolve, field

Page = TypeVar("Page")
Item = TypeVar("Item")

Style = Literal["page", "last_id", "first_id"]
"""The cursor of the next page: its number, the last id, or the first id of the page before."""


@define
class Paging(Generic[Page, Item]):
    """The state of an iteration over the pages of one list.

    Attributes:
        style: The kind of cursor.
        cursor: The page number or id to request; None requests the beginning.
        items_of: A function that returns the items of a page.
        more: False after the last page.

    """

    style: Style
    cursor: Any
    items_of: Callable[[Page], Sequence[Item]]
    more: bool = True
    _seen: set[Any] = field(factory=set, init=False)
    _cursors: set[Any] = field(factory=set, init=False)

    def restart(self) -> Paging[Page, Item]:
        """Return the same iteration from its beginning."""
        return evolve(self, more=True)

    def advance(self, page: Page) -> list[Item]:
        """Process a page and return its new items. Servers repeat cursors and send `has_more` on the last page."""
        items = list(self.items_of(page) or ())
        ids = [item_key(item) for item in items]
        # Without the field (the list of feedback) only an empty page is the end.
        self.more = bool(items) and getattr(page, "has_more", True) is not False
        self.more = self.more and self._advance_cursor(ids)
        return [item for item, key in zip(items, ids, strict=True) if self._is_new(key)]

    def _advance_cursor(self, ids: list[Any]) -> bool:
        """Set the cursor behind these items and return whether it is a new one."""
        if self.style == "page":
            self.cursor, mark = self.cursor + 1, tuple(ids)
        else:
            self.cursor = mark = ids[0] if self.style == "first_id" else ids[-1]
        is_known = mark is None or mark in self._cursors
        self._cursors.add(mark)
        return not is_known

    def _is_new(self, key: Any) -> bool:
        is_known = key is not None and key in self._seen
        self._seen.add(key)
        return not is_known


def page_size(limit: int | None, largest: int = 100) -> int:
    """Return the page size to request: the caller's, or the largest the server accepts."""
    return largest if limit is None else limit


def item_key(item: Any) -> str | int | None:
    """Return the id of an item; None for one without."""
    key = getattr(item, "id", None)
    return key if isinstance(key, (str, int)) else None
