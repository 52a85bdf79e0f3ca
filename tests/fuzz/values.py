"""Values of every kind that JSON has, and texts made of the characters that parsers stumble over."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

ANY_CHARACTER = st.characters(exclude_categories=())
PIECES = st.sampled_from(
    ["", "a", "é😀", "\ud83d", "\ude00", "\x00", "\r\n", "\u2028", "\x1b[31m", "<b>", "../", "%2e", "&#97;"]
)
words: st.SearchStrategy[str] = st.text(ANY_CHARACTER, max_size=6) | st.lists(PIECES, max_size=4).map("".join)
numbers: st.SearchStrategy[Any] = (
    st.integers() | st.floats() | st.sampled_from([-1, 2**63, 2**64, 10**400, 1e308, -0.0, True])
)
plain: st.SearchStrategy[Any] = st.none() | st.booleans() | numbers | words
json_values: st.SearchStrategy[Any] = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)


def dump(value: Any) -> str:
    """Return a JSON value as text, by which also NaN equals itself."""
    return json.dumps(value, sort_keys=True)
