from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
    read_object,
)


@_attrs_define
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
        details (JsonObject | None | Unset): Additional information about the start of the run; often null or
            missing.
    """

    id: str
    workflow_run: WorkflowRunSummary
    created_from: str
    created_by_role: str
    created_by_account: AccountSummary | None
    created_by_end_user: EndUserSummary | None
    created_at: int
    details: JsonObject | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("id", UNSET),
            read_object(WorkflowRunSummary.from_dict, get("workflow_run", UNSET)),
            get("created_from", UNSET),
            get("created_by_role", UNSET),
            read_object(AccountSummary.from_dict, get("created_by_account", UNSET)),
            read_object(EndUserSummary.from_dict, get("created_by_end_user", UNSET)),
            get("created_at", UNSET),
            read_object(JsonObject.from_dict, get("details", UNSET)),
        )
        if len(src_dict) > 8 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(WorkflowLog).values())


from ..models.account_summary import AccountSummary
from ..models.end_user_summary import EndUserSummary
from ..models.json_object import JsonObject
from ..models.workflow_run_summary import WorkflowRunSummary
