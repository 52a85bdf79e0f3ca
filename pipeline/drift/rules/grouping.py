"""Changes grouped by root cause, so that one cause is one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.drift.rules import LEVELS, RULES
from pipeline.drift.rules.finding import Change, Finding, Layer, Place, severity_key

# A change with the operation or event it reaches.
Use = tuple[Change, str]


def group(uses: Iterable[Use], layer: Layer = "wire") -> list[Finding]:
    """Return one finding per root cause, most severe first.

    The same place of the document is one cause, and so are the same words about the same name in several places. The
    most severe of its rules names a cause; the others are listed.
    """
    causes: list[list[Use]] = []
    known: dict[tuple[Any, ...], list[Use]] = {}
    for change, operation in uses:
        rule = RULES[change.rule]
        shown = {key: value for key, value in change.words.items() if f"{{{key}}}" in rule.sentence}
        by_words: tuple[Any, ...] = (rule.id,) if rule.plural else (rule.aspect, *sorted(shown.items()))
        by_place = by_words
        if layer == "wire" and not rule.plural:
            # One place can be reached under several names. Python findings have no places of their own.
            words = sorted((key, value) for key, value in shown.items() if key != "name")
            by_place = (rule.aspect, change.base, change.revision, *words)
        cause = known.get(by_words) or known.get(by_place)
        if cause is None:
            cause = list[Use]()
            causes.append(cause)
        known[by_words] = known[by_place] = cause
        cause.append((change, operation))
    return sorted((to_finding(cause, layer) for cause in causes), key=severity_key)


def to_finding(uses: list[Use], layer: Layer) -> Finding:
    """Return the finding for all the uses of one cause."""
    main = max((change for change, _ in uses), key=lambda change: LEVELS.index(change.level))
    rule = RULES[main.rule]
    rows = tuple(dict.fromkeys((change.words.get("old", ""), change.words.get("new", "")) for change, _ in uses))
    is_table = bool(rule.plural) and len(rows) > 1
    sentence = rule.plural.format(count=len(rows)) if is_table else rule.sentence.format_map(main.words)
    noun = "schemas" if layer == "wire" else "functions" if uses[0][1] else "classes"
    return Finding(
        id=main.rule,
        level=main.level,
        layer=layer,
        # A position without a name leaves two spaces.
        text=re.sub(r"  +", " ", sentence),
        hint=rule.hint,
        places=tuple(dict.fromkeys(Place(operation, change.base, change.revision) for change, operation in uses)),
        also=tuple(dict.fromkeys(change.rule for change, _ in uses if change.rule != main.rule)),
        table=rows if is_table else (),
        shared_text=rule.sentence.format_map(shared_words(main.words, noun)),
    )


def shared_words(words: dict[str, str], noun: str) -> dict[str, str]:
    """Return the words for a sentence about the same change in several places, with `{count}` for their number."""
    shared = dict(words)
    if " | None" in words.get("old", "") and " | None" in words.get("new", ""):
        # The same change of fields that are always there and of optional ones.
        shared |= {key: words[key].replace(" | None", "") for key in ("old", "new")}
    owner, _, name = words.get("name", "").rpartition(".")
    if "place" in words:
        shared["place"] = f"{{count}} {noun}"
    elif owner and noun == "schemas":
        shared["name"] = f"`{name} ({{count}} {noun})"
    return shared


def merge_similar(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, with one for the same change of several schemas, classes or functions."""
    merged: dict[tuple[str, ...], list[Finding]] = {}
    for index, one in enumerate(findings):
        key = (one.id, one.level, str(one.absorbed), one.hint, one.shared_text)
        merged.setdefault(key if "{count}" in one.shared_text else (str(index),), []).append(one)
    return [merge(same) if same[1:] else same[0] for same in merged.values()]


def merge(same: list[Finding]) -> Finding:
    """Return one finding for several similar ones."""
    return replace(
        same[0],
        text=same[0].shared_text.replace("{count}", str(len(same))),
        places=tuple(dict.fromkeys(place for one in same for place in one.places)),
        also=tuple(dict.fromkeys(rule for one in same for rule in one.also)),
        python=tuple(dict.fromkeys(name for one in same for name in one.python)),
    )
