"""Chains of updates in copies of the tree: every printed instruction is carried out, and its result tested.

python -m tests.pipeline.chain [--quick] [--only STEP …]    # one to four minutes per step; --quick leaves out tests

The first chain takes in the published documents in order, beginning with the oldest one. The second takes in the
newest one and then made-up ones, from the tree as it is. What a person has to write is in `WORK`, and each file there
must be one that the update names.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.document import Document, is_list, is_object, load, resolve
from pipeline.errors import PipelineError
from pipeline.update.follow_up import type_errors
from pipeline.update.local_texts import TEXTS, events, is_free_text
from pipeline.update.stage import run_tests
from pipeline.update.worktree import git
from tests.exchanges import ROOT, shared_folder

PARTS = (
    "CHANGELOG.md",
    "pyproject.toml",
    "generator-config.yaml",
    "overlays",
    "generated",
    "dify_conformance",
    "pipeline",
)
PUBLISHED = (
    "openapi_chatflow.2026-03-14.json",
    "openapi_chatflow.2026-04-29.json",
    "openapi_chatflow.2026-07-09.json",
    "openapi_service.2026-07-22.json",
)
# The tests of what belongs to the document: models, methods, recordings, and the routes of the local server.
TESTS = (
    "tests/contract",
    "tests/client/test_operations.py",
    "tests/client/test_document_coverage.py",
    "tests/client/test_docs.py",
    "tests/client/test_version_differences.py::test_table_has_every_operation_and_method",
    "tests/client/test_version_differences.py::test_table_in_the_docs_is_complete",
    "tests/local_dify/test_document.py",
)
# With the newest published document, the tests of its texts and of the evidence for corrections, too.
PUBLISHED_TESTS = ("tests/pipeline/test_vendored.py", "tests/pipeline/test_corrections.py")
EVENT = "StreamEventChatProgress"
MAPPING = f"#/components/schemas/{EVENT}"
END_USER = "/end-users/{end_user_id}"
RENAMED = "/end-users/{user_id}"
USE_END_USER = f'"{END_USER}"): Use("end_users.get", ("end-user-1",)'
USE_RENAMED = f"{USE_END_USER.replace(END_USER, RENAMED)}, renamed={{'user_id': 'end_user_id'}}"
Edit = Callable[[Document], object]
UNFIT = re.compile(
    r"^(?P<file>overlays/spec/\S+):(?P<line>\d+): .*\n(?: {4}.*\n)*? {4}edit: Remove the action", re.MULTILINE
)
SHOWN = 20


@dataclass(frozen=True)
class Replacement:
    """A change that a maintainer makes in a file: `old` becomes `new`; a file without `old` is new."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Change the file below `root`, which must have `old` once."""
        path = root / self.file
        if not self.old:
            path.write_text(self.new, encoding="utf-8")
        elif not self.new:
            path.unlink()
        else:
            text = path.read_text(encoding="utf-8")
            if text.count(self.old) != 1:
                raise ValueError(f"{self.file} has {self.old!r} {text.count(self.old)} times, not once")
            path.write_text(text.replace(self.old, self.new), encoding="utf-8")

    def inverse(self) -> Replacement:
        """Return the change that takes this one back."""
        return replace(self, old=self.new, new=self.old)


APPLICATION = "overlays/dify_chatflow/_async/resources/application.py"
USES = "tests/client/operations.py"
ROUTES = "local_dify/api/application.py"
WALK = "tests/local_dify/test_document.py"
RAW = "overlays/dify_chatflow/_async/raw.py"
VERSIONS = "overlays/dify_chatflow/_versions.py"
SUPPORT = '    ("GET", "/info"): Support('
NEW_SUPPORT = '    ("GET", "/usage"): Support("application.usage"),\n'
VERSIONS_ROW = "| `application.info` | all |"
RAW_INFO = "    info = raw(AsyncApplication.info)\n"
DESCRIBED = "`app.application.input_form()` returns"
IMPORT = "from dify_chatflow_client.models.app_info import AppInfo\n"
METHOD = """    async def usage(self, **options: Unpack[RequestOptions]) -> AppInfo:
        \"\"\"Return the app as a new operation describes it.\"\"\"
        return await self._session.with_options(options).call(app_usage.operation)

    async def parameters("""
ROW = "| `application.info` | `GET /info` |\n"
USE = '    ("GET", "/info"): Use("application.info"),\n'
ROUTE = '    "/info": {"GET": app_info.info},\n'
CALL = 'for name in ("/info", '
RECORDING: dict[str, Any] = {
    "request": {"method": "GET", "path": "/v1/usage", "content_type": None, "body": None, "app": "chatflow"},
    "response": {
        "status": 200,
        "headers": {"content-type": "application/json"},
        "body": {"name": "App", "description": "", "tags": [], "mode": "advanced-chat", "author_name": "admin"},
    },
}
OPERATION = (
    Replacement(
        APPLICATION, IMPORT, f"from dify_chatflow_client.api.applications import get_usage as app_usage\n{IMPORT}"
    ),
    Replacement(APPLICATION, "    async def parameters(", METHOD),
    Replacement(RAW, RAW_INFO, RAW_INFO + RAW_INFO.replace("info", "usage")),
    Replacement("docs/client.md", DESCRIBED, f"`app.application.usage()` returns the app. {DESCRIBED}"),
    Replacement("docs/client.md", ROW, ROW + ROW.replace("info", "usage")),
    Replacement(VERSIONS, SUPPORT, NEW_SUPPORT + SUPPORT),
    Replacement("docs/versions.md", VERSIONS_ROW, f"| `application.usage` | all |  |\n{VERSIONS_ROW}"),
    Replacement(USES, USE, USE + USE.replace("info", "usage")),
    Replacement(ROUTES, ROUTE, ROUTE + ROUTE.replace('"/info"', '"/usage"')),
    Replacement(WALK, CALL, f'{CALL}"/usage", '),
    Replacement("tests/recordings/next/900_usage.json", "", json.dumps(RECORDING)),
)
# The tests of the tree are for its own document: an older one has neither the event nor the shape that they expect.
CONTRACT = "tests/contract/test_contract.py"
RECORDED = "tests/recordings/1.16.1/614_reasoning_stream.json"
OLDER = (
    Replacement(RECORDED, (ROOT / RECORDED).read_text(encoding="utf-8"), ""),
    Replacement(
        CONTRACT,
        '[schema["allOf"] for schema in streams] == [[{"$ref": "#/components/schemas/ChunkChatEvent"}]] * 2',
        "len(streams) == 2",
    ),
)
EXAMPLE = "[streamingResponseWorkflow, resumedRun, "
# What an update leaves to a person, by the edit of the document. Event names that no code mentions need nothing.
WORK: dict[str, tuple[Replacement, ...]] = {
    PUBLISHED[-1]: (Replacement("overlays/spec/events.yaml", EXAMPLE, EXAMPLE.replace("resumedRun, ", "")),),
    "add_operation": OPERATION,
    "remove_operation": tuple(one.inverse() for one in OPERATION),
    "rename_parameter": (
        Replacement(USES, USE_END_USER, USE_RENAMED),
        Replacement("docs/client.md", f"`GET {END_USER}`", f"`GET {RENAMED}`"),
        Replacement(VERSIONS, f'"{END_USER}"', f'"{RENAMED}"'),
        Replacement(ROUTES, "/end-users/{end_user_id:uuid}", "/end-users/{user_id:uuid}"),
        Replacement("local_dify/version.py", "/end-users/{end_user_id:uuid}", "/end-users/{user_id:uuid}"),
        Replacement("local_dify/api/app_info.py", 'request.id("end_user_id")', 'request.id("user_id")'),
    ),
}


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
    refusals = json.dumps(document["paths"]["/chat-messages"]["post"]["responses"]["400"])
    responses["409"] = json.loads(refusals.replace('"status": 400', '"status": 409'))


def remove_operation(document: Document) -> None:
    del document["paths"]["/usage"]


def rename_parameter(document: Document) -> None:
    item = json.dumps(document["paths"].pop(END_USER)).replace('"end_user_id"', '"user_id"')
    document["paths"][RENAMED] = json.loads(item)


EDITS: tuple[Edit, ...] = (
    add_operation,
    add_event,
    add_field,
    add_error,
    remove_operation,
    remove_event,
    rename_parameter,
)

# Edits that take back what an earlier one adds.
BASED_ON = {"remove_operation": "add_operation", "remove_event": "add_event"}


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
    named = [line.strip().partition(":")[0] for line in section(text, "To write by hand before make test is green")]
    work = WORK.get(name, ())
    for one in work:
        one.apply(root)
    write_texts(root, [line.split()[0] for line in section(text, r"\d+ new texts? .*")])
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
        node[key] = reworded(node[key], numbers, key)
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


def problems(root: Path, name: str, text: str) -> list[str]:
    """Return what generation, tests and the type checker report about the tree, and the update did not."""
    found: list[str] = []
    for command in ("generate", "check"):
        words = [sys.executable, "-m", "pipeline", command]
        result = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        found += [result.stdout + result.stderr] if result.returncode else []
    # The methods, recordings and types of the tree are those of a later document than the first ones.
    tests = {PUBLISHED[1]: TESTS[:1], PUBLISHED[-1]: (*TESTS, *PUBLISHED_TESTS)}.get(name, TESTS)
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            run_tests(root, tests)
    except PipelineError:
        found.append(out.getvalue())
    return [*found, *(line for line in type_errors(root) if line not in text)] if name in WORK else found


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
        found += problems(root, name, text)
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


def run(wanted: Sequence[str] = (), *, is_quick: bool = False) -> int:
    """Run both chains, or the wanted steps of them; return the number of steps that failed."""
    shared = shared_folder()
    if shared is None:
        sys.exit("no published documents here: set CHATFLOW_FIXTURES to the folder that holds upstream/")
    upstream = shared / "upstream"
    wanted = [*wanted, *(BASED_ON[name] for name in wanted if name in BASED_ON)]

    def is_wanted(name: str) -> bool:
        return not wanted or name in wanted

    taken: list[bool] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if is_quick:
            for step in ("run_contract_tests", "type_errors"):
                patch.setattr(f"pipeline.update.command.{step}", find_nothing)
        root = copy_tree(Path(folder) / "published", upstream / PUBLISHED[0])
        # The complete recordings are of servers that are newer than these documents.
        patch.setenv("CHATFLOW_FIXTURES", folder)
        for one in OLDER:
            one.apply(root)
        taken += [take(root, name, upstream / name, is_quick=is_quick) for name in PUBLISHED[1:-1] if is_wanted(name)]
        patch.setenv("CHATFLOW_FIXTURES", str(shared))
        root = copy_tree(Path(folder) / "next", ROOT / "openapi_chatflow.json")
        taken += [
            take(root, name, document, is_quick=is_quick)
            for name, document in chain([(PUBLISHED[-1], upstream / PUBLISHED[-1])], made_up(root, wanted))
            if is_wanted(name)
        ]
    sys.stdout.write(f"{sum(taken)} of {len(taken)} steps are green\n")
    return len(taken) - sum(taken)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.pipeline.chain", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the tests and the type checker")
    only = "document or edit, such as add_operation; an edit that takes another one back runs that one first"
    parser.add_argument("--only", nargs="+", default=[], metavar="STEP", help=only)
    options = parser.parse_args()
    sys.exit(run(options.only, is_quick=options.quick))
