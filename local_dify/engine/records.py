"""Stored records of apps and runs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from local_dify.engine.events import Envelope
from local_dify.json_types import Record
from local_dify.script import Script
from local_dify.state import State

# All apps of a server belong to one workspace.
TENANT = str(uuid.uuid5(uuid.NAMESPACE_URL, "local-dify"))


@dataclass(frozen=True)
class App:
    """App of the server: its ids, its key, and its script."""

    id: str
    api_key: str
    script: Script
    workflow_id: str = field(default_factory=lambda: str(uuid.uuid4()))


def new_app(key: str, script: Script) -> App:
    """Return a new app with that key."""
    return App(str(uuid.uuid4()), key, script)


def stored_app(state: State, key: str, script: Script) -> App:
    """Return the app of a stored state, so that its conversations are found again, or a new app."""
    known = state.get("app", "default")
    app = App(known["app"], key, script, known["workflow"]) if known else new_app(key, script)
    state.put("app", {"id": "default", "app": app.id, "workflow": app.workflow_id})
    return app


def new_run(app: App, message: Record, user: Mapping[str, Any], now: float, turns: int) -> Record:
    """Return the record of a new run; `turns` is the number of messages in its conversation."""
    run_id = str(uuid.uuid4())
    system = {"query": message["query"], "files": message["sys_files"], "user_id": user["session_id"]}
    ids = {"app_id": app.id, "workflow_id": app.workflow_id, "workflow_run_id": run_id}
    system |= {"conversation_id": message["conversation_id"], "dialogue_count": turns, **ids}
    public = {k: v for k, v in system.items() if k != "conversation_id"}
    message["workflow_run_id"] = run_id
    return {
        "id": run_id,
        "app_id": app.id,
        "workflow_id": app.workflow_id,
        "task_id": str(uuid.uuid4()),
        "user_id": user["id"],
        "session_id": user["session_id"],
        "message_id": message["id"],
        "conversation_id": message["conversation_id"],
        "status": "running",
        "outputs": {},
        "error": None,
        "inputs": {**message["inputs"], **{f"sys.{name}": value for name, value in public.items()}},
        "inputs_sys": system,
        "nodes": [],
        "trail": [],
        "answer": "",
        "resources": [],
        "answers": [],
        "reasoning": {},
        "blocking": False,
        "usage": None,
        "metadata": None,
        "total_steps": 0,
        "total_tokens": 0,
        "exceptions_count": 0,
        "elapsed_time": 0.0,
        "created_at": int(now),
        "finished_at": None,
        "begun_at": now,
    }


def finished_data(record: Mapping[str, Any]) -> Record:
    """Return the data of `workflow_finished`."""
    status: str = record["status"]
    files: list[Any] = record["outputs"].get("files", []) if status.endswith("succeeded") else []
    return {
        "id": record["id"],
        "workflow_id": record["workflow_id"],
        "status": status,
        "outputs": record["outputs"],
        "error": record["error"],
        "elapsed_time": record["elapsed_time"],
        "total_tokens": record["total_tokens"],
        "total_steps": record["total_steps"],
        "created_by": {"id": record["user_id"], "user": record["session_id"]},
        "created_at": record["created_at"],
        "finished_at": record["finished_at"],
        "exceptions_count": record["exceptions_count"],
        "files": files,
    }


def make_envelope(run: Mapping[str, Any], message: Mapping[str, Any]) -> Envelope:
    """Return the ids that the events of a run repeat."""
    created = int(message["created_at"])
    return Envelope(message["conversation_id"], message["id"], created, run["task_id"], run["id"])


def is_text_input(form: Mapping[str, Any], name: str) -> bool:
    """Return True if a form's input accepts a text."""
    kinds = {entry["output_variable_name"]: entry["type"] for entry in form["inputs"]}
    return kinds.get(name) in ("paragraph", "select")
