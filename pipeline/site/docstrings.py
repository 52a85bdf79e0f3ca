"""Docstrings for the reference: examples become code blocks, and names of public objects become links."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from griffe import Extension, Object

from pipeline.site.names import Names

EXAMPLE = re.compile(r"^( *)Example:\n((?:\1 +\S.*\n?|[ \t]*\n)+)", re.MULTILINE)


def fence(match: re.Match[str]) -> str:
    """Return an example with its code as a fenced block."""
    margin, code = match[1], dedent(match[2]).strip("\n")
    block = indent(f"```python\n{code}\n```", margin + "    ")
    return f"{margin}Example:\n{block}\n"


class Docstrings(Extension):
    """Rewrite each docstring once it is read.

    Args:
        pages: The folder with the pages of the reference.
    """

    def __init__(self, pages: str) -> None:
        self._names = Names(path.read_text(encoding="utf-8") for path in sorted(Path(pages).rglob("*.md")))

    def on_instance(self, *, obj: Object, **_: Any) -> None:
        """Rewrite the docstring of a module, class, function or attribute."""
        if obj.docstring is not None:
            obj.docstring.value = self._names.link(EXAMPLE.sub(fence, obj.docstring.value))
