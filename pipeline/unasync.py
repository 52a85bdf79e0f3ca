"""Generation of `_sync/` from `_async/` by substitutions, which change docstrings and their examples, too."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.folders import differences, swap, temporary_folder

HEADER = "# Generated from dify_chatflow/_async/{name} by `make generate`; change it there.\n"
# The order matters: a substitution sees the result of those before it.
SUBSTITUTIONS = [
    (r"Awaitable\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", r"\1"),
    # `(await f(x)).name` is `f(x).name`
    (r"\(await ([\w.]+\((?:[^()]|\([^()]*\))*\))\)(?=\.)", r"\1"),
    (r"\bawait (?=[\w(])", ""),
    (r"\basync (?=def|for|with)", ""),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\bAsync(Iterator|Generator|Iterable)\b", r"\1"),
    (r"\bAsyncHTTP\b", "SyncHTTP"),
    (r"\ban Async(?=[A-Z])", "a "),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\bDefaultAsync(?=[A-Z])", "Default"),
    (r"\bis_async_client\b", "is_client"),
    (r"\basync_(sleep|shield|interrupt_read|current_loop|deadline|open_part|read_key|chunks)\b", r"\1"),
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


def to_sync(source: str, name: str) -> str:
    """Return the sync form of a module, whose name goes into the first line."""
    for pattern, replacement in SUBSTITUTIONS:
        source = re.sub(pattern, replacement, source)
    return HEADER.format(name=name) + source


def write_sync(package: Path, target: Path) -> None:
    """Write the sync form of `package/_async` into the folder `target`, formatted."""
    target.mkdir()
    source = package / "_async"
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source)
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(to_sync(path.read_text(encoding="utf-8"), name.as_posix()), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--quiet", "--no-cache", "--config", str(package.parents[1] / "pyproject.toml"), str(target)]
    for command in (["check", "--select", "I,F401", "--fix"], ["format"]):
        result = subprocess.run([*ruff, *command, *settings], capture_output=True, text=True, check=False)
        if result.returncode:
            output = (result.stdout + result.stderr).replace(str(target), f"{package.name}/_async")
            raise PipelineError(package / "_async", f"ruff cannot format its sync form: {output[:400]}")


def generate_sync(package: Path) -> None:
    """Replace `package/_sync` with the sync form of `package/_async`, in one step."""
    with temporary_folder(package) as folder:
        write_sync(package, folder / "_sync")
        swap(folder / "_sync", package / "_sync")


def stale_sync_files(package: Path) -> list[str]:
    """Return the files of `_sync/` that differ from the sync form of `_async/`."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "_sync"
        write_sync(package, fresh)
        return sorted(f"_sync/{name}" for name in differences(fresh, package / "_sync"))
