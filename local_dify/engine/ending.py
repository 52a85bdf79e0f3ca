"""End of a run: its stored outcome, and its last events in the order of the server's version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from local_dify.engine import events, forms
from local_dify.engine.nodes import send_speech
from local_dify.engine.records import finished_data
from local_dify.engine.run import Run
from local_dify.json_types import Record

ABORTED = "Aborted: User requested stop"
STOPPED = "Stopped by user."
WITHHELD = "Stopped by output moderation."
LEFT = "Aborted: Client response stream closed before app execution completed"


@dataclass(frozen=True)
class Ending:
    """Outcome of a run: the text of its message, and the files of its answer."""

    status: str
    answer: str
    error: str | None
    is_moderated: bool = False
    files: list[Any] = field(default_factory=list[Any])

    @property
    def has_failed(self) -> bool:
        """True if the run has no `message_end` and its message has an error."""
        return self.status == "failed"


def settle(run: Run, status: str, error: str | None, now: float) -> Ending:
    """Store the outcome of a run in its record and return it."""
    version, record = run.channel.version, run.record
    is_over = status.endswith("succeeded")
    answer = record["answer"] + "".join(run.sent)
    files = [file for result in run.record["answers"] for file in result["files"]] if is_over else []
    outputs: Record
    if is_over:
        outputs = {"answer": "".join(str(result["answer"]) for result in run.record["answers"]), "files": files}
    elif status == "stopped" and version.stop_status == "stopped":
        # What was sent last is missing from the outputs (1.9.2: 068).
        outputs = {"answer": "".join(str(result["answer"]) for result in run.record["answers"]), "files": []}
    else:
        outputs = forms.interim_outputs(record) if run.resumed and record["answer"] else {}
    record |= {"status": status, "error": error, "outputs": outputs, "elapsed_time": run.elapsed}
    record["finished_at"] = int(now)
    if error == WITHHELD:
        return Ending(status, run.script.blocked_output, error, is_moderated=True)
    if status == "stopped" and version.stop_status == "failed":
        status = "failed"
    if status == "failed":
        return Ending(status, answer if run.resumed else "", error)
    is_moderated = any(word in answer.lower() for word in run.script.unsafe_words)
    return Ending(status, run.script.blocked_output if is_moderated else answer, error, is_moderated, files)


def send_ending(run: Run, ending: Ending) -> None:
    """Send the last events of a run and close its channel."""
    version = run.channel.version
    metadata = run.record["metadata"] = message_metadata(run)
    finished = finished_data({**run.record, "status": ending.status})
    if version.message_end == "before" and not ending.has_failed:
        send_message_end(run, ending, metadata)
    run.send("workflow_finished", finished)
    if version.message_end == "after" and not ending.has_failed:
        send_message_end(run, ending, metadata)
    if version.late_speech and run.script.autoplay and not ending.has_failed:
        if run.unspoken:
            send_speech(run)
        run.channel.send(run.envelope.message_event("tts_message_end", audio=""))
    if version.repeats_failure and ending.has_failed:
        run.channel.send(run.envelope.error_event(f"Run failed: {ending.error}"))
    run.channel.close()


def send_withheld_ending(run: Run, ending: Ending) -> None:
    """Send the last events of a run that moderation has stopped, and close its channel (source)."""
    metadata = run.record["metadata"] = message_metadata(run)
    send_replacement(run, ending)
    run.send("workflow_finished", finished_data(run.record))
    if run.channel.version.message_end == "after":
        send_message_end(run, replace(ending, is_moderated=False), metadata)
    run.channel.close()


def send_abortion(run: Run, now: float) -> None:
    """End a run that paused in a blocking call; its stream and its detail differ (772, 773)."""
    record = run.record
    outputs = {**forms.interim_outputs(record), "answer": record["answer"]}
    complete: Record = {"answer": "".join(str(result["answer"]) for result in record["answers"]), "files": []}
    record |= {"status": "stopped", "error": STOPPED, "outputs": outputs, "elapsed_time": run.elapsed}
    record["finished_at"] = int(now)
    run.send("workflow_finished", finished_data(record))
    run.channel.close()
    record |= {"outputs": complete, "error": LEFT}


def send_message_end(run: Run, ending: Ending, metadata: dict[str, Any]) -> None:
    """Send `message_end`, and before it `message_replace` for a moderated answer."""
    if ending.is_moderated:
        send_replacement(run, ending)
    message_id, files = run.envelope.message_id, ending.files
    run.channel.send(run.envelope.message_event("message_end", id=message_id, metadata=metadata, files=files))


def send_replacement(run: Run, ending: Ending) -> None:
    """Send `message_replace`."""
    fields = {"answer": ending.answer, "reason": "output_moderation"}
    run.channel.send(run.envelope.message_event("message_replace", **fields))


def message_metadata(run: Run) -> dict[str, Any]:
    """Return the metadata of a run's message."""
    first = run.first_text
    usage = {**(run.record["usage"] or events.make_usage())}
    usage["time_to_first_token"] = None if first is None else round(first, 3)
    usage["time_to_generate"] = None if first is None else round(run.elapsed - first, 3)
    return events.make_metadata(usage, run.record["resources"], reasoning=run.record["reasoning"])
