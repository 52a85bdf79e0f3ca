"""Deviations: what a client of a corrected document does not expect of a server that follows the published one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document, is_list, is_object
from pipeline.drift.python.traced import Traced
from pipeline.drift.rules import LEVELS
from pipeline.drift.rules.finding import Finding
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.normalise import normalise

# Endings of rules for what a document leaves out, which contradicts no evidence that servers send it.
SILENT = ("-media-type-schema-removed", "-became-optional")
# The formats of identifiers, which the client reads and sends as text.
IDENTIFIERS = ("identifier", "uuid")


def deviations(traced: Traced) -> Iterator[Finding]:
    """Yield what a client of the corrected document does not expect of a server that follows the published one."""
    published = object_at(object_at(traced.raw, "components"), "schemas")
    schemas = object_at(traced.document["components"], "schemas")
    # Types of our own are compared by what they accept, not by their names.
    own = {f"#/components/schemas/{name}": one for name, one in schemas.items() if name not in published}
    corrected = without_identifiers(inline(traced.document, own))
    for finding in wire_findings(corrected, without_identifiers(normalise(traced.raw))):
        if LEVELS.index(finding.level) >= LEVELS.index("warning") and not finding.id.endswith(SILENT):
            yield finding


def inline(node: Any, own: Document) -> Any:
    """Return a node with references to some schemas replaced by those, and with null in every member of a union."""
    if is_object(node):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference in own:
            return own[reference]
        found = {name: inline(value, own) for name, value in node.items()}
        if found.get("nullable") is True:
            found |= {
                kind: [with_null(one) for one in list_at(found, kind)] for kind in ("oneOf", "anyOf") if kind in found
            }
        return found
    return [inline(item, own) for item in node] if is_list(node) else node


def with_null(schema: Any) -> Any:
    """Return a schema that accepts null, too; a reference stays as it is."""
    return {**schema, "nullable": True} if is_object(schema) and "$ref" not in schema else schema


def without_identifiers(node: Any) -> Any:
    """Return a document with identifiers as strings, whatever format they have."""
    if is_object(node):
        return {
            name: without_identifiers(value)
            for name, value in node.items()
            if not (name == "format" and value in IDENTIFIERS)
        }
    return [without_identifiers(item) for item in node] if is_list(node) else node
