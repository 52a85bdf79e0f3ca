"""Replay of every recorded exchange: the local Dify answers with the status, headers and shape of the real server."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import LocalDify
from local_dify.json_types import Record, is_record
from tests.exchanges import Exchange, complete, shared_folder
from tests.local_dify.wire import HEADERS, Answer, Replay, differences, normal, read_events

# Accepted differences, each with its reason.
KNOWN = {
    "246_parameters_workflow": "a workflow app has other parameters; the local server plays chatflows",
    "299_wfrun_app_run_on_chatflow": "not an operation of the document",
    "322_events_resume_snapshot_continue": "recorded while a form was taken that had just been answered",
    "345_wf_run": "not an operation of the document",
}
# Recordings whose responses overlap: two readers of the events of a run, and the form that resumes it.
TOGETHER = {
    "435_events2_snapshot_continue": ("437_events2_continue", "438_form2_post_ok"),
    "523_humllm_events_snapshot_continue": ("524_humllm_form_post",),
}
Before = Callable[[Replay], AbstractContextManager[None]]
STOPPED = {"074_chat_stream_stopped", "501_chat_stream_stopped_by_other_user", "503_chat_stream_stopped_by_other_app"}


Differences = dict[str, list[str]]


@pytest.fixture(scope="module")
def replayed() -> Differences:
    """Return the differences of each recording.

    Without the complete set, only copies that need no other recording are replayed.
    """
    found = {recording.name: recording for recording in complete()}
    # A clock that never shows the same second twice, so that no list loses rows.
    with LocalDify(clock=itertools.count(1.8e9).__next__, ping_interval=0.2) as server, Replay(server) as replay:
        return dict(differing(replay, found, is_whole=shared_folder() is not None))


def differing(replay: Replay, found: Mapping[str, Exchange], *, is_whole: bool) -> Iterator[tuple[str, list[str]]]:
    """Replay the recordings in order."""
    follow_ups = {other for others in TOGETHER.values() for other in others}
    for name, recording in found.items():
        if name in follow_ups or not (is_whole or (name not in {*BEFORE, *TOGETHER} and replay.knows(recording))):
            continue
        try:
            if name in TOGETHER:
                yield from together(replay, recording, [found[other] for other in TOGETHER[name]]).items()
                continue
            with BEFORE.get(name, nothing)(replay):
                answer = replay.answer(recording, stopper(replay) if name in STOPPED else None)
        except (httpx.HTTPError, LookupError, StopIteration) as error:
            yield name, [repr(error)]
            continue
        yield name, compared(replay, recording, answer)


def test_responses_match_recordings(replayed: Differences) -> None:
    different = {name: texts for name, texts in replayed.items() if texts}

    unknown = [f"{name}: {text}" for name, texts in different.items() if name not in KNOWN for text in texts]
    assert not unknown, "\n".join(unknown)
    assert different.keys() == KNOWN.keys() & replayed.keys(), "a difference that is gone must leave the list"


@pytest.mark.usefixtures("shared")
def test_every_recording_is_replayed(replayed: Differences) -> None:
    assert replayed.keys() == {exchange.name for exchange in complete()}
    assert replayed.keys() >= KNOWN.keys()


def test_enough_is_replayed_without_the_full_set(replayed: Differences) -> None:
    assert len(replayed) >= 60


def compared(replay: Replay, recording: Exchange, answer: Answer) -> list[str]:
    """Return the differences of a response from the recorded one."""
    response, texts = recording.response, list[str]()
    if answer.status != response["status"]:
        return [f"status is {answer.status}, recorded {response['status']}: {str(answer.body)[:200]}"]
    for name in HEADERS:
        mine, wanted = answer.headers.get(name), response["headers"].get(name)
        if mine != wanted:
            texts.append(f"{name} is {mine!r}, recorded {wanted!r}")
    if recording.is_stream:
        return texts + compared_events(normal(recording.events), normal(answer.events))
    wanted = response["body"]
    if isinstance(wanted, str) and " bytes binary" in wanted:
        return texts
    if answer.status >= 400 and not str(answer.body).startswith("{'code': 'invalid_param', 'message': 'Run failed:"):
        wanted = json.loads(replay.ours(json.dumps(wanted)))
        return [*texts, *([f"{answer.body} is not the recorded {wanted}"] if answer.body != wanted else [])]
    return texts + differences(wanted, answer.body) + order("body", wanted, answer.body)


def compared_events(wanted: list[Record], mine: list[Record]) -> list[str]:
    """Return the differences of the events: their order, and the shape and field order of each."""
    names, recorded = [e["event"] for e in mine], [e["event"] for e in wanted]
    if names != recorded:
        return [f"events are {names}, recorded {recorded}"]
    texts: list[str] = []
    for one, other in zip(wanted, mine, strict=True):
        texts += [f"{one['event']}: {text}" for text in differences(one, other)]
        texts += order(one["event"], one, other) + order(f"{one['event']}.data", one.get("data"), other.get("data"))
    return texts


def order(name: str, wanted: Any, mine: Any) -> list[str]:
    """Return the difference in the order of fields, if any."""
    same = not is_record(wanted) or list(wanted) == list(mine)
    return [] if same else [f"the fields of {name} are {list(mine)}, recorded {list(wanted)}"]


def together(replay: Replay, first: Exchange, others: list[Exchange]) -> dict[str, list[str]]:
    """Read the events of a paused run with one or two readers, submit its form, and read to the end."""
    *readers, form = [first, *others]
    responses = [replay.client.send(replay.request(recording), stream=True) for recording in readers]
    try:
        streams = [read_events(response) for response in responses]
        events: list[list[Record]] = [[next(stream)] for stream in streams]
        while events[0][-1]["event"] != "workflow_paused":
            events[0].append(next(streams[0]))
        found = {form.name: compared(replay, form, replay.answer(form))}
        for recording, response, stream, received in zip(readers, responses, streams, events, strict=True):
            while received[-1]["event"] != "workflow_finished":
                received.append(next(stream))
            if recording.events[-1]["event"] == "ping":
                received.append(next(stream))  # it does not close after the run is finished
            else:
                assert next(stream, None) is None
            found[recording.name] = compared(
                replay, recording, Answer(response.status_code, response.headers, None, received)
            )
        return found
    finally:
        for response in responses:
            response.close()


def stopper(replay: Replay) -> Callable[[Record], None]:
    """Stop a run during its slow node, as another user of another app."""
    headers = {"authorization": f"Bearer {replay.keys['chatflow2']}"}

    def stop(event: Record) -> None:
        if event.get("data", {}).get("node_id") == "cslow":
            replay.client.post(f"/v1/chat-messages/{event['task_id']}/stop", json={"user": "x"}, headers=headers)

    return stop


@contextmanager
def nothing(_replay: Replay) -> Generator[None]:
    """Prepare nothing."""
    yield


def live(app: str) -> Before:
    """Return a context with a live run."""

    @contextmanager
    def running(replay: Replay) -> Generator[None]:
        with talk(replay, app, "slow 14") as response:
            for event in read_events(response):
                if event.get("data", {}).get("node_id") == "cslow":
                    break
                if event["event"] == "workflow_started":
                    replay.ids[LIVE] = event["workflow_run_id"]
                    replay.ids[LIMITED] = event["data"]["inputs"]["sys.app_id"]
            yield
        time.sleep(0.5)  # the run outlives its reader, and would be in the way of the next

    return running


def paused(app: str, query: str, *ids: str | None) -> Before:
    """Return a context with a paused run; `ids` are the recorded ids of the run, its conversation and its form."""

    @contextmanager
    def waiting(replay: Replay) -> Generator[None]:
        with talk(replay, app, query) as response:
            asked = next(event for event in read_events(response) if event["event"] == "human_input_required")
        mine = (asked["workflow_run_id"], asked["conversation_id"], asked["data"]["form_token"])
        replay.ids |= {theirs: own for theirs, own in zip(ids, mine, strict=False) if theirs}
        yield

    return waiting


@contextmanager
def talk(replay: Replay, app: str, query: str) -> Generator[httpx.Response]:
    """Send a streaming chat and yield its response."""
    body: Record = {"inputs": {}, "query": query, "user": "u1", "response_mode": "streaming"}
    headers = {"authorization": f"Bearer {replay.keys[app]}"}
    with replay.client.stream("POST", "/v1/chat-messages", json=body, headers=headers) as response:
        yield response


def disliked(recorded: str) -> Before:
    """Return a context in which the message has a rating, submitted in an exchange that was not kept."""

    @contextmanager
    def rated(replay: Replay) -> Generator[None]:
        headers = {"authorization": f"Bearer {replay.keys['chatflow']}"}
        body = {"rating": "dislike", "user": "u1"}
        replay.client.post(f"/v1/messages/{replay.ids[recorded]}/feedbacks", json=body, headers=headers)
        yield

    return rated


@contextmanager
def finished(replay: Replay) -> Generator[None]:
    """Wait until the run whose reader left has finished."""
    run = replay.ids["43ddc603-79df-4686-89a6-341a1a758f56"]
    headers = {"authorization": f"Bearer {replay.keys['chatflow']}"}
    while replay.client.get(f"/v1/workflows/run/{run}", headers=headers).json()["status"] == "running":
        time.sleep(0.02)
    yield


HUNDEL = ("e93b43f7-bfb4-467e-8bbe-f00125b097eb", "ee982f23-d8d2-4ed7-b19e-e135d09993e4", "JuU5WZgpml5R9X2NIAz7Pl")
LIMITED = "b8e059d4-3900-4510-91e5-7c4a423623a4"
LIVE = "e1f0cf3f-4d3d-402f-845b-6b4bb32cbc7e"
BEFORE: dict[str, Before] = {
    "135_feedbacks_list2": disliked("9ea54407-b06b-42b9-a1f4-ab3ec96a4611"),
    "139_feedback_missing_rating": disliked("932b5e92-753d-4029-afb9-66320c928843"),
    "334_form_get_files": paused("chatflow", "hundel please", *HUNDEL),
    "343_events_live_snapshot": live("chatflow"),
    "344_events_live_plain": live("chatflow"),
    "455_limited_first": live("limited"),
    "457_limited_429_stream": live("limited"),
    "462_disconnect_messages_after": finished,
    "528_wfrun_stop_paused": paused("humllm", "human please", "6eb065ce-8b1c-459d-98cd-1b7a175f0741"),
}
