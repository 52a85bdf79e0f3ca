from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
    read_object,
    to_datetime,
)


class WorkflowLog(Model):
    """Log entry of a run: its creator, channel and outcome.

    Attributes:
        id (str): Id of the log entry. The id of the run is in `workflow_run`.
        workflow_run (WorkflowRunSummary): Outcome of a run without its inputs and outputs.
        created_from (str): Channel through which the run was started, such as `service-api` for this API.
        created_by_role (str): Role of the creator: `end_user` (user of the app) or `account` (workspace member).
        created_by_account (AccountSummary | None): Workspace member who started the run; null if it was an end
            user.
        created_by_end_user (EndUserSummary | None): End user who started the run; null if a workspace member did.
        created_at (int): Creation time of the log entry, in Unix seconds.
        details (JsonObject | None): Additional information about the start of the run; often null or missing.
    """

    __slots__ = (
        "id",
        "workflow_run",
        "created_from",
        "created_by_role",
        "created_by_account",
        "created_by_end_user",
        "created_at",
        "details",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "workflow_run": "workflow_run",
        "created_from": "created_from",
        "created_by_role": "created_by_role",
        "created_by_account": "created_by_account",
        "created_by_end_user": "created_by_end_user",
        "created_at": "created_at",
        "details": "details",
    }

    id: str
    workflow_run: WorkflowRunSummary
    created_from: str
    created_by_role: str
    created_by_account: AccountSummary | None
    created_by_end_user: EndUserSummary | None
    created_at: int
    details: JsonObject | None

    def __init__(
        self,
        id: str,
        workflow_run: WorkflowRunSummary,
        created_from: str,
        created_by_role: str,
        created_by_account: AccountSummary | None,
        created_by_end_user: EndUserSummary | None,
        created_at: int,
        details: JsonObject | None = None,
    ) -> None:
        self.id = id
        self.workflow_run = workflow_run
        self.created_from = created_from
        self.created_by_role = created_by_role
        self.created_by_account = created_by_account
        self.created_by_end_user = created_by_end_user
        self.created_at = created_at
        self.details = details
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.workflow_run = read_object(WorkflowRunSummary.from_dict, get("workflow_run"))
        model.created_from = get("created_from")
        model.created_by_role = get("created_by_role")
        model.created_by_account = read_object(AccountSummary.from_dict, get("created_by_account"))
        model.created_by_end_user = read_object(EndUserSummary.from_dict, get("created_by_end_user"))
        model.created_at = get("created_at")
        model.details = read_object(JsonObject.from_dict, get("details"))
        model._received = src_dict
        model._extra = None
        return model

    @property
    def created_at_datetime(self) -> datetime.datetime | None:
        """`created_at` as a datetime in UTC; None if it is missing or not a time"""
        return to_datetime(self.created_at)


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "id",
        "workflow_run",
        "created_from",
        "created_by_role",
        "created_by_account",
        "created_by_end_user",
        "created_at",
    )
)


from ..models.account_summary import AccountSummary
from ..models.end_user_summary import EndUserSummary
from ..models.json_object import JsonObject
from ..models.workflow_run_summary import WorkflowRunSummary
