from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    read_objects,
    to_datetime,
)


class RetrieverResource(Model):
    """Knowledge base segment used as a source of the answer.

    Attributes:
        position (int): Rank of the segment among the sources of the answer.
        dataset_id (str): Id of the segment's knowledge base.
        dataset_name (str): Name of the segment's knowledge base.
        document_id (str): Id of the segment's document.
        document_name (str): Name of the segment's document, usually its file name.
        segment_id (str | None): Id of the segment.
        score (float): Relevance of the segment to the query; higher is more relevant.
        content (str): Text of the segment.
        id (str | None): Id of the citation.
        message_id (str | None): Id of the message that cites the segment.
        data_source_type (str | None): Data source of the document, such as `upload_file`.
        hit_count (int | None): Number of times the segment has been retrieved.
        word_count (int | None): Number of words in the segment.
        segment_position (int | None): Position of the segment in the document.
        index_node_hash (str | None): Hash of the segment in the search index.
        summary (str | None): Summary of the segment; null if there is none.
        created_at (int | None): Creation time of the citation, in Unix seconds.
        retriever_from (str | None): Origin of the request, such as `workflow`.
        page (int | None): Page of the segment in its document; null if unknown.
        title (str | None): Title of the segment's document; null if it has none.
        doc_metadata (JsonObject | None): Metadata of the segment's document; null if it has none.
        files (list[JsonObject] | None): Files of the segment; null if it has none.
    """

    __slots__ = (
        "position",
        "dataset_id",
        "dataset_name",
        "document_id",
        "document_name",
        "segment_id",
        "score",
        "content",
        "id",
        "message_id",
        "data_source_type",
        "hit_count",
        "word_count",
        "segment_position",
        "index_node_hash",
        "summary",
        "created_at",
        "retriever_from",
        "page",
        "title",
        "doc_metadata",
        "files",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
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
        "retriever_from": "retriever_from",
        "page": "page",
        "title": "title",
        "doc_metadata": "doc_metadata",
        "files": "files",
    }

    position: int
    dataset_id: str
    dataset_name: str
    document_id: str
    document_name: str
    segment_id: str | None
    score: float
    content: str
    id: str | None
    message_id: str | None
    data_source_type: str | None
    hit_count: int | None
    word_count: int | None
    segment_position: int | None
    index_node_hash: str | None
    summary: str | None
    created_at: int | None
    retriever_from: str | None
    page: int | None
    title: str | None
    doc_metadata: JsonObject | None
    files: list[JsonObject] | None

    def __init__(
        self,
        position: int,
        dataset_id: str,
        dataset_name: str,
        document_id: str,
        document_name: str,
        segment_id: str | None,
        score: float,
        content: str,
        id: str | None = None,
        message_id: str | None = None,
        data_source_type: str | None = None,
        hit_count: int | None = None,
        word_count: int | None = None,
        segment_position: int | None = None,
        index_node_hash: str | None = None,
        summary: str | None = None,
        created_at: int | None = None,
        retriever_from: str | None = None,
        page: int | None = None,
        title: str | None = None,
        doc_metadata: JsonObject | None = None,
        files: list[JsonObject] | None = None,
    ) -> None:
        self.position = position
        self.dataset_id = dataset_id
        self.dataset_name = dataset_name
        self.document_id = document_id
        self.document_name = document_name
        self.segment_id = segment_id
        self.score = score
        self.content = content
        self.id = id
        self.message_id = message_id
        self.data_source_type = data_source_type
        self.hit_count = hit_count
        self.word_count = word_count
        self.segment_position = segment_position
        self.index_node_hash = index_node_hash
        self.summary = summary
        self.created_at = created_at
        self.retriever_from = retriever_from
        self.page = page
        self.title = title
        self.doc_metadata = doc_metadata
        self.files = files
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.position = get("position")
        model.dataset_id = get("dataset_id")
        model.dataset_name = get("dataset_name")
        model.document_id = get("document_id")
        model.document_name = get("document_name")
        model.segment_id = get("segment_id")
        model.score = get("score")
        model.content = get("content")
        model.id = get("id")
        model.message_id = get("message_id")
        model.data_source_type = get("data_source_type")
        model.hit_count = get("hit_count")
        model.word_count = get("word_count")
        model.segment_position = get("segment_position")
        model.index_node_hash = get("index_node_hash")
        model.summary = get("summary")
        model.created_at = get("created_at")
        model.retriever_from = get("retriever_from")
        model.page = get("page")
        model.title = get("title")
        model.doc_metadata = read_object(JsonObject.from_dict, get("doc_metadata"))
        model.files = read_objects(JsonObject.from_dict, get("files"))
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "position",
        "dataset_id",
        "dataset_name",
        "document_id",
        "document_name",
        "segment_id",
        "score",
        "content",
    )
)


from ..models.json_object import JsonObject
