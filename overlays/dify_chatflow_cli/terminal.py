"""Output shared by all commands: JSON lines, tables, fields, times, progress bars, and texts that are safe to print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from rich.console import Console, RenderableType
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

T = TypeVar("T")

# Sequences for terminals, and characters that move the cursor, reverse a text or cannot be printed.
SEQUENCE = re.compile("\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|\x1b[\\[(][0-9;?]*[ -/]*[@-~]|\x9b[0-9;?]*[ -/]*[@-~]")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# The narrowest useful width of a column whose texts may be wrapped.
NARROW = 14
PAGE_SIZE = 100


def clean(text: str) -> str:
    """Return a text without codes for the terminal; lines and tabs are kept."""
    return UNSAFE.sub("", SEQUENCE.sub("", text.replace("\r\n", "\n")))


def one_line(value: object) -> str:
    """Return a value as text on one line; None is empty."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(clean(text).split())


def is_terminal() -> bool:
    """Return whether a person reads the output."""
    return sys.stdout.isatty()


def output() -> Console:
    """Return the console of stdout; its width is that of the terminal or of `COLUMNS`."""
    return Console(highlight=False, markup=False, emoji=False)


def messages() -> Console:
    """Return the console of stderr."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def error_line(kind: str, message: str) -> None:
    """Print a message on stderr, on one line however wide the terminal is."""
    style = {"error": "bold red", "warning": "yellow"}.get(kind, "dim")
    messages().print(Text.assemble((f"{kind}: ", style), one_line(message)), soft_wrap=True)


def note(message: str) -> None:
    """Print a message for people on stderr."""
    messages().print(Text(one_line(message)), soft_wrap=True)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line; characters that could steer a terminal are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    sys.stdout.write(UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")
    sys.stdout.flush()


def print_text(text: str) -> None:
    """Print a text of a server."""
    output().print(Text(clean(text)), soft_wrap=not is_terminal())


def print_rows(rows: Sequence[Mapping[str, object]], fixed: Sequence[str] = ("id",)) -> None:
    """Print rows: a table where it fits, else one block a row; separated by tabs, without a header, in a pipe.

    Args:
        rows: The rows; all have the same keys, which are the headings.
        fixed: The keys of the columns that are never wrapped.
    """
    lines = [{name: one_line(value) for name, value in row.items()} for row in rows]
    if not is_terminal():
        sys.stdout.writelines("\t".join(line.values()) + "\n" for line in lines)
        return
    if not lines:
        note("nothing found")
        return
    console, names = output(), [name for name in lines[0] if any(line[name] for line in lines)]
    longest = {name: max(len(name), *(len(line[name]) for line in lines)) for name in names}
    needed = {name: longest[name] if name in fixed else min(longest[name], NARROW) for name in names}
    if sum(needed.values()) + 2 * (len(names) - 1) > console.width:
        for number, line in enumerate(lines):
            console.print(
                *([""] if number else []), fields_of({name: text for name, text in line.items() if text}), sep="\n"
            )
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, no_wrap=name in fixed, overflow="fold", min_width=needed[name])
    for line in lines:
        table.add_row(*(Text(line[name]) for name in names))
    console.print(table)


def print_fields(fields: Mapping[str, object]) -> None:
    """Print the fields of one object; those without a value are left out."""
    lines = {name: one_line(value) for name, value in fields.items()}
    if is_terminal():
        output().print(fields_of({name: line for name, line in lines.items() if line}))
    else:
        sys.stdout.writelines(f"{name}\t{line}\n" for name, line in lines.items())


def fields_of(fields: Mapping[str, str]) -> RenderableType:
    """Return names and values in two columns."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in fields.items():
        grid.add_row(Text(name), Text(value))
    return grid


def print_list(rows: Iterable[T], limit: int) -> Iterator[T]:
    """Yield the first rows, and print on stderr that there are more."""
    iterator = iter(rows)
    yield from islice(iterator, limit)
    if next(iterator, None) is not None:
        note(f"there are more; --limit is {limit}")


def page_size(limit: int) -> int:
    """Return the size of pages for a number of rows: one more row shows that there are more."""
    return min(limit + 1, PAGE_SIZE)


def moment(seconds: float | None) -> str:
    """Return a Unix time as date and time in the local time zone."""
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def duration(seconds: float | None) -> str:
    """Return a duration with one decimal."""
    return "" if seconds is None else f"{seconds:.1f} s"


@contextmanager
def progress_bar() -> Generator[Progress]:
    """Yield progress bars on stderr, which vanish at the end; they are hidden where it is no terminal."""
    console = messages()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress
