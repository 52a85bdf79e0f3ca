"""Runs of the server: start, pause, resume, stop, and store."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local_dify.engine import events, forms
from local_dify.engine import flow as flows
from local_dify.engine.channel import Channel
from local_dify.engine.flow import Paused
from local_dify.engine.pool import Pool
from local_dify.engine.records import App, finished_data, is_text_input, make_envelope, new_run
from local_dify.engine.results import NodeError
from local_dify.engine.run import ABORTED, Run
from local_dify.errors import invalid
from local_dify.json_types import Record
from local_dify.script import Flow, Node
from local_dify.state import State


@dataclass(frozen=True)
class Turn:
    """One turn of a chat: the stored message, the channel of its events, and the run's task if there is a run."""

    message: Record
    envelope: events.Envelope
    channel: Channel
    task: asyncio.Task[None] | None = None


class Engine:
    """Start of runs and registry of unfinished ones."""

    def __init__(self, state: State, clock: Callable[[], float]) -> None:
        self.state, self.clock = state, clock
        self.apps: dict[str, App] = {}
        self._runs: dict[str, Run] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._timers: set[asyncio.Task[None]] = set()

    def live(self, run_id: str) -> Run | None:
        """Return an unfinished run."""
        return self._runs.get(run_id)

    def active(self, app: App) -> int:
        """Return the number of active runs of an app."""
        return sum(run.record["app_id"] == app.id for run_id, run in self._runs.items() if run_id in self._tasks)

    def start(self, app: App, message: Record, user: Mapping[str, Any], variables: dict[str, Record]) -> Turn:
        """Start the run that answers a message."""
        turns = len(self.state.find("message", app.id, message["conversation_id"]))
        record = new_run(app, message, user, self.clock(), turns)
        envelope = make_envelope(record, message)
        pool = Pool({"sys": record["inputs_sys"], **variables})
        run = Run(record, app.script, envelope, pool, Channel(), self.clock)
        number, flow = app.script.flow(message["query"])
        if flow.error is not None:
            run.channel.send(envelope.error_event(flow.error))
            self._save_message(message, "", f"Run failed: {flow.error}")
            return Turn(message, envelope, run.channel)
        record["flow"] = number
        self._runs[record["id"]] = run
        self._save(run)
        self.state.put("message", message, parent=message["conversation_id"])
        task = self._spawn(run, flows.play_flow(run, flow, number))
        return Turn(message, envelope, run.channel, task)

    def answer_without_run(self, message: Record, text: str, annotation: Record | None = None) -> Turn:
        """Reply without a run, as input moderation and annotations do: `message` and `message_end`."""
        record = {"id": str(uuid.uuid4()), "task_id": str(uuid.uuid4())}
        envelope, channel = make_envelope(record, message), Channel()
        fields = {"id": message["id"], "answer": text, "from_variable_selector": None}
        channel.send(envelope.message_event("message", **fields))
        meta = events.make_metadata(events.make_usage(), annotation=annotation)
        channel.send(envelope.message_event("message_end", id=message["id"], metadata=meta, files=[]))
        self._save_message(message, text)
        return Turn(message, envelope, channel)

    def stop(self, task_id: str) -> None:
        """Stop the run with this task, for any user (501, 503); unknown tasks and paused runs are ignored."""
        for run_id, task in self._tasks.items():
            if self._runs[run_id].record["task_id"] == task_id:
                self._runs[run_id].stopped = True
                task.cancel()

    def submit(self, form: Record, action: str, inputs: Mapping[str, Any]) -> None:
        """Store the submitted form and resume its run."""
        run = self._paused_run(form)
        form["submitted"] = forms.make_submission(form, action, inputs)
        self.state.put("form", form)
        node, index, nodes = self._position(run, action)
        run.pool.set(node.id, {**inputs, "__action_id": action})
        event = run.envelope.run_event("human_input_form_filled", form["submitted"])
        wrong = next((n for n, v in inputs.items() if not isinstance(v, str) and is_text_input(form, n)), None)
        run.queue.clear()
        if wrong is None:
            self._spawn(run, flows.resume(run, nodes, index, forms.form_result(form["submitted"]), event))
        else:
            kind = type(inputs[wrong]).__name__
            message_text = f"HumanInput file list input expects a string, output_variable_name={wrong}, got={kind}"
            self._spawn(run, flows.fail_form(run, message_text))

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
        run = Run(record, app.script, make_envelope(record, message), Pool(record["pool"]), Channel(), self.clock)
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
        except asyncio.CancelledError:
            if not run.stopped:
                raise
            self._finish(run, "stopped", ABORTED)
        else:
            self._finish(run, "partial-succeeded" if run.record["exceptions_count"] else "succeeded")

    def _pause(self, run: Run, pause: Paused) -> None:
        record, now = run.record, self.clock()
        form = forms.make_form(pause.node, run.pool, record, now)
        self.state.put("form", form, parent=record["id"])
        record["answer"] += "".join(run.sent)
        run.sent.clear()
        record |= {"status": "paused", "form": form["id"], "elapsed_time": run.elapsed}
        record["trail"].append([pause.index, None])
        run.send("human_input_required", forms.required_data(form))
        run.send("workflow_paused", forms.paused_data(form, record))
        message = self.state.get("message", record["message_id"])
        if message:
            self._save_message(message, record["answer"])
        self._save(run)
        self._expire_later(form["id"], pause.node.expires_in)

    def _expire_later(self, token: str, seconds: float) -> None:
        timer = asyncio.create_task(self._expire(token, seconds))
        self._timers.add(timer)
        timer.add_done_callback(self._timers.discard)

    async def _expire(self, token: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        form = self.state.get("form", token)
        if form and form["submitted"] is None and self.load_paused(form["run_id"]):
            run = self._paused_run(form)
            node, index, nodes = self._position(run, None)
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

    def _position(self, run: Run, action: str | None) -> tuple[Node, int, Sequence[Node]]:
        """Return the waiting node of a paused run, its index, and all nodes including those of its action."""
        trail: list[list[Any]] = run.record["trail"]
        trail[-1][1] = action
        number: int = run.record["flow"]
        nodes: Sequence[Node] = run.script.flows[number].nodes
        index: int = trail[0][0]
        node = nodes[index]
        for index, taken in trail:
            node = nodes[index]
            follow = node.on_timeout if taken is None else node.actions[taken]
            nodes = (*nodes[: index + 1], *follow, *nodes[index + 1 :])
        return node, index, nodes

    def _finish(self, run: Run, status: str, error: str | None = None) -> None:
        record, resumed = run.record, run.resumed
        failed = status in ("failed", "stopped")
        answers = [node["outputs"] for node in record["nodes"] if node["node_type"] == "answer" and node["finished_at"]]
        files: list[Any] = [] if failed else [file for out in answers for file in out["files"]]
        if failed:
            outputs = forms.interim_outputs(record) if resumed and record["answer"] else {}
        else:
            outputs = {"answer": "".join(str(out["answer"]) for out in answers), "files": files}
        record |= {"status": status, "error": error, "outputs": outputs, "elapsed_time": run.elapsed}
        record["finished_at"] = int(self.clock())
        answer = "" if failed and not resumed else record["answer"] + "".join(run.sent)
        if not failed:
            answer = self._end_message(run, answer, files)
        # A stopped run is `failed` in its stream and `stopped` in its detail (074_chat_stream_stopped).
        run.send("workflow_finished", finished_data(record))
        message = self.state.get("message", record["message_id"])
        if message:
            message |= {
                "resources": record["resources"],
                "answer_files": files,
            }
            self._save_message(message, answer, f"Run failed: {error}" if failed else None)
        self._save(run)
        self._save_variables(run)
        self._runs.pop(record["id"], None)

    def _end_message(self, run: Run, answer: str, files: list[Any]) -> str:
        """Send `message_end`, and before it `message_replace` for a moderated answer."""
        script = run.script
        if any(word in answer.lower() for word in script.unsafe_words):
            answer = script.blocked_output
            run.channel.send(run.envelope.message_event("message_replace", answer=answer, reason="output_moderation"))
        first = run.first_text
        use = {**(run.record["usage"] or events.make_usage())}
        use["time_to_first_token"] = None if first is None else round(first, 3)
        use["time_to_generate"] = None if first is None else round(run.elapsed - first, 3)
        meta = events.make_metadata(use, run.record["resources"])
        run.record["metadata"] = meta
        run.channel.send(
            run.envelope.message_event("message_end", id=run.envelope.message_id, metadata=meta, files=files)
        )
        return answer

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
