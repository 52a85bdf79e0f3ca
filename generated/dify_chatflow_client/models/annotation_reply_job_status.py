from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class AnnotationReplyJobStatus(Model):
    """Status of a job that switches annotation reply on or off.

    Attributes:
        job_id (str): UUID of the job.
        job_status (str): Status of the job: `waiting`, `processing`, `completed` or `error`.
        error_msg (str): Error message of a failed job; empty unless `job_status` is `error`.
    """

    __slots__ = (
        "job_id",
        "job_status",
        "error_msg",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "job_id": "job_id",
        "job_status": "job_status",
        "error_msg": "error_msg",
    }

    job_id: str
    job_status: str
    error_msg: str

    def __init__(
        self,
        job_id: str,
        job_status: str,
        error_msg: str,
    ) -> None:
        self.job_id = job_id
        self.job_status = job_status
        self.error_msg = error_msg
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.job_id = get("job_id")
        model.job_status = get("job_status")
        model.error_msg = get("error_msg")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "job_id",
        "job_status",
        "error_msg",
    )
)
