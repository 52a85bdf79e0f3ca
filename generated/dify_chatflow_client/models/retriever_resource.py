from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
    read_objects,
)


@_attrs_define
class RetrieverResource(Model):
    """Knowledge base segment used as a source of the answer.

    Attributes:
        position (int): Rank of the segment among the sources of the answer.
        dataset_id (str): Id of the segment's knowledge base.
        dataset_name (str): Name of the segment's knowledge base.
        document_id (str): Id of the segment's document.
        document_name (str): Name of the segment's document, usually its file name.
        segment_id (None | str): Id of the segment.
        score (float): Relevance of the segment to the query; higher is more relevant.
        content (str): Text of the segment.
        id (str | Unset): Id of the citation.
        message_id (str | Unset): Id of the message that cites the segment.
        data_source_type (str | Unset): Data source of the document, such as `upload_file`.
        hit_count (int | Unset): Number of times the segment has been retrieved.
        word_count (int | Unset): Number of words in the segment.
        segment_position (int | Unset): Position of the segment in the document.
        index_node_hash (None | str | Unset): Hash of the segment in the search index.
        summary (None | str | Unset): Summary of the segment; null if there is none.
        created_at (int | None | Unset): Creation time of the citation, in Unix seconds.
        retriever_from (str | Unset): Origin of the request, such as `workflow`.
        page (int | None | Unset): Page of the segment in its document; null if unknown.
        title (None | str | Unset): Title of the segment's document; null if it has none.
        doc_metadata (JsonObject | None | Unset): Metadata of the segment's document; null if it has none.
        files (list[JsonObject] | None | Unset): Files of the segment; null if it has none.
    """

    position: int
    dataset_id: str
    dataset_name: str
    document_id: str
    document_name: str
    segment_id: None | str
    score: float
    content: str
    id: str | Unset = UNSET
    message_id: str | Unset = UNSET
    data_source_type: str | Unset = UNSET
    hit_count: int | Unset = UNSET
    word_count: int | Unset = UNSET
    segment_position: int | Unset = UNSET
    index_node_hash: None | str | Unset = UNSET
    summary: None | str | Unset = UNSET
    created_at: int | None | Unset = UNSET
    retriever_from: str | Unset = UNSET
    page: int | None | Unset = UNSET
    title: None | str | Unset = UNSET
    doc_metadata: JsonObject | None | Unset = UNSET
    files: list[JsonObject] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
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
            get("retriever_from", UNSET),
            get("page", UNSET),
            get("title", UNSET),
            read_object(JsonObject.from_dict, get("doc_metadata", UNSET)),
            read_objects(JsonObject.from_dict, get("files", UNSET)),
        )
        if len(src_dict) > 22 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(RetrieverResource).values())


from ..models.json_object import JsonObject
