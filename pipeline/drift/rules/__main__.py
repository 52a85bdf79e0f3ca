"""Command that prints docs/drift-rules.md."""

from pipeline.drift.rules import table

print(table(), end="")
