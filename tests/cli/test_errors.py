"""Errors of the command line: one line on stderr, and the exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import types

import pytest

from dify_chatflow import Chatflow, __version__
from dify_chatflow.testing import LocalDify
from dify_chatflow_cli.__main__ import main
from dify_chatflow_cli.commands import run
from dify_chatflow_cli.follow import NO_EVENT
from tests.cli.conftest import Call, Screen


class FakeKeyring(types.ModuleType):
    """A keyring in memory."""

    class errors:  # noqa: N801 - the module of the real one
        class KeyringError(Exception):
            """Base of its errors."""

    def __init__(self, key: str | None) -> None:
        super().__init__("keyring")
        self.key = key

    def get_password(self, service: str, name: str) -> str | None:
        assert service == "dify-chatflow"
        assert name.startswith("http://127.0.0.1")
        if self.key == "locked":
            raise self.errors.KeyringError
        return self.key

    def set_password(self, service: str, name: str, key: str) -> None:
        assert service == "dify-chatflow"
        assert name.startswith("http://127.0.0.1")
        self.key = key


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["chat", "--bogus"], 2, "error: No such option: --bogus"),
        (["runs", "watch"], 2, "error: Missing argument 'RUN_ID'; see: dify-chatflow runs watch --help"),
        (["app", "--base-url", "ftp://x"], 2, "error: "),
        (["app", "--timeout", "0"], 2, "error: timeout"),
        (["runs", "get", "4d0c1a6c-ec0c-4c22-9f34-5c6a1e1d2f11"], 1, "error: 404"),
        (["runs", "list", "--after", "soon"], 1, "error: "),
        (["serve", "--port", "0", "--version", "0.1"], 1, "error: "),
    ],
)
def test_error_is_one_line(call: Call, arguments: list[str], code: int, message: str) -> None:
    result = call(*arguments)
    assert (result.code, result.out) == (code, "")
    assert message.lower() in result.err.lower()
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1


def test_debug_prints_the_traceback(call: Call) -> None:
    result = call("app", "--debug", "--base-url", "http://127.0.0.1:1/v1")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Traceback")
    assert "\nerror: GET /info: ConnectError" in result.err


def test_missing_key_names_the_variable(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIFY_API_KEY")
    result = call("app")
    assert result.code == 2
    assert "DIFY_API_KEY" in result.err


def test_key_comes_from_the_keyring(call: Call, dify: LocalDify, monkeypatch: pytest.MonkeyPatch) -> None:
    key = dify.api_key
    monkeypatch.delenv("DIFY_API_KEY")
    monkeypatch.setitem(sys.modules, "keyring", FakeKeyring(key))
    assert call("app").code == 0
    monkeypatch.setitem(sys.modules, "keyring", FakeKeyring("app-other"))
    assert "keyring del dify-chatflow http://127.0.0.1" in call("app").err
    monkeypatch.setitem(sys.modules, "keyring", FakeKeyring("locked"))
    assert call("app").code == 2


def test_version_is_printed(call: Call) -> None:
    assert call("--version") == (0, f"dify-chatflow {__version__}\n", "")


def test_server_needs_its_extra(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "local_dify", None)
    result = call("serve", "--port", "0")
    assert result == (2, "", 'error: local_dify is missing; pip install "dify-chatflow[testing]"\n')


def test_help_is_shown_without_arguments(call: Call) -> None:
    result = call()
    assert result.code == 2
    assert "conversations" in result.out + result.err
    assert "error" not in result.err


def test_words_are_completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in {"COMPLETE": "complete_bash", "WORDS": "dify-chatflow ru", "CWORD": "1"}.items():
        monkeypatch.setenv(f"_DIFY_CHATFLOW_{name}" if name == "COMPLETE" else f"COMP_{name}", value)
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out.split() == ["runs"]


def test_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "typer", None)
    monkeypatch.delitem(sys.modules, "dify_chatflow_cli.commands")
    assert main() == 1
    assert capsys.readouterr().err == 'error: typer is missing; pip install "dify-chatflow[cli]"\n'


def test_typed_key_is_kept_in_the_keyring(call: Call, dify: LocalDify, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = FakeKeyring(None)
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.delenv("DIFY_API_KEY")

    def type_key(_prompt: str, **_options: object) -> str:
        return f"{dify.api_key} "

    monkeypatch.setattr("dify_chatflow_cli.key.getpass", type_key)
    assert call("app", stdin=Screen("n\n")).code == 0
    assert keyring.key is None
    assert call("app", stdin=Screen("y\n")).code == 0
    assert keyring.key == dify.api_key


@pytest.mark.parametrize(("answer", "code", "message"), [("n\n", 1, "nothing was deleted"), ("y\n", 0, "deleted")])
def test_deletion_is_confirmed(call: Call, app: Chatflow, answer: str, code: int, message: str) -> None:
    annotation = app.annotations.create("When?", "Now.").id
    result = call("annotations", "delete", annotation, stdin=Screen(answer))
    assert result.code == code
    assert result.err.endswith(f"{message}\n")
    assert (annotation in [row.id for row in app.annotations.list()]) == bool(code)


def test_interrupt_before_first_event_is_explained(call: Call, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", latency=60, times=1)
    known = len(dify.requests)

    def interrupt() -> None:
        while len(dify.requests) == known:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    assert call("chat", "hello") == (130, "", f"{NO_EVENT}\n")


def test_closed_pipe_ends_quietly(dify: LocalDify) -> None:
    command = [sys.executable, "-m", "dify_chatflow_cli", "chat", "hello", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1
    assert dify.requests
