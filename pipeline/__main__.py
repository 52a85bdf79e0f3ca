"""The maintainers' command line: python -m pipeline COMMAND."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import command as generation
from pipeline import release
from pipeline.drift import command as drift
from pipeline.errors import PipelineError
from pipeline.site import command as site
from pipeline.update import command as update
from pipeline.update.worktree import recover

ROOT = Path(__file__).resolve().parent.parent
# Every module declares its own subcommands.
COMMANDS = (generation.add_commands, drift.add_command, update.add_command, release.add_command, site.add_command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0 on success, 1 for drift or stale code, 2 for an error."""
    options = parser().parse_args(arguments)
    try:
        with termination_unwinds():
            if recover(options.root):
                print("undid an update that had been interrupted", file=sys.stderr)
            return int(options.run(options))
    except PipelineError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted: nothing was changed", file=sys.stderr)
        return 128 + signal.SIGINT
    except RecursionError:
        print("the document is nested too deeply; flatten it", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'pipeline'}: {error.strerror or error}", file=sys.stderr)
    except Exception:  # noqa: BLE001 - Python would exit with 1, which means drift
        traceback.print_exc()
        print("internal error, not drift: please report it with the traceback above", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    """Return the parser for all commands."""
    top = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Generate the client from its OpenAPI document, compare documents, and take in new ones.",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for add_commands in COMMANDS:
        add_commands(commands.add_parser, ROOT)
    return top


@contextmanager
def termination_unwinds() -> Generator[None]:
    """Make SIGTERM raise SystemExit, so that temporary files are removed and changes undone."""

    def leave(*_: object) -> None:
        sys.exit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Deferred(ModuleType):
    """A package that is imported when the first of its attributes is read, and not by `import`."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


if __name__ == "__main__":
    # A command ends within seconds; looking for cycles takes a tenth of the time of large documents.
    gc.disable()
    # The generator imports them, which takes a tenth of a second, and does not use them: the pipeline reads documents.
    for name in ("httpx", "httpcore"):
        sys.modules.setdefault(name, Deferred(name))
    # httpcore imports trio where it is installed, which takes as long.
    sys.modules.setdefault("trio", None)  # type: ignore[arg-type]  # None makes an import fail
    sys.exit(main())
