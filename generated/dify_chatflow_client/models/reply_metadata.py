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
class ReplyMetadata(Model):
    """Usage and sources of an answer.

    Attributes:
        usage (None | Usage): Tokens, prices and durations of the run; null if the run paused.
        retriever_resources (list[RetrieverResource]): Sources of the answer, in order.
        annotation_reply (JsonObject | None | Unset): Annotation that answered instead of the model; null or missing
            if none did.
        reasoning (JsonObject | Unset): JSON object with arbitrary keys, parsed as a dict.
    """

    usage: None | Usage
    retriever_resources: list[RetrieverResource]
    annotation_reply: JsonObject | None | Unset = UNSET
    reasoning: JsonObject | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            read_object(Usage.from_dict, get("usage", UNSET)),
            read_objects(RetrieverResource.from_dict, get("retriever_resources", UNSET)),
            read_object(JsonObject.from_dict, get("annotation_reply", UNSET)),
            read_object(JsonObject.from_dict, get("reasoning", UNSET)),
        )
        if len(src_dict) > 4 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(ReplyMetadata).values())


from ..models.json_object import JsonObject
from ..models.retriever_resource import RetrieverResource
from ..models.usage import Usage
