from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class WebAppSettings(Model):
    """Settings of the app's web app.

    Attributes:
        title (str): Title of the web app.
        chat_color_theme (str | None): Theme of the chat; null if not set.
        chat_color_theme_inverted (bool): `true` if the foreground and background of the theme are swapped.
        icon_type (str): Type of `icon`: `emoji` or `image`.
        icon (str): Emoji or id of an uploaded image, depending on `icon_type`.
        icon_background (str): Background of an emoji icon, such as `#FFEAD5`.
        icon_url (str | None): URL of an image icon; null if `icon_type` is `emoji`.
        description (str | None): Description of the web app; null if not set.
        copyright_ (str | None): Copyright notice of the web app; null if not set.
        privacy_policy (str | None): URL of the privacy policy; null if not set.
        custom_disclaimer (str): Disclaimer displayed with the chat; empty if not set.
        default_language (str): Default language of the web app, such as `en-US`.
        show_workflow_steps (bool): `true` if the web app displays the nodes of a run.
        use_icon_as_answer_icon (bool): `true` if answers are displayed with the app's icon as the avatar.
        input_placeholder (str | None): Placeholder of the empty input; missing before 1.16.
    """

    __slots__ = (
        "title",
        "chat_color_theme",
        "chat_color_theme_inverted",
        "icon_type",
        "icon",
        "icon_background",
        "icon_url",
        "description",
        "copyright_",
        "privacy_policy",
        "custom_disclaimer",
        "default_language",
        "show_workflow_steps",
        "use_icon_as_answer_icon",
        "input_placeholder",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "title": "title",
        "chat_color_theme": "chat_color_theme",
        "chat_color_theme_inverted": "chat_color_theme_inverted",
        "icon_type": "icon_type",
        "icon": "icon",
        "icon_background": "icon_background",
        "icon_url": "icon_url",
        "description": "description",
        "copyright": "copyright_",
        "privacy_policy": "privacy_policy",
        "custom_disclaimer": "custom_disclaimer",
        "default_language": "default_language",
        "show_workflow_steps": "show_workflow_steps",
        "use_icon_as_answer_icon": "use_icon_as_answer_icon",
        "input_placeholder": "input_placeholder",
    }

    title: str
    chat_color_theme: str | None
    chat_color_theme_inverted: bool
    icon_type: str
    icon: str
    icon_background: str
    icon_url: str | None
    description: str | None
    copyright_: str | None
    privacy_policy: str | None
    custom_disclaimer: str
    default_language: str
    show_workflow_steps: bool
    use_icon_as_answer_icon: bool
    input_placeholder: str | None

    def __init__(
        self,
        title: str,
        chat_color_theme: str | None,
        chat_color_theme_inverted: bool,
        icon_type: str,
        icon: str,
        icon_background: str,
        icon_url: str | None,
        description: str | None,
        copyright_: str | None,
        privacy_policy: str | None,
        custom_disclaimer: str,
        default_language: str,
        show_workflow_steps: bool,
        use_icon_as_answer_icon: bool,
        input_placeholder: str | None = None,
    ) -> None:
        self.title = title
        self.chat_color_theme = chat_color_theme
        self.chat_color_theme_inverted = chat_color_theme_inverted
        self.icon_type = icon_type
        self.icon = icon
        self.icon_background = icon_background
        self.icon_url = icon_url
        self.description = description
        self.copyright_ = copyright_
        self.privacy_policy = privacy_policy
        self.custom_disclaimer = custom_disclaimer
        self.default_language = default_language
        self.show_workflow_steps = show_workflow_steps
        self.use_icon_as_answer_icon = use_icon_as_answer_icon
        self.input_placeholder = input_placeholder
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.title = get("title")
        model.chat_color_theme = get("chat_color_theme")
        model.chat_color_theme_inverted = get("chat_color_theme_inverted")
        model.icon_type = get("icon_type")
        model.icon = get("icon")
        model.icon_background = get("icon_background")
        model.icon_url = get("icon_url")
        model.description = get("description")
        model.copyright_ = get("copyright")
        model.privacy_policy = get("privacy_policy")
        model.custom_disclaimer = get("custom_disclaimer")
        model.default_language = get("default_language")
        model.show_workflow_steps = get("show_workflow_steps")
        model.use_icon_as_answer_icon = get("use_icon_as_answer_icon")
        model.input_placeholder = get("input_placeholder")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "title",
        "chat_color_theme",
        "chat_color_theme_inverted",
        "icon_type",
        "icon",
        "icon_background",
        "icon_url",
        "description",
        "copyright",
        "privacy_policy",
        "custom_disclaimer",
        "default_language",
        "show_workflow_steps",
        "use_icon_as_answer_icon",
    )
)
