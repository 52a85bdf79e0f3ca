"""A run's detail whose inputs are a mapping, whichever way the server sends them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self, cast

from dify_chatflow_client.models.json_object import JsonObject
from dify_chatflow_client.models.workflow_run_detail_response import WorkflowRunDetailResponse


class JsonText(JsonObject):
    """An object that the server sent as a JSON string, and that is written back as that string."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            value: object = json.loads(text)
        except ValueError:
            value = None
        super().__init__(cast("Mapping[str, Any]", value) if isinstance(value, dict) else {"raw": text})

    def to_dict(self) -> Any:
        """The string as it came."""
        return self.text


class WorkflowRun(WorkflowRunDetailResponse):
    """How a run went.

    `inputs` is a mapping: current servers send a JSON string, older ones an object, and null stands for none. Text that
    is no JSON object stands under the key `raw`.
    """

    # Narrower than the generated attribute: whoever reads it is spared the other two forms.
    inputs: JsonObject  # pyright: ignore[reportIncompatibleVariableOverride]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read the run and make its inputs a mapping."""
        run = super().from_dict(src_dict)
        inputs: Any = run.inputs
        run.inputs = JsonText(inputs) if isinstance(inputs, str) else inputs or JsonObject()
        return run
