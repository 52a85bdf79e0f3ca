"""Order of a chat stream's events: which come first, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dify_conformance.compare import Difference, is_object, quote
from dify_conformance.versions import KINDS, Letter, kind_of, parse_version

CLOSING = ("message_end", "workflow_finished", "workflow_paused")
SPEECH = "( tts_message)*( tts_message_end)?"
BEFORE, AFTER = (
    "message_end" + SPEECH + " workflow_finished",
    "workflow_finished( message_replace)?( message_end" + SPEECH,
)
# How a stream ends after its first closing event, by kind of server: a run that succeeded, and any other run.
ENDS: dict[Letter, tuple[str, str]] = {
    "A": (AFTER + ")", AFTER + "| error)?"),
    "B": (AFTER + ")", AFTER + "| error)?"),
    "C": ("workflow_finished", "workflow_finished"),
    "D": (BEFORE, f"workflow_finished|{BEFORE}"),
    "E": (BEFORE, f"workflow_finished|{BEFORE}"),
}
# Of every kind: a run that pauses, and an answer without a run, by moderation or by an annotation.
OTHER_ENDS = "workflow_paused|message_end"
SUCCESS = ("succeeded", "partial-succeeded")
STARTS = re.compile(r"(node|iteration|loop)_started")
FINISHES = re.compile(r"(node|iteration|loop)_(finished|completed)")


def order_differences(sent: Sequence[Any], version: str | None) -> Iterator[Difference]:
    """Yield the differences in the order of a chat stream that was read to its end.

    Args:
        sent: The events of the stream.
        version: The version that the server reports; None allows the end of every kind.
    """
    found = [event for event in sent if is_object(event) and event.get("event") != "ping"]
    names = [str(event.get("event")) for event in found]
    if "workflow_started" in names[1:]:
        yield wrong(f"workflow_started comes after {quote(names[names.index('workflow_started', 1) - 1])}")
    yield from unstarted(found)
    closing = [index for index, name in enumerate(names) if name in CLOSING]
    if not closing:
        if not names or names[-1] != "error":
            yield wrong(f"the stream ends with {quote(names[-1]) if names else 'no event'}, without a closing event")
        return
    end = " ".join(names[closing[0] :])
    known = parse_version(version)
    letters: list[Letter] = [kind_of(known).letter] if known else [kind.letter for kind in KINDS]
    is_success = next((status(event) in SUCCESS for event in found if event.get("event") == "workflow_finished"), False)
    patterns = [OTHER_ENDS, *(ENDS[letter][0 if is_success else 1] for letter in letters)]
    if not any(re.fullmatch(pattern, end) for pattern in patterns):
        kind = f"kind {letters[0]} does" if known else "no kind of server does"
        verb = "not as a server of" if known else "as"
        yield wrong(f"the stream ends with {quote(end)}, {verb} {kind}")


def unstarted(found: Sequence[dict[str, Any]]) -> Iterator[Difference]:
    """Yield a difference for each node, iteration and loop that finishes without having started."""
    started: set[tuple[str, object]] = set()
    for event in found:
        name, data = str(event.get("event")), event.get("data")
        key = (name.partition("_")[0], data.get("id") if is_object(data) else None)
        if STARTS.fullmatch(name):
            started.add(key)
        elif FINISHES.fullmatch(name) and key not in started:
            yield wrong(f"{name} comes without {key[0]}_started")


def status(event: dict[str, Any]) -> object:
    """Return the status of a run in its last event."""
    data = event.get("data")
    return data.get("status") if is_object(data) else None


def wrong(text: str) -> Difference:
    """Return a difference in the order of a stream."""
    return Difference("order", "stream", "", text)
