"""The public method of every operation, and a call of it that gives all its arguments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.client.modes import App, maybe_await, method, to_list

RUN = "5a1c8e0e-0d57-4b5c-9d59-7d0ed0ab2f0c"


@dataclass(frozen=True)
class Use:
    """How an operation is called.

    Attributes:
        name: The public method.
        args: Positional arguments.
        kwargs: All other arguments.
        renamed: Arguments that are called otherwise than in the document.
    """

    name: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    is_stream: bool = False

    async def __call__(self, app: App) -> Any:
        """Call it; a list gives its first page, a stream its reply."""
        result = method(app, self.name)(*self.args, **self.kwargs)
        if self.is_stream:
            return await self.read(result)
        return await maybe_await(result.page() if hasattr(result, "pages") else result)

    @staticmethod
    async def read(stream: Any) -> list[Any]:
        """Return the events of a stream."""
        if hasattr(stream, "__aenter__"):
            async with stream:
                return await to_list(stream)
        with stream:
            return await to_list(stream)


CHAT = {
    "inputs": {"name": "Ada"},
    "conversation_id": "conversation-1",
    "files": [{"type": "image", "transfer_method": "remote_url", "url": "http://localhost/photo.png"}],
    "auto_generate_name": False,
    "workflow_id": "workflow-1",
    "user": "eve",
}
EMBEDDING = {"score_threshold": 0.9, "embedding_provider_name": "acme", "embedding_model_name": "small"}
CREATED = {"created_at__after": "created_after", "created_at__before": "created_before"}

STREAM = Use("chat.stream", ("hello",), CHAT, is_stream=True)

USES: dict[tuple[str, str], Use] = {
    ("POST", "/chat-messages"): Use("chat.send", ("hello",), CHAT),
    ("POST", "/chat-messages/{task_id}/stop"): Use("chat.stop", ("task-1",), {"user": "eve"}),
    ("GET", "/messages/{message_id}/suggested"): Use("chat.suggested", ("message-1",), {"user": "eve"}),
    ("GET", "/conversations"): Use(
        "conversations.list", (), {"last_id": "c-0", "limit": 7, "sort_by": "created_at", "user": "eve"}
    ),
    ("GET", "/messages"): Use(
        "conversations.messages", ("conversation-1",), {"first_id": "m-9", "limit": 7, "user": "eve"}
    ),
    ("GET", "/conversations/{conversation_id}/variables"): Use(
        "conversations.variables",
        ("conversation-1",),
        {"variable_name": "topic", "last_id": "v-0", "limit": 7, "user": "eve"},
    ),
    ("PUT", "/conversations/{conversation_id}/variables/{variable_id}"): Use(
        "conversations.set_variable", ("conversation-1", "variable-1", [1, "two"]), {"user": "eve"}
    ),
    ("POST", "/conversations/{conversation_id}/name"): Use(
        "conversations.rename", ("conversation-1", "A name"), {"auto_generate": True, "user": "eve"}
    ),
    ("DELETE", "/conversations/{conversation_id}"): Use("conversations.delete", ("conversation-1",), {"user": "eve"}),
    ("POST", "/files/upload"): Use("files.upload", (b"content",), {"filename": "a.txt", "user": "eve"}),
    ("GET", "/files/{file_id}/preview"): Use("files.download", ("file-1",), {"as_attachment": True, "user": "eve"}),
    ("POST", "/messages/{message_id}/feedbacks"): Use(
        "feedback.submit", ("message-1", "like"), {"content": "Just right.", "user": "eve"}
    ),
    ("GET", "/app/feedbacks"): Use("feedback.list", (), {"page": 2, "limit": 7}),
    ("POST", "/audio-to-text"): Use("audio.transcribe", (b"sound",), {"filename": "a.mp3", "user": "eve"}),
    ("POST", "/text-to-audio"): Use(
        "audio.speak", ("hello",), {"message_id": "message-1", "voice": "echo", "streaming": True, "user": "eve"}
    ),
    ("GET", "/workflows/run/{workflow_run_id}"): Use("runs.get", (RUN,)),
    ("GET", "/workflows/logs"): Use(
        "runs.list",
        (),
        {
            "keyword": "bike",
            "status": "failed",
            "created_after": "2026-01-01",
            "created_before": "2026-02-01T12:00:00+02:00",
            "created_by_end_user_session_id": "eve",
            "created_by_account": "ada@example.org",
            "page": 2,
            "limit": 7,
        },
        renamed=CREATED,
    ),
    ("GET", "/workflow/{workflow_run_id}/events"): Use(
        "runs.events",
        (RUN,),
        {"include_state_snapshot": True, "continue_on_pause": True, "user": "eve"},
        is_stream=True,
    ),
    ("GET", "/form/human_input/{form_token}"): Use("human_input.get", ("token-1",)),
    ("POST", "/form/human_input/{form_token}"): Use(
        "human_input.submit", ("token-1", "approve"), {"inputs": {"comment": "Fine."}, "user": "eve"}
    ),
    ("GET", "/apps/annotations"): Use("annotations.list", (), {"keyword": "open", "page": 2, "limit": 7}),
    ("POST", "/apps/annotations"): Use("annotations.create", ("When?", "From nine.")),
    ("PUT", "/apps/annotations/{annotation_id}"): Use("annotations.update", ("annotation-1", "When?", "From ten.")),
    ("DELETE", "/apps/annotations/{annotation_id}"): Use("annotations.delete", ("annotation-1",)),
    ("POST", "/apps/annotation-reply/{action}"): Use("annotations.enable_reply", (), EMBEDDING),
    ("GET", "/apps/annotation-reply/{action}/status/{job_id}"): Use("annotations.reply_status", ("enable", "job-1")),
    ("GET", "/info"): Use("application.info"),
    ("GET", "/parameters"): Use("application.parameters"),
    ("GET", "/meta"): Use("application.meta"),
    ("GET", "/site"): Use("application.site"),
    ("GET", "/end-users/{end_user_id}"): Use("end_users.get", ("end-user-1",)),
}

# Methods without an entry above serve an operation that has one.
FURTHER = {
    "chat.stream": "/chat-messages",
    "chat.start": "/chat-messages",
    "files.iter_bytes": "/files/{file_id}/preview",
    "audio.iter_bytes": "/text-to-audio",
    "annotations.disable_reply": "/apps/annotation-reply/{action}",
}
HELPERS = {"annotations.wait_for_reply_job", "application.input_form", "conversations.history", "runs.wait"}
# Arguments that the client applies to the items of a list, too.
FILTERS = {"variable_name", "created_by_end_user_session_id", "created_by_account"}


def without_names(path: str) -> str:
    """Return a path whose parameters have no names, which may differ between the client and the document."""
    return re.sub(r"\{\w+\}", "{}", path)


SPELLED = {(verb, without_names(path)): (verb, path) for verb, path in USES}


def spelled(verb: str, path: str) -> tuple[str, str]:
    """Return an operation as `USES` spells it, whatever the document calls the parameters of its path."""
    return SPELLED.get((verb.upper(), without_names(path)), (verb.upper(), path))
