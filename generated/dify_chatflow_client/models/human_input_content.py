from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
)


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

    __slots__ = (
        "workflow_run_id",
        "submitted",
        "type_",
        "form_definition",
        "form_submission_data",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "workflow_run_id": "workflow_run_id",
        "submitted": "submitted",
        "type": "type_",
        "form_definition": "form_definition",
        "form_submission_data": "form_submission_data",
    }

    workflow_run_id: str
    submitted: bool
    type_: str
    form_definition: HumanInputFormDefinition | None
    form_submission_data: HumanInputFormSubmissionData | None

    def __init__(
        self,
        workflow_run_id: str,
        submitted: bool,
        type_: str,
        form_definition: HumanInputFormDefinition | None,
        form_submission_data: HumanInputFormSubmissionData | None,
    ) -> None:
        self.workflow_run_id = workflow_run_id
        self.submitted = submitted
        self.type_ = type_
        self.form_definition = form_definition
        self.form_submission_data = form_submission_data
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.workflow_run_id = get("workflow_run_id")
        model.submitted = get("submitted")
        model.type_ = get("type")
        model.form_definition = read_object(HumanInputFormDefinition.from_dict, get("form_definition"))
        model.form_submission_data = read_object(HumanInputFormSubmissionData.from_dict, get("form_submission_data"))
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "workflow_run_id",
        "submitted",
        "type",
        "form_definition",
        "form_submission_data",
    )
)


from ..models.human_input_form_definition import HumanInputFormDefinition
from ..models.human_input_form_submission_data import HumanInputFormSubmissionData
