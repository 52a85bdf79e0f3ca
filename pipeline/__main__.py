"""The pipeline's command line: python -m pipeline generate|check|drift|update."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from pipeline.document import check_valid, load
from pipeline.errors import PipelineError
from pipeline.generate import House, generate, stale
from pipeline.sync_half import derive, stale_half
from pipeline.update.atomic_apply import recover

HOUSE = House(Path(__file__).resolve().parent.parent)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when `check` finds something, 2 for trouble."""
    given = sys.argv[1:] if arguments is None else arguments
    if recover(HOUSE.root):
        print("an update that was interrupted has been undone", file=sys.stderr)
    if given[:1] in (["drift"], ["update"]):
        from pipeline.drift.cli import main as compare

        return compare(given)
    options = parser().parse_args(given)
    try:
        return int(options.run(options))
    except PipelineError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; what is generated is as it was", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    make = commands.add_parser("generate", help="correct the document and generate the client")
    make.add_argument("--spec", type=Path, default=HOUSE.spec, help="the OpenAPI document (default: %(default)s)")
    make.add_argument("--out", type=Path, default=HOUSE.generated, help="where the package goes (default: %(default)s)")
    make.set_defaults(run=run_generate)
    check = commands.add_parser("check", help="validate the document, and say whether generated/ is up to date")
    check.set_defaults(run=run_check)
    commands.add_parser("drift", help="say what a new document would break")
    commands.add_parser("update", help="take a new document in")
    return top


def run_generate(options: argparse.Namespace) -> int:
    """Generate and say where; the synchronous half of the overlay is part of what is made."""
    if options.out.resolve() == HOUSE.generated.resolve():
        derive(HOUSE.overlay)
    print(f"generated {generate(HOUSE, options.spec, options.out)}")
    return 0


def run_check(_: argparse.Namespace) -> int:
    """Validate the document as it is and corrected, and name the stale generated files, if there are any."""
    check_valid(load(HOUSE.spec), HOUSE.spec)
    check_valid(HOUSE.corrected(HOUSE.spec), f"{HOUSE.spec} (corrected)")
    files = stale(HOUSE) + stale_half(HOUSE.overlay)
    if files:
        some = ", ".join(files[:5]) + (" …" if files[5:] else "")
        print(f"what is generated is stale in {len(files)} files ({some}); run make generate")
    return 1 if files else 0


if __name__ == "__main__":
    # Whoever ends the process lets it clean up first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
