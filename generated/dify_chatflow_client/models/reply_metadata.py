from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    read_objects,
)


class ReplyMetadata(Model):
    """Usage and sources of an answer.

    Attributes:
        usage (Usage | None): Tokens, prices and durations of the run; null if the run paused.
        retriever_resources (list[RetrieverResource]): Sources of the answer, in order.
        annotation_reply (JsonObject | None): Annotation that answered instead of the model; null or missing if none
            did.
        reasoning (JsonObject | None): JSON object with arbitrary keys, parsed as a dict.
    """

    __slots__ = (
        "usage",
        "retriever_resources",
        "annotation_reply",
        "reasoning",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "usage": "usage",
        "retriever_resources": "retriever_resources",
        "annotation_reply": "annotation_reply",
        "reasoning": "reasoning",
    }

    usage: Usage | None
    retriever_resources: list[RetrieverResource]
    annotation_reply: JsonObject | None
    reasoning: JsonObject | None

    def __init__(
        self,
        usage: Usage | None,
        retriever_resources: list[RetrieverResource],
        annotation_reply: JsonObject | None = None,
        reasoning: JsonObject | None = None,
    ) -> None:
        self.usage = usage
        self.retriever_resources = retriever_resources
        self.annotation_reply = annotation_reply
        self.reasoning = reasoning
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.usage = read_object(Usage.from_dict, get("usage"))
        model.retriever_resources = read_objects(RetrieverResource.from_dict, get("retriever_resources"))
        model.annotation_reply = read_object(JsonObject.from_dict, get("annotation_reply"))
        model.reasoning = read_object(JsonObject.from_dict, get("reasoning"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "usage",
        "retriever_resources",
    )
)


from ..models.json_object import JsonObject
from ..models.retriever_resource import RetrieverResource
from ..models.usage import Usage
