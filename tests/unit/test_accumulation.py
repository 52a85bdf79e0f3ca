"""Single events and what each changes in the reply, also where parts of it are missing."""

from __future__ import annotations

from typing import Any

import pytest

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.event import StreamEvent, UnknownEvent
from dify_chatflow._streaming.form import FormList
from dify_chatflow._streaming.reply import Reply
from dify_chatflow_client.models import ChatCompletionResponse, HumanInputFormDefinition
from tests.unit.events import event, finished, message, node, started

PAUSED = event("workflow_paused", data={"paused_nodes": ["n"]})


def accumulated(*events: StreamEvent, run_id: str | None = None) -> Accumulator:
    accumulator = Accumulator(run_id)
    for found in events:
        accumulator.add(found)
    return accumulator


def add(*events: StreamEvent, run_id: str | None = None) -> Reply:
    return accumulated(*events, run_id=run_id).reply


def unknown(name: str, **data: Any) -> UnknownEvent:
    return UnknownEvent(name, {"event": name, **data}, "a field is missing")


# Ids


def test_ids_come_from_the_first_events() -> None:
    for first in (message("a"), started(), event("ping"), event("message_end", metadata={})):
        reply = add(first, started())
        ids = (reply.task_id, reply.conversation_id, reply.message_id, reply.workflow_run_id, reply.created_at)
        assert ids == ("t", "c", "m", "r", 1)


def test_time_of_creation_is_the_first() -> None:
    reply = add(event("workflow_started", created_at=5, message_id=None), event("workflow_started", created_at=9))
    assert reply.created_at == 5


def test_run_of_a_joined_stream_is_known() -> None:
    assert Accumulator("run-1").reply.workflow_run_id == "run-1"
    assert Accumulator("run-1").completion.is_joined
    assert not Accumulator().completion.is_joined


@pytest.mark.parametrize(
    ("first", "run_id", "expected"),
    [
        # A refused input has the task's id as run, the replay of a finished run the run's id as task.
        (event("workflow_started", task_id="x", workflow_run_id="x"), None, ("x", None)),
        (event("workflow_started", task_id="x", workflow_run_id="x"), "x", (None, "x")),
        (event("node_started", task_id="x", workflow_run_id="x"), None, (None, "x")),
    ],
)
def test_equal_ids_of_run_and_task(first: StreamEvent, run_id: str | None, expected: tuple[Any, Any]) -> None:
    reply = add(first, run_id=run_id)
    assert (reply.task_id, reply.workflow_run_id) == expected


def test_known_task_is_not_a_run() -> None:
    first = event("message", answer="a", task_id="x", workflow_run_id=None)
    reply = add(first, event("node_started", task_id="x", workflow_run_id="x"))
    assert (reply.task_id, reply.workflow_run_id) == ("x", None)


# The end of the run


def test_finish_has_time_tokens_and_files() -> None:
    file = {"id": "f", "type": "image", "url": "/f.png"}
    reply = add(started(), finished(elapsed_time=2, total_tokens=7, outputs={"files": [file]}))
    assert (reply.elapsed_time, reply.total_tokens) == (2.0, 7)
    assert [found["id"] for found in reply.files] == ["f"]
    listed = add(started(), finished(files=[file])).files
    assert [found["id"] for found in listed] == ["f"]


def test_finish_without_status_is_an_error() -> None:
    reply = add(started(), finished(status=None))
    assert (reply.status, reply.error) == ("error", "the server gave no status for the end of the run")
    reply = add(started(), finished(status="failed"))
    assert (reply.status, reply.error) == ("failed", "the server gave no reason")


@pytest.mark.parametrize(
    ("status", "expected"),
    [("succeeded", "succeeded"), ("partial-succeeded", "succeeded"), ("failed", "failed"), ("stopped", "stopped")],
)
def test_open_nodes_end_with_their_run(status: str, expected: str) -> None:
    done, waiting = node("node_finished", "done", status="exception"), node("node_started", "open")
    reply = add(started(), done, waiting, finished(status=status))
    assert [found.status for found in reply.nodes.values()] == ["exception", expected]


def test_error_after_the_finish_only_repeats_it() -> None:
    reply = add(started(), finished(status="failed", error="boom"), event("error", message="again", status=500))
    assert (reply.status, reply.error, reply.error_status) == ("failed", "boom", None)
    reply = add(started(), event("error", message="boom", code="x", status=400))
    assert (reply.status, reply.error, reply.error_code, reply.error_status) == ("error", "boom", "x", 400)
    assert add(event("error", message="")).error == "the server gave no reason"


def test_answer_without_run_succeeds_at_its_end() -> None:
    end = event("message_end", metadata={})
    assert add(message("a"), end).status == "succeeded"
    assert add(message("a"), end, event("error", message="late")).status == "error"
    for run in (started(), PAUSED):
        assert add(run, end).status in ("running", "paused")


# Events that cannot be read


@pytest.mark.parametrize("name", ["message", "agent_message"])
def test_readable_text_of_unreadable_event_stays(name: str) -> None:
    accumulator = accumulated(message("a"), unknown(name, answer="b"))
    assert (accumulator.reply.answer, accumulator.text.gaps) == ("ab", [])
    accumulator = accumulated(message("a"), unknown(name, answer=5))
    assert (accumulator.reply.answer, accumulator.text.gaps) == ("a", [1])


def test_unreadable_replacement_is_a_gap() -> None:
    assert accumulated(message("a"), unknown("message_replace")).text.gaps == [1]


@pytest.mark.parametrize("name", ["workflow_finished", "workflow_paused"])
def test_unreadable_end_is_an_error_with_reason(name: str) -> None:
    reply = add(started(), unknown(name))
    assert (reply.status, reply.error) == ("error", f"the server's `{name}` cannot be read: a field is missing")


def test_other_unknown_events_change_nothing() -> None:
    assert add(message("a"), unknown("queue_position", answer="b"), event("ping")) == add(message("a"))


def test_agent_message_is_text() -> None:
    accumulator = accumulated(message("a"), event("agent_message", answer="b"), event("agent_message", answer=None))
    assert (accumulator.reply.answer, accumulator.text.drain()) == ("ab", "b")


# Metadata, reasoning, moderation


def test_metadata_is_kept_until_there_is_more() -> None:
    usage = event("message_end", metadata={"usage": {"total_tokens": 9}})
    empty = event("message_end", metadata={})
    for events in ((usage,), (usage, empty), (empty, usage)):
        found = add(*events).usage
        assert found is not None
        assert found.total_tokens == 9
    later = add(usage, event("message_end", metadata={"usage": {"total_tokens": 10}})).usage
    assert later is not None
    assert later.total_tokens == 10
    assert add(event("message_end")).usage is None


def test_files_of_the_end_are_listed() -> None:
    reply = add(event("message_end", metadata={}, files=[{"id": "f", "type": "image", "url": "/f.png"}]))
    assert [found["id"] for found in reply.files] == ["f"]


def test_complete_reasoning_replaces_its_chunks() -> None:
    chunk = event("reasoning_chunk", data={"reasoning": "fir", "is_final": False})
    end = event("message_end", metadata={"reasoning": {"llm": "first"}})
    assert add(chunk).reasoning == "fir"
    assert add(chunk, end).reasoning == "first"


def test_moderated_text_is_revised() -> None:
    accumulator = accumulated(message("ab"), event("message_replace", answer="abc", reason="output_moderation"))
    assert (accumulator.reply.answer, accumulator.reply.moderated, accumulator.text.is_revised) == ("abc", True, True)


# Pauses


def test_resumption_is_running() -> None:
    assert add(started()).status == "running"
    assert add(started(), PAUSED, started("resumption")).status == "running"
    assert add(started(), PAUSED, started()).status == "running"
    assert add(finished(), started()).status == "succeeded"


@pytest.mark.parametrize(
    ("before", "gaps"),
    [
        ([], [0]),
        ([started(), message("a")], []),
        ([started(), node("node_started", "n")], []),
        ([started(), message("a"), PAUSED], []),
    ],
)
def test_resumption_expects_missing_events_at_first(before: list[StreamEvent], gaps: list[int]) -> None:
    accumulator = accumulated(*before, started("resumption"))
    assert (accumulator.text.gaps, accumulator.completion.is_joined) == (gaps, bool(gaps))
    assert accumulator.completion.resumed_at == len(accumulator.reply.answer)


def test_pause_closes_the_gaps_before_it() -> None:
    accumulator = accumulated(message("c"), PAUSED, run_id="r")
    assert accumulator.text.gaps == [0]
    accumulator.add(started("resumption"))
    assert accumulator.text.gaps == []


def test_pause_has_outputs_and_waiting_nodes() -> None:
    data = {"paused_nodes": ["n"], "outputs": {"answer": "a-b"}, "workflow_run_id": "r2"}
    accumulator = accumulated(message("b"), node("node_started", "n"), node("node_started", "o"), run_id="r")
    accumulator.add(event("workflow_paused", data=data))
    reply = accumulator.reply
    assert (reply.answer, reply.outputs, reply.status) == ("a-b", {"answer": "a-b"}, "paused")
    assert [found.status for found in reply.nodes.values()] == ["paused", "running"]
    assert reply.pause is not None
    accumulator.add(event("workflow_paused", data={"outputs": {}}))
    assert reply.outputs == {"answer": "a-b"}


def test_pause_does_not_contradict_the_text() -> None:
    data = {"outputs": {"answer": "other"}}
    assert add(message("b"), event("workflow_paused", data=data), run_id="r").answer == "b"
    assert add(message("b"), event("workflow_paused", data=data)).answer == "b"
    moderated = event("message_replace", answer="x", reason="output_moderation")
    assert add(moderated, event("workflow_paused", data={"outputs": {"answer": "xy"}}), run_id="r").answer == "x"


def test_end_of_a_node_ends_no_pause() -> None:
    reply = add(started(), node("node_finished", "n"), PAUSED)
    assert reply.nodes["n"].status == "succeeded"


def test_blocking_answer_has_its_usage() -> None:
    body = {"event": "message", "message_id": "m", "answer": "hi", "metadata": {"usage": {"total_tokens": 9}}}
    reply = Accumulator.from_blocking(ChatCompletionResponse.from_dict(body)).reply
    assert (reply.answer, reply.status, reply.message_id) == ("hi", "succeeded", "m")
    assert reply.usage is not None
    assert reply.usage.total_tokens == 9


# Nodes


def test_node_has_its_times() -> None:
    begin = node("node_started", "n", created_at=5, node_type="llm", title="Answer")
    (found,) = add(begin, node("node_finished", "n", status=None, finished_at=7, elapsed_time=2)).nodes.values()
    assert (found.id, found.started_at, found.finished_at, found.status) == ("n", 5, 7, "succeeded")
    (found,) = add(node("node_finished", "n", finished_at=7)).nodes.values()
    assert (found.id, found.finished_at) == ("n", 7)


@pytest.mark.parametrize(("kind", "rounds"), [("iteration", 2), ("loop", 3)])
def test_round_that_never_starts_counts_not(kind: str, rounds: int) -> None:
    """The last `loop_next` may announce a round beyond `steps`, which for a loop is its limit."""
    events = [node(f"{kind}_started", "x", node_type=kind), node(f"{kind}_next", "x", node_type=kind, index=2)]
    for steps, expected in ((2, 2), (3, 3), (10, 10 if kind == "iteration" else rounds)):
        reply = add(*events, node(f"{kind}_completed", "x", node_type=kind, steps=steps))
        assert reply.nodes["x"].rounds == expected


def test_containers_are_known_by_their_node() -> None:
    """Snapshots give a container another id than the live stream."""
    begin = node("loop_started", "live", node_id="x", node_type="loop", created_at=5)
    end = node("loop_completed", "snapshot", node_id="x", node_type="loop", finished_at=7)
    assert list(add(begin, end).nodes) == ["x"]
    assert list(add(node("node_started", "id", node_id="x", node_type="llm")).nodes) == ["id"]


@pytest.mark.parametrize(
    ("created_at", "status"), [(6, "succeeded"), (7, "succeeded"), (8, "running"), (None, "succeeded")]
)
def test_container_restarts_after_its_end(created_at: int | None, status: str) -> None:
    fields = {"node_type": "loop"}
    ended = [node("loop_started", "x", created_at=5, **fields), node("loop_completed", "x", finished_at=7, **fields)]
    reply = add(*ended, node("loop_started", "x", created_at=created_at, **fields))
    assert reply.nodes["x"].status == status


def test_plain_node_never_restarts() -> None:
    ended = [node("node_started", "id", node_id="x"), node("node_finished", "id", node_id="x", finished_at=7)]
    assert add(*ended, node("node_started", "id", node_id="x", created_at=9)).nodes["id"].status == "succeeded"


@pytest.mark.parametrize(("index", "retries"), [(None, 1), (1, 1), (3, 3), (0, 1)])
def test_retry_index_counts_missed_attempts(index: int | None, retries: int) -> None:
    assert add(node("node_retry", "n", status="retry", retry_index=index)).nodes["n"].retries == retries


def test_retried_node_waits_with_its_run() -> None:
    begin = node("node_started", "n")
    for earlier in ([begin], [begin, node("node_retry", "n", status="retry")]):
        assert add(*earlier, PAUSED).nodes["n"].status == "paused"
    assert add(begin, node("node_started", "o"), PAUSED).nodes["o"].status == "running"
    assert add(begin, PAUSED, begin).nodes["n"].status == "running"


# Forms


def definition(**fields: Any) -> dict[str, Any]:
    return {"TYPE": "human_input_required", "form_id": "f", "node_id": "n", **fields}


def test_form_has_its_content() -> None:
    forms = FormList()
    (form,) = forms.add(HumanInputFormDefinition.from_dict(definition(form_content="Approve?", form_token="s")))
    assert (form.content, form.token) == ("Approve?", "s")
    (form,) = forms.add(HumanInputFormDefinition.from_dict(definition()))
    assert form.content == ""


@pytest.mark.parametrize(("sent", "expected"), [(None, "known"), ("new", "new")])
def test_pause_keeps_the_token_of_a_form(sent: str | None, expected: str) -> None:
    forms = FormList()
    forms.add(HumanInputFormDefinition.from_dict(definition(form_token="known")))
    (form,) = forms.pause([definition(form_token=sent)])
    assert form.token == expected
    (other,) = forms.pause([definition(form_id="g", form_token=None)])
    assert (other.form_id, other.token) == ("g", None)


def test_submitted_form_is_removed() -> None:
    forms = [event("human_input_required", data=definition(form_id=name, form_token=name)) for name in "abc"]
    accumulator = accumulated(*forms)
    accumulator.remove_form(accumulator.reply.forms[0])
    accumulator.remove_form("c")
    assert [form.token for form in accumulator.reply.forms] == ["b"]


def test_pause_without_forms_keeps_them() -> None:
    forms = FormList()
    forms.add(HumanInputFormDefinition.from_dict(definition(form_token="s")))
    for reasons in (None, [], [{"TYPE": "scheduled"}], "x"):
        assert [form.token for form in forms.pause(reasons)] == ["s"]
    assert forms.clear() == []
    assert forms.pause(None) == []
