"""Result or failure of a node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from local_dify.json_types import Record


class NodeError(Exception):
    """Failure of a node."""


@dataclass
class NodeResult:
    """Result of a node as its events show it."""

    outputs: Record = field(default_factory=dict[str, Any])
    inputs: Record = field(default_factory=dict[str, Any])
    process_data: Record = field(default_factory=dict[str, Any])
    status: str = "succeeded"
    error: str | None = None
    execution_metadata: Mapping[str, Any] | None = None
    files: list[Any] = field(default_factory=list[Any])
