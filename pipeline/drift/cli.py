"""The command line of drift: python -m pipeline drift BASE REVISION, and python -m pipeline update SPEC."""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path

from pipeline.drift.report import FORMATS, render
from pipeline.drift.run import Task, drift
from pipeline.errors import PipelineError
from pipeline.sources import Source, nearby, published, read

ROOT = Path(__file__).resolve().parents[2]
VENDORED = "openapi_chatflow.json"
WAIVERS = "drift-waivers.yaml"


def main(arguments: list[str]) -> int:
    """Run `drift` or `update`; 0 when all is well, 1 for drift, 2 for trouble."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except PipelineError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted; nothing was changed", file=sys.stderr)
        return 128 + signal.SIGINT
    except RecursionError:
        print("the document is nested too deeply to be compared; flatten it", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'drift'}: {error.strerror or error}", file=sys.stderr)
    except Exception:  # noqa: BLE001 - Python would end with 1, which means drift
        traceback.print_exc()
        print("this is a fault of the comparison itself, not drift; please report it", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    compare = commands.add_parser("drift", help="say what a new document would break")
    compare.add_argument("documents", nargs="*", metavar="DOCUMENT", help=HELP)
    compare.add_argument("--layer", choices=("wire", "python", "all"), default="all")
    compare.add_argument("--format", choices=FORMATS, default="text")
    compare.add_argument("--fail-on", choices=("breaking", "warning", "any"), default="breaking")
    compare.add_argument("--waivers", type=Path, help=f"accepted changes and rule levels (default: {WAIVERS})")
    compare.add_argument("--whole", action="store_true", help="compare a document for all apps whole, select nothing")
    compare.add_argument("--output", type=Path, help="write the report to a file instead")
    compare.add_argument(
        "--base-root", type=Path, metavar="FOLDER", help="a tree with the corrections and settings of the old package"
    )
    compare.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    compare.set_defaults(run=run_drift)
    take = commands.add_parser("update", help="take a new document in")
    take.add_argument("spec", nargs="?", metavar="DOCUMENT", help="path, URL, - or REVISION:PATH (default: published)")
    take.add_argument("--dry-run", action="store_true", help="do everything in a copy and only say what would change")
    take.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    take.set_defaults(run=run_update)
    return top


HELP = (
    "BASE REVISION, or REVISION alone (against the vendored document), or none (against the published one); "
    "each a path, a URL, - for standard input, or REVISION:PATH in git"
)


def run_drift(options: argparse.Namespace) -> int:
    """Compare, print the report, and say by the exit code whether something is at or above --fail-on."""
    base, revision = sources(options)
    waivers = options.waivers or options.root / WAIVERS
    if options.waivers and not waivers.is_file():
        raise PipelineError(waivers, "is not there; name a waiver file that is, or leave --waivers out")
    if options.base_root and not options.base_root.is_dir():
        raise PipelineError(options.base_root, "is no folder; --base-root names a tree with overlays/spec")
    task = Task(base, revision, options.root, options.layer, waivers, options.whole, options.base_root)
    report = replace(drift(task), fail_on=options.fail_on)
    text = render(report, options.format)
    if options.output:
        temporary = options.output.with_name(f".{options.output.name}.new")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(options.output)
    else:
        sys.stdout.write(text)
    return 1 if report.fails else 0


def sources(options: argparse.Namespace) -> tuple[Source, Source]:
    """The two documents that the arguments name."""
    named: list[str] = options.documents
    if named[2:]:
        raise PipelineError("drift", "compares two documents; give BASE and REVISION")
    if named == ["-", "-"]:
        raise PipelineError("-", "can be read only once; give one of the documents as a path")
    base = read(named[0] if named[1:] else nearby(options.root / VENDORED))
    return base, read(named[-1]) if named else published()


def run_update(options: argparse.Namespace) -> int:
    """Take a new document in, or show what that would do."""
    from pipeline.update.take_in import update

    source = read(options.spec) if options.spec else published()
    return update(options.root, source, dry_run=options.dry_run)
