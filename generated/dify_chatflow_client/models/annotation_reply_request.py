from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class AnnotationReplyRequest(Model):
    """Embedding model and similarity threshold for annotation reply. All fields are required, even to disable the
    feature.

    Attributes:
        embedding_provider_name (str): Name of the model provider in the workspace, such as `openai` or `cohere`.
        embedding_model_name (str): Name of the provider's embedding model, such as `text-embedding-3-small`.
        score_threshold (float): Minimum similarity of query and annotation, such as `0.9`; higher is stricter.
    """

    __slots__ = (
        "embedding_provider_name",
        "embedding_model_name",
        "score_threshold",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "embedding_provider_name": "embedding_provider_name",
        "embedding_model_name": "embedding_model_name",
        "score_threshold": "score_threshold",
    }

    embedding_provider_name: str
    embedding_model_name: str
    score_threshold: float

    def __init__(
        self,
        embedding_provider_name: str,
        embedding_model_name: str,
        score_threshold: float,
    ) -> None:
        self.embedding_provider_name = embedding_provider_name
        self.embedding_model_name = embedding_model_name
        self.score_threshold = score_threshold
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.embedding_provider_name = get("embedding_provider_name")
        model.embedding_model_name = get("embedding_model_name")
        model.score_threshold = get("score_threshold")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "embedding_provider_name",
        "embedding_model_name",
        "score_threshold",
    )
)
