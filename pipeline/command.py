"""The commands `generate`, `check`, `spec` and `explain`: make or check the client, show the corrected document."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from pipeline import sources
from pipeline.contract import stale_contract, write_contract
from pipeline.corrections import load as load_corrections
from pipeline.corrections import touching
from pipeline.document import check_valid, leads, load
from pipeline.errors import PipelineError
from pipeline.generate import generate, load_corrected, stale_files
from pipeline.layout import Project
from pipeline.unasync import generate_sync, stale_sync_files

SHOWN = 5


def add_commands(add_parser: Callable[..., argparse.ArgumentParser], root: Path) -> None:
    """Declare the commands."""
    project = Project(root)
    make = add_parser(
        "generate",
        help="correct the document and generate the client",
        description="Correct the document and generate the client. When anything fails, the old files stay.",
    )
    make.add_argument("--spec", type=Path, default=project.spec, help="the OpenAPI document (default: %(default)s)")
    make.add_argument(
        "--out", type=Path, default=project.generated, help="the folder for the package (default: %(default)s)"
    )
    make.add_argument(
        "--corrections",
        choices=("project", "none"),
        default="project",
        help="none: generate a client for another API, without this project's corrections (needs --out)",
    )
    make.set_defaults(run=run_generate, root=root)
    check = add_parser(
        "check",
        help="validate the document and check that the generated code is up to date",
        description="Validate the document and check that the generated code is up to date; exit with 1 if it is not.",
    )
    check.set_defaults(run=run_check, root=root)
    spec = add_parser(
        "spec",
        help="print the corrected document",
        description="Print the document with every correction applied, as JSON.",
    )
    spec.set_defaults(run=run_spec, root=root)
    explain = add_parser(
        "explain",
        help="list the corrections that change a place of the document",
        description="List the corrections that change a place of the document, with their reasons and evidence.",
    )
    explain.add_argument("pointer", help="a JSON pointer, such as /components/schemas/Usage")
    explain.set_defaults(run=run_explain, root=root)


def run_generate(options: argparse.Namespace) -> int:
    """Generate the package; into its usual place, generate the sync client, too."""
    project = Project(options.root)
    is_corrected = options.corrections == "project"
    if options.out.resolve() == project.generated.resolve():
        if not is_corrected:
            raise PipelineError(options.out, "is for the client of this project; give another --out")
        generate_sync(project.overlay)
    print(f"generated {generate(project, options.spec, options.out, is_corrected=is_corrected)}")
    if options.spec.resolve() == project.spec.resolve() and options.out.resolve() == project.generated.resolve():
        write_contract(project)
    return 0


def run_spec(options: argparse.Namespace) -> int:
    """Print the corrected document."""
    project = Project(options.root)
    print(json.dumps(load_corrected(project, project.spec), indent=2, ensure_ascii=False))
    return 0


def run_explain(options: argparse.Namespace) -> int:
    """List the corrections of a place; raise PipelineError where neither the document nor a correction has it."""
    project = Project(options.root)
    document = load(project.spec)
    found = touching(document, load_corrections(project.corrections), options.pointer)
    if not found and not leads(document, f"#{options.pointer}"):
        raise PipelineError(project.spec, f"has nothing at {options.pointer!r}; give a pointer like /paths/~1info/get")
    for one in found:
        print(sources.relative(Path(one.place)), one.target, one.reason, sep="\n  ")
        print(f"  evidence: {', '.join(one.evidence)}")
    if not found:
        print(f"no correction changes {options.pointer}")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Validate the document with and without corrections, and list the generated files that are out of date."""
    project = Project(options.root)
    check_valid(load(project.spec), project.spec)
    check_valid(load_corrected(project, project.spec), f"{project.spec} (corrected)")
    files = stale_files(project) + stale_sync_files(project.overlay) + stale_contract(project)
    if files:
        some = ", ".join(files[:SHOWN]) + (" …" if files[SHOWN:] else "")
        print(f"{len(files)} generated files are out of date: {some}; run make generate")
    return 1 if files else 0
