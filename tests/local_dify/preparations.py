"""Preparations of recordings: what has to happen before, or while, a recording is replayed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import Thread

import httpx

from local_dify.json_types import Record
from tests.exchanges import JUNE, Exchange, complete
from tests.local_dify.replay import Replay, read_events

Before = Callable[[Replay], AbstractContextManager[None]]
OnEvent = Callable[[Record], None]


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


def paused(app: str, query: str, *ids: str | None, user: str = "u1") -> Before:
    """Return a context with a paused run; `ids` are the recorded ids of the run, its conversation and its form."""

    @contextmanager
    def waiting(replay: Replay) -> Generator[None]:
        with talk(replay, app, query, user) as response:
            asked = next(event for event in read_events(response) if event["event"] == "human_input_required")
        mine = (asked["workflow_run_id"], asked["conversation_id"], asked["data"]["form_token"])
        replay.ids |= {theirs: own for theirs, own in zip(ids, mine, strict=False) if theirs}
        yield

    return waiting


@contextmanager
def talk(replay: Replay, app: str, query: str, user: str = "u1") -> Generator[httpx.Response]:
    """Send a streaming chat and yield its response."""
    body: Record = {"inputs": {}, "query": query, "user": user, "response_mode": "streaming"}
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
JUNE_BEFORE: dict[str, Before] = {
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


@contextmanager
def pause(_replay: Replay) -> Generator[None]:
    """Wait until a submitted form has resumed its run, or an expired one has."""
    time.sleep(0.5)
    yield


def joined(app: str, query: str, run: str, nodes: int = 2, user: str = "ul", app_id: str = "") -> Before:
    """Return a context with a live run of which so many nodes have finished; `run` is its recorded id."""

    @contextmanager
    def running(replay: Replay) -> Generator[None]:
        with talk(replay, app, query, user) as response:
            events, finished = read_events(response), 0
            for event in events:
                if event["event"] == "workflow_started":
                    replay.ids |= {run: event["workflow_run_id"], app_id: event["data"]["inputs"]["sys.app_id"]}
                finished += event["event"] == "node_finished"
                replay.cursors["*"] = event.get("cursor", "")
                if finished == nodes:
                    break
            rest = Thread(target=list, args=(events,))
            rest.start()
            yield
            rest.join()

    return running


def joined_origin(recording: Exchange, origin: Exchange) -> Before:
    """Return a context with a live run like the one that a recording joined."""
    request = origin.request
    (run,) = re.findall(r"/workflow/([^/]+)/events", recording.request["path"])
    return joined(request["app"], request["body"]["query"], run, user=request["body"]["user"])


def submitted(token: str, wait: float = 0.15) -> Before:
    """Return a context in which the form with this recorded token was submitted; its run has just been resumed."""

    @contextmanager
    def resumed(replay: Replay) -> Generator[None]:
        submit(replay, "main", replay.ids[token], "approve", {"comment": "Fine.", "pick": "b"})
        time.sleep(wait)
        yield

    return resumed


def in_turn(*steps: Before) -> Before:
    """Return a context that runs several contexts in turn."""

    @contextmanager
    def prepared(replay: Replay) -> Generator[None]:
        with ExitStack() as stack:
            for step in steps:
                stack.enter_context(step(replay))
            yield

    return prepared


def unrated(message: str) -> Before:
    """Return a context in which the message has no feedback."""

    @contextmanager
    def removed(replay: Replay) -> Generator[None]:
        headers = {"authorization": f"Bearer {replay.keys['chatflow']}"}
        path = f"/v1/messages/{replay.ids[message]}/feedbacks"
        replay.client.post(path, json={"rating": None, "user": "u1"}, headers=headers)
        yield

    return removed


def recorded_token(version: str, name: str) -> str:
    """Return the form token in a recorded pause."""
    found = next((exchange for exchange in complete(version) if exchange.name == name), None)
    return str(found.body["data"]["reasons"][0]["form_token"]) if found else ""


def submit(replay: Replay, app: str, token: str, action: str, inputs: Record) -> None:
    """Submit a form."""
    headers = {"authorization": f"Bearer {replay.keys[app]}"}
    body = {"inputs": inputs, "action": action, "user": "uh"}
    replay.client.post(f"/v1/form/human_input/{token}", json=body, headers=headers).raise_for_status()


def submitter(version: str, name: str) -> Callable[[Replay], OnEvent]:
    """Return a function that submits the form of the first pause in a stream by another recording of that name."""

    def make(replay: Replay) -> OnEvent:
        def on_event(event: Record) -> None:
            if event["event"] == "workflow_paused" and name not in replay.answers:
                (form,) = (exchange for exchange in complete(version) if exchange.name == name)
                replay.answers[name] = replay.answer(form)

        return on_event

    return make


def approver(replay: Replay) -> OnEvent:
    """Return a function that submits the form of the first pause in a stream."""
    tokens: list[str] = []

    def on_event(event: Record) -> None:
        if event["event"] == "workflow_paused" and not tokens:
            tokens.append(event["data"]["reasons"][0]["form_token"])
            submit(replay, "main", tokens[0], "approve", {"comment": "Fine.", "pick": "a"})

    return on_event


def enabled(app: str, job: str) -> Before:
    """Return a context in which annotation replies were enabled by the job with this recorded id."""

    @contextmanager
    def ready(replay: Replay) -> Generator[None]:
        headers = {"authorization": f"Bearer {replay.keys[app]}"}
        body = {"score_threshold": 0.9, "embedding_provider_name": "p", "embedding_model_name": "m"}
        path = "/v1/apps/annotation-reply/enable"
        replay.ids[job] = replay.client.post(path, json=body, headers=headers).json()["job_id"]
        replay.client.get(f"{path}/status/{replay.ids[job]}", headers=headers).raise_for_status()
        yield

    return ready


def asked(app: str, conversation: str, query: str = "hello", user: str = "u1") -> Before:
    """Return a context with a conversation, whose recorded id is given."""

    @contextmanager
    def talked(replay: Replay) -> Generator[None]:
        body: Record = {"inputs": {}, "query": query, "user": user, "response_mode": "blocking"}
        headers = {"authorization": f"Bearer {replay.keys[app]}"}
        response = replay.client.post("/v1/chat-messages", json=body, headers=headers)
        replay.ids[conversation] = response.raise_for_status().json()["conversation_id"]
        yield

    return talked


def stop_slow(replay: Replay) -> OnEvent:
    """Return a function that stops a run in its third slow node, as its own user."""
    headers = {"authorization": f"Bearer {replay.keys['chatflow']}"}

    def on_event(event: Record) -> None:
        if event["event"] == "node_started" and event["data"]["node_id"] == "slc1":
            replay.client.post(f"/v1/chat-messages/{event['task_id']}/stop", json={"user": "u1"}, headers=headers)

    return on_event


LIMITED_1_9_2 = "e42a26c5-f143-45a7-8283-0d4bf1ce6c7c"
AFTER_FORM = dict.fromkeys(("644_form_get_submitted", "645_form_post_again", "646_messages_resumed"), nothing)
# Recordings that need nothing but earlier ones are here, too: without the complete sets they are not replayed.
BEFORE: dict[str, dict[str, Before]] = {
    JUNE: {
        **JUNE_BEFORE,
        "613_slowit_events_live_snapshot": joined(
            "iter", "slowit", "97223a1d-7a30-4a52-8157-bb76d180d5e5", 4, user="u1"
        ),
        "616_slowlp_events_live_snapshot": joined(
            "iter", "slowlp", "e6b94e6a-2ead-4d34-b361-1ea243e3981e", 4, user="u1"
        ),
        "619_form_get_expired": pause,
        "638_form_post_bad_select": paused("main", "human b", None, None, "cFNlC4oC9L4UW7D2UHIfmq"),
        "639_variables_four": asked("main", "12c319a9-6b94-40a7-8aa8-4d4da5cdd1b1"),
        "652_slow_retry_events_live_snapshot": joined("sr", "go", "790ef3b1-a044-4d61-a75f-c9d0f991c700", 1, user="u1"),
        "654_slow_retry_events_live_snapshot": joined("sr", "go", "4f4cb905-fa28-4121-bcd8-b7c0f2eb4585", 1, user="u1"),
        "657_human_seq_events_second_pause": pause,
    },
    "1.16.1": {
        **AFTER_FORM,
        "656_events_expired_continue": paused("main", "hurry x", "905dec05-b531-4a28-a806-6045caabfcf1", user="uh"),
        "663_human2_events_second_pause": pause,
        "688_events_finished": pause,
        "692_anno_status": enabled("anno", "be475dfc-1caf-4132-8166-705bde69f4c3"),
        "772_human_blocking_events_after_submit": submitted(
            recorded_token("1.16.1", "770_human_blocking_paused"), wait=0.0
        ),
        "693_anno_reply_stream": nothing,
        "773_human_blocking_wfrun_aborted": pause,
        "774_human_blocking_messages_aborted": nothing,
        "776_events_right_after_submit": in_turn(
            paused("main", "human x", "1e466881-6f61-407f-a526-e3ddbca26686", None, "right", user="ub"),
            submitted("right", wait=0.0),
        ),
        "777_events_later_finished": pause,
    },
    "main-2026-08": {
        **AFTER_FORM,
        "656_events_expired_continue": paused("main", "hurry x", "3f912657-eb45-41eb-8e66-9ed2edbc09e5", user="uh"),
        "663_human2_events_second_pause": pause,
        "688_events_finished": pause,
        "884_events_live_retry_snapshot": joined("main", "retry x", "c5a06ba4-613d-4c5a-864f-30d7bdcb74ef"),
    },
    "1.9.2": {
        "159_feedback_null_again": unrated("6adf6d09-7091-4705-a77e-ed8c83e63bee"),
        "273_anno_reply_stream": nothing,
        "280_limited_blocking": joined("limited", "slow 2", "", 4, app_id=LIMITED_1_9_2),
        "281_limited_stream": joined("limited", "slow 2", "", 4, app_id=LIMITED_1_9_2),
        "292_disconnect_wfrun_after": pause,
    },
    "next": {"714_cursor_human_resumed_last_event_id": pause},
}
ON_EVENT: dict[str, dict[str, Callable[[Replay], OnEvent]]] = {
    JUNE: dict.fromkeys(
        (
            "074_chat_stream_stopped",
            "501_chat_stream_stopped_by_other_user",
            "503_chat_stream_stopped_by_other_app",
        ),
        stopper,
    ),
    "1.9.2": {"068_chat_stream_stopped": stop_slow},
    "1.16.1": {
        "642_events_resume_snapshot_continue": approver,
        "661_human2_events_snapshot_continue": submitter("1.16.1", "662_human2_form_post"),
    },
    "main-2026-08": {
        "642_events_resume_snapshot_continue": approver,
        "661_human2_events_snapshot_continue": submitter("main-2026-08", "662_human2_form_post"),
    },
    "next": {"712_cursor_human_events_snapshot_continue": submitter("next", "713_cursor_form_post")},
}
