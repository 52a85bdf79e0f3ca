"""Whatever value a field of a response or an event has, calls return or raise a DifyError, and no text is lost.

`check_all` tries every value at every place; the tests take samples.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import anyio
import pytest

from dify_chatflow import DifyError
from pipeline.document import is_list, is_object
from tests.client.memory import body, events, memory_app
from tests.client.modes import Mode, enter, maybe_await, to_list
from tests.client.operations import USES, spelled
from tests.client.stream_bytes import finished, node, sent, started, text
from tests.contract.cases import Case, examples

VALUES: tuple[Any, ...] = (None, "", "\ud83d", 0, -1.5, True, 10**400, [], [None], {}, {"a": [1]}, "1e999")
MISSING = object()
ANSWER = "Hello world"
FORM: Any = {"TYPE": "human_input_required", "form_id": "f", "form_token": "t", "inputs": [], "actions": []}
PAUSE: Any = {"reasons": [FORM]}
# Complete answers; the outputs have the text that a damaged event had.
END = [sent("message_end", metadata={"usage": {"total_tokens": 3}}, files=[]), finished(answer=ANSWER)]
STREAM = [started(), node("node_started", 1), text("Hello "), text("world"), node("node_finished", 1), *END]
PAUSED = [started(), text("Hi"), sent("workflow_paused", workflow_run_id="run-1", data=PAUSE)]
STORED: Any = {"data": [], "sensitive_word_avoidance": {"enabled": False}}


def changed(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield copies of JSON with one value replaced or removed, and the place."""
    for path in paths(found):
        for value in (*VALUES, MISSING):
            result = copy.deepcopy(found)
            holder = result
            for key in path[:-1]:
                holder = holder[key]
            if value is not MISSING:
                holder[path[-1]] = value
            elif is_object(holder):
                del holder[path[-1]]
            yield f"{path} = {value!r:.40}", result


def paths(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of the values in JSON."""
    children = found.items() if is_object(found) else enumerate(found) if is_list(found) else ()
    for key, value in children:
        yield (*path, key)
        yield from paths(value, (*path, key))


async def check_body(case: Case, step: int) -> int:
    """Call the operation of an example with changed bodies, and return how many calls were made."""
    use, calls = USES[spelled(case.method, case.path)], 0
    for _, found in list(changed(case.body))[::step]:
        shown: list[str] = []
        for mode in (Mode("sync"), Mode("async")):
            calls += 1
            try:
                result = await use(memory_app(mode, body(found, case.status), max_retries=0))
                repr(result)
            except DifyError as error:
                shown.append(str(error))
        "".join(shown).encode()
    return calls


async def check_stream(parts: list[bytes], step: int) -> int:
    """Read a stream with one changed event at a time, and return how many were read."""
    cases: list[tuple[str, list[bytes]]] = []
    for number, part in enumerate(parts):
        for place, found in changed(json.loads(part[6:])):
            event = b"data: " + json.dumps(found).encode() + b"\n\n"
            cases.append((f"event {number}: {place}", [*parts[:number], event, *parts[number + 1 :]]))
    for place, chunks in cases[::step]:
        for mode in (Mode("sync"), Mode("async")):
            app = memory_app(mode, events(*chunks, others=STORED))
            try:
                async with enter(app.chat.stream("hi")) as stream:
                    texts = await to_list(stream.text_deltas())
                    reply = await maybe_await(stream.until_done())
            except DifyError:
                continue
            is_text = "'answer'" in place and "= '" in place
            if reply.status in ("succeeded", "partial-succeeded") and not is_text:
                assert reply.answer == ANSWER, place
                assert "".join(texts) == ANSWER or reply.moderated, place
            repr(reply)
    return len(cases[::step])


def json_examples() -> list[Case]:
    """Return the documented JSON bodies of success."""
    successes = (case for case in examples() if case.status < 300 and not case.is_stream)
    found = {spelled(case.method, case.path): case for case in successes}
    return [case for key, case in found.items() if key in USES and "json" in case.content_type and case.body]


def check_all() -> None:
    """Try every value at every place."""
    for case in json_examples():
        anyio.run(check_body, case, 1)
    for parts in (STREAM, PAUSED):
        anyio.run(check_stream, parts, 1)


@pytest.mark.parametrize("case", json_examples(), ids=lambda case: case.name)
def test_any_value_in_a_body_is_survived(case: Case) -> None:
    assert anyio.run(check_body, case, 17) > 0


@pytest.mark.parametrize("parts", [STREAM, PAUSED], ids=["answer", "pause"])
def test_any_value_in_an_event_is_survived(parts: list[bytes]) -> None:
    assert anyio.run(check_stream, parts, 7) > 20
