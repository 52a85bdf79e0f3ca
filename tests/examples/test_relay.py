"""The example of a relay, in a real browser against a local Dify server."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from dify_chatflow.testing import LocalDify
from tests.browser import Page, chromium, serving, wait_for
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def page(dify: LocalDify, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open the example's page in a browser."""
    assert dify.base_url
    app = runpy.run_path(str(ROOT / "examples" / "relay.py"))["app"]
    with chromium(tmp_path_factory.mktemp("chromium")) as opened, serving(app) as url:
        opened.open(url)
        yield opened


def ask(page: Page, query: str) -> None:
    page.run(f"document.getElementById('query').value = {query!r}; document.getElementById('send').click()")


def read(page: Page, part: str) -> str:
    """Return the text of a part of the last answer."""
    return str(page.run(f"document.querySelector('.answer:last-child .{part}').textContent"))


def wait_until_idle(page: Page) -> None:
    wait_for(lambda: page.run("!document.getElementById('send').disabled"))


@pytest.mark.parametrize(
    ("query", "text", "note"),
    [
        ("hello <b>bold</b>", "You said: hello <b>bold</b>", ""),
        ("unsafe", "This answer is blocked.", ""),
        ("human", "Let me ask. ", "Waiting for a person."),
        ("fail", "never ", "The answer could not be completed."),
    ],
)
def test_page_shows_answer(page: Page, query: str, text: str, note: str) -> None:
    ask(page, query)
    wait_until_idle(page)
    assert (read(page, "text"), read(page, "note")) == (text, note)
    assert "✓ Start" in read(page, "nodes")


def test_stop_button_stops_the_run(page: Page, dify: LocalDify) -> None:
    ask(page, "slow 30")
    wait_for(lambda: "… Code" in read(page, "nodes"))
    page.run("document.getElementById('stop').click()")
    wait_for(lambda: dify.requests[-1].path.endswith("/stop"))
    wait_until_idle(page)
    assert read(page, "note") == "Stopped."


def test_next_question_continues_the_conversation(page: Page, dify: LocalDify) -> None:
    for query in ("hello", "and again"):
        ask(page, query)
        wait_until_idle(page)
    first, second = [request.json() for request in dify.requests if request.path.endswith("/chat-messages")][-2:]
    assert first["conversation_id"] == second["conversation_id"] != ""


def test_page_never_receives_the_key(page: Page, dify: LocalDify) -> None:
    ask(page, "hello")
    wait_until_idle(page)
    assert dify.api_key not in page.run("document.documentElement.outerHTML")


def test_lost_connection_is_shown(page: Page, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=503)
    ask(page, "hello")
    wait_until_idle(page)
    assert read(page, "note") == "The assistant cannot be reached at the moment."


@pytest.mark.parametrize(("width", "is_dark"), [(1000, False), (360, True)])
def test_page_fits_its_window(page: Page, tmp_path: Path, width: int, is_dark: bool) -> None:
    ask(page, "hello " + "longword" * 30)
    wait_until_idle(page)
    page.screenshot(tmp_path / "page.png", width=width, is_dark=is_dark)
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run("document.getElementById('stop').getBoundingClientRect().right") <= width
