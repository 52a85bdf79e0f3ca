"""The new document in the form in which it is vendored: the chatflow part, under our names, with our texts."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.drift.wire.published import Published
from pipeline.drift.wire.selection import is_superset, select
from pipeline.drift.wire.stable_names import StableNames
from pipeline.update.local_texts import with_local_texts


@dataclass(frozen=True)
class Candidate:
    """A document that is ready to be vendored.

    Attributes:
        document: The chatflow part, with the texts of the vendored document where it has them.
        names: The stable names, those of the document included.
        published_texts: The pointers of texts that are still the publisher's.
        published: The texts and names of the document as it was published.
    """

    document: Document
    names: StableNames
    published_texts: list[str]
    published: Published

    @property
    def text(self) -> str:
        """The vendored file."""
        return json.dumps(self.document, indent=2, ensure_ascii=False) + "\n"


def prepare(base: Document, revision: Document, names: StableNames) -> Candidate:
    """Return the chatflow part of `revision`, or all of it if it has no other, with the names and texts of `base`."""
    selection = None
    if is_superset(base, revision):
        selection = select(base, revision, names)
        revision, names = selection.document, names.updated(selection.names)
    document, published_texts = with_local_texts(base, revision)
    return Candidate(document, names, published_texts, Published.of(revision, selection))
