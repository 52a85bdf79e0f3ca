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
class AppInfo(Model):
    """Details of the app that the API key belongs to.

    Attributes:
        name (str): Name of the app.
        description (str): Description of the app by its author.
        tags (list[str]): Names of the app's tags; empty if there are none.
        mode (str): Mode of the app: `advanced-chat` (chatflow), `chat` (basic chat), `agent-chat` (agent),
            `completion` (text generation) or `workflow`.
        author_name (str): Display name of the account that created the app.
    """

    name: str
    description: str
    tags: list[str]
    mode: str
    author_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("name", UNSET),
            get("description", UNSET),
            get("tags", UNSET),
            get("mode", UNSET),
            get("author_name", UNSET),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AppInfo).values())
