"""The long description of the package: the README without links that lead nowhere outside the repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

FOR_CONTRIBUTORS = re.compile(r"^## Development\n.*\Z|^[^\n]*\(#development\)[^\n]*\n\n", re.MULTILINE | re.DOTALL)
LIST_OF_PAGES = re.compile(r"^## Documentation\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)]+)\)")


def long_description(readme: str, source: str | None, version: str) -> str:
    """Return the README for a package index.

    Args:
        readme: The README of the repository.
        source: The URL of the repository; without one, links become plain text and the list of pages is left out.
        version: The version, whose tag absolute links name.
    """
    text = FOR_CONTRIBUTORS.sub("", readme)
    if source is None:
        return RELATIVE_LINK.sub(r"\1", LIST_OF_PAGES.sub("", text)).rstrip() + "\n"
    return RELATIVE_LINK.sub(rf"[\1]({source.rstrip('/')}/blob/v{version}/\2)", text).rstrip() + "\n"


class LongDescription(MetadataHookInterface):
    """Sets the long description when the package is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme` of the metadata."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        source = metadata.get("urls", {}).get("Source")
        text = long_description(readme, source, metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
