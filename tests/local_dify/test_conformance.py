"""Replay of every recorded exchange: the local Dify answers with the status, headers and shape of the real server."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

import httpx
import pytest

from dify_chatflow.testing import VERSIONS, LocalDify
from local_dify.json_types import Record, is_record
from tests.exchanges import FOLDERS, JUNE, Exchange, complete, shared_folder
from tests.local_dify.preparations import BEFORE, ON_EVENT, joined_origin, nothing
from tests.local_dify.recorded_apps import apps
from tests.local_dify.replay import HEADERS, Answer, Replay, differences, normal, read_events

# Recordings whose responses overlap: two readers of the events of a run, and the form that resumes it.
TOGETHER = {
    JUNE: {
        "435_events2_snapshot_continue": ("437_events2_continue", "438_form2_post_ok"),
        "523_humllm_events_snapshot_continue": ("524_humllm_form_post",),
    }
}
# Form posts whose run was joined at once; after others the next recording finds the run resumed.
JOINED_AT_ONCE = {"319_form_post_badtype"}
# Streams that joined a live run: where they joined depends on the moment, so only the shapes of events are compared.
JOINED = re.compile(r"events_live|cursor_live")
PAR = "two forms at once: the local server asks one after the other"
SPEECH = "speech comes at a moment of its own"
LOGS = "no script for a failing step of an agent"
# Accepted differences, each with its reason.
KNOWN: dict[str, dict[str, str]] = {
    JUNE: {
        "246_parameters_workflow": "a workflow app has other parameters; the local server plays chatflows",
        "299_wfrun_app_run_on_chatflow": "not an operation of the document",
        "345_wf_run": "not an operation of the document",
        "630_agent_log_error_stream": LOGS,
        "659_human_par_stream": PAR,
        "660_human_par_form_post": PAR,
    },
    "1.9.2": {
        "045_chat_defaultvalue_stream": "sends the default value of a failed node one node later",
        "066_tts_autoplay_stream": SPEECH,
        "099_chat_files_remote_unreachable": "the local server fetches no remote files",
        "211_wf_run": "not an operation of the document",
        "223_site": "the same fields in another order",
        "224_parameters_plain": "an app without features has fewer settings",
        "233_options": "the same methods in another order",
        "296_chat_agent_logerr_stream": LOGS,
        "311_iter_parallel_terminated_stream": "the rounds of a parallel iteration run one after the other",
    },
    "1.16.1": {
        "665_humanpar_stream": PAR,
        "666_humanpar_events_snapshot_continue": PAR,
        "668_humanpar_form_post2": PAR,
        "681_events_live_iteration_snapshot": "joined when the run was over",
        "763_events_deafened_by_leaving_reader": "another reader left; see test_a_leaving_reader_disturbs_others",
    },
    "main-2026-08": {
        "636_tts_autoplay_stream": SPEECH,
        "661_human2_events_snapshot_continue": "read while 662 and 664 were sent",
        "665_humanpar_stream": PAR,
        "666_humanpar_events_snapshot_continue": PAR,
        "668_humanpar_form_post2": PAR,
        "861_human2_events_snapshot_continue": "the stream of 661 again",
        "868_humanpar_form_post2": PAR,
    },
    "next": {},
}

Differences = dict[str, list[str]]


@cache
def replay_set(version: str) -> Differences:
    """Return the differences of each recording of a version.

    Without the complete set, only copies that need no other recording are replayed.
    """
    found = {recording.name: recording for recording in complete(version)}
    # A clock that never shows the same second twice, so that no list loses rows.
    clock = itertools.count(1.8e9).__next__
    with LocalDify(version=version, clock=clock, ping_interval=0.1) as server, Replay(server, apps(version)) as replay:
        return dict(differing(replay, found, version, is_complete=shared_folder() is not None))


def differing(
    replay: Replay, found: Mapping[str, Exchange], version: str, *, is_complete: bool
) -> Iterator[tuple[str, list[str]]]:
    """Replay the recordings in order."""
    before, groups, on_event = BEFORE[version], TOGETHER.get(version, {}), ON_EVENT.get(version, {})
    follow_ups = {other for others in groups.values() for other in others}
    for name, recording in found.items():
        if name in follow_ups or not (
            is_complete or (name not in {*before, *groups, *on_event} and replay.knows(recording))
        ):
            continue
        try:
            if name in groups:
                yield from together(replay, recording, [found[other] for other in groups[name]]).items()
                continue
            answer = replay.answers.get(name)
            if answer is None:
                replay.adopt(recording)
                origin = found.get(f"{name}_origin")
                with (joined_origin(recording, origin) if origin else before.get(name, nothing))(replay):
                    answer = replay.answer(recording, on_event[name](replay) if name in on_event else None)
        except (httpx.HTTPError, LookupError, StopIteration) as error:
            yield name, [repr(error)]
            continue
        is_resuming = "form_post" in name and answer.status == HTTPStatus.OK
        if is_resuming and not (is_complete and name in JOINED_AT_ONCE):
            time.sleep(2 * VERSIONS[version].resume_delay)
        yield name, compared(replay, recording, answer)


@pytest.mark.parametrize("version", FOLDERS)
def test_responses_match_recordings(version: str) -> None:
    replayed, known = replay_set(version), KNOWN[version]
    different = {name: texts for name, texts in replayed.items() if texts}

    unknown = [f"{name}: {text}" for name, texts in different.items() if name not in known for text in texts]
    assert not unknown, "\n".join(unknown)
    assert different.keys() == known.keys() & replayed.keys(), "a difference that is gone must leave the list"


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("version", FOLDERS)
def test_every_recording_is_replayed(version: str) -> None:
    assert replay_set(version).keys() == {exchange.name for exchange in complete(version)}


def test_enough_is_replayed_without_complete_sets() -> None:
    assert len(replay_set(JUNE)) >= 60


def compared(replay: Replay, recording: Exchange, answer: Answer) -> list[str]:
    """Return the differences of a response from the recorded one."""
    response, texts = recording.response, list[str]()
    if answer.status != response["status"]:
        return [f"status is {answer.status}, recorded {response['status']}: {str(answer.body)[:200]}"]
    for name in HEADERS:
        mine, wanted = answer.headers.get(name), response["headers"].get(name)
        if mine != wanted:
            texts.append(f"{name} is {mine!r}, recorded {wanted!r}")
    if recording.is_stream and JOINED.search(recording.name) and not recording.name.endswith("_origin"):
        return texts + compared_kinds(recording.events, answer.events)
    if recording.is_stream:
        return texts + compared_events(normal(recording.events), normal(answer.events))
    wanted = response["body"]
    return texts + compared_bodies(replay, wanted, answer)


def compared_bodies(replay: Replay, wanted: Any, answer: Answer) -> list[str]:
    """Return the differences of a body: errors are compared by their text, other bodies by their shape."""
    if (isinstance(wanted, str) and " bytes binary" in wanted) or (is_record(wanted) and "__text__" in wanted):
        return []
    is_exact = answer.status >= 400 and not (is_record(wanted) and "errors" in wanted)
    if is_exact and not str(answer.body).startswith("{'code': 'invalid_param', 'message': 'Run failed:"):
        wanted = json.loads(replay.ours(json.dumps(wanted)))
        return [f"{answer.body} is not the recorded {wanted}"] if answer.body != wanted else []
    return differences(wanted, answer.body) + order("body", wanted, answer.body)


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


def compared_kinds(wanted: list[Record], mine: list[Record]) -> list[str]:
    """Return the differences of the kinds of events, and of the shape of the last event of each kind."""
    recorded, sent = ({event["event"]: event for event in events} for events in (wanted, mine))
    recorded, sent = ({k: v for k, v in kinds.items() if k != "ping"} for kinds in (recorded, sent))
    if missing := recorded.keys() - sent.keys() - {"message_replace"}:
        return [f"{', '.join(sorted(missing))} is missing"]
    return [
        f"{kind}: {text}" for kind in recorded.keys() & sent.keys() for text in differences(recorded[kind], sent[kind])
    ]


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
