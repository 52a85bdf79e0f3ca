"""Mutations of the vendored document: one change each, labelled by its effect on servers and programs."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from pipeline.document import Document
from tests.drift.mutations import events, keywords, operations, prose, requests, responses, spellings
from tests.drift.mutations.edits import Edit, Z


@dataclass(frozen=True)
class Mutation:
    """One change: its name, its expected level, and the edit that makes it."""

    name: str
    expected: str
    change: Edit

    def apply(self, document: Document) -> Document:
        changed = copy.deepcopy(document)
        self.change(changed)
        assert self.name.startswith("identical") or changed != document or self.expected == Z, self.name
        return changed


def mutations() -> list[Mutation]:
    families = (
        requests.bodies(),
        requests.body_fields(),
        requests.parameters(),
        responses.bodies(),
        responses.fields(),
        operations.operations(),
        events.events(),
        prose.prose(),
        spellings.spellings(),
        keywords.siblings(),
        keywords.schemas(),
        keywords.encodings(),
        keywords.elsewhere(),
        keywords.renames(),
    )
    return [Mutation(*one) for family in families for one in family]
