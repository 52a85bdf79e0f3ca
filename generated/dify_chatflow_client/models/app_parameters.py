from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_first,
    read_list,
    read_object,
)


class AppParameters(Model):
    """Settings of the app for chat clients: features, start form and upload limits.

    Attributes:
        opening_statement (str | None): Text that the app displays before the first query; empty or null if it has
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

    __slots__ = (
        "opening_statement",
        "suggested_questions",
        "suggested_questions_after_answer",
        "speech_to_text",
        "text_to_speech",
        "retriever_resource",
        "annotation_reply",
        "more_like_this",
        "sensitive_word_avoidance",
        "user_input_form",
        "file_upload",
        "system_parameters",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "opening_statement": "opening_statement",
        "suggested_questions": "suggested_questions",
        "suggested_questions_after_answer": "suggested_questions_after_answer",
        "speech_to_text": "speech_to_text",
        "text_to_speech": "text_to_speech",
        "retriever_resource": "retriever_resource",
        "annotation_reply": "annotation_reply",
        "more_like_this": "more_like_this",
        "sensitive_word_avoidance": "sensitive_word_avoidance",
        "user_input_form": "user_input_form",
        "file_upload": "file_upload",
        "system_parameters": "system_parameters",
    }

    opening_statement: str | None
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

    def __init__(
        self,
        opening_statement: str | None,
        suggested_questions: list[str],
        suggested_questions_after_answer: FeatureToggle,
        speech_to_text: FeatureToggle,
        text_to_speech: TextToSpeechSettings,
        retriever_resource: FeatureToggle,
        annotation_reply: FeatureToggle,
        more_like_this: FeatureToggle,
        sensitive_word_avoidance: FeatureToggle,
        user_input_form: list[
            CheckboxControlWrapper
            | FileControlWrapper
            | FileListControlWrapper
            | NumberControlWrapper
            | ParagraphControlWrapper
            | SelectControlWrapper
            | TextInputControlWrapper
        ],
        file_upload: FileUploadSettings,
        system_parameters: SystemParameters,
    ) -> None:
        self.opening_statement = opening_statement
        self.suggested_questions = suggested_questions
        self.suggested_questions_after_answer = suggested_questions_after_answer
        self.speech_to_text = speech_to_text
        self.text_to_speech = text_to_speech
        self.retriever_resource = retriever_resource
        self.annotation_reply = annotation_reply
        self.more_like_this = more_like_this
        self.sensitive_word_avoidance = sensitive_word_avoidance
        self.user_input_form = user_input_form
        self.file_upload = file_upload
        self.system_parameters = system_parameters
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.opening_statement = get("opening_statement")
        model.suggested_questions = get("suggested_questions")
        model.suggested_questions_after_answer = read_object(
            FeatureToggle.from_dict, get("suggested_questions_after_answer")
        )
        model.speech_to_text = read_object(FeatureToggle.from_dict, get("speech_to_text"))
        model.text_to_speech = read_object(TextToSpeechSettings.from_dict, get("text_to_speech"))
        model.retriever_resource = read_object(FeatureToggle.from_dict, get("retriever_resource"))
        model.annotation_reply = read_object(FeatureToggle.from_dict, get("annotation_reply"))
        model.more_like_this = read_object(FeatureToggle.from_dict, get("more_like_this"))
        model.sensitive_word_avoidance = read_object(FeatureToggle.from_dict, get("sensitive_word_avoidance"))
        model.user_input_form = read_list(
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
            get("user_input_form"),
        )
        model.file_upload = read_object(FileUploadSettings.from_dict, get("file_upload"))
        model.system_parameters = read_object(SystemParameters.from_dict, get("system_parameters"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "opening_statement",
        "suggested_questions",
        "suggested_questions_after_answer",
        "speech_to_text",
        "text_to_speech",
        "retriever_resource",
        "annotation_reply",
        "more_like_this",
        "sensitive_word_avoidance",
        "user_input_form",
        "file_upload",
        "system_parameters",
    )
)


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
