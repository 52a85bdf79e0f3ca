"""The public modules: their names, and what importing them costs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import dify_chatflow
from dify_chatflow import events, models
from dify_chatflow_client import models as generated
from dify_chatflow_client.models.stream_event import VARIANTS
from pipeline.document import load
from tests.conftest import ROOT

MODULES = [pytest.param(module, id=module.__name__) for module in (dify_chatflow, events, models)]
# Bodies of requests are built by the methods; ChatAnswer, UploadedFile and WorkflowRun extend three of these, and
# `chat.send` follows the run that a MaintenancePause names.
NOT_FOR_USERS = {
    "ChatCompletionResponse",
    "FileUploadResponse",
    "HumanInputSubmission",
    "MaintenancePause",
    "WorkflowRunDetail",
}


@pytest.mark.parametrize("module", MODULES)
def test_every_name_is_importable_and_listed(module: ModuleType) -> None:
    for name in module.__all__:
        assert getattr(module, name) is not None
    assert set(module.__all__) <= set(dir(module))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = module.no_such_name
    with pytest.raises(ImportError, match="no_such_name"):
        exec(f"from {module.__name__} import no_such_name")  # noqa: S102


@pytest.mark.parametrize("module", MODULES)
def test_type_checkers_see_the_same_names(module: ModuleType) -> None:
    source = Path(module.__file__ or "").read_text(encoding="utf-8")
    assert set(re.findall(r"import \w+ as (\w+)$", source, re.MULTILINE)) == set(module.__all__)


def test_events_has_every_event() -> None:
    assert set(events.__all__) == {*VARIANTS.values(), "EventName", "StreamEvent", "UnknownEvent"}
    assert (
        VARIANTS.keys()
        == load(ROOT / "openapi_chatflow.json")["components"]["schemas"]["ChunkChatEvent"]["discriminator"][
            "mapping"
        ].keys()
    )


def test_models_has_every_model_users_read() -> None:
    named = set(generated.__all__) - set(events.__all__) - NOT_FOR_USERS - {"ErrorResponse"}
    assert {name for name in named if not name.endswith("Request")} <= set(models.__all__)
    assert {"ChatAnswer", "Form", "Node", "RawResponse", "Reply", "UploadedFile", "WorkflowRun"} <= set(models.__all__)


@pytest.mark.parametrize("module", ["dify_chatflow", "dify_chatflow.events", "dify_chatflow.models"])
def test_import_loads_no_dependency(module: str) -> None:
    code = f"import sys, {module}; dir({module}); print({{'attrs', 'httpx', 'dateutil', 'anyio'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_version_is_a_release_number() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", dify_chatflow.__version__)
