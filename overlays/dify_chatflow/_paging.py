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

    def restarted(self) -> Paging[Page, Item]:
        """The same walk from its beginning."""
        return evolve(self, more=True)

    def advance(self, page: Page) -> list[Item]:
        """Take a page in: its new items. Servers repeat cursors and promise more than there is."""
        items = list(self.items_of(page) or ())
        new = [item for item in items if not self._is_known(item)]
        # Without the field (the list of feedback) only an empty page tells the end.
        self.more = bool(new) and getattr(page, "has_more", True) is not False
        if items:
            self.cursor = self._next_cursor(items)
        return new

    def _next_cursor(self, items: list[Item]) -> Any:
        if self.style == "page":
            return self.cursor + 1
        return identity(items[0] if self.style == "first_id" else items[-1])

    def _is_known(self, item: Item) -> bool:
        key = identity(item)
        known = key in self._seen
        self._seen.add(key)
        return known


def identity(item: Any) -> Any:
    """What tells items apart."""
    return item.id
