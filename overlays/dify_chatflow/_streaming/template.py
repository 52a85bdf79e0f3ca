"""A template of the `message` events of one stream, so that only the answer of each needs parsing.

Optional: without it every event is parsed by `read_payload`, with the same result. Measured on a stream of 20,000
`message` events (Python 3.11, orjson installed): 2.4 instead of 4.7 µs of CPU for each event.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from dify_chatflow._streaming.payload import orjson_loads, parse
from dify_chatflow_client.models.message_event import MessageEvent
from dify_chatflow_client.types import json_keys, received_keys

# How often in a row a template may be learned without being used.
LEARN_ATTEMPTS = 8


class MessageTemplate:
    """The bytes that the `message` events of one stream share.

    In `head + answer + tail` the answer can be any JSON string: the rest of the object stays the same.
    """

    def __init__(self) -> None:
        self._loads = orjson_loads or loads_utf8
        self._head = b""
        self._tail = b""
        self._middle = slice(0, 0)
        self._values: list[Any] = []
        self._received: Mapping[str, Any] = {}
        self._answer_index = 0
        self._lists: list[tuple[int, list[str]]] = []
        self._ending = b""
        self._attempts_left = LEARN_ATTEMPTS

    def read(self, data: bytes) -> MessageEvent | None:
        """Return the event if it differs from the learned one in its answer only, else None."""
        if not (data.startswith(self._head) and data.endswith(self._tail) and self._values):
            return None
        try:
            answer = self._loads(data[self._middle])
        except ValueError:
            return None
        if type(answer) is not str:
            return None
        values = self._values
        values[self._answer_index] = answer
        for index, items in self._lists:
            values[index] = items.copy()
        event = MessageEvent(*values)
        # `to_dict` needs no more than its keys; a function that sets it would take longer than the constructor saves.
        event._received = self._received  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return event

    def learn(self, data: bytes, event: MessageEvent) -> None:
        """Learn the template from an event, if its answer can be located with certainty.

        Only an event that ends like the one before is learned, since learning costs more than parsing.
        """
        ending, self._ending = self._ending, data[-16:]
        if ending != self._ending:
            return
        before, found, after = data.partition(b'"answer":')
        has_been_used = bool(self._values) and self._values[self._answer_index] is not None
        self._attempts_left = LEARN_ATTEMPTS if has_been_used else self._attempts_left - 1
        if self._attempts_left < 0 or not found or event.additional_properties:
            return
        head, tail = before + found, after[string_end(after) :]
        probe = event.answer + "."
        try:
            expected = event.to_dict() | {"answer": probe}
            if not tail or parse(head + json.dumps(probe).encode() + tail) != expected:
                return
        except ValueError:
            return
        names = [name for name in json_keys(MessageEvent) if name != "event"]
        values = [getattr(event, name) for name in names]
        if all(is_shareable(value) for value in values):
            self._head, self._tail, self._middle = head, tail, slice(len(head), -len(tail))
            self._values, self._received, self._answer_index = values, received_keys(event), names.index("answer")
            values[self._answer_index] = None
            self._lists = [(index, value.copy()) for index, value in enumerate(values) if isinstance(value, list)]


def loads_utf8(data: bytes) -> Any:
    """Return the JSON value of valid UTF-8.

    Raises:
        ValueError: The data is not UTF-8 or not JSON; `parse` handles it.
    """
    return json.loads(data.decode())


def string_end(data: bytes) -> int:
    """Return the index after the JSON string at the start of the data; the length of the data if it has no end."""
    index = data.find(b'"') + 1
    while 0 < index < len(data):
        quote = data.find(b'"', index)
        escape = data.find(b"\\", index, quote)
        if escape < 0:
            return quote + 1 or len(data)
        index = escape + 2
    return len(data)


def is_shareable(value: Any) -> bool:
    """Return whether many events can have this value: it is immutable, or a list of strings that is copied."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in cast("list[object]", value))
    return value is None or isinstance(value, (str, int))
