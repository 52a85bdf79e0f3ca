"""The table of rules by id."""

from __future__ import annotations

from dataclasses import replace

from pipeline.drift.rules.bodies import BODIES
from pipeline.drift.rules.document import DOCUMENT
from pipeline.drift.rules.events import EVENTS
from pipeline.drift.rules.operations import OPERATIONS
from pipeline.drift.rules.python import PYTHON
from pipeline.drift.rules.rule import LEVELS, Level, Rule
from pipeline.drift.rules.schemas import LOWER_BOUNDS, POSITIONS, UPPER_BOUNDS, schema_rules

__all__ = ["LEVELS", "LOWER_BOUNDS", "POSITIONS", "RULES", "UPPER_BOUNDS", "Level", "Rule", "table"]

NO_ACTION = "Nothing to do."
# A rule without an aspect shares its root cause with no other.
RULES: dict[str, Rule] = {
    rule.id: replace(rule, aspect=rule.aspect or rule.id, hint=rule.hint or NO_ACTION)
    for rule in (*schema_rules(), *OPERATIONS, *BODIES, *EVENTS, *DOCUMENT, *PYTHON)
}


def table() -> str:
    """Return the rules as a page of the documentation."""
    lines = ["# Drift rules", "", "<!-- Made from pipeline/drift/rules by `python -m pipeline.drift.rules`. -->", ""]
    lines += ["| id | level | sentence | hint |", "| --- | --- | --- | --- |"]
    for name in sorted(RULES):
        rule = RULES[name]
        sentence = rule.sentence.replace("|", "\\|")
        lines.append(f"| `{name}` | {rule.level} | {sentence} | {rule.hint} |")
    return "\n".join(lines) + "\n"
