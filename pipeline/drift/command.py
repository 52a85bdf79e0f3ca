"""The command `drift`: compare two documents and report what the changes break."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline import sources
from pipeline.drift.compare import Task, compare
from pipeline.drift.report import FORMATS, render
from pipeline.errors import PipelineError
from pipeline.sources import Source

VENDORED = "openapi_chatflow.json"
WAIVERS = "drift-waivers.yaml"


def add_command(add_parser: Callable[..., argparse.ArgumentParser], root: Path) -> None:
    """Declare the command."""
    command = add_parser(
        "drift",
        help="report what a new document breaks",
        description=(
            "Compare two OpenAPI documents and report what the changes break: for programs with the client they have "
            "(wire), and for code that uses the regenerated client (python). The exit code is 0 without drift, 1 for "
            "drift at or above --fail-on, 2 for an error."
        ),
    )
    command.add_argument(
        "documents",
        nargs="*",
        metavar="DOCUMENT",
        help=(
            "BASE REVISION, or REVISION alone (compared with the vendored document), or none (the vendored document "
            "and the published one); each a path, a URL, - for standard input, or REVISION:PATH in git"
        ),
    )
    command.add_argument("--layer", choices=("wire", "python", "all"), default="all", help="(default: all)")
    command.add_argument("--format", choices=FORMATS, default="text", help="format of the report (default: text)")
    command.add_argument(
        "--fail-on",
        choices=("breaking", "warning", "any"),
        default="breaking",
        help="the level from which on the exit code is 1 (default: breaking)",
    )
    command.add_argument("--waivers", type=Path, help=f"accepted changes and rule levels (default: {WAIVERS})")
    command.add_argument("--output", type=Path, help="write the report to a file")
    command.add_argument(
        "--no-selection", action="store_true", help="compare all of a document for several kinds of apps"
    )
    command.add_argument(
        "--base-root", type=Path, metavar="FOLDER", help="a tree with the corrections and settings of the old package"
    )
    command.add_argument(
        "--corrections",
        choices=("project", "none"),
        default="project",
        help="none: compare documents of other APIs, without this project's corrections",
    )
    command.add_argument("--root", type=Path, default=root, help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command; return 1 if a finding is at or above --fail-on."""
    base, revision = read_documents(options.documents, options.root)
    waivers = options.waivers or options.root / WAIVERS
    if options.waivers and not waivers.is_file():
        raise PipelineError(waivers, "does not exist; give --waivers an existing file, or leave it out")
    if options.base_root and not options.base_root.is_dir():
        raise PipelineError(options.base_root, "is not a folder; give --base-root a tree with overlays/spec")
    task = Task(
        base,
        revision,
        options.root,
        layer=options.layer,
        waivers=waivers,
        has_selection=not options.no_selection,
        base_root=options.base_root,
        is_corrected=options.corrections == "project",
    )
    report = replace(compare(task), fail_on=options.fail_on)
    text = render(report, options.format)
    if options.output:
        write(options.output, text)
    else:
        sys.stdout.write(text)
    return 1 if report.fails else 0


def write(path: Path, text: str) -> None:
    """Write a file in one step; a symbolic link is replaced, not followed."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("x", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)


def read_documents(names: list[str], root: Path) -> tuple[Source, Source]:
    """Read the two documents to compare."""
    if names[2:]:
        raise PipelineError("drift", f"compares two documents, not {len(names)}; give BASE and REVISION")
    if names == ["-", "-"]:
        raise PipelineError("-", "can be read only once; give one of the documents as a path")
    base = sources.read(names[0] if names[1:] else sources.relative(root / VENDORED))
    return base, sources.read(names[-1]) if names else sources.published()
