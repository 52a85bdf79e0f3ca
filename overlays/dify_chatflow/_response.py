"""A response: parsed into its model, or raw with status, headers and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from dify_chatflow._errors import APIConnectionError, APITimeoutError, DifyError, ResponseDecodeError
from dify_chatflow._secrets import redact_error
from dify_chatflow._transport import BodyError, Response, is_decoding_error, is_timeout
from dify_chatflow_client.types import UNSET, Operation

ACCEPTED = 202

T = TypeVar("T")

# The attribute without which a successful response is worth nothing. A list in `data`, and otherwise text.
REQUIRED = {
    "advanced_audio_to_text": "text",
    "create_advanced_annotation": "id",
    "get_advanced_annotation_list": "data",
    "get_advanced_chat_app_feedbacks": "data",
    "get_advanced_chat_app_info": "name",
    "get_advanced_conversation_history": "data",
    "get_advanced_conversation_variables": "data",
    "get_advanced_conversations_list": "data",
    "get_advanced_initial_annotation_reply_settings_status": "job_status",
    "get_advanced_suggested_questions": "data",
    "get_chatflow_workflow_run_detail": "id",
    "get_end_user_chatflow": "id",
    "initial_advanced_annotation_reply_settings": "job_id",
    "list_chatflow_workflow_logs": "data",
    "rename_advanced_conversation": "id",
    "send_advanced_chat_message": "answer",
    "update_advanced_annotation": "id",
    "update_chatflow_conversation_variable": "id",
    "upload_advanced_chat_file": "id",
}


@dataclass(frozen=True)
class RawResponse(Generic[T]):
    """A response with its parsed value.

    Attributes:
        status_code: The HTTP status.
        headers: The response's headers.
        content: The body as bytes; empty where it was written to a file.
        parsed: The value that the method without `raw` returns.

    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T

    @property
    def server_version(self) -> str | None:
        """The version of Dify in the header `X-Version`; None without it."""
        return self.headers.get("x-version")


def read_response(operation: Operation[..., T], response: Response, label: str) -> T:
    """Parse the body of a successful response.

    Raises:
        ResponseDecodeError: The body is not the documented one; the error holds it as `payload`.

    """
    try:
        value = operation.read(response)
        check_required(operation.id, value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        content_type = response.headers.get("content-type", "no content type")
        raise ResponseDecodeError(
            f"{label}: the body ({content_type}, {len(response.content)} bytes) cannot be read: {error!r}",
            payload=response.content,
            response=response,
        ) from error
    return value


def check_required(operation_id: str, value: object) -> None:
    """Raise ValueError for a body without the value that the operation exists for, such as an error sent with 200."""
    name = REQUIRED.get(operation_id)
    if name is None:
        return
    found = getattr(value, name)
    if not isinstance(found, list if name == "data" else str):
        raise ValueError(f"`{name}` is {'missing' if found is UNSET else 'null or of another type'}")


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


def connection_error(error: Exception, label: str) -> DifyError:
    """Return the package's error for one of the HTTP library; its text holds no header."""
    name = type(error).__name__
    redact_error(error)
    if isinstance(error, BodyError):
        return ResponseDecodeError(f"{label}: {error}", payload=b"")
    if is_decoding_error(error):
        return ResponseDecodeError(f"{label}: the body does not match its content encoding: {error}", payload=b"")
    if is_timeout(error):
        return APITimeoutError(f"{label}: timed out ({name}); pass a longer timeout=...")
    return APIConnectionError(f"{label}: {name}: {error}" if str(error) else f"{label}: {name}")
