"""Faults of the events of a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from soak import exchanges as ex
from soak.exchanges import Exchange
from soak.responses import play
from soak.socket_faults.fault import Damage, SocketFault
from soak.wire import End, Step


def event_faults() -> Iterator[SocketFault]:  # noqa: PLR0915 - a list
    """Yield faults of the events of a stream."""
    gap = 2

    def lines(change: Callable[[bytes], bytes]) -> Damage:
        return of_events(lambda events: [change(event) for event in events])

    def one(change: Callable[[bytes], bytes], number: int = gap) -> Damage:
        return of_events(with_event(number, lambda event: [change(event)]))

    yield SocketFault("events twice", of_events(lambda events: [copy for event in events for copy in (event, event)]))
    yield SocketFault("text event twice", of_events(with_event(gap, lambda event: [event, event])))
    yield SocketFault("text event dropped", of_events(with_event(gap, lambda _: [])))
    yield SocketFault("first text event dropped", of_events(with_event(0, lambda _: [])))
    yield SocketFault("last text event dropped", of_events(with_event(-1, lambda _: [])))
    yield SocketFault("all text events dropped", of_events(without("message")))
    yield SocketFault("text events out of order", of_events(swapped))
    yield SocketFault("events in reverse", of_events(lambda events: events[::-1]))
    yield SocketFault("run started last", of_events(lambda events: [*events[:1], *events[2:], events[1]]))
    for name in ("workflow_started", "node_started", "node_finished", "message_end", "workflow_finished"):
        yield SocketFault(f"without {name}", of_events(without(name)))
    yield SocketFault("without any end", of_events(without("message_end", "workflow_finished")))
    yield SocketFault(
        "without any end, left open",
        lambda exchange: (
            [*play(exchange, without("message_end", "workflow_finished")(list(exchange.events)))[:-1], End.SILENCE]
            if exchange.is_stream
            else None
        ),
    )
    yield SocketFault("without events", of_events(lambda _: []))
    yield SocketFault("pings only", of_events(lambda _: [ex.PING] * 3))
    yield SocketFault(
        "run finished without outputs",
        of_events(
            lambda events: [
                *without("workflow_finished")(events),
                ex.run_event("workflow_finished", status="succeeded"),
            ]
        ),
    )
    yield SocketFault("line feeds as CRLF", lines(lambda event: event.replace(b"\n", b"\r\n")), is_harmless=True)
    yield SocketFault("line feeds as CR", lines(lambda event: event.replace(b"\n", b"\r")), is_harmless=True)
    yield SocketFault(
        "no space after the colon", lines(lambda event: event.replace(b"data: ", b"data:")), is_harmless=True
    )
    yield SocketFault("comments between events", lines(lambda event: b": keep-alive\n\n" + event), is_harmless=True)
    yield SocketFault("ids and retry fields", lines(lambda event: b"id: 1\nretry: 10\n" + event), is_harmless=True)
    yield SocketFault(
        "byte order mark in a stream",
        of_events(lambda events: [b"\xef\xbb\xbf" + events[0], *events[1:]]),
        is_harmless=True,
    )
    yield SocketFault("all events in one chunk", of_events(lambda events: [b"".join(events)]), is_harmless=True)
    yield SocketFault(
        "events cut between chunks",
        of_events(lambda events: [b"".join(events)[at : at + 7] for at in range(0, len(b"".join(events)), 7)]),
        is_harmless=True,
    )
    yield SocketFault("last blank line missing", of_events(lambda events: [*events[:-1], events[-1][:-1]]))
    yield SocketFault(
        "data over several lines",
        lines(lambda event: event.replace(b',"task_id"', b',\ndata: "task_id"')),
        is_harmless=True,
    )
    yield SocketFault(
        "unknown event", of_events(inserted(ex.event("new_event", data={"anything": [1, None]}))), is_harmless=True
    )
    yield SocketFault("event without name", of_events(inserted(b'data: {"hello": 1}\n\n')))
    yield SocketFault(
        "error without name",
        of_events(inserted(b'data: {"code": "x", "message": "quota exceeded", "status": 429}\n\n')),
    )
    yield SocketFault(
        "wrapped error", of_events(inserted(b'data: {"error": {"message": "quota exceeded", "code": 429}}\n\n'))
    )
    yield SocketFault(
        "error event", of_events(inserted(ex.event("error", status=400, code="invalid_param", message="boom")))
    )
    yield SocketFault(
        "error event of nulls", of_events(inserted(ex.event("error", status=None, code=None, message=None)))
    )
    yield SocketFault("event that is no object", of_events(inserted(b"data: [1]\n\n")))
    yield SocketFault("event that is no JSON", of_events(inserted(b"data: hello\n\n")))
    yield SocketFault(
        "end marker of other APIs", of_events(lambda events: [*events, b"data: [DONE]\n\n"]), is_harmless=True
    )
    yield SocketFault("large event", of_events(inserted(ex.event("new_event", text="x" * 500_000))), is_harmless=True)
    yield SocketFault("event larger than the limit", of_events(inserted(ex.event("new_event", text="x" * 2_000_000))))
    yield SocketFault("text event cut", one(lambda event: event[:-5] + b"\n\n"))
    yield SocketFault("text event with a tab", one(lambda event: event.replace(b'answer":"', b'answer":"\t')))
    yield SocketFault(
        "text event with invalid UTF-8", one(lambda event: event.replace(b'answer":"', b'answer":"\xff\xc3'))
    )
    yield SocketFault("text event with a bad escape", one(lambda event: event.replace(b'answer":"', b'answer":"\\x')))
    for value in (b"null", b"5", b'["a"]', b'{"a": 1}', b"true"):
        yield SocketFault(
            f"text of a text event is {value.decode()}",
            partial(with_text, value=value),
        )
    yield SocketFault("text event without text", one(lambda event: event.partition(b',"answer":')[0] + b"}\n\n"))
    yield SocketFault(
        "text event of deep JSON",
        one(lambda event: event.partition(b'"answer":')[0] + b'"answer":' + b"[" * 20_000 + b"]" * 20_000 + b"}\n\n"),
    )
    for name in ("workflow_started", "node_started", "node_finished", "message_end", "workflow_finished"):
        for kind, data in (("null", None), ("a list", [1]), ("text", "x"), ("empty", dict[str, Any]())):
            yield SocketFault(
                f"data of {name} is {kind}",
                partial(with_data, name=name, data=data),
            )
    yield SocketFault(
        "ids are numbers", lines(lambda event: event.replace(b'"task-1"', b"1").replace(b'"message-1"', b"2"))
    )
    yield SocketFault(
        "ids are null", lines(lambda event: event.replace(b'"task-1"', b"null").replace(b'"run-1"', b"null"))
    )
    yield SocketFault("events after the end", of_events(lambda events: [*events, events[text_index(events)]]))
    yield SocketFault("emoji cut between events", of_events(split_emoji), is_harmless=True)


def of_events(change: Callable[[list[bytes]], Sequence[bytes]]) -> Damage:
    """Return the damage of a stream whose events are changed."""
    return lambda exchange: play(exchange, change(list(exchange.events))) if exchange.is_stream else None


def with_event(number: int, change: Callable[[bytes], Sequence[bytes]]) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change of one text event into others."""

    def changed(events: list[bytes]) -> list[bytes]:
        at = text_index(events, number)
        return [*events[:at], *change(events[at]), *events[at + 1 :]]

    return changed


def text_index(events: list[bytes], number: int = 0) -> int:
    """Return the index of a text event."""
    return [index for index, event in enumerate(events) if b'"event":"message"' in event][number]


def with_text(exchange: Exchange, value: bytes) -> Sequence[Step] | None:
    """Return a stream with another JSON value as the text of an event."""
    changed = with_event(2, lambda event: [event.partition(b'"answer":')[0] + b'"answer":' + value + b"}\n\n"])
    return of_events(changed)(exchange)


def with_data(exchange: Exchange, name: str, data: object) -> Sequence[Step] | None:
    """Return a stream with other data in one kind of event."""
    damaged = ex.event(name, workflow_run_id=ex.RUN, data=data, metadata=data)
    start = f'"event":"{name}"'.encode()
    return of_events(lambda events: [damaged if start in event else event for event in events])(exchange)


def swapped(events: list[bytes]) -> list[bytes]:
    """Exchange two neighbouring text events."""
    at = text_index(events)
    return [*events[:at], events[at + 1], events[at], *events[at + 2 :]]


def without(*names: str) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change that leaves events out."""
    return lambda events: [
        event for event in events if not any(f'"event":"{name}"'.encode() in event for name in names)
    ]


def inserted(data: bytes) -> Callable[[list[bytes]], list[bytes]]:
    """Return a change that inserts bytes between two text events."""
    return with_event(1, lambda event: [data, event])


def split_emoji(events: list[bytes]) -> list[bytes]:
    """Cut an emoji between two text events, as servers do that count UTF-16."""
    at = next(index for index, event in enumerate(events) if "🎈".encode() in event)
    before, _, after = events[at].partition("🎈".encode())
    start = before[: before.index(b'"answer":"')] + b'"answer":"'
    return [*events[:at], before + rb"\ud83c" + b'"}\n\n', start + rb"\udf88" + after, *events[at + 1 :]]
