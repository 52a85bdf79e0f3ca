"""Runs of the server: start, pause, resume, stop, and store."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local_dify.engine import events, forms
from local_dify.engine import flow as flows
from local_dify.engine.channel import Channel, Reader
from local_dify.engine.ending import (
    ABORTED,
    STOPPED,
    WITHHELD,
    send_abortion,
    send_ending,
    send_withheld_ending,
    settle,
)
from local_dify.engine.flow import Paused
from local_dify.engine.pool import Pool
from local_dify.engine.records import App, is_text_input, make_envelope, new_run
from local_dify.engine.results import NodeError
from local_dify.engine.run import Run, Withheld
from local_dify.errors import invalid
from local_dify.json_types import Record
from local_dify.script import Flow, Node
from local_dify.state import State
from local_dify.version import Version

# Seconds after which a server notices that a reader has left.
NOTICE = 0.1


@dataclass(frozen=True)
class Turn:
    """One turn of a chat: the stored message, the channel of its events, and the run's task if there is a run."""

    message: Record
    envelope: events.Envelope
    channel: Channel
    task: asyncio.Task[None] | None = None
    run: Run | None = None


class Engine:
    """Start of runs and registry of unfinished ones."""

    def __init__(self, state: State, clock: Callable[[], float], version: Version) -> None:
        self.state, self.clock, self.version = state, clock, version
        self.hands_over = self.disturbs_readers = False
        self.apps: dict[str, App] = {}
        self._runs: dict[str, Run] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._timers: set[asyncio.Task[None]] = set()

    def join(self, channel: Channel, *, has_snapshot: bool = False) -> Reader:
        """Add a reader to a channel."""
        reader = Reader(has_snapshot)
        channel.readers.append(reader)
        return reader

    def leave(self, channel: Channel, reader: Reader, turn: Turn | None = None) -> None:
        """Remove a reader from a channel; the server notices a moment later, and may disturb the others."""
        channel.readers.remove(reader)
        if turn and turn.run and turn.run.record["id"] in self._runs:
            turn.run.reader_left = True
        if self.disturbs_readers:
            asyncio.get_running_loop().call_later(NOTICE, channel.disturb)

    def active(self, app: App) -> int:
        """Return the number of active runs of an app."""
        return sum(run.record["app_id"] == app.id for run_id, run in self._runs.items() if run_id in self._tasks)

    def start(
        self,
        app: App,
        message: Record,
        user: Mapping[str, Any],
        variables: dict[str, Record],
        *,
        blocking: bool = False,
    ) -> Turn:
        """Start the run that answers a message."""
        turns = len(self.state.find("message", app.id, message["conversation_id"]))
        record = new_run(app, message, user, self.clock(), turns)
        envelope = make_envelope(record, message)
        pool = Pool({"sys": record["inputs_sys"], **variables})
        run = Run(record, app.script, envelope, pool, Channel(self.version), self.clock)
        number, flow = app.script.flow(message["query"])
        if error := self._graph_error(flow):
            run.channel.send(envelope.error_event(error))
            run.channel.close()
            self._save_message(message, "", f"Run failed: {error}")
            return Turn(message, envelope, run.channel)
        record |= {"flow": number, "blocking": blocking}
        self._runs[record["id"]] = run
        self._save(run)
        self.state.put("message", message, parent=message["conversation_id"])
        task = self._spawn(run, flows.play_flow(run, flow, number))
        return Turn(message, envelope, run.channel, task, run)

    def _graph_error(self, flow: Flow) -> str | None:
        """Return the error with which the pipeline of a flow fails before it runs."""
        if not self.version.pauses and any(node.type == "human-input" for node in flow.nodes):
            return "No class mapping found for node type: human-input"
        return flow.error

    def answer_without_run(self, message: Record, text: str, annotation: Record | None = None) -> Turn:
        """Reply without a run, as input moderation and annotations do: `message` and `message_end`."""
        record = {"id": str(uuid.uuid4()), "task_id": str(uuid.uuid4())}
        envelope, channel = make_envelope(record, message), Channel(self.version)
        fields: Record = {
            "id": message["id"],
            "answer": text,
            "from_variable_selector": None if self.version.null_selectors else [],
        }
        channel.send(envelope.message_event("message", **fields))
        meta = events.make_metadata(events.make_usage(), annotation=annotation)
        channel.send(envelope.message_event("message_end", id=message["id"], metadata=meta, files=[]))
        channel.close()
        self._save_message(message, text)
        return Turn(message, envelope, channel)

    def stop(self, task_id: str, user: Mapping[str, Any]) -> None:
        """Stop the run with this task; unknown tasks and paused runs are ignored."""
        for run_id, task in self._tasks.items():
            run = self._runs.get(run_id)  # a run that has just ended is no longer there
            if run is not None and run.record["task_id"] == task_id and self._may_stop(run, user):
                run.stopped = True
                task.cancel()

    def _may_stop(self, run: Run, user: Mapping[str, Any]) -> bool:
        """Return True if this user can stop a run; newer servers ask for no owner (main-2026-06: 501, 503)."""
        return not self.version.stop_by_owner or run.record["user_id"] == user["id"]

    def submit(self, form: Record, action: str, inputs: Mapping[str, Any]) -> None:
        """Store the submitted form and resume its run."""
        run = self._paused_run(form)
        form["submitted"] = forms.make_submission(form, action, inputs)
        self.state.put("form", form)
        node, index, nodes = flows.take_action(run, action)
        run.pool.set(node.id, {**inputs, "__action_id": action})
        event = run.envelope.run_event("human_input_form_filled", form["submitted"])
        wrong = next((n for n, v in inputs.items() if not isinstance(v, str) and is_text_input(form, n)), None)
        run.queue.clear()
        if run.record["blocking"] and self.version.aborts_blocking_pause:
            self._resume_later(run, flows.abort_resumed(run))
        elif wrong is None:
            self._resume_later(run, flows.resume(run, nodes, index, forms.form_result(form["submitted"]), event))
        else:
            kind = type(inputs[wrong]).__name__
            message = f"HumanInput file list input expects a string, output_variable_name={wrong}, got={kind}"
            self._resume_later(run, flows.fail_form(run, message))

    def _resume_later(self, run: Run, work: Coroutine[Any, Any, None]) -> None:
        """Resume a run after the time for which it still counts as paused."""

        async def resume() -> None:
            try:
                await asyncio.sleep(self.version.resume_delay)
            except asyncio.CancelledError:
                work.close()
                raise
            self._spawn(run, work)

        self._keep(asyncio.create_task(resume()))

    def _keep(self, timer: asyncio.Task[None]) -> None:
        self._timers.add(timer)
        timer.add_done_callback(self._timers.discard)

    def load_paused(self, run_id: str) -> Run | None:
        """Return a paused run, from memory or from the state; None if the script no longer has its node."""
        record = self.state.get("run", run_id)
        if run_id in self._runs or record is None or record["status"] != "paused":
            return self._runs.get(run_id)
        message = self.state.get("message", record["message_id"]) or {}
        app = next((app for app in self.apps.values() if app.id == record["app_id"]), None)
        number: int = record["flow"]
        waits_at: int = record["trail"][0][0]
        flows: Sequence[Flow] = app.script.flows if app else ()
        nodes: Sequence[Node] = flows[number].nodes if number < len(flows) else ()
        if app is None or waits_at >= len(nodes) or nodes[waits_at].type != "human-input":
            return None
        run = Run(
            record, app.script, make_envelope(record, message), Pool(record["pool"]), Channel(self.version), self.clock
        )
        self._runs[run_id] = run
        return run

    def schedule_expirations(self, app: App) -> None:
        """Schedule the expiration of the open forms in a stored state."""
        for form in self.state.find("form", app.id):
            if form["submitted"] is None and form["expires_at"]:
                self._expire_later(form["id"], max(0.0, form["expires_at"] - self.clock()))

    async def close(self) -> None:
        """Stop every run."""
        waiting = [*self._tasks.values(), *self._timers]
        for run in self._runs.values():
            run.stopped = True
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def _spawn(self, run: Run, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        run_id = run.record["id"]
        run.record["status"] = "running"
        task = asyncio.create_task(self._drive(run, work))
        self._tasks[run_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(run_id, None))
        return task

    async def _drive(self, run: Run, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Paused as pause:
            self._pause(run, pause)
        except NodeError as failure:
            self._finish(run, "failed", str(failure))
        except flows.Aborted:
            self._abort(run)
        except Withheld:
            self._finish(run, "stopped", WITHHELD)
        except asyncio.CancelledError:
            if not run.stopped:
                raise
            self._finish(run, "stopped", STOPPED if self.version.stop_status == "stopped" else ABORTED)
        else:
            self._finish(run, "partial-succeeded" if run.record["exceptions_count"] else "succeeded")

    def _pause(self, run: Run, pause: Paused) -> None:
        record, now = run.record, self.clock()
        form = forms.make_form(pause.node, run.pool, record, now)
        if self.version.execution_forms:
            form["form_id"] = record["nodes"][-1]["id"]
        self.state.put("form", form, parent=record["id"])
        record["answer"] += "".join(run.sent)
        run.sent.clear()
        record |= {"status": "paused", "form": form["id"], "elapsed_time": run.elapsed}
        record["trail"].append([pause.index, None])
        run.send("human_input_required", forms.required_data(form))
        run.send("workflow_paused", forms.paused_data(form, record))
        message = self.state.get("message", record["message_id"])
        if message and not (record["blocking"] and self.version.aborts_blocking_pause):
            self._save_message(message, record["answer"])
        self._save(run)
        self._expire_later(form["id"], pause.node.expires_in)

    def _expire_later(self, token: str, seconds: float) -> None:
        self._keep(asyncio.create_task(self._expire(token, seconds)))

    async def _expire(self, token: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        form = self.state.get("form", token)
        if form and form["submitted"] is None and self.load_paused(form["run_id"]):
            run = self._paused_run(form)
            node, index, nodes = flows.take_action(run, None)
            data = {"node_id": node.id, "node_title": node.title, "expiration_time": form["expiration_time"]}
            self.state.put("form", {**form, "expires_at": 0.0})
            self._spawn(
                run, flows.resume(run, nodes, index, None, run.envelope.run_event("human_input_form_timeout", data))
            )

    def _paused_run(self, form: Mapping[str, Any]) -> Run:
        run = self.load_paused(form["run_id"])
        if run is None:
            raise invalid("The run of this form is gone.")
        run.record["inputs_sys"]["dialogue_count"] += 1
        run.record["inputs"]["sys.dialogue_count"] += 1
        return run

    def _finish(self, run: Run, status: str, error: str | None = None) -> None:
        record, version = run.record, self.version
        ending = settle(run, status, error, self.clock())
        send = send_withheld_ending if error == WITHHELD else send_ending
        send(run, ending)
        message = self.state.get("message", record["message_id"])
        if message and (version.stores_without_reader or not run.reader_left):
            message |= {"resources": record["resources"], "answer_files": ending.files}
            self._save_message(message, ending.answer, f"Run failed: {error}" if ending.has_failed else None)
        is_lost = status == "stopped" or (run.reader_left and not version.finishes_without_reader)
        if is_lost and version.stopped_run == "running":
            record |= {"status": "running", "outputs": {}, "error": None, "finished_at": None}
        self._save(run)
        self._save_variables(run)
        self._runs.pop(record["id"], None)

    def _abort(self, run: Run) -> None:
        send_abortion(run, self.clock())
        self._save(run)
        self._runs.pop(run.record["id"], None)

    def _save(self, run: Run) -> None:
        run.record["pool"] = run.pool.groups
        self.state.put("run", run.record)

    def _save_message(self, message: Record, answer: str, error: str | None = None) -> None:
        message |= {"answer": answer, "status": "error" if error else "normal", "error": error}
        self.state.put("message", message, parent=message["conversation_id"])

    def _save_variables(self, run: Run) -> None:
        parent = run.record["conversation_id"]
        for variable in self.state.find("variable", run.record["app_id"], parent):
            value = run.pool.get(("conversation", variable["name"]))
            if value != variable["value"]:
                self.state.put("variable", {**variable, "value": value, "updated_at": int(self.clock())}, parent=parent)
