"""Deprecation, sunset and stability: what an author announces about fields, parameters and operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pipeline.drift.schemas.phrases import code

STABILITY = ("draft", "alpha", "beta", "stable")


def day(value: Any) -> date | None:
    """The date of a sunset, or None for what is no date."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d($|T)", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def deprecations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The aspects of deprecation, sunset and stability, for schemas, parameters and operations."""
    was, now = bool(old.get("deprecated")), bool(new.get("deprecated"))
    before, after = old.get("x-sunset"), new.get("x-sunset")
    words = {"old": code(before), "new": code(after)}
    if now and not was:
        if after is None:
            yield "deprecated", words
        else:
            yield ("deprecated-with-sunset" if day(after) else "deprecated-sunset-invalid"), words
    elif was and not now:
        yield "reactivated", {}
    elif was and now and before != after:
        if after is None:
            yield "sunset-deleted", words
        elif day(after) is None or (before is not None and day(before) is None):
            yield "sunset-parse", words if day(after) is None else {"new": code(before)}
        elif before is not None and (day(after) or date.max) < (day(before) or date.min):
            yield "sunset-date-changed-too-small", words
    stable, less = old.get("x-stability-level"), new.get("x-stability-level")
    if stable in STABILITY and less in STABILITY and STABILITY.index(less) < STABILITY.index(stable):
        yield "stability-decreased", {"old": code(stable), "new": code(less)}


def unknown_stability(old: dict[str, Any], new: dict[str, Any]) -> list[Any]:
    """Stability levels that nobody knows, where they changed."""
    before, after = old.get("x-stability-level"), new.get("x-stability-level")
    known = (None, "ga", *STABILITY)
    return [] if before == after else [level for level in (before, after) if level not in known][:1]


def removal(old: dict[str, Any]) -> str:
    """How something went that is there no more: without deprecation, as announced, too soon, or nobody can tell."""
    sunset = old.get("x-sunset")
    if not old.get("deprecated"):
        return "unannounced"
    if sunset is None:
        return "announced"
    until = day(sunset)
    if until is None:
        return "unreadable"
    return "early" if until > datetime.now(UTC).date() else "announced"
