"""A rule: a stable id, a level, a plain sentence and a hint for one kind of change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["no-change", "docs-only", "non-breaking", "warning", "breaking"]
LEVELS: tuple[Level, ...] = ("no-change", "docs-only", "non-breaking", "warning", "breaking")
D: Level = "docs-only"
N: Level = "non-breaking"
W: Level = "warning"
B: Level = "breaking"
NEWER = "Servers that follow the new document answer 400; send what it asks for."
READ = "Code that reads this value has to expect it."


@dataclass(frozen=True)
class Rule:
    """One kind of change. Rules with the same aspect share a root cause when their words are the same.

    `plural` is the sentence for many changes of the kind, which are one table then.
    """

    id: str
    level: Level
    sentence: str
    hint: str = ""
    aspect: str = ""
    plural: str = ""
