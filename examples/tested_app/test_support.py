"""Test an app against a local Dify, without an account: `pytest examples/tested_app`.

It needs `pip install "dify-chatflow[testing]" pytest`, which also installs the fixtures `local_dify` and `chatflow`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dify_chatflow import Chatflow
from dify_chatflow.testing import Flow, LocalDify, Node, Script

from .support import answer

# A stand-in for the chatflow: which answers do not matter to these tests, but that each has its own.
SCRIPT = Script(
    flows=(
        Flow(when="refund", nodes=(Node(type="code", error="ValueError: no such order"),)),
        Flow(nodes=(Node(type="answer", text="A full service costs 80 euros."),)),
    )
)


@pytest.fixture
def local_dify() -> Iterator[LocalDify]:
    """Yield a server that plays the script; the fixture `chatflow` is a client of it."""
    with LocalDify(SCRIPT) as server:
        yield server


def test_answer_is_the_text_of_the_app(chatflow: Chatflow, local_dify: LocalDify) -> None:
    assert answer(chatflow, "eve", "What does a full service cost?") == "A full service costs 80 euros."
    assert local_dify.requests[-1].json()["user"] == "eve"


def test_failed_run_is_an_apology(chatflow: Chatflow) -> None:
    assert answer(chatflow, "eve", "refund order 7").startswith("I cannot answer now.")


@pytest.mark.parametrize(
    ("status", "expected"), [(429, "We are busy"), (401, "I cannot answer now."), (500, "I cannot answer now.")]
)
def test_refusal_is_an_apology(chatflow: Chatflow, local_dify: LocalDify, status: int, expected: str) -> None:
    local_dify.fault("POST /chat-messages", status=status)
    assert answer(chatflow.with_options(max_retries=0), "eve", "Hello!").startswith(expected)


def test_lost_connection_is_an_apology(chatflow: Chatflow, local_dify: LocalDify) -> None:
    local_dify.fault("POST /chat-messages", cut_after_bytes=10)
    assert answer(chatflow, "eve", "Hello!").startswith("I cannot answer now.")
