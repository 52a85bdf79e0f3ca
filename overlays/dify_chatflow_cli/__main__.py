"""Entry of the command line, which explains a missing extra: `python -m dify_chatflow_cli`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        from dify_chatflow_cli.commands import run
    except ModuleNotFoundError as error:
        if error.name not in ("rich", "typer"):
            raise
        sys.stderr.write(f'error: {error.name} is missing; pip install "dify-chatflow[cli]"\n')
        return 1
    return run()


if __name__ == "__main__":
    sys.exit(main())
