"""An edition of the API: a document with the corrections of a tree, as far as they apply to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.corrections import Correction, load
from pipeline.document import Document, is_object, leads, operations, references
from pipeline.drift.python.traced import Traced, trace
from pipeline.layout import Project
from pipeline.normalise import normalise


@dataclass
class Edition:
    """A document to generate a package from, and the tree with the corrections and settings for it.

    Attributes:
        project: The tree.
        document: The document as published.
        corrections: The corrections of the tree, or none.
        predecessor: The edition with which this one is compared.
    """

    project: Project
    document: Document
    corrections: list[Correction]
    predecessor: Edition | None = None

    @cached_property
    def traced(self) -> Traced:
        """The document with every correction that applies."""
        wanted = self.predecessor.traced.places if self.predecessor else None
        return trace(self.document, self.corrections, wanted)

    @cached_property
    def result(self) -> tuple[Document, list[tuple[Correction, str]]]:
        """The corrected document, and the corrections that do not apply to it, with the reasons."""
        return corrected(self.traced, self.corrections)

    @property
    def corrected(self) -> Document:
        """The document to generate from."""
        return self.result[0]

    @property
    def unmatched(self) -> list[tuple[Correction, str]]:
        """The corrections that do not apply, with the reasons."""
        return self.result[1]


def editions(
    roots: tuple[Path, Path], base: Document, revision: Document, *, is_corrected: bool = True
) -> tuple[Edition, Edition]:
    """Return the editions of two documents, each with the corrections and settings of its tree."""
    projects = [Project(root) for root in roots]
    loaded = {one: load(one.corrections) if is_corrected and one.corrections.is_dir() else [] for one in projects}
    old = Edition(projects[0], base, loaded[projects[0]])
    return old, Edition(projects[1], revision, loaded[projects[1]], old if roots[0] == roots[1] else None)


def corrected(traced: Traced, listed: list[Correction]) -> tuple[Document, list[tuple[Correction, str]]]:
    """Return a document with every correction that applies, and the others with the reasons.

    A correction with a dangling reference does not apply either, since the generator would drop the operations
    that use it.
    """
    lost = {one.place: reference for one in listed if (reference := dangling_reference(one, traced.changed))}
    if lost:
        rest = [one for one in listed if one.place not in lost]
        plain, unmatched = corrected(trace(traced.raw, rest), rest)
        dangling = [(one, f"refers to {lost[one.place]}, which does not exist") for one in listed if one.place in lost]
        return plain, [*unmatched, *dangling]
    plain = normalise(traced.changed)
    complete(plain)
    return plain, [(one, traced.failed[one.place]) for one in listed if one.place in traced.failed]


def dangling_reference(one: Correction, document: Document) -> str | None:
    """Return the first dangling reference in a correction."""
    for _, reference in references(one.change):
        if not leads(document, reference):
            return reference
    return None


def complete(document: Document) -> None:
    """Add required parts that have no effect, for whose absence the generator would refuse the document."""
    document.setdefault("info", {"title": "Untitled", "version": "0"})
    for _, _, operation in operations(document):
        responses = operation["responses"] = operation.get("responses") or {"200": {"description": ""}}
        for response in responses.values():
            if is_object(response) and "$ref" not in response:
                response.setdefault("description", "")
