"""Taking a new document in: everything happens in a copy of the tree, and only what came out whole goes back."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import corrections
from pipeline.document import Document, check_valid
from pipeline.drift.python.packages import corrected
from pipeline.drift.report import render
from pipeline.drift.rules.verdict import Report
from pipeline.drift.run import Task, drift
from pipeline.drift.wire.selection import is_superset, select
from pipeline.drift.wire.stable_names import MAP, Names
from pipeline.errors import PipelineError
from pipeline.generate import House, generate
from pipeline.generator import PACKAGE
from pipeline.sources import Source, nearby, read
from pipeline.update.atomic_apply import recover, take_back
from pipeline.update.changelog import entered, suggestion
from pipeline.update.local_texts import in_own_words

CHANGELOG = "CHANGELOG.md"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "*cache*", "*.egg-info", "dist", "build", "site", ".hypothesis")
SECONDS = 600


@dataclass(frozen=True)
class Taken:
    """A new document in the form in which it is vendored.

    Attributes:
        document: The chatflow part, in our own words where it has them.
        names: The names it keeps stable.
        foreign: The pointers of texts that are the publisher's still.
    """

    document: Document
    names: Names
    foreign: list[str]

    @property
    def text(self) -> str:
        """The vendored file."""
        return json.dumps(self.document, indent=2, ensure_ascii=False) + "\n"


def update(root: Path, source: Source, *, dry_run: bool = False) -> int:
    """Take a document in; whatever goes wrong is PipelineError, and the tree stays as it was."""
    if recover(root):
        print("An update that was interrupted has been undone.")
    with terminable():
        return take(root, source, dry_run=dry_run)


def take(root: Path, source: Source, *, dry_run: bool) -> int:
    """Show the report, do everything in a copy of the tree, and take back what came of it."""
    vendored = read(nearby(House(root).spec))
    taken = selected(vendored.document, source.document, Names.load(root / MAP))
    report = drift(Task(vendored, source, root))
    sys.stdout.write(render(report, "text"))
    if taken.document == vendored.document:
        print("\nThe vendored document says the same; nothing to do.")
        return 0
    with tempfile.TemporaryDirectory(prefix="drift-update-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(root, copy, ignore=LEFT_OUT, symlinks=True)
        stage(copy, taken, report)
        contract(copy)
        changed = sorted(differences(root, copy))
        if not dry_run:
            take_back(root, copy, changed)
    say(report, changed, root, dry_run=dry_run)
    for line in asked_for(taken.foreign):
        print(line)
    return 0


@contextmanager
def terminable() -> Generator[None]:
    """Being terminated is an ordinary end: the copy goes, and so do the tests that run in it."""

    def leave(*_: object) -> None:
        sys.exit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def selected(base: Document, revision: Document, names: Names) -> Taken:
    """The chatflow part of a document, or the whole of one that has no other, in our own words."""
    if is_superset(base, revision):
        chosen = select(base, revision, names)
        revision, names = chosen.document, names.with_those_of(chosen.names)
    document, foreign = in_own_words(base, revision)
    return Taken(document, names, foreign)


def stage(copy: Path, taken: Taken, report: Report) -> None:
    """Vendor, correct, generate and write the changelog in the copy."""
    house = House(copy)
    house.spec.write_text(taken.text, encoding="utf-8")
    if taken.names.schemas or taken.names.operations:
        (copy / MAP).write_text(taken.names.text(), encoding="utf-8")
    explain(house, taken)
    check_valid(taken.document, "the new document")
    check_valid(house.corrected(house.spec), "the new document, corrected")
    generate(house, house.spec, house.generated)
    changelog = copy / CHANGELOG
    if changelog.is_file():
        changelog.write_text(entered(changelog.read_text(encoding="utf-8"), report, copy), encoding="utf-8")


def explain(house: House, taken: Taken) -> None:
    """PipelineError that names every correction which no longer applies, with its reason."""
    unmatched = corrected(taken.document, corrections.load(house.corrections))[1]
    for one, problem in unmatched:
        place = Path(one.place).relative_to(house.root)
        print(f"{place}: {problem}\n    it is there because: {one.reason}\n    evidence: {', '.join(one.evidence)}")
    if unmatched:
        problem = f"{len(unmatched)} corrections do not apply to the new document (above); mend them and try again"
        raise PipelineError("overlays/spec", problem)


def contract(copy: Path) -> None:
    """The contract tests against the copy's own packages."""
    path = os.pathsep.join(str(copy / part) for part in ("", "overlays", "generated"))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "tests/contract"]
    try:
        result = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise PipelineError("tests/contract", f"takes longer than {SECONDS} s with the new document") from None
    if result.returncode:
        lines = [line for line in result.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "E "))]
        print("\n".join(lines[:20] or result.stdout.splitlines()[-20:] or result.stderr.splitlines()[-20:]))
        raise PipelineError("tests/contract", "fails with the new document (above); correct the document or the tests")


def differences(root: Path, copy: Path) -> Iterator[str]:
    """The files of the tree that the update changes, adds or removes."""
    single = ["openapi_chatflow.json", CHANGELOG, str(MAP)]
    generated = Path("generated") / PACKAGE
    both = {path.relative_to(top) for top in (root, copy) for path in (top / generated).rglob("*") if path.is_file()}
    for name in [*map(Path, single), *both]:
        if "__pycache__" in name.parts:
            continue
        old, new = root / name, copy / name
        if old.is_file() != new.is_file() or (new.is_file() and not filecmp.cmp(old, new, shallow=False)):
            yield str(name)


def say(report: Report, changed: list[str], root: Path, *, dry_run: bool) -> None:
    """What was done, in a few lines."""
    print(f"\nContract tests pass. {suggestion(report, root)}")
    print(f"{'Would change' if dry_run else 'Changed'} {len(changed)} files:")
    for line in summary(changed):
        print(f"  {line}")


def asked_for(foreign: list[str]) -> Iterator[str]:
    """What is left for a person: the texts that came with the new document."""
    if foreign:
        yield f"\n{len(foreign)} new texts are the publisher's words; write your own in openapi_chatflow.json:"
        yield from (f"  {pointer}" for pointer in foreign)


def summary(changed: list[str]) -> Iterator[str]:
    """The files one by one, those that are generated by folder."""
    folders = Counter(str(Path(name).parent) for name in changed if name.startswith("generated/"))
    yield from (name for name in changed if not name.startswith("generated/"))
    yield from (f"{folder}: {number} files" for folder, number in sorted(folders.items()))
