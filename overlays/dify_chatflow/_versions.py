"""The versions of Dify that have each operation, and the differences users meet; the documentation shows this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ALL = "all"


@dataclass(frozen=True)
class Support:
    """The support for an operation by servers of different versions.

    Attributes:
        method: The client's method.
        since: The first version of Dify with the operation, or `all` (from 1.0.0 on).
        notes: Differences between versions, and the client's behaviour there.

    """

    method: str
    since: str = ALL
    notes: str = ""


# By HTTP method and path, as in the document.
OPERATIONS: Mapping[tuple[str, str], Support] = {
    ("POST", "/chat-messages"): Support(
        "chat.send, chat.stream, chat.start",
        notes="`workflow_id` is ignored before 1.7.2. An unknown conversation is a 404, except on builds between "
        "1.14.2 and 1.15.0, which start a new one, and in streams of 1.13.0 to 1.14.2, which send only pings "
        "for 300 s. "
        '1.13.0 answers only streams: `send` raises `ResponseDecodeError` at once; pass `via="stream"`. 1.13.1 to '
        "1.13.3 answer 400 where a blocking run pauses. On 1.16.1 a run that paused in blocking mode is "
        "aborted when it "
        "is resumed, so use a stream for runs that pause. Where a restarting server hands a blocking run over (202), "
        "`send` follows the run to its end. Servers before 1.13 lose the answer of a stream that is not read, so "
        "`start` reads it to its end there, and returns as soon as the run is under way from 1.13 on.",
    ),
    ("POST", "/chat-messages/{task_id}/stop"): Support(
        "chat.stop",
        notes="Up to 1.10.0 only the user of the query can stop it, and the run's detail stays `running`, so that a "
        "stop cannot be verified; later anyone who knows the task id.",
    ),
    ("GET", "/messages/{message_id}/suggested"): Support("chat.suggested"),
    ("GET", "/conversations"): Support(
        "conversations.list", notes="Sorted by `created_at`, servers page by seconds; the client requests an overlap."
    ),
    ("GET", "/messages"): Support(
        "conversations.messages, conversations.history",
        notes="Servers page by seconds; the client requests an overlap, so that no message is lost.",
    ),
    ("GET", "/conversations/{conversation_id}/variables"): Support(
        "conversations.variables",
        "1.3.1",
        "`variable_name` is ignored before 1.11.2 and a 500 on some later servers; the client applies it itself. More "
        "than 100 variables of the same second cannot be paged: `IncompleteListError`. `value_type` is an internal "
        "name (`integer`, `float`) up to 1.6.",
    ),
    ("PUT", "/conversations/{conversation_id}/variables/{variable_id}"): Support(
        "conversations.set_variable",
        "1.7.2",
        "1.7.2 expects the JSON text of the value; the client sends it after the 400 of that version.",
    ),
    ("POST", "/conversations/{conversation_id}/name"): Support(
        "conversations.rename", notes="A missing name is accepted up to 1.10.1, and a 400 later."
    ),
    ("DELETE", "/conversations/{conversation_id}"): Support(
        "conversations.delete", notes="204 from 1.3.1, 200 before; both return None."
    ),
    ("POST", "/files/upload"): Support("files.upload"),
    ("GET", "/files/{file_id}/preview"): Support("files.download, files.iter_bytes", "1.7.2"),
    ("POST", "/messages/{message_id}/feedbacks"): Support("feedback.submit"),
    ("GET", "/app/feedbacks"): Support("feedback.list", "1.4.0", "`page` and `limit` of 0 are a 400 from 1.11 on."),
    ("POST", "/audio-to-text"): Support("audio.transcribe"),
    ("POST", "/text-to-audio"): Support(
        "audio.speak, audio.iter_bytes", notes="Always `audio/mpeg` up to 1.16, the real type later."
    ),
    ("GET", "/workflows/run/{workflow_run_id}"): Support(
        "runs.get, runs.wait",
        "1.3.1",
        "Before, 400 `not_workflow_app`. `outputs` is JSON text up to 1.12.1 and an object later; the client returns a "
        "mapping. An unknown run is 200 with nulls up to 1.12.1 (`NotFoundError` here), 500 on 1.13.0, 404 later. "
        "Before 1.9.2 a run whose stream is not read stays `running`, so `wait` raises there at once.",
    ),
    ("GET", "/workflows/logs"): Support(
        "runs.list", notes="`created_by_…` filters are ignored before 1.5.0 and applied by the client."
    ),
    ("GET", "/workflow/{workflow_run_id}/events"): Support(
        "runs.events",
        "1.14.0",
        "On 1.16.1 a refused input streams the task's id as `workflow_run_id`, so the run cannot be looked up.",
    ),
    ("GET", "/form/human_input/{form_token}"): Support("human_input.get", "1.14.0"),
    ("POST", "/form/human_input/{form_token}"): Support(
        "human_input.submit", "1.14.0", "Runs pause from 1.13.0 on; on 1.13 they can be answered only in the web app."
    ),
    ("GET", "/apps/annotations"): Support("annotations.list", "1.2.0", "`page` of 0 is accepted up to 1.14.2."),
    ("POST", "/apps/annotations"): Support("annotations.create", "1.2.0", "201 from 1.8.0, 200 before."),
    ("PUT", "/apps/annotations/{annotation_id}"): Support(
        "annotations.update", "1.3.1", "1.2.0 to 1.3.0 have it as `POST`, which the client does not send."
    ),
    ("DELETE", "/apps/annotations/{annotation_id}"): Support(
        "annotations.delete", "1.2.0", "204 from 1.3.1, 200 before; both return None."
    ),
    ("POST", "/apps/annotation-reply/{action}"): Support(
        "annotations.enable_reply, annotations.disable_reply", "1.2.0"
    ),
    ("GET", "/apps/annotation-reply/{action}/status/{job_id}"): Support("annotations.reply_status", "1.2.0"),
    ("GET", "/info"): Support("application.info", notes="`mode` from 1.4.0, `author_name` from 1.4.3."),
    ("GET", "/parameters"): Support("application.parameters, application.input_form"),
    ("GET", "/meta"): Support("application.meta"),
    ("GET", "/site"): Support("application.site", "1.4.0", "`input_placeholder` from 1.16."),
    ("GET", "/end-users/{end_user_id}"): Support("end_users.get", "1.13.0"),
}


def markdown_table() -> str:
    """Return the table of operations for the documentation."""
    rows = ["| method | since | differences |", "| --- | --- | --- |"]
    for support in OPERATIONS.values():
        methods = ", ".join(f"`{name}`" for name in support.method.split(", "))
        rows.append(f"| {methods} | {support.since} | {support.notes} |")
    return "\n".join(rows)
