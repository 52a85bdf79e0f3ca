"""Changes grouped by root cause, so that one cause is one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
        by_words: tuple[Any, ...] = (rule.id,) if rule.plural else (rule.aspect, *sorted(change.words.items()))
        by_place = by_words
        if layer == "wire" and not rule.plural:
            # One place can be reached under several names. Python findings have no places of their own.
            words = sorted((key, value) for key, value in change.words.items() if key != "name")
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
    )
