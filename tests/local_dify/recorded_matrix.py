"""Outcome of recorded streams of each server state, as a Markdown table: `python -m tests.local_dify.recorded_matrix`.

The recordings are read by the client through a transport without a network. `docs/versions.md` shows the table.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import httpx

from dify_chatflow import Chatflow, DifyError
from tests.exchanges import FOLDERS, JUNE, copies
from tests.local_dify.version_matrix import markdown

# The recording of each scenario by server state; streams of `/events` join a run.
RECORDED: Mapping[str, Mapping[str, str]] = {
    "plain": {
        "1.9.2": "059_chat_llm_stream",
        JUNE: "402_llm_stream",
        "1.16.1": "600_v1161_plain_stream",
        "main-2026-08": "600_v1161_plain_stream",
        "next": "700_cursor_stream",
    },
    "failed": {"1.9.2": "042_chat_fail_stream", JUNE: "049_chat_fail_stream", "1.16.1": "604_iteration_failed_stream"},
    "stopped": {"1.9.2": "068_chat_stream_stopped", JUNE: "074_chat_stream_stopped"},
    "moderated": {
        "1.9.2": "287_mod_output_llm_leak_stream",
        JUNE: "433_mod_output_stream",
        "1.16.1": "631_mod_output_stream",
        "main-2026-08": "631_mod_output_stream",
    },
    "paused": {
        JUNE: "301_human_stream",
        "1.16.1": "640_human_stream",
        "main-2026-08": "640_human_stream",
        "next": "710_cursor_human_stream",
    },
    "paused and resumed": {
        JUNE: "435_events2_snapshot_continue",
        "1.16.1": "642_events_resume_snapshot_continue",
        "main-2026-08": "642_events_resume_snapshot_continue",
        "next": "714_cursor_human_resumed_last_event_id",
    },
    "speech": {
        "1.9.2": "066_tts_autoplay_stream",
        JUNE: "451_tts_autoplay_talk_stream",
        "1.16.1": "636_tts_autoplay_stream",
        "main-2026-08": "636_tts_autoplay_stream",
    },
    "files": {
        "1.9.2": "096_chat_files_local_stream",
        JUNE: "102_chat_files_local_stream",
        "1.16.1": "622_tool_files_stream",
    },
    "loop": {"1.9.2": "053_chat_loop_stream", JUNE: "055_chat_loop_stream", "1.16.1": "608_loop_stream"},
    "joined while under way": {
        JUNE: "343_events_live_snapshot",
        "1.16.1": "684_events_live_retry_snapshot",
        "next": "704_cursor_live_header",
    },
    "joined after its end": {
        JUNE: "327_events_finished",
        "1.16.1": "688_events_finished",
        "main-2026-08": "688_events_finished",
        "next": "701_cursor_finished_no_cursor",
    },
    "disconnected": {"1.9.2": "289_disconnect_middle_stream"},
}


def play(name: str, version: str) -> str:
    """Read a recording with the client, and return the answer, the usage, and the status or the error."""
    exchange = next(found for found in copies(version) if found.name == name)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(("/chat-messages", "/events")):
            return httpx.Response(200, content=exchange.stream, headers={"content-type": "text/event-stream"})
        if request.url.path.endswith("/parameters"):
            return httpx.Response(200, json={"sensitive_word_avoidance": {"enabled": False}})
        return httpx.Response(404, json={"code": "not_found", "message": "not recorded", "status": 404})

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as http,
        Chatflow("app-key", base_url="http://recorded/v1", user="u1", http_client=http) as app,
    ):
        is_joined = exchange.request["path"].partition("?")[0].endswith("/events")
        stream = app.runs.events("run", continue_on_pause=True) if is_joined else app.chat.stream("hi")
        try:
            stream.until_done()
            status = stream.reply.status
        except DifyError as error:
            status = type(error).__name__
    reply = stream.reply
    text = "replaced answer" if reply.moderated else "answer" if reply.answer else "no answer"
    speech = ["speech"] if reply.speech else []
    return ", ".join([text, *speech, "usage" if reply.usage else "no usage", status])


def table() -> str:
    """Return the table of all recordings."""
    rows = [
        [scenario, *(play(names[version], version) if version in names else "" for version in FOLDERS)]
        for scenario, names in RECORDED.items()
    ]
    return markdown(["recorded", *FOLDERS], rows)


if __name__ == "__main__":
    sys.stdout.write(table())
