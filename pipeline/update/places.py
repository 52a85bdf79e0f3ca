"""Places in hand-written files that belong to an operation or an event of the document, as "file:line"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

RESOURCES = "overlays/dify_chatflow/_async/resources"
CLIENT = "overlays/dify_chatflow/_async/client.py"
RAW = "overlays/dify_chatflow/_async/raw.py"
VERSIONS = "overlays/dify_chatflow/_versions.py"
DOCUMENTATION = "docs/client.md"
VERSIONS_TABLE = "docs/versions.md"
EVENTS_TABLE = "docs/events.md"
USES = "tests/client/operations.py"
ROUTES = "local_dify/api/application.py"
WALK = "tests/local_dify/test_document.py"
RECORDINGS = "tests/recordings"
CALLERS = ("README.md", "docs/**/*.md", "examples/**/*.py", "overlays/dify_chatflow_cli/**/*.py")
EVENT_READERS = ("overlays/dify_chatflow/**/*.py", "overlays/dify_chatflow_cli/**/*.py", "local_dify/**/*.py")
# Files that the project generates or that an update changes by itself.
DERIVED = ("overlays/dify_chatflow/_sync/", "overlays/dify_chatflow/events.py", "overlays/dify_chatflow/models.py")
OPERATION = re.compile(r"""^operation = Operation\(\s*"\w+",\s*"([A-Z]+)",\s*"([^"]+)",""", re.MULTILINE)
SHOWN = 20


def without_names(text: str) -> str:
    """Return a path, or an operation's label, without the names of parameters."""
    return re.sub(r"\{[^}]*\}", "{}", text)


def as_pattern(path: str) -> str:
    """Return a pattern for a path as files write it: with any names, and with or without converters."""
    return re.escape(without_names(path)).replace(r"\{\}", r"\{\w+(?::\w+)?\}")


class Places:
    """The hand-written files below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.text = cache(self._read)

    def _read(self, file: str) -> str:
        path = self.root / file
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def find(self, file: str, pattern: str) -> str:
        """Return "file:line" for the first match of a pattern, or the file where it has none."""
        return next(self.find_all([file], pattern), file)

    def find_all(self, files: Iterable[str], pattern: str) -> Iterator[str]:
        """Yield "file:line" for every match of a pattern."""
        for file in files:
            text = self.text(file)
            for match in re.finditer(pattern, text, re.MULTILINE):
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield f"{file}:{text.count(chr(10), 0, start) + 1}"

    def files(self, *patterns: str) -> list[str]:
        """Return the hand-written files that match some patterns."""
        found = (path.relative_to(self.root).as_posix() for one in patterns for path in sorted(self.root.glob(one)))
        return [file for file in found if not file.startswith(DERIVED)]

    def methods(self, label: str) -> list[str]:
        """Return the client's methods for an operation, such as `runs.get`."""
        found = re.search(rf"{entry(label)}: Support\(\s*\"([\w., ]+)\"", self.text(VERSIONS), re.MULTILINE)
        return found[1].split(", ") if found else []

    def definition(self, method: str) -> str:
        """Return the place of a method of the client."""
        group, _, name = method.partition(".")
        return self.find(f"{RESOURCES}/{group}.py", rf"^    (?:async )?def {name}\(")

    def raw(self, method: str) -> str:
        """Return the place of the raw form of a method."""
        group, _, name = method.partition(".")
        return self.find(RAW, rf"\(Async{class_name(group)}\.{name}\)$")

    def row(self, file: str, method: str) -> str:
        """Return the place of a method's row in a table."""
        return self.find(file, rf"^\|[^|]*`{re.escape(method)}`")

    def rows(self, method: str) -> list[str]:
        """Return the places of a method's rows in the tables of the documentation."""
        found = (self.row(file, method) for file in (DOCUMENTATION, VERSIONS_TABLE))
        return [place for place in found if ":" in place]

    def uses_of(self, function: str) -> list[str]:
        """Return the places of a generated module, such as `applications.get_info`: its imports, uses and mentions."""
        package, _, name = function.partition(".")
        importing = rf"\bdify_chatflow_client\.api\.{package}(?: import \([^)]*| import .*|\.)\b{name}\b"
        mentioned = rf"\b{package}\.{name}\b|[\"'`]{name}[\"'`]"
        files = self.files(*CALLERS, "overlays/dify_chatflow/**/*.py", "tests/**/*.py", "soak/*.py", "benchmarks/*.py")
        return [
            place
            for file in files
            for place in self.find_all([file], rf"\b{name}\b" if re.search(importing, self.text(file)) else mentioned)
        ]

    def walks(self, label: str) -> list[str]:
        """Return the places of the test that call an operation of the local server."""
        method, _, path = label.partition(" ")
        given = re.escape(without_names(path)).replace(r"\{\}", r"(?:\{[^}]*\}|\w+)")
        return list(self.find_all([WALK], rf"call\(\"{method}\", f?\"{given}\""))

    def use(self, label: str) -> str:
        """Return the place of the test's call of an operation."""
        return self.find(USES, rf"{entry(label)}: Use\(")

    def support(self, label: str) -> str:
        """Return the place of the versions that have an operation."""
        return self.find(VERSIONS, rf"{entry(label)}: Support\(")

    def route(self, label: str) -> str:
        """Return the place of the local server's route for an operation."""
        return self.find(ROUTES, rf"^    \"{as_pattern(label.partition(' ')[2])}\":")

    def recordings(self, label: str) -> Iterator[str]:
        """Yield the recorded exchanges with an operation."""
        method, _, path = label.partition(" ")
        wanted = re.sub(r"\\\{.*?\\\}", "[^/?]+", re.escape(without_names(path)))
        for file in self.files(f"{RECORDINGS}/**/*.json"):
            request = json.loads(self.text(file)).get("request", {})
            if request.get("method") == method and re.fullmatch(rf"/v1{wanted}(\?.*)?", request.get("path", "")):
                yield file

    def calls(self, method: str) -> list[str]:
        """Return the places of documentation, examples and command line that call a method."""
        return list(self.find_all(self.files(*CALLERS), rf"\b{re.escape(method)}\("))

    def readers(self, event: str, class_name: str) -> list[str]:
        """Return the places of code that mention an event."""
        return list(self.find_all(self.files(*EVENT_READERS), rf"\b{class_name}\b|[\"']{re.escape(event)}[\"']"))


def entry(label: str) -> str:
    """Return a pattern for an operation as the key of a mapping."""
    method, _, path = label.partition(" ")
    return rf"^    \(\"{method}\", \"{as_pattern(path)}\"\)"


def class_name(group: str) -> str:
    """Return the name of a class for a group of methods."""
    return "".join(part.capitalize() for part in group.split("_"))


def some(places: list[str]) -> str:
    """Return the first few places."""
    rest = f" and {len(places) - SHOWN} more" if places[SHOWN:] else ""
    return ", ".join(places[:SHOWN]) + rest


def generated_modules(package: Path) -> dict[str, str]:
    """Return the generated module of each operation, such as `applications.get_info`, by the operation's label."""
    found: dict[str, str] = {}
    for path in sorted(package.glob("api/*/*.py")):
        match = OPERATION.search(path.read_text(encoding="utf-8"))
        if match:
            found[f"{match[1]} {match[2]}"] = f"{path.parent.name}.{path.stem}"
    return found
