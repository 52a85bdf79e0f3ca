"""Live view of a run: its height, and the nodes that it shows."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from dify_chatflow import Chatflow
from dify_chatflow.testing import Flow, LocalDify, Node, Script
from dify_chatflow_cli.view import RunView

ITEMS = tuple(range(40))
ROUNDS = Node(
    type="iteration",
    id="each",
    items=ITEMS,
    item_errors="continue",
    nodes=(Node(type="code", id="inner", error="boom", fails_for=(3,)),),
)
LONG = Node(type="answer", text="\n".join(f"line {number} " + "x" * 90 for number in range(50)))


@pytest.fixture(scope="module")
def view() -> Iterator[RunView]:
    script = Script(flows=(Flow(nodes=(ROUNDS, LONG)),))
    with LocalDify(script) as dify, Chatflow(dify.api_key, base_url=dify.base_url, user="cli") as app:
        with app.chat.stream("hi") as stream:
            found = RunView(stream.reply)
            for event in stream:
                found.observe(event)
        yield found


def lines(view: RunView, width: int, height: int, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=file, width=width, height=height, force_terminal=True, color_system=None)
    found = console.render_lines(view, pad=False)
    return ["".join(part.text for part in line) for line in found]


@pytest.mark.parametrize(("width", "height"), [(60, 12), (60, 50), (200, 24), (20, 6)])
def test_view_fits_the_terminal(view: RunView, width: int, height: int) -> None:
    shown = lines(view, width, height)
    assert height // 2 < len(shown) < height
    assert max(map(len, shown)) <= width
    assert "x" in shown[-1]


def test_failed_rounds_are_always_shown(view: RunView) -> None:
    console = Console(file=io.StringIO(), width=100)
    console.print(view.tree())
    text = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    assert "… 19 more that succeeded" in text
    assert "#4  failed  0.0 s  boom" in text
    assert "40 rounds" in text


def test_view_is_plain_in_ascii_terminals(view: RunView) -> None:
    assert "".join(lines(view, 60, 30, "ascii")).isascii()
