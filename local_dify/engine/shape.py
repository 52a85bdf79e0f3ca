"""Shape of events by version: fields that a version lacks are left out, fields that it had are added."""

from __future__ import annotations

from local_dify.json_types import Record, is_record
from local_dify.version import Version

FLAGS = ("inputs_truncated", "process_data_truncated", "outputs_truncated")
TOKEN_TIMES = ("time_to_first_token", "time_to_generate")
PARALLEL_IDS: Record = dict.fromkeys(
    ("parallel_id", "parallel_start_node_id", "parent_parallel_id", "parent_parallel_start_node_id")
)


def shape_event(version: Version, event: Record) -> Record:
    """Return an event as the version sends it."""
    name, data = event["event"], event.get("data")
    if name == "message_end":
        return {**event, "metadata": shape_metadata(version, event["metadata"])}
    if name == "message_replace" and not version.replace_reason:
        return without(event, "reason")
    if not is_record(data):
        return event
    return {**event, "data": shape_data(version, name, data)}


def shape_data(version: Version, name: str, data: Record) -> Record:
    """Return the data of an event as the version sends it."""
    if name == "workflow_started" and not version.start_reason:
        return without(data, "reason")
    if name.startswith(("node_", "iteration_", "loop_")):
        data = data if version.truncation_flags else without(data, *FLAGS)
        return {**data, **PARALLEL_IDS} if version.parallel_ids else data
    if name == "human_input_form_filled":
        return without(data, *version.left_out.get("form_filled", ()))
    if name == "human_input_required":
        return shape_form(version, data)
    if name == "workflow_paused":
        data = {**data, "reasons": [shape_form(version, reason) for reason in data["reasons"]]}
    if name in ("workflow_paused", "workflow_finished") and version.cursors:
        return {**data, "handoff_duration": 0.0}
    return data


def shape_form(version: Version, form: Record) -> Record:
    """Return the data of a form as the version sends it."""
    if not version.approval_channels:
        return without(form, "approval_channels")
    return form


def shape_metadata(version: Version, metadata: Record) -> Record:
    """Return the metadata of an answer as the version sends it."""
    shaped = dict(metadata)
    if shaped["annotation_reply"] is not None and not version.annotation_metadata:
        del shaped["annotation_reply"]
    if not version.reasoning_metadata:
        del shaped["reasoning"]
    if not version.token_times and is_record(shaped["usage"]):
        shaped["usage"] = without(shaped["usage"], *TOKEN_TIMES)
    return shaped


def shape_body(version: Version, name: str, body: Record) -> Record:
    """Return a body without the fields that the version lacks."""
    return without(body, *version.left_out.get(name, ()))


def without(record: Record, *names: str) -> Record:
    """Return a record without some fields."""
    return {key: value for key, value in record.items() if key not in names}
