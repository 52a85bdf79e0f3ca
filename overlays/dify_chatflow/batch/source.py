"""Input of a batch: rows from JSON Lines, CSV or memory, each with its place for messages."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias, cast

from dify_chatflow._errors import ConfigurationError
from dify_chatflow._inputs import InputForm
from dify_chatflow.batch.row import FIELDS, Row, file_input, stand_in

RowSource: TypeAlias = "str | os.PathLike[str] | Iterable[Mapping[str, Any] | str]"
"""A JSON Lines or CSV file, or rows in memory: mappings of fields, or queries."""

FILE_TYPES = ("file", "file-list")
# Between the files of a CSV cell.
SEPARATOR = ";"


def read_rows(source: RowSource, user: str | None, form: InputForm | None) -> Iterator[tuple[str, Row]]:
    """Yield the rows of an input, each with its place, such as `questions.csv:3`.

    Args:
        source: A file, JSON Lines (`.jsonl`, `.ndjson`) or CSV (`.csv`), or an iterable of mappings or queries.
        user: The end user of rows without one.
        form: The app's input variables; None checks no inputs.

    Raises:
        ConfigurationError: A row cannot be sent, or a file cannot be read; the message begins with the place.
        OSError: The file cannot be opened.
    """
    folder = Path.cwd()
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        folder, found = path.parent, read_file(path)
    else:
        found = ((f"row {position}", fields) for position, fields in enumerate(source, 1))
    for number, (place, fields) in enumerate(found, 1):
        with errors_at(place):
            if isinstance(fields, str):
                fields = {"query": fields}  # noqa: PLW2901
            elif not isinstance(fields, Mapping):
                raise ConfigurationError(f"a row must be an object of fields, or a text; got {fields!r:.60}")
            row = Row.from_dict(cast("Mapping[str, Any]", fields), number, user, folder)
            yield place, check_inputs(row, form, folder) if form else row


def check_inputs(row: Row, form: InputForm, folder: Path) -> Row:
    """Return a row whose inputs the app accepts, with files to upload in place of their paths.

    Raises:
        ConfigurationError: The app does not accept an input.
    """
    variables = [variable.name for variable in form.variables if variable.type in FILE_TYPES]
    files = {name: file_input(row.inputs[name], folder) for name in variables if name in row.inputs}
    form.check({**row.inputs, **{name: stand_in(value) for name, value in files.items()}})
    return replace(row, inputs={**row.inputs, **files}) if files else row


@contextmanager
def errors_at(place: str) -> Generator[None]:
    """Add the place to errors of a row."""
    try:
        yield
    except (ConfigurationError, OSError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{place}: {error}") from error


def read_file(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the rows of a file with their places.

    Raises:
        ConfigurationError: The extension is unknown, or a line cannot be read.
    """
    readers = {".jsonl": read_json_lines, ".ndjson": read_json_lines, ".csv": read_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ConfigurationError(f"unknown kind of input: {path.name!r}; pass a .jsonl or .csv file")
    return reader(path)


def read_json_lines(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the objects of a JSON Lines file; empty lines are skipped."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            place = f"{path}:{number}"
            with errors_at(place):
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                    found = json.loads(text) if text else None
                except UnicodeDecodeError:
                    raise ConfigurationError("the line is not UTF-8: save the file in this encoding") from None
                except (ValueError, RecursionError) as error:
                    raise ConfigurationError(f"the line is not JSON: {error}; write one object a line") from None
            if text:
                yield place, found


def read_csv(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the rows of a CSV file; columns that are no field of a row are inputs, and empty cells are not sent."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        place = f"{path}:1"
        with errors_at(place):
            names = [name.strip() for name in next_line(lines) or ()]
            if "query" not in names or len({*names}) < len(names) or "inputs" in names:
                text = ", ".join(names) or "an empty file"
                raise ConfigurationError(
                    f"the header must name the column 'query' and each input once, separated by commas; got {text:.200}"
                )
        while True:
            place = f"{path}:{lines.line_num + 1}"
            with errors_at(place):
                cells = next_line(lines)
                if cells is None:
                    return
                if cells and len(cells) != len(names):
                    raise ConfigurationError(f"the row has {len(cells)} cells, but the header has {len(names)}")
            if cells:
                yield place, csv_fields(dict(zip(names, cells, strict=True)))


def next_line(lines: Iterator[list[str]]) -> list[str] | None:
    """Return the cells of the next line; None at the end.

    Raises:
        ConfigurationError: The line cannot be read.
    """
    try:
        return next(lines, None)
    except UnicodeDecodeError:
        raise ConfigurationError("the file is not UTF-8: save it in this encoding") from None
    except csv.Error as error:
        raise ConfigurationError(f"the line is not CSV: {error}") from None


def csv_fields(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a row from its cells by column."""
    fields: dict[str, Any] = {name: cell for name, cell in cells.items() if name in FIELDS}
    fields["files"] = [file.strip() for file in cells.get("files", "").split(SEPARATOR) if file.strip()]
    fields["inputs"] = {name: cell for name, cell in cells.items() if name not in FIELDS and cell != ""}
    return fields
