"""Values of the app's input variables in a chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_dify.api import files
from local_dify.api.request import APIRequest
from local_dify.errors import SERVER_ERROR, APIError, invalid
from local_dify.json_types import Record, is_list, is_record

TEXTS = ("text-input", "paragraph", "select")
BOXES = {**dict.fromkeys(("true", "1", "yes", "on"), True), **dict.fromkeys(("false", "0", "no", "off"), False)}


def check_inputs(request: APIRequest, inputs: Mapping[str, Any], user: Mapping[str, Any]) -> Record:
    """Return the inputs of the app's form, None for missing ones."""
    values: Record = {}
    for control in request.app.script.inputs:
        name, value = control["variable"], inputs.get(control["variable"])
        if value is None and control.get("required"):
            raise invalid(f"{name} is required in input form")
        value = control.get("default") if value is None else value
        values[name] = None if value is None else check_input(request, control, value, user)
    return values


def check_input(request: APIRequest, control: Mapping[str, Any], value: Any, user: Mapping[str, Any]) -> Any:
    """Return the value of one input if its control accepts it; a required text may be empty."""
    name, kind, limit = control["variable"], control["type"], control.get("max_length")
    if kind == "number":
        return check_number(name, value)
    if kind in ("file", "file-list"):
        return check_file(request, control, value, user)
    if kind == "checkbox":
        if request.version.checks_boxes and str(value).strip().lower() not in BOXES:
            raise invalid(f"{name} in input form must be a valid boolean value")
        return BOXES.get(str(value).strip().lower(), value)
    if kind in TEXTS and not isinstance(value, str):
        raise invalid(f"(type '{kind}') {name} in input form must be a string")
    if kind == "select" and value not in control.get("options", []):
        raise invalid(f"{name} in input form must be one of the following: {control.get('options', [])}")
    if kind in TEXTS and kind != "select" and limit and len(value) > limit:
        raise invalid(f"{name} in input form must be less than {limit} characters")
    return value


def check_number(name: str, value: Any) -> float | None:
    """Return a number, or None for a blank text."""
    if isinstance(value, (int, float)):
        return value
    if not isinstance(value, str):
        raise APIError(500, "internal_server_error", SERVER_ERROR)
    if not value.strip():
        return None
    try:
        return float(value) if "." in value else int(value)
    except ValueError as error:
        raise invalid(f"{name} in input form must be a valid number") from error


def check_file(request: APIRequest, control: Mapping[str, Any], value: Any, user: Mapping[str, Any]) -> Any:
    """Return a file or a list of files, or None for an empty text."""
    name, limit = control["variable"], control.get("max_length")
    if value == "" and not control.get("required"):
        return None
    if control["type"] == "file":
        if not is_record(value):
            raise invalid(f"{name} in input form must be a file")
        return files.resolve_file(request, value, user)
    if not is_list(value) or not all(map(is_record, value)):
        raise invalid(f"{name} in input form must be a list of files")
    if limit and len(value) > limit:
        raise invalid(f"{name} in input form must be less than {limit} files")
    return files.resolve_files(request, value, user)
