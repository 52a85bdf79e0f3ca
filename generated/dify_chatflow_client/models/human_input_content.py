from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    json_keys,
    read_object,
)


@_attrs_define
class HumanInputContent(Model):
    """Form of a stored message and its submission.

    Attributes:
        workflow_run_id (str): Id of the run.
        submitted (bool): `true` if the form has been submitted.
        type_ (str): Type of the content; always `human_input`.
        form_definition (HumanInputFormDefinition | None): Definition of the form. Servers retain it after the
            submission; it can be null.
        form_submission_data (HumanInputFormSubmissionData | None): Submission of the form; null until it is
            submitted.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "type_": "type",
    }

    workflow_run_id: str
    submitted: bool
    type_: str
    form_definition: HumanInputFormDefinition | None
    form_submission_data: HumanInputFormSubmissionData | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("workflow_run_id", UNSET),
            get("submitted", UNSET),
            get("type", UNSET),
            read_object(HumanInputFormDefinition.from_dict, get("form_definition", UNSET)),
            read_object(HumanInputFormSubmissionData.from_dict, get("form_submission_data", UNSET)),
        )
        if len(src_dict) > 5 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(HumanInputContent).values())


from ..models.human_input_form_definition import HumanInputFormDefinition
from ..models.human_input_form_submission_data import HumanInputFormSubmissionData
