from typing import Literal, TypeAlias

WorkflowLogStatus: TypeAlias = Literal["failed", "stopped", "succeeded"]

WORKFLOW_LOG_STATUS_VALUES: frozenset[WorkflowLogStatus] = frozenset(["failed", "stopped", "succeeded"])
