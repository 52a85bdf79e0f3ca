from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
)


@_attrs_define
class AnnotationReplyRequest(Model):
    """Embedding model and similarity threshold for annotation reply. All fields are required, even to disable the
    feature.

    Attributes:
        embedding_provider_name (str): Name of the model provider in the workspace, such as `openai` or `cohere`.
        embedding_model_name (str): Name of the provider's embedding model, such as `text-embedding-3-small`.
        score_threshold (float): Minimum similarity of query and annotation, such as `0.9`; higher is stricter.
    """

    embedding_provider_name: str
    embedding_model_name: str
    score_threshold: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("embedding_provider_name", UNSET),
            get("embedding_model_name", UNSET),
            get("score_threshold", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AnnotationReplyRequest).values())
