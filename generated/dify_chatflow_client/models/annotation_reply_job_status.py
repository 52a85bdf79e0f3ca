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
class AnnotationReplyJobStatus(Model):
    """Status of a job that switches annotation reply on or off.

    Attributes:
        job_id (str): UUID of the job.
        job_status (str): Status of the job: `waiting`, `processing`, `completed` or `error`.
        error_msg (str): Error message of a failed job; empty unless `job_status` is `error`.
    """

    job_id: str
    job_status: str
    error_msg: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("job_id", UNSET),
            get("job_status", UNSET),
            get("error_msg", UNSET),
        )
        if len(src_dict) > 3 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(AnnotationReplyJobStatus).values())
