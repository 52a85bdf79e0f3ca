"""Behaviour of Dify servers by version: one field per documented difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

# Operations that a version does not have; it answers them with an HTML 404 like any unknown path.
JOINING = frozenset({"/form/human_input/{form_token}", "/workflow/{workflow_run_id}/events"})
END_USERS = frozenset({"/end-users/{end_user_id:uuid}"})

# Body fields by the name of the body that has them.
UPLOAD_2_0 = ("reference", "original_url", "user_id", "tenant_id", "conversation_id", "file_key")
STATISTICS = ("message_tokens", "answer_tokens", "provider_response_latency", "total_price", "currency", "total_tokens")


@dataclass(frozen=True, kw_only=True)
class Version:
    """Behaviour of one server version; the defaults are those of the release 1.16.1.

    `kind` is one of five groups of versions whose streams end alike: A up to 1.8.0, B up to 1.12.1, C is 1.13.0, D up
    to 1.13.3, E from 1.14.0 on. Numbers in parentheses are recordings of that version in `tests/recordings`, or in the
    complete sets; `source` is the published source code of a version without recordings.

    Args:
        name: Name by which `LocalDify` selects the version.
        kind: Group of the version.
        reported: Value of the header `X-Version`.
        spaced_json: Events are JSON with spaces and escapes, not compact UTF-8 (source).
        first_ping: A stream starts with a ping (1.9.2: 011 has none).
        busy_pings: Pings come at fixed intervals, not only in silence (source).
        silence_limit: A stream without events is closed after `silence` seconds although its run continues (source).
        naming_delay: Seconds for which a finished stream stays open while its conversation is named (source).
        message_end: Place of `message_end` relative to `workflow_finished` (1.9.2: 011 after; 1.13.0: source, never).
        repeats_failure: A failed run sends `error` after `workflow_finished` (1.9.2: 042).
        stays_open: A stream without a run stays open and silent after its last event (630; 1.9.2: 076 closes).
        late_speech: The rest of the speech follows `message_end`, then `tts_message_end` (1.9.2: 066, 288).
        stop_status: Status of a stopped run in its stream (1.9.2: 068 `stopped`).
        stop_by_owner: Only the user who started a run can stop it (1.9.2: 069).
        stopped_run: Status of a stopped run in its detail (1.9.2: 204 `running`, for ever).
        early_failure: Streaming answer to a fault before the run: a run without message ids (628), an `error` event
            (main-2026-06: 106), silence with pings (source), or an HTTP status (1.9.2: 035).
        unknown_conversation: Answer to an unknown conversation: 404 (638), a new conversation (main-2026-06), or 404
            for blocking calls and silence for streams (source).
        stores_without_reader: A message is stored although its reader left before the end (1.9.2: 291 is empty).
        finishes_without_reader: A run is recorded as finished although its reader left (up to 1.9.1, source).
        pauses: Human-input nodes exist.
        form_events: A submitted or expired form sends an event (main-2026-06: 435; 660 to 664 have none).
        resumed_text: A resumed run streams `message` events and is stored completely (642, 646; main-2026-06: 329).
        resume_delay: Seconds for which a run still counts as paused after its form was submitted (776).
        checks_selects: A select input of a form accepts only its options (main-2026-06: 638).
        execution_forms: The id of a form is the id of its node's execution (main-2026-08: 640).
        approval_channels: Forms in events have `approval_channels` (640).
        blocking_pause: Answer to a blocking call that pauses: a body (770), or 400 (source).
        aborts_blocking_pause: A run that paused in a blocking call is aborted when it is resumed (772, 773).
        blocking: Blocking calls are answered, or by a stream of pings (1.13.0, source).
        limits_streams: With a limit of one, every streaming call is refused (README of 1.16.1, point 9).
        start_reason: `workflow_started` has `reason` (1.9.2: 011 has none).
        replace_reason: `message_replace` has `reason`.
        truncation_flags: Node events have `inputs_truncated` and others.
        parallel_ids: Node events have `parallel_id` and others, null.
        null_selectors: `from_variable_selector` of a text without a node is null, not an empty list (630).
        token_times: Usage has `time_to_first_token` and `time_to_generate`.
        reasoning: Reasoning is sent as `reasoning_chunk` (614; main-2026-06: 635 not at all).
        inline_reasoning: Reasoning is part of the text, as `<think>` (1.9.2: 060).
        early_text: Text that depends on no node is sent before the start node (600; main-2026-06 after it).
        inner_answers: Answer nodes in loops and iterations are streamed (1.9.2: 050, 053; main-2026-06: 606 not).
        reasoning_metadata: Metadata has the `reasoning` of each node (614).
        annotation_metadata: Metadata has `annotation_reply` also for a reply from an annotation; if not, it is left out
            exactly there (1.9.2: 273; 694).
        system_inputs: The start node shows the system variables as inputs (1.9.2: 011).
        validation: Form of validation errors: flask-restful, flask-restx (1.9.2: 015), or pydantic (main-2026-06: 034).
        checks_boxes: A checkbox accepts only words for true and false (1.9.2: 039).
        foreign_uploads: A message may use another user's upload (1.9.2: 103).
        file_tenant: Files in events have `tenant_id`, not `reference` (1.9.2: 096).
        deletes_anything: Deleting an unknown conversation, or another user's, succeeds (1.9.2: 196, 200).
        too_large: Message of a 413 (1.9.2: 092).
        error_status: Errors have `status` (up to 1.7.2 validation errors and internal errors have none, source).
        value_text: A variable is set by the JSON text of its value (1.7.2, source).
        variable_name: Treatment of the filter `variable_name`: applied (source), ignored (1.9.2: 171), or answered with
            500 (main-2026-06: 187).
        outputs_text: `outputs` of a run's detail is JSON text (1.9.2: 201).
        unknown_run: Answer to an unknown run: 404 (source), nulls (1.9.2: 206), or 500 (1.13.0, source).
        annotation_created: Status of a created annotation.
        missing: Operations that do not exist.
        left_out: Body fields that do not exist, by the name of the body.
        cursors: Events have ids, and joining a run accepts the last one (next: 700 to 714).
    """

    name: str
    kind: Literal["A", "B", "C", "D", "E"] = "E"
    reported: str = "1.16.1"
    spaced_json: bool = False
    first_ping: bool = True
    busy_pings: bool = False
    silence_limit: bool = True
    naming_delay: float = 0.0
    message_end: Literal["before", "after", "never"] = "before"
    repeats_failure: bool = False
    stays_open: bool = True
    late_speech: bool = False
    stop_status: Literal["failed", "stopped"] = "failed"
    stop_by_owner: bool = False
    stopped_run: Literal["stopped", "running"] = "stopped"
    early_failure: Literal["run", "error", "silence", "status"] = "run"
    unknown_conversation: Literal["status", "silence", "new"] = "status"
    stores_without_reader: bool = True
    finishes_without_reader: bool = True
    pauses: bool = True
    form_events: bool = False
    resumed_text: bool = True
    resume_delay: float = 0.1
    checks_selects: bool = True
    execution_forms: bool = False
    approval_channels: bool = True
    blocking_pause: Literal["body", "error"] = "body"
    aborts_blocking_pause: bool = True
    blocking: Literal["body", "pings"] = "body"
    limits_streams: bool = True
    start_reason: bool = True
    replace_reason: bool = True
    truncation_flags: bool = True
    parallel_ids: bool = False
    null_selectors: bool = False
    token_times: bool = True
    reasoning: bool = True
    inline_reasoning: bool = False
    early_text: bool = True
    inner_answers: bool = False
    reasoning_metadata: bool = True
    annotation_metadata: bool = False
    system_inputs: bool = False
    validation: Literal["pydantic", "restx", "restful"] = "pydantic"
    checks_boxes: bool = False
    foreign_uploads: bool = False
    file_tenant: bool = False
    deletes_anything: bool = False
    too_large: str = ""
    error_status: bool = True
    value_text: bool = False
    variable_name: Literal["applied", "ignored", "error"] = "error"
    outputs_text: bool = False
    unknown_run: Literal["missing", "nulls", "error"] = "missing"
    annotation_created: int = 201
    missing: frozenset[str] = frozenset()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    cursors: bool = False


V1_16_1 = Version(name="1.16.1")
MAIN_2026_08 = replace(V1_16_1, name="main-2026-08", execution_forms=True)
NEXT = replace(MAIN_2026_08, name="next", cursors=True, aborts_blocking_pause=False)
V1_15_0 = replace(
    V1_16_1,
    name="1.15.0",
    reported="1.15.0",
    early_failure="error",
    form_events=True,
    early_text=False,
    null_selectors=True,
    resumed_text=False,
    approval_channels=False,
    aborts_blocking_pause=False,
    limits_streams=False,
    reasoning_metadata=False,
    left_out={"message": STATISTICS, "site": ("input_placeholder",)},
)
MAIN_2026_06 = replace(
    V1_15_0,
    name="main-2026-06",
    reported="1.14.2",
    unknown_conversation="new",
    reasoning=False,
    annotation_metadata=True,
)
V1_14_2 = replace(
    MAIN_2026_06,
    name="1.14.2",
    early_failure="silence",
    unknown_conversation="silence",
    checks_selects=False,
    left_out={**MAIN_2026_06.left_out, "upload": ("reference",), "form_filled": ("submitted_data",)},
)
V1_13_3 = replace(
    V1_14_2,
    name="1.13.3",
    kind="D",
    reported="1.13.3",
    blocking_pause="error",
    missing=JOINING,
)
V1_13_0 = replace(
    V1_13_3,
    name="1.13.0",
    kind="C",
    reported="1.13.0",
    message_end="never",
    blocking="pings",
    unknown_run="error",
)
V1_12_1 = replace(
    V1_13_3,
    name="1.12.1",
    kind="B",
    reported="1.12.1",
    first_ping=False,
    busy_pings=True,
    silence_limit=False,
    message_end="after",
    repeats_failure=True,
    stays_open=False,
    late_speech=True,
    early_failure="status",
    unknown_conversation="status",
    stores_without_reader=False,
    pauses=False,
    start_reason=False,
    annotation_metadata=False,
    system_inputs=True,
    inline_reasoning=True,
    inner_answers=True,
    variable_name="applied",
    outputs_text=True,
    unknown_run="nulls",
    missing=JOINING | END_USERS,
    left_out={**V1_13_3.left_out, "message": (*STATISTICS, "extra_contents")},
)
V1_9_2 = replace(
    V1_12_1,
    name="1.9.2",
    reported="1.9.2",
    naming_delay=0.3,
    stop_status="stopped",
    stop_by_owner=True,
    checks_boxes=True,
    foreign_uploads=True,
    file_tenant=True,
    deletes_anything=True,
    too_large="File size exceeded. {message}",
    stopped_run="running",
    validation="restx",
    variable_name="ignored",
    left_out={**V1_12_1.left_out, "upload": UPLOAD_2_0},
)
V1_8_0 = replace(
    V1_9_2,
    name="1.8.0",
    kind="A",
    reported="1.8.0",
    spaced_json=True,
    finishes_without_reader=False,
    truncation_flags=False,
    parallel_ids=True,
    token_times=False,
    left_out={**V1_9_2.left_out, "upload": (*UPLOAD_2_0, "source_url")},
)
V1_7_2 = replace(
    V1_8_0,
    name="1.7.2",
    reported="1.7.2",
    validation="restful",
    error_status=False,
    value_text=True,
    annotation_created=200,
)

VERSIONS = {
    version.name: version
    for version in (
        V1_7_2,
        V1_8_0,
        V1_9_2,
        V1_12_1,
        V1_13_0,
        V1_13_3,
        V1_14_2,
        MAIN_2026_06,
        V1_15_0,
        V1_16_1,
        MAIN_2026_08,
        NEXT,
    )
}
DEFAULT = V1_16_1


def find_version(version: Version | str) -> Version:
    """Return the version of that name.

    Raises:
        ValueError: There is none.
    """
    if isinstance(version, Version):
        return version
    if version not in VERSIONS:
        raise ValueError(f"unknown version: {version!r}; use one of {', '.join(VERSIONS)}")
    return VERSIONS[version]
