"""Human-input forms: their data in events, their validation, and their submission."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from local_dify.engine import events
from local_dify.engine.pool import Pool, to_text
from local_dify.engine.results import NodeResult
from local_dify.errors import APIError
from local_dify.json_types import Record
from local_dify.script import Node

OUTPUT = re.compile(r"\{\{#\$output\.([^#]+)#\}\}")


def make_form(node: Node, pool: Pool, run: Mapping[str, Any], now: float) -> Record:
    """Return a new form, stored under its token."""
    styles = ("primary", *["default"] * len(node.actions))
    actions = [
        {"id": name, "title": name.replace("_", " ").capitalize(), "button_style": style}
        for name, style in zip(node.actions, styles, strict=False)
    ]
    resolved = {
        entry["output_variable_name"]: pool.get(tuple(entry["default"]["selector"]))
        for entry in node.fields
        if entry.get("default", {}).get("type") == "variable"
    }
    return {
        "id": events.make_token(),
        "form_id": str(uuid.uuid4()),
        "app_id": run["app_id"],
        "run_id": run["id"],
        "node_id": node.id,
        "node_title": node.title,
        "template": node.form,
        "form_content": fill_template(node.form, pool),
        "inputs": [dict(entry) for entry in node.fields],
        "actions": actions,
        "resolved_default_values": resolved,
        "expiration_time": int(now + node.expires_in),
        "expires_at": now + node.expires_in,
        "submitted": None,
    }


def fill_template(template: str, pool: Pool) -> str:
    """Return a form's text with its variables filled in, except its own outputs."""
    parts = OUTPUT.split(template)
    return "".join(f"{{{{#$output.{part}#}}}}" if n % 2 else pool.text(part) for n, part in enumerate(parts))


def required_data(form: Mapping[str, Any], *, snapshot: bool = False) -> Record:
    """Return the data of `human_input_required`; a snapshot leaves variables in the text (308)."""
    content = form["template"] if snapshot else form["form_content"]
    head = {"form_id": form["form_id"], "node_id": form["node_id"], "node_title": form["node_title"]}
    body = {"form_content": content, "inputs": form["inputs"], "actions": form["actions"], "display_in_ui": True}
    tail = {"resolved_default_values": form["resolved_default_values"], "expiration_time": form["expiration_time"]}
    return {**head, **body, "form_token": form["id"], "approval_channels": ["console"], **tail}


def paused_data(form: Mapping[str, Any], record: Mapping[str, Any], *, snapshot: bool = False) -> Record:
    """Return the data of `workflow_paused`."""
    data = required_data(form, snapshot=snapshot)
    order = ("form_id", "form_content", "inputs", "actions", "node_id", "node_title")
    order_end = ("resolved_default_values", "form_token", "approval_channels", "expiration_time")
    return {
        "workflow_run_id": record["id"],
        "paused_nodes": [form["node_id"]],
        "outputs": interim_outputs(record) if snapshot else {},
        "reasons": [{"TYPE": "human_input_required", **{name: data[name] for name in (*order, *order_end)}}],
        "status": "paused",
        "created_at": record["created_at"],
        "elapsed_time": 0.0 if snapshot else record["elapsed_time"],
        "total_tokens": record["total_tokens"],
        "total_steps": record["total_steps"],
    }


def interim_outputs(record: Mapping[str, Any]) -> Record:
    """Return the outputs of a paused run so far, with files in the server's own notation."""
    return {"answer": record["answer"], "files": {"value_type": "array[file]", "value": []}}


def form_body(form: Mapping[str, Any]) -> Record:
    """Return the body of `GET /form/human_input/{form_token}`."""
    names = ("form_content", "inputs", "resolved_default_values")
    return {**{n: form[n] for n in names}, "user_actions": form["actions"], "expiration_time": form["expiration_time"]}


def require_open(form: Mapping[str, Any], now: float) -> None:
    """Raise if the form was submitted or has expired."""
    if form["submitted"] is not None:
        message = f"This form has already been submitted by another user, form_id={form['form_id']}"
        raise APIError(412, "human_input_form_submitted", message)
    if now >= form["expires_at"]:
        raise APIError(412, "human_input_form_expired", f"This form has expired, form_id={form['form_id']}")


def check_submission(form: Mapping[str, Any], action: str, inputs: Mapping[str, Any]) -> None:
    """Raise for an action the form does not have, and for missing inputs."""
    if action not in [button["id"] for button in form["actions"]]:
        raise APIError(400, "invalid_form_data", f"Invalid action: {action}")
    missing = [e["output_variable_name"] for e in form["inputs"] if e["output_variable_name"] not in inputs]
    if missing:
        raise APIError(400, "invalid_form_data", f"Missing required inputs: {', '.join(missing)}")


def check_selects(form: Mapping[str, Any], inputs: Mapping[str, Any]) -> None:
    """Raise for a select input with a value that is none of its options (main-2026-06: 638)."""
    for entry in form["inputs"]:
        name = entry["output_variable_name"]
        options = entry.get("option_source", {}).get("value", [])
        if entry["type"] == "select" and options and inputs[name] not in options:
            raise APIError(400, "invalid_form_data", f"Invalid value for select input '{name}': {inputs[name]}")


def make_submission(form: Mapping[str, Any], action: str, inputs: Mapping[str, Any]) -> Record:
    """Return the data of `human_input_form_filled`."""
    text = OUTPUT.sub(lambda match: to_text(inputs.get(match[1])), form["form_content"])
    title = next(button["title"] for button in form["actions"] if button["id"] == action)
    head = {"node_id": form["node_id"], "node_title": form["node_title"], "rendered_content": text}
    return {**head, "action_id": action, "action_text": title, "submitted_data": dict(inputs)}


def form_result(answer: Mapping[str, Any]) -> NodeResult:
    """Return the result of a node whose form was submitted."""
    data: Mapping[str, Any] = answer["submitted_data"]
    outputs = {**data, "__action_id": answer["action_id"], "__rendered_content": answer["rendered_content"]}
    inputs = {name: {"value_type": value_type(value), "value": value} for name, value in data.items()}
    return NodeResult({**outputs, "__action_value": answer["action_text"]}, inputs)


def value_type(value: Any) -> str:
    """Return the server's name for the type of a form's value."""
    if isinstance(value, list):
        return "array[file]"
    return "file" if isinstance(value, dict) else "string"


def extra_contents(forms: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return the `extra_contents` of a message; a submitted form has no token any more (329)."""
    return [
        {
            "workflow_run_id": form["run_id"],
            "submitted": form["submitted"] is not None,
            "form_definition": form_definition(form),
            "form_submission_data": form["submitted"],
            "type": "human_input",
        }
        for form in forms
    ]


def form_definition(form: Mapping[str, Any]) -> Record:
    """Return the form of a message."""
    data = {**required_data(form), "form_token": None if form["submitted"] else form["id"]}
    del data["approval_channels"]
    return data
