"""Where a missing answer is taken from: the events, the stored message, or the outputs of the run."""

from __future__ import annotations

from typing import Any

import pytest

from dify_chatflow._streaming.accumulate import Accumulator
from dify_chatflow._streaming.completion import Completion, MissingTextError, complete_text
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import Text
from dify_chatflow_client.models import ConversationMessage
from tests.unit.events import event, finished, message, started
from tests.unit.test_text import text


@pytest.mark.parametrize(
    ("received", "stored", "output", "is_resumed", "expected"),
    [
        # The stored message is preferred, and counts as moderated where it contradicts the text.
        (text("a", "c"), "abc", "other", False, ("abc", False)),
        (text("a", "c"), "moderated", "abc", False, ("moderated", True)),
        (text("a", "c"), "abc", None, False, ("abc", False)),
        # A stored message that is the start of the text was stored too early.
        (text("ab", "c"), "a", "abbc", False, ("abbc", False)),
        # After a form, servers of June 2026 store the text before it only.
        (text("", ""), "a", "abc", True, ("abc", False)),
        (text("", ""), "a", "abc", False, ("a", False)),
        (text("", ""), "x", "abc", True, ("x", False)),
        (text("z", ""), "a", "abc", True, ("a", True)),
        # Without a stored message, the outputs hold the answer if they contain the text.
        (text("a", "c"), None, "abc", False, ("abc", False)),
        (text("a", "c"), "", "abc", False, ("abc", False)),
        (text("", ""), "", "", False, ("", False)),
    ],
)
def test_answer_is_taken_from_the_best_source(
    received: Text, stored: str | None, output: str | None, is_resumed: bool, expected: tuple[str, bool]
) -> None:
    assert complete_text(received, stored, output, is_resumed=is_resumed) == expected


@pytest.mark.parametrize(
    ("received", "stored", "output", "reason"),
    [
        (text("a", ""), None, None, "events were missed, and the server has no answer"),
        (text("a", ""), "", None, "events were missed, and the server has no answer"),
        (text("ab", "c"), "a", None, "events were missed, and the server has no answer"),
        (
            text("a", "c"),
            None,
            "xyz",
            "events were missed, and the outputs of the run do not contain the text received",
        ),
    ],
)
def test_missing_answer_has_a_reason(received: Text, stored: str | None, output: str | None, reason: str) -> None:
    with pytest.raises(MissingTextError) as caught:
        complete_text(received, stored, output, is_resumed=False)
    assert str(caught.value) == reason


def stored_message(answer: Any, **fields: Any) -> ConversationMessage:
    return ConversationMessage.from_dict({"id": "m", "answer": answer, **fields})


def joined(*pieces: str, **outputs: Any) -> Accumulator:
    """Return the reply of a run that was joined late and has ended."""
    accumulator = Accumulator("r")
    for piece in pieces:
        accumulator.add(message(piece))
    accumulator.add(finished(outputs=outputs))
    return accumulator


def test_joined_run_takes_the_stored_answer() -> None:
    accumulator = joined("c", answer="abc unmoderated")
    assert accumulator.completion.needs_stored_message
    accumulator.completion.complete(stored_message("abc"))
    assert (accumulator.reply.answer, accumulator.reply.moderated) == ("abc", False)
    assert not accumulator.text.gaps


def test_contradicting_stored_answer_is_moderated() -> None:
    accumulator = joined("bc", answer="abc")
    accumulator.completion.complete(stored_message("removed"))
    assert (accumulator.reply.answer, accumulator.reply.moderated) == ("removed", True)


def test_outputs_of_moderating_app_are_withheld() -> None:
    accumulator = joined("c", answer="abc")
    for moderates in (True, None):
        with pytest.raises(MissingTextError):
            accumulator.completion.complete(None, moderates=moderates)
    accumulator.completion.complete(None)
    assert accumulator.reply.answer == "abc"


def test_failed_run_keeps_the_text_received() -> None:
    accumulator = Accumulator("r")
    accumulator.add(message("c"))
    accumulator.add(finished(status="failed", error="boom"))
    accumulator.completion.complete(None)
    assert (accumulator.reply.answer, accumulator.text.gaps) == ("c", [])


@pytest.mark.parametrize(
    ("pieces", "stored", "answer", "moderated"),
    [
        (["abc"], "abc", "abc", False),
        (["abc"], "replaced", "replaced", True),
        (["abc"], "", "abc", False),
        (["abc"], None, "abc", False),
    ],
)
def test_unconfirmed_text_gives_way_to_stored(
    pieces: list[str], stored: str | None, answer: str, moderated: bool
) -> None:
    found = Text(list(pieces))
    reply = Reply(_text=found, status="succeeded")
    completion = Completion(reply, found, is_unconfirmed=True)
    assert completion.needs_stored_message
    completion.complete(stored_message(stored))
    assert (str(found), reply.moderated) == (answer, moderated)


def test_moderating_app_requires_a_stored_answer() -> None:
    found = Text(["abc"])
    completion = Completion(Reply(_text=found, status="succeeded"), found, is_unconfirmed=True)
    with pytest.raises(MissingTextError, match=r"^the app moderates answers, and the server has no moderated one$"):
        completion.complete(None, moderates=True)
    completion.complete(None, moderates=False)
    assert str(found) == "abc"


def test_images_that_servers_drop_are_kept() -> None:
    shown = "done ![a](/files/a.png?timestamp=1&nonce=ab&sign=x)"
    found = Text([shown])
    completion = Completion(Reply(_text=found, status="succeeded"), found, is_unconfirmed=True)
    completion.complete(stored_message("done"))
    assert (str(found), completion.reply.moderated) == (shown, False)
    assert complete_text(text("", ""), "done", shown, is_resumed=False) == (shown, False)
    completion.complete(stored_message("other"))
    assert (str(found), completion.reply.moderated) == ("other", True)


def test_unconfirmed_text_with_gaps_is_completed() -> None:
    found = text("a", "c")
    completion = Completion(Reply(_text=found, status="succeeded"), found, is_joined=True, is_unconfirmed=True)
    completion.complete(stored_message("abc"))
    assert (str(found), completion.reply.moderated) == ("abc", False)


def test_text_of_complete_stream_is_not_replaced() -> None:
    found = Text(["abc"])
    completion = Completion(Reply(_text=found, status="succeeded"), found)
    assert not completion.needs_stored_message
    completion.complete(stored_message("stored"))
    assert str(found) == "abc"


def test_silence_after_a_form_takes_the_outputs() -> None:
    accumulator = Accumulator()
    events = [started(), message("a"), event("workflow_paused", data={}), started("resumption")]
    for found in [*events, finished(outputs={"answer": "abc"})]:
        accumulator.add(found)
    assert accumulator.completion.needs_stored_message
    # Servers of June 2026 do not store the text after a form.
    accumulator.completion.complete(stored_message("a"))
    assert (accumulator.reply.answer, accumulator.reply.moderated) == ("abc", False)


def test_usage_comes_from_the_stored_message() -> None:
    accumulator = joined("abc", answer="abc")
    assert accumulator.reply.usage is None
    tokens = {"message_tokens": 3, "answer_tokens": 4, "provider_response_latency": 0.5}
    accumulator.completion.complete(stored_message("abc", **tokens))
    assert accumulator.reply.usage is not None
    assert accumulator.reply.usage.total_tokens == 7
    streamed = joined("abc")
    streamed.add(event("message_end", metadata={"usage": {"total_tokens": 9}}))
    streamed.completion.complete(stored_message("abc", **tokens))
    assert streamed.reply.usage is not None
    assert streamed.reply.usage.total_tokens == 9
    bare = joined("abc")
    bare.add(event("message_end", metadata={"retriever_resources": []}))
    known = bare.reply.metadata
    bare.completion.complete(stored_message("abc"))
    assert known is not None
    assert bare.reply.metadata is known
