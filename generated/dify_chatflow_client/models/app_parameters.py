from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_first,
    read_list,
    read_object,
)


@_attrs_define
class AppParameters(Model):
    """Settings of the app for chat clients: features, start form and upload limits.

    Attributes:
        opening_statement (None | str): Text that the app displays before the first query; empty or null if it has
            none.
        suggested_questions (list[str]): Suggested first queries; it can be empty.
        suggested_questions_after_answer (FeatureToggle): State of a feature of the app.
        speech_to_text (FeatureToggle): State of a feature of the app.
        text_to_speech (TextToSpeechSettings): Settings of the speech synthesis.
        retriever_resource (FeatureToggle): State of a feature of the app.
        annotation_reply (FeatureToggle): State of a feature of the app.
        more_like_this (FeatureToggle): State of a feature of the app.
        sensitive_word_avoidance (FeatureToggle): State of a feature of the app.
        user_input_form (list[CheckboxControlWrapper | FileControlWrapper | FileListControlWrapper |
            NumberControlWrapper | ParagraphControlWrapper | SelectControlWrapper | TextInputControlWrapper]): Fields of
            the start form, in display order. Each is an object with one key, the type of the field. Servers also send
            fields of the types `number`, `checkbox`, `file` and `file-list`.
        file_upload (FileUploadSettings): Settings of file uploads. Servers send `enabled`, `allowed_file_types`,
            `allowed_file_extensions`, `allowed_file_upload_methods` and `number_limits` directly in this object.
        system_parameters (SystemParameters): Server-wide upload limits.
    """

    opening_statement: None | str
    suggested_questions: list[str]
    suggested_questions_after_answer: FeatureToggle
    speech_to_text: FeatureToggle
    text_to_speech: TextToSpeechSettings
    retriever_resource: FeatureToggle
    annotation_reply: FeatureToggle
    more_like_this: FeatureToggle
    sensitive_word_avoidance: FeatureToggle
    user_input_form: list[
        CheckboxControlWrapper
        | FileControlWrapper
        | FileListControlWrapper
        | NumberControlWrapper
        | ParagraphControlWrapper
        | SelectControlWrapper
        | TextInputControlWrapper
    ]
    file_upload: FileUploadSettings
    system_parameters: SystemParameters
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("opening_statement", UNSET),
            get("suggested_questions", UNSET),
            read_object(FeatureToggle.from_dict, get("suggested_questions_after_answer", UNSET)),
            read_object(FeatureToggle.from_dict, get("speech_to_text", UNSET)),
            read_object(TextToSpeechSettings.from_dict, get("text_to_speech", UNSET)),
            read_object(FeatureToggle.from_dict, get("retriever_resource", UNSET)),
            read_object(FeatureToggle.from_dict, get("annotation_reply", UNSET)),
            read_object(FeatureToggle.from_dict, get("more_like_this", UNSET)),
            read_object(FeatureToggle.from_dict, get("sensitive_word_avoidance", UNSET)),
            read_list(
                lambda value: read_first(
                    value,
                    TextInputControlWrapper.from_dict,
                    ParagraphControlWrapper.from_dict,
                    SelectControlWrapper.from_dict,
                    NumberControlWrapper.from_dict,
                    CheckboxControlWrapper.from_dict,
                    FileControlWrapper.from_dict,
                    FileListControlWrapper.from_dict,
                ),
                get("user_input_form", UNSET),
            ),
            read_object(FileUploadSettings.from_dict, get("file_upload", UNSET)),
            read_object(SystemParameters.from_dict, get("system_parameters", UNSET)),
        )
        if len(src_dict) > 12 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AppParameters).values())


from ..models.checkbox_control_wrapper import CheckboxControlWrapper
from ..models.feature_toggle import FeatureToggle
from ..models.file_control_wrapper import FileControlWrapper
from ..models.file_list_control_wrapper import FileListControlWrapper
from ..models.file_upload_settings import FileUploadSettings
from ..models.number_control_wrapper import NumberControlWrapper
from ..models.paragraph_control_wrapper import ParagraphControlWrapper
from ..models.select_control_wrapper import SelectControlWrapper
from ..models.system_parameters import SystemParameters
from ..models.text_input_control_wrapper import TextInputControlWrapper
from ..models.text_to_speech_settings import TextToSpeechSettings
