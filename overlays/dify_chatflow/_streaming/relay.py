"""Server-sent events for browsers, made of a stream's events: only what a page needs, and no secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, Literal, TypeAlias, get_args

from dify_chatflow._errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    DifyError,
    InternalServerError,
    PermissionDeniedError,
    RateLimitError,
    StreamStateError,
)
from dify_chatflow._log import LOGGER
from dify_chatflow._streaming.errors import StreamInterruptedError, StreamStatusError
from dify_chatflow._streaming.event import StreamEvent
from dify_chatflow._streaming.form import Form
from dify_chatflow._streaming.node import NODE_EVENTS, node_key
from dify_chatflow._streaming.run import FollowedRun
from dify_chatflow._streaming.text import TextReader

RelayPart: TypeAlias = Literal["error_details", "file_urls", "form_tokens", "forms", "nodes", "usage"]
"""What `relay` sends to browsers only when asked to; see `ChatStream.relay`."""

RELAY_HEADERS: Mapping[str, str] = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
}
"""The headers of a response whose body is `ChatStream.relay()`: neither caches nor proxies may hold it back"""

# A comment, which pages ignore: the first one sends the headers, further ones keep proxies from closing the connection.
HEARTBEAT = b":\n\n"
PARTS: frozenset[str] = frozenset(get_args(RelayPart))
# An id with other characters could end its line.
PLAIN_ID = re.compile(r"[\w-]+", re.ASCII)
MESSAGES = {
    "busy": "Too many questions at the moment. Please try again later.",
    "refused": "The question was not accepted.",
    "failed": "The answer could not be completed.",
    "interrupted": "The connection was lost before the end of the answer.",
    "unavailable": "The assistant cannot be reached at the moment.",
}


class Relay:
    """The events for a browser, made of those of one stream.

    Args:
        run: The run of the stream.
        include: What is sent beyond the default.

    Raises:
        ConfigurationError: A part is unknown.
    """

    heartbeat = HEARTBEAT

    def __init__(self, run: FollowedRun, include: Collection[RelayPart]) -> None:
        if isinstance(include, str) or not PARTS.issuperset(include):
            raise ConfigurationError(f"include must be a collection of {', '.join(sorted(PARTS))}; got {include!r:.80}")
        self._run, self._reply = run, run.reply
        self._include = frozenset(include)
        self._shown = [run.accumulator.text.known]
        self._texts = TextReader(run.accumulator.text)
        self._has_started = self._has_id = False

    def encode(self, event: StreamEvent) -> bytes:
        """Return the events for one of the stream; nothing where the page needs none."""
        if event.event == "ping":
            return HEARTBEAT
        sent = (self._start() if self._reply.conversation_id else b"") + self._text(event)
        if event.event == "workflow_paused" and self._run.lifecycle.continue_on_pause:
            sent += self._pause()
        elif event.event in NODE_EVENTS and "nodes" in self._include:
            sent += self._node(node_key(getattr(event, "data", None)))
        return sent

    def end(self) -> bytes:
        """Return the last events for a stream that has ended regularly."""
        reply = self._reply
        sent = self._send_text(self._texts.finish()) + self._start() + self._replace()
        if reply.paused:
            return sent + self._pause()
        if reply.status in ("failed", "error"):
            return sent + self._send_failure("failed", reply.error)
        files = [self._file(file) for file in reply.files]
        usage = reply.usage if "usage" in self._include else None
        more = {"usage": usage.to_dict()} if usage else {}
        return sent + self._send("end", {"status": reply.status, **self._ids(), "files": files, **more})

    def fail(self, error: DifyError) -> bytes:
        """Return the last event for a stream that has failed."""
        return self._send_failure(failure_code(error), str(error))

    def _start(self) -> bytes:
        if self._has_started:
            return b""
        self._has_started = True
        return self._send("start", self._ids()) + self._send_text(self._shown.pop())

    def _text(self, event: StreamEvent) -> bytes:
        chunk = self._texts.take(event)
        if event.event == "message_replace" and self._reply.moderated:
            return self._replace()
        return self._send_text(chunk)

    def _send_text(self, chunk: str) -> bytes:
        if not chunk:
            return b""
        started = self._start()
        self._shown.append(chunk)
        return started + self._send("text", {"text": chunk})

    def _replace(self) -> bytes:
        """Replace what the page shows where it is not the answer."""
        answer = self._reply.answer
        if "".join(self._shown) == answer:
            return b""
        self._shown = [answer]
        return self._send("replace", {"text": answer})

    def _node(self, key: str | None) -> bytes:
        node = self._reply.nodes.get(key or "")
        if node is None:
            return b""
        names = ("id", "title", "node_type", "status", "elapsed_time")
        return self._send("node", {name: getattr(node, name) for name in names})

    def _pause(self) -> bytes:
        return self._send("pause", {**self._ids(), "forms": [self._form(form) for form in self._reply.forms]})

    def _form(self, form: Form) -> dict[str, Any]:
        shown: dict[str, Any] = {"form_id": form.form_id}
        if "forms" in self._include:
            shown |= {"title": form.title, "content": form.content, "expiry": form.expiry, "defaults": form.defaults}
            shown |= {"fields": [field.to_dict() for field in form.fields]}
            shown |= {"actions": [action.to_dict() for action in form.actions]}
        return shown | ({"token": form.token} if "form_tokens" in self._include else {})

    def _file(self, file: Mapping[str, Any]) -> dict[str, Any]:
        names = ("type", "filename", "mime_type", "size", *(("url",) if "file_urls" in self._include else ()))
        return {"id": file.get("related_id") or file.get("id"), **{name: file.get(name) for name in names}}

    def _ids(self) -> dict[str, str | None]:
        reply = self._reply
        return {
            "conversation_id": reply.conversation_id,
            "message_id": reply.message_id,
            "workflow_run_id": reply.workflow_run_id,
        }

    def _send_failure(self, code: str, detail: str | None) -> bytes:
        LOGGER.warning("a relayed answer failed (%s): %s", code, detail)
        more = {"detail": detail} if "error_details" in self._include else {}
        return self._send("failure", {"code": code, "message": MESSAGES[code], **self._ids(), **more})

    def _send(self, name: str, data: Mapping[str, Any]) -> bytes:
        """Return one event; the first one after the run is known has the run as its id."""
        run_id, line = self._reply.workflow_run_id, ""
        if not self._has_id and run_id and PLAIN_ID.fullmatch(run_id):
            self._has_id, line = True, f"id: {run_id}\n"
        # ASCII: half a surrogate pair cannot be encoded otherwise.
        return f"{line}event: {name}\ndata: {json.dumps(data)}\n\n".encode("ascii")


def failure_code(error: DifyError) -> str:
    """Return the code of a failure, whose message names nothing of the server."""
    match error:
        case RateLimitError():
            return "busy"
        case StreamInterruptedError() if error.workflow_run_id:
            return "interrupted"
        case StreamStatusError():
            return "failed"
        case InternalServerError() | AuthenticationError() | PermissionDeniedError() | APIConnectionError():
            return "unavailable"
        case APIStatusError():
            return "refused"
        case StreamStateError() | ConfigurationError():
            raise error
        case _:
            return "unavailable"
