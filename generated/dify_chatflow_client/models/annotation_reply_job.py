from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class AnnotationReplyJob(Model):
    """Queued job that switches annotation reply on or off.

    Attributes:
        job_id (str): UUID of the job, used to get its status.
        job_status (str): Status of the new job: `waiting` or `processing`. Only the job status request reports
            `completed` or `error`.
    """

    __slots__ = (
        "job_id",
        "job_status",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "job_id": "job_id",
        "job_status": "job_status",
    }

    job_id: str
    job_status: str

    def __init__(
        self,
        job_id: str,
        job_status: str,
    ) -> None:
        self.job_id = job_id
        self.job_status = job_status
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.job_id = get("job_id")
        model.job_status = get("job_status")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "job_id",
        "job_status",
    )
)
