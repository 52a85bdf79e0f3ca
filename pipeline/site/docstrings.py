"""Docstrings for the reference: in the form that the generator reads, with links for names of public objects."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from griffe import Class, Extension, Object

from pipeline.site.names import Names

# An example, which is code without a fence.
EXAMPLE = re.compile(r"^( *)Example:\n((?:\1 +\S.*\n?|[ \t]*\n)+)", re.MULTILINE)
# An entry for several names with one text.
SHARED = re.compile(r"^(    )(\w+(?:, \w+)+):( .*(?:\n\1 +\S.*)*)", re.MULTILINE)
# A type that continues on the next line.
WRAPPED_TYPE = re.compile(r"^(    \w+ \([^)\n]*)\n +", re.MULTILINE)


def rewrite(text: str) -> str:
    """Return a docstring with fenced examples, an entry for each name, and each type on one line."""
    return SHARED.sub(split_entry, WRAPPED_TYPE.sub(r"\1 ", EXAMPLE.sub(fence, text)))


def fence(match: re.Match[str]) -> str:
    """Return an example with its code as a fenced block."""
    margin, code = match[1], dedent(match[2]).strip("\n")
    block = indent(f"```python\n{code}\n```", margin + "    ")
    return f"{margin}Example:\n{block}\n"


def split_entry(match: re.Match[str]) -> str:
    """Return the entries of several names that share a text."""
    return "\n".join(f"{match[1]}{name}:{match[3]}" for name in match[2].split(", "))


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
            obj.docstring.value = self._names.link(rewrite(obj.docstring.value))

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Leave out a constructor whose arguments are not documented: users do not call it."""
        documented = [cls.docstring, cls.members["__init__"].docstring] if "__init__" in cls.members else []
        if not any(one is not None and "Args:" in one.value for one in documented):
            cls.members.pop("__init__", None)
