"""A response: parsed into its model, or raw with status, headers and body."""

from __future__ import annotations

from typing import TypeVar, cast

from dify_chatflow._error_text import body_text, read_body, shorten
from dify_chatflow._errors import APIConnectionError, APITimeoutError, DifyError, ResponseDecodeError
from dify_chatflow._hints import WRONG_BASE_URL, unreachable
from dify_chatflow._secrets import hide_headers, redact_error
from dify_chatflow._transport import (
    BodyError,
    Response,
    is_decoding_error,
    is_timeout,
    never_sent,
)
from dify_chatflow_client.types import Model, Operation, json_keys

ACCEPTED, BAD_REQUEST = 202, 400
# The part of a body from which its text is taken, and the largest body that is checked to be no error.
WORDS_SIZE = 65_536

T = TypeVar("T")

# The attribute without which a successful response is worth nothing, and its type; `data` is a list of rows.
REQUIRED: dict[str, tuple[str, type]] = {
    "advanced_audio_to_text": ("text", str),
    "create_advanced_annotation": ("id", str),
    "get_advanced_annotation_list": ("data", list),
    "get_advanced_chat_app_feedbacks": ("data", list),
    "get_advanced_chat_app_info": ("name", str),
    "get_advanced_conversation_history": ("data", list),
    "get_advanced_conversation_variables": ("data", list),
    "get_advanced_conversations_list": ("data", list),
    "get_advanced_initial_annotation_reply_settings_status": ("job_status", str),
    "get_advanced_suggested_questions": ("data", list),
    "get_chatflow_human_input_form": ("user_actions", list),
    "get_chatflow_workflow_run_detail": ("id", str),
    "get_end_user_chatflow": ("id", str),
    "initial_advanced_annotation_reply_settings": ("job_id", str),
    "list_chatflow_workflow_logs": ("data", list),
    "post_advanced_chat_message_feedback": ("result", str),
    "rename_advanced_conversation": ("id", str),
    "send_advanced_chat_message": ("answer", str),
    "stop_advanced_chat_message_generation": ("result", str),
    "update_advanced_annotation": ("id", str),
    "update_chatflow_conversation_variable": ("id", str),
    "upload_advanced_chat_file": ("id", str),
}
# The attribute without which a row in such a list cannot be used.
ROW_KEYS = {"get_chatflow_human_input_form": "id"}
# Operations whose response has any of the documented fields: which ones depends on the app.
DESCRIPTIONS = frozenset(
    {
        "get_advanced_chat_app_meta",
        "get_advanced_chat_app_parameters",
        "get_advanced_chat_web_app_settings",
    }
)
# Operations that are acknowledged by no body, an empty object, or a success.
ACKNOWLEDGED = frozenset(
    {"delete_advanced_annotation", "delete_advanced_conversation", "submit_chatflow_human_input_form"}
)
ACKNOWLEDGEMENTS: tuple[object, ...] = ({}, {"result": "success"})


class UnexpectedBodyError(ValueError):
    """A body that is JSON, but not the documented one."""


def read_response(operation: Operation[..., T], response: Response, label: str) -> T:
    """Parse the body of a successful response.

    Raises:
        ResponseDecodeError: The body is not the documented one; the error holds it as `payload`.

    """
    try:
        if operation.id in ACKNOWLEDGED:
            check_acknowledged(response)
        value = operation.read(response)
        check_required(operation.id, value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = str(error) if isinstance(error, UnexpectedBodyError) else f"{type(error).__name__}: {error}"
        raise decode_error(label, response, response.content, reason) from error
    return value


def decode_error(label: str, response: Response, content: bytes, reason: str) -> ResponseDecodeError:
    """Return the error for the body of a successful response, with the server's own words."""
    kind = response.headers.get("content-type", "no content type")
    words = body_text(response, read_body(response, content[:WORDS_SIZE]))
    text = f"{label}: the body of a response {response.status_code} ({kind}, {len(content)} bytes) "
    text += f"cannot be read: {shorten(reason)}" + (f"; the server wrote: {words}" if words else "")
    text += f"; {WRONG_BASE_URL}" if kind.lower().startswith("text/html") else ""
    return ResponseDecodeError(text, payload=content, response=response)


def check_file(operation: Operation[..., object], response: Response, content: bytes, label: str) -> None:
    """Raise ResponseDecodeError for a body in place of a file: an error or `null`, or anything but speech.

    Args:
        operation: The download, or the conversion of text to speech.
        response: The response.
        content: The body, or more than WORDS_SIZE bytes of it.
        label: The request, for the message.

    """
    kind = response.headers.get("content-type", "").lower()
    is_json = kind.startswith("application/json") and len(content) <= WORDS_SIZE
    if is_json and content.strip() == b"null":  # recording 417_llm_t2a_msg404
        raise decode_error(label, response, content, "it is null: the server has no content")
    if operation.id == "advanced_text_to_audio" and (not content or kind.startswith(("application/json", "text/"))):
        raise decode_error(label, response, content, "it is not speech")
    if is_json and is_error_object(read_body(response, content)):
        raise decode_error(label, response, content, "it is an error in place of a file")


def is_error_object(body: object) -> bool:
    """Return whether JSON is an error as servers send it; a file may be any other JSON."""
    fields = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    is_complete = {"code", "message", "status"} <= fields.keys() <= {"code", "message", "status", "params"}
    return is_complete and isinstance(fields["code"], str) and isinstance(fields["status"], int)


def check_acknowledged(response: Response) -> None:
    """Raise UnexpectedBodyError for a success whose body is not an acknowledgement, such as an error sent with 200."""
    if response.status_code < BAD_REQUEST and response.content.strip() and response.json() not in ACKNOWLEDGEMENTS:
        raise UnexpectedBodyError("it does not acknowledge the request")


def check_required(operation_id: str, value: object) -> None:
    """Raise UnexpectedBodyError for a body without the value that the operation exists for."""
    if operation_id in DESCRIPTIONS and not has_field(value):
        raise UnexpectedBodyError("it has none of the documented fields")
    if operation_id not in REQUIRED:
        return
    name, kind = REQUIRED[operation_id]
    found: object = getattr(value, name)
    if not isinstance(found, kind):
        if name == "answer" and getattr(value, "event", None) == "workflow_paused":
            return  # before the first text
        raise UnexpectedBodyError(f"`{name}` is {'missing' if found is None else 'of another type'}")
    if name == "result" and found != "success":
        raise UnexpectedBodyError("`result` is not success")
    if kind is list:
        is_row = is_text if operation_id == "get_advanced_suggested_questions" else has_field
        rows = cast("list[object]", found)
        if not all(map(is_row, rows)):
            raise UnexpectedBodyError(f"a row in `{name}` is of another type or has none of the documented fields")
        key = ROW_KEYS.get(operation_id)
        if key is not None and not all(is_text(getattr(row, key)) for row in rows):
            raise UnexpectedBodyError(f"a row in `{name}` has no {key}")


def is_text(value: object) -> bool:
    """Return whether a value is text."""
    return isinstance(value, str)


def has_field(value: object) -> bool:
    """Return whether a value is a model with at least one documented field."""
    return isinstance(value, Model) and any(getattr(value, name) is not None for name in json_keys(type(value)))


def check_no_stream(response: Response, label: str) -> None:
    """Raise ResponseDecodeError for an event stream in place of a body."""
    if response.headers.get("content-type", "").lower().startswith("text/event-stream"):
        raise ResponseDecodeError(
            f"{label}: the server answered a blocking call with an event stream, as Dify 1.13.0 does "
            f"(X-Version: {response.headers.get('x-version', 'none')}). The run was started, but its answer does not "
            'arrive this way; send queries with via="stream"',
            payload=b"",
            response=response,
        )


def handed_over_run(response: Response) -> str | None:
    """Return the run that a restarting server hands over (202, `workflow_maintenance_paused`); None for an answer."""
    if response.status_code != ACCEPTED:
        return None
    try:
        body: object = response.json()
    except ValueError:
        return None
    fields = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    run_id = fields.get("workflow_run_id")
    return run_id if isinstance(run_id, str) and fields.get("event") == "workflow_maintenance_paused" else None


def connection_error(error: Exception, label: str, base_url: str = "", run_hint: str | None = None) -> DifyError:
    """Return the package's error for one of the HTTP library; its text holds no header.

    Args:
        error: The error.
        label: The request, for the message.
        base_url: The URL of the API, for a hint where the server was not reached.
        run_hint: The hint for a request that may have started a run; None for another.

    """
    name = type(error).__name__
    redact_error(error)
    hide_headers(getattr(error, "_request", None), None)
    if isinstance(error, BodyError):
        return ResponseDecodeError(f"{label}: {error}", payload=b"")
    if is_decoding_error(error):
        return ResponseDecodeError(f"{label}: the body does not match its content encoding: {error}", payload=b"")
    is_unsent = never_sent(error)
    if is_timeout(error):
        hint = None if is_unsent else run_hint
        return APITimeoutError(f"{label}: timed out ({name}); pass a longer timeout=...", hint=hint)
    hint = (unreachable(name, str(error), base_url) if base_url else None) if is_unsent else run_hint
    return APIConnectionError(f"{label}: {name}: {error}" if str(error) else f"{label}: {name}", hint=hint)
