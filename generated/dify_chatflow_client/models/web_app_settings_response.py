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
class WebAppSettingsResponse(Model):
    """Looks and texts of the app's public web page.

    Attributes:
        title (str): Heading of the app's public web page.
        chat_color_theme (None | str): Accent colour of the chat page; servers send `null` when the author chose
            none.
        chat_color_theme_inverted (bool): `True` when the page swaps the foreground and background of its accent
            colour.
        icon_type (str): How to read `icon`: `emoji` for a character, `image` for an uploaded picture.
        icon (str): An emoji, or the id of an uploaded picture, depending on `icon_type`.
        icon_background (str): Fill colour behind an emoji icon, for example `#FFEAD5`.
        icon_url (None | str): Address of the uploaded picture; `null` while `icon_type` is `emoji`.
        description (None | str): Text that introduces the app on its web page; servers send `null` when it is not
            set.
        copyright_ (None | str): Rights notice for the page footer; servers send `null` when it is not set.
        privacy_policy (None | str): Address of the author's privacy statement; servers send `null` when it is not
            set.
        custom_disclaimer (str): Warning or legal note shown with the chat; empty when the author wrote none.
        default_language (str): Language tag the page starts in, such as `en-US`.
        show_workflow_steps (bool): `True` when the page lists the nodes of a run as they execute.
        use_icon_as_answer_icon (bool): `True` when replies in the chat carry the app's own icon as their avatar.
        input_placeholder (None | str | Unset): Text in the empty input of the web page; missing on older servers.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "title": "title",
        "chat_color_theme": "chat_color_theme",
        "chat_color_theme_inverted": "chat_color_theme_inverted",
        "icon_type": "icon_type",
        "icon": "icon",
        "icon_background": "icon_background",
        "icon_url": "icon_url",
        "description": "description",
        "copyright_": "copyright",
        "privacy_policy": "privacy_policy",
        "custom_disclaimer": "custom_disclaimer",
        "default_language": "default_language",
        "show_workflow_steps": "show_workflow_steps",
        "use_icon_as_answer_icon": "use_icon_as_answer_icon",
        "input_placeholder": "input_placeholder",
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
        # By position, in the order of the attributes: names cost as much as all the rest.
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


_KNOWN = frozenset(WebAppSettingsResponse.json_names.values())
