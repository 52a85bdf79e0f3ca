"""Text with gaps: which complete texts it fits, and what readers of the chunks are given."""

from __future__ import annotations

import pytest

from dify_chatflow._streaming.text import Text, join_surrogates, split_surrogate

SIGNED = "see /f.png?timestamp=1&nonce=ab&sign=x%3D= now"
AGAIN = "see /f.png?timestamp=22&nonce=cd&sign=y-_= now"


def text(*parts: str) -> Text:
    """Return the text of some parts with gaps between them."""
    result = Text([parts[0]])
    for part in parts[1:]:
        result.mark_gap()
        result.chunks.append(part)
    return result


@pytest.mark.parametrize(
    ("parts", "complete", "fits"),
    [
        (("abc",), "abc", True),
        (("abc",), "abcd", False),
        (("bc",), "abc", False),
        (("",), "", True),
        (("", "bc"), "abcd", True),
        (("", ""), "anything", True),
        (("a", ""), "abc", True),
        (("b", ""), "abc", False),
        (("bc", ""), "abc", False),
        (("a", "c"), "abc", True),
        (("a", "b", "c"), "a-b-c-", True),
        (("ab", "ab"), "abab", True),
        (("ab", "ab"), "ab", False),
        (("a", "ba", "ab"), "abab", False),
        (("a", "z"), "abc", False),
        ((SIGNED,), AGAIN, True),
        ((SIGNED, "end"), f"{AGAIN} in the end", True),
        ((SIGNED,), "see /f.png? now", True),
        ((SIGNED,), "see /f.png? later", False),
    ],
)
def test_text_fits_what_contains_its_parts(parts: tuple[str, ...], complete: str, fits: bool) -> None:
    assert text(*parts).fits(complete) is fits


@pytest.mark.parametrize(
    ("parts", "complete", "added", "is_revised"),
    [
        (("ab",), "abc", "c", False),
        (("ab",), "ab", "", False),
        (("ab",), "xbc", "", True),
        (("a", "c"), "abc", "bc", False),
        (("", "c"), "abc", "abc", False),
        ((SIGNED,), f"{AGAIN} and on", " and on", False),
        ((f"a+b {SIGNED}",), f"a+b {AGAIN}!", "!", False),
        ((f"a+b {SIGNED}",), f"aab {AGAIN}!", "", True),
    ],
)
def test_complete_text_adds_what_was_missing(
    parts: tuple[str, ...], complete: str, added: str, is_revised: bool
) -> None:
    found = text(*parts)
    found.set(complete)
    assert (str(found), found.drain(), found.is_revised, found.known_length) == (complete, added, is_revised, None)
    assert found.drain() == ""


def test_added_text_is_collected_in_order() -> None:
    found = Text()
    found.add("a")
    found.add("b")
    found.set("abc")
    assert (str(found), found.drain()) == ("abc", "abc")


def test_chunk_after_a_gap_is_not_added() -> None:
    found = Text()
    found.mark_gap()
    found.add("b")
    assert (str(found), found.drain()) == ("b", "")
    found.close_gaps()
    assert (found.drain(), found.is_revised) == ("b", False)


def test_gaps_are_counted_once() -> None:
    found = Text(["ab"])
    found.mark_gap(1)
    found.mark_gap()
    found.mark_gap()
    assert (found.gaps, found.known_length) == ([1, 2], 1)


def test_revised_text_stays_revised() -> None:
    found = Text(["ab"])
    found.set("x")
    found.set("xy")
    assert found.is_revised


@pytest.mark.parametrize(
    ("value", "expected"),
    [("\ud83d\ude00", "\N{GRINNING FACE}"), ("\ud83d", "\ud83d"), ("a\ude00\ud83d", "a\ude00\ud83d"), ("é", "é")],
)
def test_pairs_of_surrogates_are_joined(value: str, expected: str) -> None:
    assert join_surrogates(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ("", "")),
        ("ab", ("ab", "")),
        ("é", ("é", "")),
        ("é\ud83d", ("é", "\ud83d")),
        ("\ud83d\ude00", ("\N{GRINNING FACE}", "")),
        ("é\ude00", ("é\ude00", "")),
    ],
)
def test_first_half_of_a_pair_is_separate(value: str, expected: tuple[str, str]) -> None:
    assert split_surrogate(value) == expected
