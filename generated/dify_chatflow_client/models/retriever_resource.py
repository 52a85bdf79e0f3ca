from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
)


@_attrs_define
class RetrieverResource(Model):
    """One passage from a knowledge base that the reply drew on, with its source.

    Attributes:
        position (int): Rank of this passage among the reply's citations.
        dataset_id (str): Knowledge base in which the passage was found, by its id.
        dataset_name (str): Title of the knowledge base as shown to people.
        document_id (str): Id of the source document inside its knowledge base.
        document_name (str): Title of the source document, usually its file name.
        segment_id (str): Id of the chunk of the document that was retrieved.
        score (float): How well the chunk matched the query; higher is closer.
        content (str): Text of the retrieved chunk.
        id (str | Unset): Id of this citation record.
        message_id (str | Unset): The message whose reply cites this passage.
        data_source_type (str | Unset): How the document came into the knowledge base, e.g. `upload_file`.
        hit_count (int | Unset): How often retrieval has returned this chunk so far.
        word_count (int | Unset): Length of the chunk in words.
        segment_position (int | Unset): Where the chunk stands in the order of its document's chunks.
        index_node_hash (str | Unset): Fingerprint of the chunk's entry in the search index.
        summary (None | str | Unset): Short version of the chunk's text, null if none was made.
        created_at (int | Unset): When the citation was recorded, in Unix seconds.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "position": "position",
        "dataset_id": "dataset_id",
        "dataset_name": "dataset_name",
        "document_id": "document_id",
        "document_name": "document_name",
        "segment_id": "segment_id",
        "score": "score",
        "content": "content",
        "id": "id",
        "message_id": "message_id",
        "data_source_type": "data_source_type",
        "hit_count": "hit_count",
        "word_count": "word_count",
        "segment_position": "segment_position",
        "index_node_hash": "index_node_hash",
        "summary": "summary",
        "created_at": "created_at",
    }

    position: int
    dataset_id: str
    dataset_name: str
    document_id: str
    document_name: str
    segment_id: str
    score: float
    content: str
    id: str | Unset = UNSET
    message_id: str | Unset = UNSET
    data_source_type: str | Unset = UNSET
    hit_count: int | Unset = UNSET
    word_count: int | Unset = UNSET
    segment_position: int | Unset = UNSET
    index_node_hash: str | Unset = UNSET
    summary: None | str | Unset = UNSET
    created_at: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        # By position, in the order of the attributes: names cost as much as all the rest.
        model = cls(
            get("position", UNSET),
            get("dataset_id", UNSET),
            get("dataset_name", UNSET),
            get("document_id", UNSET),
            get("document_name", UNSET),
            get("segment_id", UNSET),
            get("score", UNSET),
            get("content", UNSET),
            get("id", UNSET),
            get("message_id", UNSET),
            get("data_source_type", UNSET),
            get("hit_count", UNSET),
            get("word_count", UNSET),
            get("segment_position", UNSET),
            get("index_node_hash", UNSET),
            get("summary", UNSET),
            get("created_at", UNSET),
        )
        if len(src_dict) > 17 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(RetrieverResource.json_names.values())
