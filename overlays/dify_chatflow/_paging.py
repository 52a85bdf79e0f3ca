"""Paging without its I/O: which page to ask for next, which items are new, and when to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeVar

from attrs import define, evolve, field

Page = TypeVar("Page")
Item = TypeVar("Item")

Style = Literal["page", "last_id", "first_id"]
"""How an operation is asked for the next page: by number, after the last id, or before the first id."""


@define
class Paging(Generic[Page, Item]):
    """A walk through the pages of one list.

    Attributes:
        style: How the next page is asked for.
        cursor: The page number or id to ask with; None asks for the beginning.
        items_of: The items of a page.
        more: Whether there may be another page.

    """

    style: Style
    cursor: Any
    items_of: Callable[[Page], Sequence[Item]]
    more: bool = True
    _seen: set[Any] = field(factory=set, init=False)
    _passed: set[Any] = field(factory=set, init=False)

    def restarted(self) -> Paging[Page, Item]:
        """The same walk from its beginning."""
        return evolve(self, more=True)

    def advance(self, page: Page) -> list[Item]:
        """Take a page in: its new items. Servers repeat cursors and promise more than there is."""
        items = list(self.items_of(page) or ())
        ids = [identity(item) for item in items]
        # Without the field (the list of feedback) only an empty page tells the end.
        self.more = bool(items) and getattr(page, "has_more", True) is not False
        self.more = self.more and self._passes(ids)
        return [item for item, key in zip(items, ids, strict=True) if self._is_new(key)]

    def _passes(self, ids: list[Any]) -> bool:
        """Set the cursor behind these items; whether that leads to a place where the walk has not been."""
        if self.style == "page":
            self.cursor, mark = self.cursor + 1, tuple(ids)
        else:
            self.cursor = mark = ids[0] if self.style == "first_id" else ids[-1]
        is_known = mark is None or mark in self._passed
        self._passed.add(mark)
        return not is_known

    def _is_new(self, key: Any) -> bool:
        is_known = key is not None and key in self._seen
        self._seen.add(key)
        return not is_known


def page_size(limit: int | None, largest: int = 100) -> int:
    """How many items to ask for at once: the caller's number, or the largest the server takes."""
    return largest if limit is None else limit


def identity(item: Any) -> str | int | None:
    """What tells items apart; None for one the server gave no id."""
    key = getattr(item, "id", None)
    return key if isinstance(key, (str, int)) else None
