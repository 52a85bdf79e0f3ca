"""The synchronous half of the overlay: made from `_async/` word by word, docstrings and their examples included."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.folders import differences, swap, temporary_folder

HEADER = "# Made from dify_chatflow/_async/{name} by `make generate`; change it there.\n"
# What is awaited in one half is called in the other; names lose their Async, everything else stays.
WORDS = [
    (r"Awaitable\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", r"\1"),
    (r"\bawait (?=[\w(])", ""),
    (r"\basync (?=def|for|with)", ""),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAsync(Iterator|Generator|Iterable)\b", r"\1"),
    (r"\bAsyncHTTP\b", "SyncHTTP"),
    (r"\ban Async(?=[A-Z])", "a "),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\b(new|check)_async_client\b", r"\1_client"),
    (r"\basync_(sleep|shield|interrupt_read)\b", r"\1"),
    (r"\bdify_chatflow\._async\b", "dify_chatflow._sync"),
    (r"\b__a(iter|next|enter|exit)__\b", r"__\1__"),
    (r"\banext\b", "next"),
    (r"\baiter\b", "iter"),
    (r"\b(a)(close|read)\(\)", r"\2()"),
    (r"\n    #[^\n]*\n    close = aclose\n", ""),
    (r"\baclose\b", "close"),
    (r"\baclosing\b", "closing"),
    (r"\baiter_(bytes|raw)\b", r"iter_\1"),
    (r"\bStopAsyncIteration\b", "StopIteration"),
    (r"`async with`", "`with`"),
    (r"  # noqa: ASYNC\d+", ""),
    (r"httpx\.AsyncClient", "httpx.Client"),
]


def derived(source: str, name: str) -> str:
    """The synchronous form of one module."""
    for pattern, replacement in WORDS:
        source = re.sub(pattern, replacement, source)
    return HEADER.format(name=name) + source


def write_half(package: Path, target: Path) -> None:
    """Write the synchronous form of `package/_async` into the folder `target`, formatted."""
    target.mkdir()
    source = package / "_async"
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source)
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(derived(path.read_text(encoding="utf-8"), name.as_posix()), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--quiet", "--no-cache", "--config", str(package.parents[1] / "pyproject.toml"), str(target)]
    for command in (["check", "--select", "I,F401", "--fix"], ["format"]):
        result = subprocess.run([*ruff, *command, *settings], capture_output=True, text=True, check=False)
        if result.returncode:
            said = (result.stdout + result.stderr).replace(str(target), f"{package.name}/_async")
            raise PipelineError(package / "_async", f"ruff refuses its synchronous form: {said[:400]}")


def derive(package: Path) -> None:
    """Renew `package/_sync`; it is swapped in when it is whole."""
    with temporary_folder(package) as folder:
        write_half(package, folder / "_sync")
        swap(folder / "_sync", package / "_sync")


def stale_half(package: Path) -> list[str]:
    """The files of `_sync/` that are not what `_async/` gives."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "_sync"
        write_half(package, made)
        return sorted(f"_sync/{name}" for name in differences(made, package / "_sync"))
