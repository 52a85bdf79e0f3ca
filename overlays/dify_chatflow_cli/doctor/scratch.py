"""Checks that write: a scratch conversation of an end user made up for it, deleted at the end, also after Ctrl-C."""

from __future__ import annotations

import io
import re
import uuid
import wave
from collections.abc import Callable
from typing import Any

from dify_chatflow import DifyError
from dify_chatflow_cli.doctor.examination import Examination
from dify_chatflow_cli.doctor.reading import Ids, rows, text
from dify_conformance.compare import is_object
from dify_conformance.exchange import STREAM, Exchange

CHAT, STOP = "/chat-messages", "/chat-messages/{task_id}/stop"
CONVERSATION = "/conversations/{conversation_id}"
ANNOTATION = "/apps/annotations/{annotation_id}"
NO_BLOCKING = (1, 13, 0)  # answers a blocking query with pings for five minutes
ROUNDS = 5


class Scratch:
    """A conversation of a made-up end user, and an annotation; `clean_up` deletes both.

    Args:
        exam: The checks to fill.
        query: The query of each message.
        inputs: The input variables.
    """

    def __init__(self, exam: Examination, query: str, inputs: dict[str, Any]) -> None:
        self.exam, self.query, self.inputs = exam, query, inputs
        self.ids = Ids(user=f"doctor-{uuid.uuid4().hex[:12]}")
        self._tasks: list[str] = []
        self._question: str | None = None
        self._has_asked = False

    def chat(self) -> None:
        """Send the queries: one as a stream, one blocking, and one that is stopped."""
        streamed = self._stream(self._note_ids)
        if streamed is None:
            return
        self._tasks.clear()
        if self.exam.version == NO_BLOCKING:
            self.exam.checks[f"POST {CHAT}"].details.append(
                "blocking queries are not checked: 1.13.0 never answers them"
            )
        elif self.ids.form is None:
            self.exam.call("POST", CHAT, body=self._body("blocking"))
        self._stream(self._stop)
        self._tasks.clear()

    def change(self, parameters: Any) -> None:
        """Rate, rename and set what the scratch conversation has, and use the app's speech."""
        call, ids = self.exam.call, self.ids
        if ids.message:
            for rating in ("like", None):
                body = {"rating": rating, "user": ids.user, "content": ""}
                call("POST", "/messages/{message_id}/feedbacks", body=body, message_id=ids.message)
        if ids.conversation:
            body = {"name": "doctor", "user": ids.user}
            call("POST", CONVERSATION + "/name", body=body, conversation_id=ids.conversation)
            self._set_variable(ids.conversation)
        self._speak(parameters)
        self._annotate()

    def delete(self) -> None:
        """Delete the conversation, as a check."""
        if self.ids.conversation:
            self.exam.call("DELETE", CONVERSATION, body={"user": self.ids.user}, conversation_id=self.ids.conversation)

    def clean_up(self) -> list[str]:
        """Delete what is left, and return what could not be deleted; a further Ctrl-C does not end it."""
        left: list[str] = []
        self.exam.notify("deleting the scratch conversation")
        for task in self._tasks:
            self._undo("POST", STOP.format(task_id=task), f"the run of task {task}", left)
        if self._question:
            listed: dict[str, object] = {"keyword": self._question, "page": 1, "limit": 20}
            self._delete("/apps/annotations", listed, ANNOTATION, "annotation", left)
        if self._has_asked:
            listed = {"user": self.ids.user, "limit": 100}
            self._delete("/conversations", listed, CONVERSATION, "conversation", left)
        return left

    def _delete(self, path: str, query: dict[str, object], template: str, noun: str, left: list[str]) -> None:
        """Delete everything that a list of own things has: also one whose id was never received."""
        name = re.sub(r".*\{(\w+)\}", r"\1", template)
        for _ in range(ROUNDS):
            found: list[dict[str, Any]] = []
            if not self._try(lambda: found.extend(self._own(path, query))):  # noqa: B023 - called at once
                left.append(f"{noun}s of the user {self.ids.user}")
            for one in found:
                self._undo("DELETE", template.format_map({name: one["id"]}), f"the {noun} {one['id']}", left)
            if not found or left:
                return

    def _own(self, path: str, query: dict[str, object]) -> list[dict[str, Any]]:
        exchange = self.exam.wire.call("GET", path, query=query)
        if not exchange.is_success:
            raise DifyError(f"{exchange.status}")
        found = [one for one in rows(exchange.body) if text(one, "id")]
        # The search for annotations also finds similar texts.
        return [one for one in found if one.get("question", self._question) == self._question]

    def _undo(self, method: str, path: str, name: str, left: list[str]) -> None:
        def send() -> None:
            exchange = self.exam.wire.call(method, path, body={"user": self.ids.user})
            if not exchange.is_success and exchange.status != 404:  # noqa: PLR2004 - it is gone already
                raise DifyError(f"{exchange.status}")

        if not self._try(send):
            left.append(name)

    def _try(self, send: Callable[[], None]) -> bool:
        """Send a request up to three times, also where Ctrl-C interrupts it; return whether it succeeded."""
        for _ in range(3):
            try:
                send()
            except (DifyError, KeyboardInterrupt):
                continue
            return True
        return False

    def _body(self, mode: str) -> dict[str, Any]:
        body = {"query": self.query, "inputs": self.inputs, "user": self.ids.user, "response_mode": mode}
        return {**body, "auto_generate_name": False, "conversation_id": self.ids.conversation or ""}

    def _stream(self, on_event: Callable[[dict[str, Any]], None]) -> Exchange | None:
        """Send a query as a stream, and check its events and their order; None where it was refused."""
        self._has_asked = True
        exchange = self.exam.exchange("POST", CHAT, {}, body=self._body("streaming"), on_event=on_event)
        if exchange is not None and exchange.content_type == STREAM:
            self.exam.check_order(exchange)
        return exchange

    def _note_ids(self, event: dict[str, Any]) -> None:
        self._note_task(event)
        self.ids.conversation = text(event, "conversation_id") or self.ids.conversation
        self.ids.message = text(event, "message_id") or self.ids.message
        self.ids.run = text(event, "workflow_run_id") or self.ids.run
        self.ids.form = text(event.get("data"), "form_token") or self.ids.form

    def _note_task(self, event: dict[str, Any]) -> None:
        task = text(event, "task_id")
        if task and task not in self._tasks:
            self._tasks.append(task)
            self.exam.notify("a run of the scratch conversation is under way")

    def _stop(self, event: dict[str, Any]) -> None:
        """Stop the run with the first event that names its task."""
        is_known = bool(self._tasks)
        self._note_task(event)
        if not is_known and self._tasks:
            self.exam.call("POST", STOP, body={"user": self.ids.user}, task_id=self._tasks[0])

    def _set_variable(self, conversation: str) -> None:
        name = "PUT /conversations/{conversation_id}/variables/{variable_id}"
        query = {"user": self.ids.user, "limit": 100}
        listed = self.exam.get(CONVERSATION + "/variables", query, conversation_id=conversation)
        found = next((one for one in rows(listed) if one.get("value_type") == "string" and text(one, "id")), None)
        check = self.exam.checks[name]
        if found is None:
            check.details = ["the conversation has no text variable"]
            return
        value = found.get("value") or ""
        if self.exam.version == (1, 7, 2):
            value = f'"{value}"'
        body = {"value": value, "user": self.ids.user}
        path = CONVERSATION + "/variables/{variable_id}"
        self.exam.call("PUT", path, body=body, conversation_id=conversation, variable_id=str(found["id"]))

    def _speak(self, parameters: Any) -> None:
        if is_enabled(parameters, "text_to_speech"):
            self.exam.call("POST", "/text-to-audio", body={"text": "Yes.", "user": self.ids.user})
        else:
            self.exam.checks["POST /text-to-audio"].details = ["text to speech is off"]
        if is_enabled(parameters, "speech_to_text"):
            files = {"file": ("silence.wav", silence(), "audio/wav")}
            self.exam.exchange("POST", "/audio-to-text", {}, body={"user": self.ids.user}, files=files)
        else:
            self.exam.checks["POST /audio-to-text"].details = ["speech to text is off"]

    def _annotate(self) -> None:
        self._question = f"doctor {uuid.uuid4()}"
        body = {"question": self._question, "answer": self._question}
        made = text(self.exam.call("POST", "/apps/annotations", body=body), "id")
        if made is None:
            for method in ("PUT", "DELETE"):
                self.exam.checks[f"{method} {ANNOTATION}"].details = ["no annotation could be made"]
            return
        self.exam.call("PUT", ANNOTATION, body=body, annotation_id=made)
        self.exam.call("DELETE", ANNOTATION, annotation_id=made)
        if self.exam.checks[f"DELETE {ANNOTATION}"].verdict in ("ok", "known"):
            self._question = None


def is_enabled(parameters: Any, name: str) -> bool:
    """Return whether a feature of the app is switched on."""
    feature = parameters.get(name) if is_object(parameters) else None
    return is_object(feature) and feature.get("enabled") is True


def silence() -> bytes:
    """Return a tenth of a second of silence as a WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(bytes(3200))
    return content.getvalue()
