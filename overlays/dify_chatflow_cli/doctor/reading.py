"""Read-only checks: what an app and an end user have, without a trace on the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dify_chatflow_cli.doctor.examination import Examination
from dify_conformance.compare import is_list, is_object

FINISHED = ("succeeded", "failed", "stopped", "partial-succeeded")
NO_FILE = "none of the messages has a file"
NO_RUN = "the app has no runs"


@dataclass
class Ids:
    """Ids for the calls that need one; those of the scratch conversation, or those that were found."""

    user: str
    conversation: str | None = None
    message: str | None = None
    run: str | None = None
    form: str | None = None


def read_app(exam: Examination) -> Any:
    """Check what needs no ids, and return the app's parameters."""
    parameters = exam.get("/parameters")
    for path in ("/meta", "/site"):
        exam.get(path)
    for path in ("/app/feedbacks", "/apps/annotations"):
        exam.get(path, {"page": 1, "limit": 20})
    return parameters


def read_user(exam: Examination, ids: Ids) -> None:
    """Check what an end user has: conversations, messages, variables, runs and files."""
    found = rows(exam.get("/conversations", {"user": ids.user, "limit": 20}))
    conversation = ids.conversation or text(found[0] if found else None, "id")
    if conversation is None:
        reason = f"the user {ids.user!r} has no conversations; pass --user, or --write"
        for path in ("/messages", "/conversations/{conversation_id}/variables", "/messages/{message_id}/suggested"):
            exam.skip(f"GET {path}", reason)
        exam.skip("GET /files/{file_id}/preview", reason)
    else:
        read_conversation(exam, ids, conversation)
    read_runs(exam, ids)
    if ids.form:
        exam.get("/form/human_input/{form_token}", form_token=ids.form)
    exam.skip("GET /form/human_input/{form_token}", "no run waits for a form")


def read_conversation(exam: Examination, ids: Ids, conversation: str) -> None:
    """Check the messages, variables and files of one conversation."""
    messages = rows(exam.get("/messages", {"conversation_id": conversation, "user": ids.user, "limit": 20}))
    exam.get(
        "/conversations/{conversation_id}/variables",
        {"user": ids.user, "limit": 20},
        conversation_id=conversation,
    )
    message = ids.message or text(messages[-1] if messages else None, "id")
    if message:
        exam.get("/messages/{message_id}/suggested", {"user": ids.user}, message_id=message)
    exam.skip("GET /messages/{message_id}/suggested", "the conversation has no messages")
    files = [file for message in messages for file in rows(message, "message_files")]
    file = next((found for one in files if (found := text(one, "upload_file_id"))), None)
    if file:
        exam.get("/files/{file_id}/preview", {"user": ids.user}, file_id=file)
    exam.skip("GET /files/{file_id}/preview", NO_FILE)


def read_runs(exam: Examination, ids: Ids) -> None:
    """Check the log, one run of the app, the events of a run of the user, and an end user of the app."""
    log = rows(exam.get("/workflows/logs", {"page": 1, "limit": 20}))
    runs = [one["workflow_run"] for one in log if is_object(one.get("workflow_run"))]
    run = ids.run or text(runs[0] if runs else None, "id")
    if run:
        exam.get("/workflows/run/{workflow_run_id}", workflow_run_id=run)
    exam.skip("GET /workflows/run/{workflow_run_id}", NO_RUN)
    # A reader that leaves a run under way disturbs the others on 1.16.0 and 1.16.1, so only finished runs are joined.
    own = ids.run or next((text(one["workflow_run"], "id") for one in log if is_finished_run_of(one, ids.user)), None)
    if own:
        query = {"user": ids.user, "include_state_snapshot": "true"}
        exam.get("/workflow/{workflow_run_id}/events", query, workflow_run_id=own)
    exam.skip(
        "GET /workflow/{workflow_run_id}/events", f"the user {ids.user!r} has no finished run; pass --user, or --write"
    )
    end_user = next((found for one in log if (found := text(one.get("created_by_end_user"), "id"))), None)
    if end_user:
        exam.get("/end-users/{end_user_id}", end_user_id=end_user)
    exam.skip("GET /end-users/{end_user_id}", "no end user is in the log of runs")


def is_finished_run_of(row: dict[str, Any], user: str) -> bool:
    """Return whether a row of the log is a finished run of an end user."""
    is_finished = is_object(row.get("workflow_run")) and row["workflow_run"].get("status") in FINISHED
    return is_finished and text(row.get("created_by_end_user"), "session_id") == user


def rows(body: Any, name: str = "data") -> list[dict[str, Any]]:
    """Return the objects of a list in a body."""
    found = body.get(name) if is_object(body) else None
    return [one for one in found if is_object(one)] if is_list(found) else []


def text(row: Any, name: str) -> str | None:
    """Return a text of an object, unless it is empty."""
    value = row.get(name) if is_object(row) else None
    return value if isinstance(value, str) and value else None
