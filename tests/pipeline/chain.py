"""Chains of updates in copies of the tree: every printed instruction is carried out, and its result tested.

python -m tests.pipeline.chain [--quick] [--only STEP …]    # one to four minutes per step; --quick leaves out tests

One tree takes in the published documents in order, beginning with the oldest one, and then made-up ones. What a person
has to write is in `WORK`, and each file there must be one that the update names.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.document import is_list, is_object, load, resolve
from pipeline.errors import PipelineError
from pipeline.unasync import generate_sync
from pipeline.update.local_texts import TEXTS, events, is_free_text, undescribed, with_local_texts
from pipeline.update.stage import run_tests
from pipeline.update.type_check import type_errors
from pipeline.update.worktree import git
from tests.exchanges import ROOT, shared_folder
from tests.pipeline.edits import BASED_ON, EDITS
from tests.pipeline.handwork import OLDER, PUBLISHED, WORK

PARTS = (
    "CHANGELOG.md",
    "pyproject.toml",
    "generator-config.yaml",
    "overlays",
    "generated",
    "dify_conformance",
    "pipeline",
)
# The tests of what belongs to the document: models, methods, tables, and the routes of the local server.
TESTS = (
    "tests/client/test_operations.py",
    "tests/client/test_document_coverage.py",
    "tests/client/test_events_page.py",
    "tests/client/test_signatures.py",
    "tests/client/test_version_differences.py",
    "tests/unit/test_public_names.py",
    "tests/unit/test_request.py",
    "tests/local_dify/test_document.py",
)
# What code or recordings written by hand can break in addition to what the update has tested.
WRITTEN_TESTS = (
    "tests/contract",
    "tests/client/test_docs.py",
    "tests/client/test_middleware.py",
    "tests/client/test_raw_responses.py",
    "tests/examples",
    "tests/unit/test_models.py",
)
# Before the document that the code is for, only the models are tested.
OLDER_TESTS = ("tests/contract",)
# With the newest published document, the tests of its texts and of the evidence for corrections, too.
PUBLISHED_TESTS = ("tests/pipeline/test_vendored.py", "tests/pipeline/test_corrections.py")
UNFIT = re.compile(
    r"^(?P<file>overlays/spec/\S+):(?P<line>\d+): .*\n(?: {4}.*\n)*? {4}edit: Remove the action", re.MULTILINE
)
SHOWN = 20


def copy_tree(folder: Path, first: Path, parts: tuple[str, ...] = ()) -> Path:
    """Create a repository with the files of this tree, or parts of it, and the document `first`."""
    root = folder / "tree"
    root.mkdir(parents=True)
    for name in parts or {Path(name).parts[0] for name in git(ROOT, "ls-files").splitlines()}:
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
    text = out.getvalue()
    if code == 0:
        return code, text.rpartition("\nThe contract tests pass.")[2]
    start = UNFIT.search(text)
    return code, f"{text[start.start() if start else -2000 :]}\n{error.getvalue()}"


def remove_actions(root: Path, text: str) -> list[str]:
    """Carry out the instruction of a refused update to remove actions from overlays/spec; return their places."""
    found = [(one["file"], int(one["line"])) for one in UNFIT.finditer(text)]
    for file, line in sorted(found, reverse=True):
        path = root / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        end = next((at for at in range(line, len(lines)) if not lines[at].startswith("    ")), len(lines))
        path.write_text("".join(lines[: line - 1] + lines[end:]), encoding="utf-8")
    return [f"{file}:{line}" for file, line in found]


def carry_out(root: Path, name: str, text: str) -> list[str]:
    """Make the changes that an update leaves to a person; return problems, such as a file that it does not name."""
    steps = section(text, "To write by hand before make test is green")
    steps += section(text, "With the new client, the type checker reports")
    work = WORK.get(name, ())
    try:
        for one in work:
            one.apply(root)
    except ValueError as error:
        return [f"tests/pipeline/handwork.py no longer fits: {error}"]
    texts = section(text, "Places without a description, .*") + section(text, r"\d+ new texts? .*")
    write_texts(root, [line.split()[0] for line in texts])
    if steps and name in WORK:
        generate_sync(root / "overlays" / "dify_chatflow")
    named = re.findall(r"[\w./-]+/[\w./-]+|[A-Z]+\.md", "\n".join(steps))
    return [f"{one.file} is not named" for one in work if not any(one.file.startswith(place) for place in named)]


def section(text: str, title: str) -> list[str]:
    """Return the indented lines below a title."""
    found = re.search(rf"^{title}:\n((?:  .*\n)+)", f"{text}\n", re.MULTILINE)
    return found[1].splitlines() if found else []


def write_texts(root: Path, pointers: list[str]) -> None:
    """Replace the texts at some pointers of the vendored document."""
    path = root / "openapi_chatflow.json"
    document = load(path)
    numbers = count(1)
    for pointer in pointers:
        parent, _, key = pointer.rpartition("/")
        node = resolve(document, f"#{parent}") if parent else document
        node[key] = reworded(node.get(key, "A text."), numbers, key)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def reworded(node: Any, numbers: Iterator[int], key: str = "") -> Any:
    """Return a text, or an example with its texts, in other words."""
    if is_object(node):
        return {name: reworded(value, numbers, name) for name, value in node.items()}
    if is_list(node):
        return [reworded(item, numbers) for item in node]
    if isinstance(node, str):
        if node.startswith("data: "):
            return "".join(f"data: {json.dumps(reworded(event, numbers))}\n\n" for event in events(node))
        if key in TEXTS or is_free_text(node):
            return f"Sentence {next(numbers)}."
    return node


def problems(root: Path, name: str) -> list[str]:
    """Return what generation, tests and the type checker report about the tree."""
    found: list[str] = []
    for command in ("generate", "check"):
        words = [sys.executable, "-m", "pipeline", command]
        result = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        found += [result.stdout + result.stderr] if result.returncode else []
    tests = OLDER_TESTS if name == PUBLISHED[1] else (*TESTS, *(WRITTEN_TESTS if name in WORK else ()))
    tests += PUBLISHED_TESTS if name == PUBLISHED[-1] else ()
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            run_tests(root, tests)
    except PipelineError:
        found.append(out.getvalue())
    # The update has checked the types; a person may have changed them since.
    return [*found, *type_errors(root)] if name in WORK else found


def find_nothing(_: Path) -> list[str]:
    """Replace a slow step."""
    return []


def made_up(root: Path, wanted: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield an edited copy of the document that the tree has by then, for each wanted edit."""
    for edit in EDITS:
        if wanted and edit.__name__ not in wanted:
            continue
        document = load(root / "openapi_chatflow.json")
        edit(document)
        path = root.parent / f"{edit.__name__}.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False), encoding="utf-8")
        yield edit.__name__, path


def take(root: Path, name: str, document: Path, *, is_quick: bool) -> bool:
    """Take one document in, carry out what the update prints, test the result; print all of it, return success."""
    start, cpu = time.perf_counter(), cpu_time()
    code, text = update(root, document)
    removed = remove_actions(root, text) if code else []
    if removed:
        write(f"{name}: refused; removed {', '.join(removed)}", text)
        code, text = update(root, document)
    updated, cpu = time.perf_counter() - start, cpu_time() - cpu
    write(f"{name}: exit code {code}, {updated:.1f} s, CPU {cpu:.1f} s", text)
    if code:
        return False
    found = carry_out(root, name, text)
    if not is_quick:
        start, cpu = time.perf_counter(), cpu_time()
        found += problems(root, name)
        tested, cpu = time.perf_counter() - start, cpu_time() - cpu
        write(f"{name}: tests and types after the instructions, {tested:.1f} s, CPU {cpu:.1f} s")
    write(f"{name}: {'green' if not found else 'not green'}", "\n".join(found))
    return not found


def cpu_time() -> float:
    """Return the CPU time of this process and of its children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def write(title: str, text: str = "") -> None:
    """Print a title with indented lines below it, the first and the last ones if there are many."""
    lines = [f"    {line}" for line in text.strip().splitlines()]
    if lines[2 * SHOWN :]:
        lines[SHOWN:-SHOWN] = [f"    … {len(lines) - 2 * SHOWN} more lines"]
    sys.stdout.write("\n".join([title, *lines]) + "\n")
    sys.stdout.flush()


def start(folder: Path, first: Path) -> Path:
    """Create a tree with an older document, its texts rewritten."""
    root = copy_tree(folder, first)
    document = load(first)
    _, pointers = with_local_texts({}, document)
    write_texts(root, [*undescribed(document), *pointers])
    for one in OLDER:
        one.apply(root)
    return root


def catch_up(root: Path) -> None:
    """Bring back what only the document that the tree is made for needs."""
    for one in OLDER:
        one.inverse().apply(root)
    shutil.rmtree(root / "overlays" / "spec")
    shutil.copytree(ROOT / "overlays" / "spec", root / "overlays" / "spec")


def run(wanted: Sequence[str] = (), *, is_quick: bool = False) -> int:
    """Run the chain, or the wanted steps of it; return the number of steps that failed."""
    shared = shared_folder()
    if shared is None:
        sys.exit("no published documents here: set CHATFLOW_FIXTURES to the folder that holds upstream/")
    upstream = shared / "upstream"
    wanted = [*wanted, *(BASED_ON[name] for name in wanted if name in BASED_ON)]
    *older, newest = PUBLISHED[1:]
    older = [name for name in older if name in wanted or not wanted]
    taken: list[bool] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if is_quick:
            for step in ("run_contract_tests", "type_errors"):
                patch.setattr(f"pipeline.update.command.{step}", find_nothing)
        if older:
            root = start(Path(folder), upstream / PUBLISHED[0])
            # The complete recordings are of servers that are newer than these documents.
            patch.setenv("CHATFLOW_FIXTURES", folder)
            for name in older:
                if name == older[-1] == PUBLISHED[-2]:
                    catch_up(root)
                    patch.setenv("CHATFLOW_FIXTURES", str(shared))
                taken.append(take(root, name, upstream / name, is_quick=is_quick))
        else:
            root = copy_tree(Path(folder), ROOT / "openapi_chatflow.json")
        if not wanted or newest in wanted:
            taken.append(take(root, newest, upstream / newest, is_quick=is_quick))
        taken += [take(root, name, document, is_quick=is_quick) for name, document in made_up(root, wanted)]
    sys.stdout.write(f"{sum(taken)} of {len(taken)} steps are green\n")
    return len(taken) - sum(taken)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.pipeline.chain", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the tests and the type checker")
    only = "document or edit, such as add_operation; an edit that takes another one back runs that one first"
    parser.add_argument("--only", nargs="+", default=[], metavar="STEP", help=only)
    options = parser.parse_args()
    sys.exit(run(options.only, is_quick=options.quick))
