from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
class WebAppSettings(Model):
    """Settings of the app's web app.

    Attributes:
        title (str): Title of the web app.
        chat_color_theme (None | str): Theme of the chat; null if not set.
        chat_color_theme_inverted (bool): `true` if the foreground and background of the theme are swapped.
        icon_type (str): Type of `icon`: `emoji` or `image`.
        icon (str): Emoji or id of an uploaded image, depending on `icon_type`.
        icon_background (str): Background of an emoji icon, such as `#FFEAD5`.
        icon_url (None | str): URL of an image icon; null if `icon_type` is `emoji`.
        description (None | str): Description of the web app; null if not set.
        copyright_ (None | str): Copyright notice of the web app; null if not set.
        privacy_policy (None | str): URL of the privacy policy; null if not set.
        custom_disclaimer (str): Disclaimer displayed with the chat; empty if not set.
        default_language (str): Default language of the web app, such as `en-US`.
        show_workflow_steps (bool): `true` if the web app displays the nodes of a run.
        use_icon_as_answer_icon (bool): `true` if answers are displayed with the app's icon as the avatar.
        input_placeholder (None | str | Unset): Placeholder of the empty input; missing before 1.16.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "copyright_": "copyright",
    }

    title: str
    chat_color_theme: None | str
    chat_color_theme_inverted: bool
    icon_type: str
    icon: str
    icon_background: str
    icon_url: None | str
    description: None | str
    copyright_: None | str
    privacy_policy: None | str
    custom_disclaimer: str
    default_language: str
    show_workflow_steps: bool
    use_icon_as_answer_icon: bool
    input_placeholder: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("title", UNSET),
            get("chat_color_theme", UNSET),
            get("chat_color_theme_inverted", UNSET),
            get("icon_type", UNSET),
            get("icon", UNSET),
            get("icon_background", UNSET),
            get("icon_url", UNSET),
            get("description", UNSET),
            get("copyright", UNSET),
            get("privacy_policy", UNSET),
            get("custom_disclaimer", UNSET),
            get("default_language", UNSET),
            get("show_workflow_steps", UNSET),
            get("use_icon_as_answer_icon", UNSET),
            get("input_placeholder", UNSET),
        )
        if len(src_dict) > 15 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WebAppSettings).values())
