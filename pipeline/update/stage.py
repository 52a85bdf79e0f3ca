"""One update made and tested in a checkout of the tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import corrections
from pipeline.contract import write_contract
from pipeline.document import Document, check_valid
from pipeline.drift.python.correction_problems import problems
from pipeline.drift.python.traced import trace
from pipeline.drift.rules.verdict import Report
from pipeline.drift.wire.compare import findings as wire_findings
from pipeline.drift.wire.published import PATH as PUBLISHED
from pipeline.drift.wire.stable_names import PATH as STABLE_NAMES
from pipeline.errors import PipelineError
from pipeline.generate import generate, load_corrected
from pipeline.generator import PACKAGE, class_overrides
from pipeline.layout import Project
from pipeline.update.candidate import Candidate
from pipeline.update.changelog import CHANGELOG, with_entry
from pipeline.update.public_names import (
    CONFIG,
    EXPORTS,
    event_classes,
    events,
    export,
    generated_names,
    name_classes,
    remove_names,
)

# All that an update changes.
NOTES = (STABLE_NAMES.as_posix(), PUBLISHED.as_posix())
CONTRACT = "dify_conformance/contract.json"
PATHS = ("openapi_chatflow.json", CHANGELOG, *NOTES, f"generated/{PACKAGE}", CONTRACT, CONFIG, *EXPORTS)
SECONDS = 600
SHOWN_LINES = 20


def stage(tree: Path, base: Document, candidate: Candidate, report: Report) -> None:
    """Vendor a document in `tree`, generate the client, and add the changelog entry."""
    project = Project(tree)
    project.spec.write_text(candidate.text, encoding="utf-8")
    if candidate.names.schemas or candidate.names.operations:
        (tree / STABLE_NAMES).write_text(candidate.names.text(), encoding="utf-8")
    (tree / PUBLISHED).write_text(candidate.published.text(), encoding="utf-8")
    check_corrections(project, base, candidate)
    check_valid(candidate.document, "the new document")
    check_valid(load_corrected(project, project.spec), "the new document, corrected")
    remove_names(project, base, candidate.document)
    names = event_classes(project, base, candidate.document)
    name_classes(project, names)
    before = generated_names(project.generated / PACKAGE)
    generate(project, project.spec, project.generated)
    write_contract(project)
    overrides = class_overrides(project.config)
    streamed = {overrides.get(schema, schema) for schema in events(candidate.document).values()}
    export(tree, before, generated_names(project.generated / PACKAGE), streamed)
    changelog = tree / CHANGELOG
    if changelog.is_file():
        text = with_entry(changelog.read_text(encoding="utf-8"), report, tree)
        for schema, name in names.items():
            text = re.sub(rf"\b{schema}Data\b", f"{name.removesuffix('Event')}Data", text)
            text = re.sub(rf"\b{schema}\b", name, text)
        changelog.write_text(text, encoding="utf-8")


def check_corrections(project: Project, base: Document, candidate: Candidate) -> None:
    """Print each correction that does not fit, with the edit to make; raise PipelineError if there is one."""
    changes = wire_findings(base, candidate.document)
    listed = corrections.load(project.corrections)
    old = trace(base, listed)
    new = trace(candidate.document, listed, old.places)
    unfit = list(problems(old, new, listed, changes, is_complete=True))
    for problem in unfit:
        one = problem.correction
        print(
            f"{problem.place}: {problem.problem}\n    reason: {one.reason}\n    evidence: {', '.join(one.evidence)}\n"
            f"    edit: {problem.action}"
        )
    if unfit:
        number = "1 correction does" if len(unfit) == 1 else f"{len(unfit)} corrections do"
        raise PipelineError("overlays/spec", f"{number} not fit the new document; make the edits above and try again")


def run_contract_tests(tree: Path) -> None:
    """Run the contract tests with the packages of `tree`; print failures and raise PipelineError."""
    run_tests(tree, ("tests/contract",))


def run_tests(tree: Path, tests: Sequence[str]) -> None:
    """Run some tests with the packages of `tree`; print failures and raise PipelineError."""
    place = ", ".join(tests)
    path = os.pathsep.join(str(tree / part) for part in ("", "overlays", "generated"))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", *tests]
    try:
        result = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        problem = f"take longer than {SECONDS} s with the new document; run them to see which test does not end"
        raise PipelineError(place, problem) from None
    if result.returncode:
        output = result.stdout.splitlines()
        failures = [line for line in output if line.startswith(("FAILED", "ERROR", "E "))]
        shown = failures[:SHOWN_LINES] or output[-SHOWN_LINES:] or result.stderr.splitlines()[-SHOWN_LINES:]
        print("\n".join(shown))
        problem = "fail with the new document, as shown above; correct the document or the tests and try again"
        raise PipelineError(place, problem)
