"""Deprecation, sunset dates and stability of fields, parameters and operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pipeline.drift.schemas.phrases import code

STABILITY = ("draft", "alpha", "beta", "stable")


def parse_date(value: Any) -> date | None:
    """Return the date of a sunset, or None if it is invalid."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d($|T)", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def deprecations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the changed aspects of deprecation and stability of a schema, parameter or operation, with their words."""
    was_deprecated, is_deprecated = bool(old.get("deprecated")), bool(new.get("deprecated"))
    if was_deprecated and not is_deprecated:
        yield "reactivated", {}
    elif is_deprecated:
        sunsets = old.get("x-sunset"), new.get("x-sunset")
        aspect = diff_sunset(*sunsets) if was_deprecated else first_sunset(sunsets[1])
        if aspect:
            # The sentence about an invalid date shows the new one, unless only the old one is invalid.
            is_old_invalid = aspect == "sunset-parse" and parse_date(sunsets[1]) is not None
            yield aspect, {"old": code(sunsets[0]), "new": code(sunsets[0] if is_old_invalid else sunsets[1])}
    before, after = old.get("x-stability-level"), new.get("x-stability-level")
    if before in STABILITY and after in STABILITY and STABILITY.index(after) < STABILITY.index(before):
        yield "stability-decreased", {"old": code(before), "new": code(after)}


def first_sunset(sunset: Any) -> str:
    """Return the aspect of a new deprecation."""
    if sunset is None:
        return "deprecated"
    return "deprecated-with-sunset" if parse_date(sunset) else "deprecated-sunset-invalid"


def diff_sunset(old: Any, new: Any) -> str | None:
    """Return the aspect of another sunset date of what was deprecated before."""
    if old == new:
        return None
    if new is None:
        return "sunset-deleted"
    before, after = parse_date(old), parse_date(new)
    if after is None or (old is not None and before is None):
        return "sunset-parse"
    return "sunset-date-changed-too-small" if before and after < before else None


def unknown_stability(old: dict[str, Any], new: dict[str, Any]) -> list[Any]:
    """Return the first unknown stability level, where the level changed."""
    before, after = old.get("x-stability-level"), new.get("x-stability-level")
    known = (None, "ga", *STABILITY)
    return [] if before == after else [level for level in (before, after) if level not in known][:1]


def removal(old: dict[str, Any]) -> str:
    """Return how a removal was announced: unannounced, announced, early or (with an invalid date) unreadable."""
    sunset = old.get("x-sunset")
    if not old.get("deprecated"):
        return "unannounced"
    if sunset is None:
        return "announced"
    until = parse_date(sunset)
    if until is None:
        return "unreadable"
    return "early" if until > datetime.now(UTC).date() else "announced"
