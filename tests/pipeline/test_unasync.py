"""The sync client is the async client after substitutions."""

from __future__ import annotations

import ast
import inspect
import shutil
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.unasync import generate_sync, stale_sync_files, to_sync
from tests.contract.cases import PROJECT


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def f(self) -> None:", "def f(self) -> None:"),
        ("await self._session.call(x)", "self._session.call(x)"),
        ("return (await f()).x", "return f().x"),
        ('print((await app.chat.send("a", b=c(1))).answer)', 'print(app.chat.send("a", b=c(1)).answer)'),
        ("return (await f()) or (await g())", "return (f()) or (g())"),
        ("async with a, b:", "with a, b:"),
        ("async for x in y:", "for x in y:"),
        ("class AsyncChat(AsyncResource):", "class Chat(Resource):"),
        ("Callable[P, Awaitable[RawResponse[T]]]", "Callable[P, RawResponse[T]]"),
        ("AsyncIterator[str]", "Iterator[str]"),
        ("async def __aenter__(self)", "def __enter__(self)"),
        ("await anext(self._iterator)", "next(self._iterator)"),
        ("await response.aread()", "response.read()"),
        (
            "from dify_chatflow._async.resources.chat import AsyncChat",
            "from dify_chatflow._sync.resources.chat import Chat",
        ),
        ("an AsyncChatflow client", "a Chatflow client"),
        ("asyncio or trio", "asyncio or trio"),
    ],
)
def test_substitutions_turn_async_into_sync(source: str, expected: str) -> None:
    assert to_sync(source, "x.py").splitlines()[1] == expected


def test_sync_client_is_up_to_date() -> None:
    assert stale_sync_files(PROJECT.overlay) == []


def test_stale_sync_files_are_regenerated(tmp_path: Path) -> None:
    package = tmp_path / "overlays" / "dify_chatflow"
    shutil.copytree(PROJECT.overlay, package, ignore=shutil.ignore_patterns("testing", "__pycache__"))
    shutil.copy(PROJECT.root / "pyproject.toml", tmp_path)
    (package / "_sync" / "resources" / "chat.py").write_text("")
    (package / "_async" / "extra.py").write_text('"""Extra."""\n')
    assert stale_sync_files(package) == ["_sync/extra.py", "_sync/resources/chat.py"]
    generate_sync(package)
    assert stale_sync_files(package) == []
    assert not list(package.glob(".generating-*"))


def test_invalid_code_changes_nothing(tmp_path: Path) -> None:
    package = tmp_path / "overlays" / "dify_chatflow"
    for half in ("_async", "_sync"):
        (package / half).mkdir(parents=True)
    shutil.copy(PROJECT.root / "pyproject.toml", tmp_path)
    (package / "_async" / "broken.py").write_text("def f(:\n")
    with pytest.raises(PipelineError, match=r"_async: ruff cannot format its sync form: .*_async/broken\.py:\d+"):
        generate_sync(package)
    assert list((package / "_sync").iterdir()) == []


def test_sync_client_has_no_async_code() -> None:
    for path in (PROJECT.overlay / "_sync").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        odd = [
            node
            for node in ast.walk(tree)
            if isinstance(node, (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith))
        ]
        assert odd == [], path
        assert "await " not in inspect.cleandoc(path.read_text(encoding="utf-8")), path
