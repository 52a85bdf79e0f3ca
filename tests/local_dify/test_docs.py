"""The code in docs/testing.md runs as printed, and the fixtures work in another project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from dify_chatflow.testing import LocalDify
from local_dify.faults.fault import Fault
from local_dify.script_file import parse_text
from tests.local_dify.conftest import chat, client_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_python_on_the_page_runs() -> None:
    fixture, *scripts = blocks("python")
    assert fixture.startswith("def test_")
    assert len(scripts) == 2
    for script in scripts:
        run = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
        assert (run.returncode, run.stderr) == (0, "")


def test_script_on_the_page_plays() -> None:
    (text,) = blocks("yaml")
    with LocalDify(parse_text(text)) as server, client_of(server) as api:
        assert chat(api, "Order 7")["answer"] == "Your order is shipped."
        asked = chat(api, "cancel it")["data"]["reasons"][0]
        assert [action["id"] for action in asked["actions"]] == ["yes_cancel", "keep"]


def test_every_fault_on_the_page_exists() -> None:
    named = set(re.findall(r"[`,( ](\w+)=", "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))))
    assert named
    assert named <= set(Fault.__dataclass_fields__)


def test_fixtures_work_in_another_project(tmp_path: Path) -> None:
    fixture, *_ = blocks("python")
    (tmp_path / "test_bot.py").write_text(
        f"""{fixture}

def test_server(local_dify):
    assert local_dify.base_url.startswith("http://127.0.0.1:")
    assert local_dify.requests == []

def test_async(async_chatflow):
    import asyncio

    async def main():
        async with async_chatflow as app:
            return (await app.chat.send("hi")).answer

    assert asyncio.run(main()) == "You said: hi"
"""
    )
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "3 passed" in run.stdout
