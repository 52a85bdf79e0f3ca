"""A chain of updates in a copy of the tree: every published revision, then made-up ones, with the time of each step.

python -m tests.pipeline.chain [--quick]    # about a minute per step; --quick leaves out contract tests and types
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.document import Document, load
from pipeline.update.worktree import git
from tests.exchanges import ROOT, shared_folder

PARTS = ("CHANGELOG.md", "pyproject.toml", "generator-config.yaml", "overlays", "generated", "pipeline")
CHECKED = ("tests", "examples", "local_dify")
PUBLISHED = ("openapi_chatflow.2026-04-29.json", "openapi_chatflow.2026-07-09.json", "openapi_service.2026-07-22.json")
EVENT = "StreamEventChatProgress"
MAPPING = f"#/components/schemas/{EVENT}"
END_USER = "/end-users/{end_user_id}"
Edit = Callable[[Document], object]


def add_operation(document: Document) -> None:
    operation = copy.deepcopy(document["paths"]["/info"]["get"])
    document["paths"]["/usage"] = {"get": {**operation, "operationId": "getUsage"}}


def add_event(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas[EVENT] = json.loads(json.dumps(schemas["StreamEventChatTextChunk"]).replace("text_chunk", "progress"))
    schemas["ChunkChatEvent"]["discriminator"]["mapping"]["progress"] = MAPPING
    schemas["ChunkChatEvent"]["properties"]["event"]["enum"].append("progress")


def remove_event(document: Document) -> None:
    schemas = document["components"]["schemas"]
    del schemas[EVENT], schemas["ChunkChatEvent"]["discriminator"]["mapping"]["progress"]
    schemas["ChunkChatEvent"]["properties"]["event"]["enum"].remove("progress")


def add_field(document: Document) -> None:
    fresh = {"type": "string", "description": "A further name of the application."}
    document["components"]["schemas"]["AppInfoResponse"]["properties"]["alias"] = fresh


def add_error(document: Document) -> None:
    responses = document["paths"]["/info"]["get"]["responses"]
    responses["409"] = copy.deepcopy(document["paths"]["/chat-messages"]["post"]["responses"]["400"])


def remove_operation(document: Document) -> None:
    del document["paths"]["/usage"]


def rename_parameter(document: Document) -> None:
    item = json.dumps(document["paths"].pop(END_USER)).replace('"end_user_id"', '"user_id"')
    document["paths"]["/end-users/{user_id}"] = json.loads(item)


EDITS: tuple[Edit, ...] = (
    add_operation,
    add_event,
    add_field,
    add_error,
    remove_operation,
    remove_event,
    rename_parameter,
)


def copy_tree(folder: Path, first: Path, parts: tuple[str, ...] = (*PARTS, *CHECKED)) -> Path:
    """Create a repository with the files of this tree and the document `first`."""
    root = folder / "tree"
    root.mkdir()
    for name in parts:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, root / name)
    shutil.copyfile(first, root / "openapi_chatflow.json")
    (root / ".gitignore").write_text("__pycache__/\n")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Start")
    return root


def update(root: Path, document: Path) -> tuple[int, str]:
    """Run an update; return its exit code and what it prints after the report."""
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = main(["update", str(document), "--root", str(root)])
    _, _, rest = out.getvalue().rpartition("\nThe contract tests pass.")
    return code, rest if code == 0 else f"{out.getvalue()[-2000:]}\n{error.getvalue()}"


def find_nothing(_: Path) -> list[str]:
    """Replace a slow step."""
    return []


def documents(root: Path, upstream: Path) -> Iterator[tuple[str, Path]]:
    """Yield every published revision, then an edited copy of what the tree has by then, for each edit."""
    yield from ((name, upstream / name) for name in PUBLISHED[1:])
    for edit in EDITS:
        document = load(root / "openapi_chatflow.json")
        edit(document)
        path = root.parent / f"{edit.__name__}.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False), encoding="utf-8")
        yield edit.__name__, path


def run(*, is_quick: bool) -> int:
    """Run the chain; return the number of steps that failed."""
    shared = shared_folder()
    if shared is None:
        sys.exit("no published documents here: set CHATFLOW_FIXTURES to the folder that holds upstream/")
    failed = 0
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if is_quick:
            for step in ("run_contract_tests", "type_errors"):
                patch.setattr(f"pipeline.update.command.{step}", find_nothing)
        root = copy_tree(Path(folder), shared / "upstream" / PUBLISHED[0])
        for name, document in documents(root, shared / "upstream"):
            start, cpu = time.perf_counter(), time.process_time()
            code, text = update(root, document)
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            lines = "\n".join(f"    {line}" for line in text.strip().splitlines())
            sys.stdout.write(f"{name}: exit code {code}, {seconds:.1f} s, CPU {cpu:.1f} s\n{lines}\n")
            failed += code != 0
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.pipeline.chain", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the contract tests and the type checker")
    sys.exit(run(is_quick=parser.parse_args().quick))
