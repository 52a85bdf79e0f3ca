"""The command `docs`: build the documentation site."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.layout import Project
from pipeline.site.pages import write_pages

# A tag that makes a browser load something from another host.
REMOTE = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^>]*>""")
COLOURS = re.compile(r"\x1b\[[\d;]*m")
DOCSTRING, ISSUES = "griffe: ", "found\n"


def add_command(add_parser: Callable[..., argparse.ArgumentParser], root: Path) -> None:
    """Declare the command."""
    command = add_parser(
        "docs",
        help="build the documentation site",
        description="Build the documentation site into the folder site; a warning or a dead link is an error.",
    )
    command.set_defaults(run=run, root=root)


def run(options: argparse.Namespace) -> int:
    """Write the sources of the site, and run the generator."""
    root = options.root.resolve()
    write_pages(Project(root), root / "build" / "docs")
    build = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    done = subprocess.run(build, cwd=root, capture_output=True, text=True, check=False)
    # A warning about a docstring does not make the generator fail.
    if done.returncode or DOCSTRING in done.stderr + done.stdout:
        # The problems are in the output; a failed check also ends in a traceback of the generator.
        print(COLOURS.sub("", done.stdout if ISSUES in done.stdout else done.stdout + done.stderr), file=sys.stderr)
        return 1
    if found := remote_loads(root / "site"):
        print(*found, sep="\n", file=sys.stderr)
        return 1
    print(f"documentation site: {root / 'site' / 'index.html'}")
    return 0


def remote_loads(site: Path) -> list[str]:
    """Return a line for each tag of a page that loads something from another host."""
    return [
        f"{page.relative_to(site)}: loads {tag}"
        for page in sorted(site.rglob("*.html"))
        for tag in REMOTE.findall(page.read_text(encoding="utf-8"))
    ]
