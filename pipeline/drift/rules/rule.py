"""A rule: a stable id, a level, a sentence and a hint for one kind of change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["no-change", "docs-only", "non-breaking", "warning", "breaking"]
LEVELS: tuple[Level, ...] = ("no-change", "docs-only", "non-breaking", "warning", "breaking")
# Short names, so that the tables of rules read as tables.
D: Level = "docs-only"
N: Level = "non-breaking"
W: Level = "warning"
B: Level = "breaking"

# Hints shared by many rules: for code that writes a value, for code that reads it, and for neither.
WRITE = "Servers that follow the new document reject other values with 400; send what it allows."
SEND = "Regenerate the client to send it."
READ = "Handle it in code that reads this value."
COMPARE = "Compare both documents at this place."
REGENERATE = "Regenerate the client to use it."
FIX_DATE = "Fix the date; write it as YYYY-MM-DD."
MIGRATE = "Plan to replace it; it may be removed."


@dataclass(frozen=True)
class Rule:
    """One kind of change.

    Rules with the same aspect share a root cause if their words are the same. `plural` is the sentence for several
    changes of the kind, which are shown as one table.
    """

    id: str
    level: Level
    sentence: str
    hint: str = ""
    aspect: str = ""
    plural: str = ""
