"""The page of events agrees with the document, the classes and the recordings.

`python -m tests.client.test_events_page` prints the table of recorded orders.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import groupby
from typing import Any

from dify_chatflow import events
from dify_chatflow_client import models
from tests.conftest import ROOT
from tests.exchanges import FOLDERS, copies

PAGE = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
DOCUMENT = json.loads((ROOT / "openapi_chatflow.json").read_text(encoding="utf-8"))
NAMES = set(DOCUMENT["components"]["schemas"]["ChunkChatEvent"]["discriminator"]["mapping"])
CLASSES: dict[str, Any] = {
    cls.event: cls for cls in (getattr(events, name) for name in events.__all__) if hasattr(cls, "_attributes")
}
RECORDED = {str(exchange): exchange for version in FOLDERS for exchange in copies(version) if exchange.is_stream}
# Situations and the recordings that show them.
ORDERS = [
    ("answered", ["1.9.2-059_chat_llm_stream", "1.16.1-625_retrieval_stream"]),
    ("moderated answer", ["1.9.2-287_mod_output_llm_leak_stream", "1.16.1-631_mod_output_stream"]),
    ("moderated query, or an annotation", ["1.9.2-076_mod_input_stream", "1.16.1-693_anno_reply_stream"]),
    ("failed run", ["1.9.2-042_chat_fail_stream", "1.16.1-633_llm_ratelimit_stream"]),
    ("refused before the run", ["106_chat_files_unknown_id_stream"]),
    ("stopped run", ["1.9.2-068_chat_stream_stopped", "074_chat_stream_stopped"]),
    ("retried node", ["1.16.1-610_retry_default_stream"]),
    ("iteration", ["main-2026-08-606_iteration_remove_stream"]),
    ("loop", ["055_chat_loop_stream"]),
    ("reasoning", ["1.16.1-614_reasoning_stream"]),
    ("spoken answer", ["1.9.2-066_tts_autoplay_stream", "main-2026-08-636_tts_autoplay_stream"]),
    ("pause for a person", ["1.16.1-640_human_stream"]),
    ("joined after the form", ["435_events2_snapshot_continue", "1.16.1-642_events_resume_snapshot_continue"]),
    ("joined after the end", ["1.16.1-688_events_finished"]),
]


def rows() -> list[list[str]]:
    """Return the cells of the table of events: the event and its class, when it comes, its fields, its versions."""
    table = PAGE[PAGE.index("| event, class |") : PAGE.index("## Order")]
    return [[cell.strip() for cell in line.split(" | ")] for line in table.splitlines()[2:] if line.startswith("|")]


def order(names: list[str]) -> str:
    """Return names without pings; runs of node events become `nodes`, and repetitions one name with an ellipsis."""
    short = ["nodes" if name in ("node_started", "node_finished") else name for name in names if name != "ping"]
    parts = [(name, len(list(group))) for name, group in groupby(short)]
    return ", ".join("*nodes*" if name == "nodes" else f"`{name}`" + " …" * (count > 1) for name, count in parts)


def orders() -> str:
    """Return the table of recorded orders."""
    lines = ["| situation | server | order |", "| --- | --- | --- |"]
    for situation, names in ORDERS:
        for name in names:
            recorded = [event.get("event", "ping") for event in RECORDED[name].events]
            lines.append(f"| {situation} | {RECORDED[name].version} | {order(recorded)} |")
    return "\n".join(lines)


def test_every_event_has_one_row() -> None:
    names = [re.findall(r"`(\w+)`", row[0])[0] for row in rows()]
    assert PAGE.startswith(f"# The {len(NAMES)} events\n")
    assert sorted(names) == sorted(NAMES) == sorted(CLASSES)


def test_classes_are_those_of_the_names() -> None:
    for row in rows():
        name, cls = re.findall(r"`(\w+)`", row[0])
        assert CLASSES[name].__name__ == cls
        assert getattr(events, cls) is CLASSES[name]


def test_fields_exist() -> None:
    for row in rows():
        cls = CLASSES[re.findall(r"`(\w+)`", row[0])[0]]
        for path in re.findall(r"`([\w.]+)`", row[2]):
            model: Any = cls
            for part in path.split("."):
                assert part in model._attributes.values(), path
                model = getattr(models, str(model.__annotations__[part]), None)


def test_recorded_versions_send_the_events() -> None:
    since = {re.findall(r"`(\w+)`", row[0])[0]: row[3].rstrip(" |") for row in rows()}
    assert all(re.match(r"all|never|1\.\d+", text) for text in since.values())
    for exchange in RECORDED.values():
        for name in {event["event"] for event in exchange.events if "event" in event}:
            assert since[name] != "never"
            if re.match(r"1\.", exchange.version) and not since[name].startswith("all"):
                first, *last = map(numbers, re.findall(r"1[.\d]+", since[name]))
                assert first <= numbers(exchange.version), name
                assert not last or numbers(exchange.version)[:2] <= last[0], name


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_orders_are_those_of_the_recordings() -> None:
    assert orders() in PAGE


if __name__ == "__main__":
    sys.stdout.write(orders() + "\n")
