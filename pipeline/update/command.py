"""The command `update`: vendor a new document and everything that follows from it, or change nothing."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline import sources
from pipeline.corrections import load
from pipeline.document import check_same_api
from pipeline.drift.compare import Task, compare
from pipeline.drift.report import render
from pipeline.drift.wire.self_description import is_self_description
from pipeline.drift.wire.stable_names import PATH, StableNames
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.sources import Source
from pipeline.update.candidate import prepare
from pipeline.update.changelog import suggestion
from pipeline.update.follow_up import Side, lost_evidence, steps
from pipeline.update.local_texts import undescribed
from pipeline.update.places import Places
from pipeline.update.stage import PATHS, run_contract_tests, stage
from pipeline.update.type_check import type_errors
from pipeline.update.worktree import apply, require_repository, worktree

# Publishers separate the events of an example by spaces.
STREAM_FORM = " (a blank line after each event, as servers send it)"


def add_command(add_parser: Callable[..., argparse.ArgumentParser], root: Path) -> None:
    """Declare the command."""
    command = add_parser(
        "update",
        help="vendor a new document and regenerate the client",
        description=(
            "Compare a new document with the vendored one, then vendor it, regenerate the client, run the contract "
            "tests and write a changelog entry. Either all of that succeeds or nothing changes."
        ),
    )
    command.add_argument(
        "document",
        nargs="?",
        metavar="DOCUMENT",
        help="a path, a URL, - for standard input, or REVISION:PATH in git (default: the published document)",
    )
    command.add_argument("--dry-run", action="store_true", help="only list the files that would change")
    command.add_argument("--root", type=Path, default=root, help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    source = sources.read(options.document) if options.document else sources.published()
    return update(options.root, source, dry_run=options.dry_run)


def update(root: Path, source: Source, *, dry_run: bool = False) -> int:
    """Vendor a document and return 0; raise PipelineError, with the tree unchanged, when a step fails."""
    require_repository(root)
    vendored = sources.read(sources.relative(Project(root).spec))
    check_same_api(vendored.document, source.document, source.name)
    if is_self_description(vendored.document, source.document):
        problem = "has neither stream events nor bodies of errors, as a server's own document; vendor a published one"
        raise PipelineError(source.name, problem)
    candidate = prepare(vendored.document, source.document, StableNames.load(root / PATH))
    report = compare(Task(vendored, source, root))
    sys.stdout.write(render(report, "text"))
    if candidate.document == vendored.document:
        print("\nThe vendored document has the same content: nothing to do.")
        return 0
    before = Side.of(Project(root))
    with worktree(root) as tree:
        try:
            stage(tree.folder, vendored.document, candidate, report)
            run_contract_tests(tree.folder)
        except PipelineError as error:
            # The temporary folder is gone when the message is read.
            raise PipelineError(error.place.removeprefix(f"{tree.folder}/"), error.problem) from None
        to_write = list(steps(Places(root), before, Side.of(Project(tree.folder))))
        broken = type_errors(tree.folder)
        commit = tree.commit(PATHS)
        changed = tree.changed(commit)
        if not dry_run:
            apply(root, tree.base, commit)
    print(f"\nThe contract tests pass. {suggestion(report, root)}")
    print(f"{'Would change' if dry_run else 'Changed'} {files(len(changed))}:")
    to_write += lost_evidence(load(Project(root).corrections), vendored.document, candidate.document)
    lines = [*summary(changed), *listed("To write by hand before make test is green", to_write)]
    lines += [*listed("With the new client, the type checker reports", broken)]
    lines += listed("Places without a description, which make test requires", undescribed(candidate.document))
    for line in [*lines, *texts_to_write(candidate.published_texts)]:
        print(line)
    return 0


def summary(changed: list[str]) -> Iterator[str]:
    """Yield a line per changed file, and per folder of generated files."""
    folders = Counter(str(Path(name).parent) for name in changed if name.startswith("generated/"))
    yield from (f"  {name}" for name in changed if not name.startswith("generated/"))
    yield from (f"  {folder}: {files(number)}" for folder, number in sorted(folders.items()))


def files(number: int) -> str:
    """Return a number of files in words."""
    return f"{number} file{'' if number == 1 else 's'}"


def listed(title: str, lines: list[str]) -> Iterator[str]:
    """Yield a title and lines below it, or nothing without lines."""
    if lines:
        yield f"\n{title}:"
        yield from (f"  {line}" for line in lines)


def texts_to_write(pointers: list[str]) -> Iterator[str]:
    """Yield the places whose texts the maintainer has to write."""
    if pointers:
        number = "1 new text is" if len(pointers) == 1 else f"{len(pointers)} new texts are"
        yield f"\n{number} the publisher's; write your own, which make test requires:"
        for pointer in pointers:
            yield f"  {pointer}{STREAM_FORM if pointer.endswith('/text~1event-stream/examples') else ''}"
