"""The pipeline's command line: python -m pipeline generate|check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.generate import House, generate, stale

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when `check` finds something, 2 for trouble."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except PipelineError as error:
        print(error, file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    house = House(ROOT)
    top = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = top.add_subparsers(required=True)
    make = commands.add_parser("generate", help="correct the document and generate the client")
    make.add_argument("--spec", type=Path, default=house.spec, help="the OpenAPI document (default: %(default)s)")
    make.add_argument("--out", type=Path, default=house.generated, help="where the package goes (default: %(default)s)")
    make.set_defaults(run=lambda options: run_generate(house, options.spec, options.out))
    check = commands.add_parser("check", help="say whether generated/ is what the document and corrections give")
    check.set_defaults(run=lambda _: run_check(house))
    return top


def run_generate(house: House, spec: Path, out: Path) -> int:
    """Generate and say where."""
    print(f"generated {generate(house, spec, out)}")
    return 0


def run_check(house: House) -> int:
    """Name the stale files, if there are any."""
    files = stale(house)
    if files:
        some = ", ".join(files[:5]) + (" …" if files[5:] else "")
        print(f"generated/ is stale in {len(files)} files ({some}); run make generate")
    return 1 if files else 0


if __name__ == "__main__":
    sys.exit(main())
