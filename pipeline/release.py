"""The check before a release: version, tag, changelog and links agree."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.update.changelog import CHANGELOG, project_version, split


def add_command(add_parser: Callable[..., argparse.ArgumentParser], root: Path) -> None:
    """Declare the command."""
    command = add_parser(
        "release-check",
        help="check that version, tag and changelog agree",
        description="Print what has to be fixed before a release, and return 1 if there is anything.",
    )
    command.add_argument("tag", nargs="?", metavar="TAG", help="the tag of the release, such as v1.2.3")
    command.add_argument("--root", type=Path, default=root, help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    version = project_version(options.root)
    found = list(problems(options.root, version, options.tag))
    print("\n".join(found) or f"ready to release {version}")
    return 1 if found else 0


def problems(root: Path, version: str, tag: str | None) -> Iterator[str]:
    """Yield a line for each thing that has to be fixed before the release of a version."""
    if tag is not None and tag != f"v{version}":
        yield f"the tag does not match the version: {tag}; the version is {version}, so its tag is v{version}"
    changelog = root / CHANGELOG
    if not changelog.is_file():
        raise PipelineError(changelog, "is missing; add the changelog")
    text = changelog.read_text(encoding="utf-8")
    unreleased, released = split(text)
    if unreleased.strip():
        yield f"{CHANGELOG} has unreleased entries; move them below '## [{version}] - YYYY-MM-DD'"
    if released != version:
        yield f"the newest release in {CHANGELOG} is {released}; add '## [{version}] - YYYY-MM-DD' above it"
    elif not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n+(?!## )\S", text, re.MULTILINE):
        yield f"the release {version} in {CHANGELOG} has no date or no entries; write '## [{version}] - YYYY-MM-DD'"
    metadata = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if "Source" not in metadata.get("urls", {}):
        yield "pyproject.toml has no project.urls.Source; add the URL of the repository"
