"""Versions of servers: their kinds, and the differences from the document that are known of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dify_conformance.compare import Difference

Version = tuple[int, ...]
Letter = Literal["A", "B", "C", "D", "E"]
# The newest release whose responses the document was compared with.
NEWEST: Version = (1, 16, 1)


@dataclass(frozen=True)
class ServerKind:
    """A group of versions whose streams end alike, up to and including the version `last`."""

    letter: Letter
    last: Version
    end: str


KINDS = (
    ServerKind("A", (1, 8, 0), "message_end after workflow_finished; runs cannot be joined"),
    ServerKind("B", (1, 12, 1), "message_end after workflow_finished; runs cannot be joined"),
    ServerKind("C", (1, 13, 0), "no message_end; runs cannot be joined"),
    ServerKind("D", (1, 13, 3), "message_end before workflow_finished; runs cannot be joined"),
    ServerKind("E", (10**6,), "message_end before workflow_finished; runs can be joined"),
)


@dataclass(frozen=True)
class Known:
    """A known difference between the document and the servers of some versions, `first` and `last` included.

    Attributes:
        reason: The difference for people.
        labels: Pattern of the operation or the event.
        texts: Pattern of the text of the differences.
        first: The first version with it; None is the oldest.
        last: The last version with it; None up to the newest.
    """

    reason: str
    labels: str
    texts: str
    first: Version = ()
    last: Version | None = None

    def applies(self, version: Version | None) -> bool:
        """Return whether servers of a version have it; a server of an unknown version may have it."""
        return version is None or (self.first <= version and (self.last is None or version <= self.last))


NULL = r" is null, but should be .*"
NO_ROUTE = "response 404 is text/html, not application/json"
KNOWN = (
    Known(
        "parallel branches are described up to 1.9.1",
        r"event (node|iteration|loop)_\w+",
        r"`StreamEvent\w+\.data\.(parent_)?parallel_(start_node_id|run_id|id)`",
        last=(1, 9, 1),
    ),
    Known(
        "events of parallel branches up to 1.8.1",
        "stream",
        r"the event `parallel_branch_(started|finished)` is not in the document",
        last=(1, 8, 1),
    ),
    Known(
        "rounds have further fields up to 1.8.1",
        r"event (iteration|loop)_next",
        r"`StreamEvent\w+\.data\.(duration|parallel_mode_run_id|pre_iteration_output)`",
        last=(1, 8, 1),
    ),
    Known(
        "runs are numbered up to 1.4.1",
        r"event workflow_(started|finished)",
        r"`StreamEvent\w+\.data\.sequence_number`",
        last=(1, 4, 1),
    ),
    Known(
        "the metadata has sources only where there are some, up to 1.4.1",
        r"event message_end|POST /chat-messages",
        r"`[\w.]+\.retriever_resources` is missing",
        last=(1, 4, 1),
    ),
    Known(
        "a replaced text has no reason up to 1.3.0",
        "event message_replace",
        r"`StreamEventChatMessageReplace\.reason` is missing",
        last=(1, 3, 0),
    ),
    Known(
        "an unknown run is 200 with nulls up to 1.12.1",
        r"GET /workflows/run/\{workflow_run_id\}",
        r"`WorkflowRunDetailResponse\.(id|workflow_id|status|created_at|total_steps|total_tokens)`" + NULL,
        last=(1, 12, 1),
    ),
    Known(
        "the server does not have the operation, which came with 1.13",
        r"GET /end-users/\{end_user_id\}",
        NO_ROUTE,
        last=(1, 12, 1),
    ),
    Known(
        "the server does not have the operation, which came with 1.14",
        r"GET /workflow/\{workflow_run_id\}/events|(GET|POST) /form/human_input/\{form_token\}",
        NO_ROUTE,
        last=(1, 13, 3),
    ),
    Known(
        "a malformed id in a path has an HTML page",
        r"\w+ /.*",
        r"response 404 to a malformed id is text/html, not application/json",
        last=(1, 14, 2),
    ),
    Known(
        "the speech of an unknown message is null",
        "POST /text-to-audio",
        r"response 200 is application/json, not audio/mpeg",
        last=(1, 14, 2),
    ),
    Known(
        "speech has its real type from 1.17 on",
        "POST /text-to-audio",
        r"response 200 is audio/[\w.+-]+, not audio/mpeg",
        first=(1, 17),
    ),
    Known(
        "a refused input starts a run without ids",
        "event workflow_started",
        r"`StreamEventWorkflowStarted\.(conversation_id|message_id|created_at)` is missing",
        first=(1, 15),
    ),
    Known(
        "the replay of a finished run has empty metadata",
        "event message_end",
        r"`StreamEventChatMessageEnd\.metadata\.(usage|retriever_resources)` is missing",
        first=(1, 16, 1),
    ),
    Known(
        "builds after 1.16.1 time the handover of a run",
        r"event \w+",
        r"`[\w.]+\.handoff_duration`",
        first=(1, 16, 1),
    ),
)


def parse_version(text: str | None) -> Version | None:
    """Return the version in a header `X-Version`; None where it is missing or has another form."""
    match = re.match(r"v?(\d+(?:\.\d+){1,3})", text or "")
    return tuple(map(int, match[1].split("."))) if match else None


def kind_of(version: Version) -> ServerKind:
    """Return the kind of a version."""
    return next(kind for kind in KINDS if version <= kind.last)


def known_reason(found: Difference, version: Version | None, known: Iterable[Known] = KNOWN) -> str | None:
    """Return why a difference is expected of a version; None for one that nobody knows."""
    for one in known:
        if one.applies(version) and re.fullmatch(one.labels, found.label) and re.fullmatch(one.texts, found.text):
            return one.reason
    return None
