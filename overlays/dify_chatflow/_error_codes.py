"""The codes of errors that servers are known to send."""

from __future__ import annotations

from typing import Literal

KnownErrorCode = Literal[
    "app_unavailable",
    "audio_too_large",
    "bad_request",
    "bad_request_key_error",
    "completion_request_error",
    "conversation_completed",
    "end_user_not_found",
    "file_access_denied",
    "file_extension_blocked",
    "file_not_found",
    "file_too_large",
    "filename_not_exists_error",
    "forbidden",
    "human_input_form_expired",
    "human_input_form_submitted",
    "internal_server_error",
    "invalid_form_data",
    "invalid_param",
    "method_not_allowed",
    "model_currently_not_support",
    "no_audio_uploaded",
    "no_file_uploaded",
    "not_chat_app",
    "not_found",
    "not_workflow_app",
    "plugin_runtime_error",
    "provider_not_initialize",
    "provider_not_support_speech_to_text",
    "provider_quota_exceeded",
    "rate_limit_error",
    "speech_to_text_disabled",
    "too_many_files",
    "too_many_requests",
    "unauthorized",
    "unknown",
    "unprocessable_entity",
    "unsupported_audio_type",
    "unsupported_file_type",
    "unsupported_media_type",
    "workflow_version_execution_not_allowed",
]
"""The codes that servers are known to send; others occur, so compare with `==` and keep a default."""
