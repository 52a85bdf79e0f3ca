"""Prose of the project with its places, and how often some words occur in it: `python -m tests.project.prose`."""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

SKIPPED = {
    ".git",
    ".venv",
    ".fuzz",
    ".mutation",
    ".environments",
    "generated",
    "_sync",
    "recordings",
    "dist",
    "build",
    "site",
} | {
    "__pycache__",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".updating",
}
READ = {".py", ".md", ".jinja", ".json", ".yaml", ".yml", ".toml", "Makefile", "run", ".editorconfig"}
SPOKEN = (
    "overlays",
    "pipeline",
    "local_dify",
    "dify_conformance",
    "benchmarks",
)  # folders whose messages users and maintainers read
DIRECTIVE = re.compile(r"#\s*(!|noqa|type:|pyright:|mypy:|ruff:|pragma)")
PRINTING = {"ArgumentParser", "add_argument", "add_parser", "debug", "error", "info", "print", "warn", "warning"}
TEMPLATE = re.compile(r'\{#.*?#\}|"""[^"{%]*"""|#[^\n{]*', re.DOTALL)
SAMPLES = {"default", "enum", "example", "examples", "x-evidence"}
TEST_NAME_WORDS = 7

FORBIDDEN = {
    "tell": r"tells?|telling|told",
    "say": r"says?|saying|said",
    "stand": r"stands?|standing|stood",
    "beside": r"beside",
    "whole": r"whole(?!\s+numbers?)",
    "mend": r"mend(s|ed|ing)?",
    "go on": r"(go|goes|going)\s+on",
    "came, went": r"came|went",
    "struck": r"struck|strikes?",
    "house, room": r"houses?|rooms?",
    "colour": r"colours?",  # a kind of code; pictures have a `color`
    "twin": r"twins?",
    "half": r"(a?sync(hronous)?|other|each|either|both)\s+(half|halves)",
    "of its own": r"of\s+its\s+own",
    "one by one": r"one\s+by\s+one",
    "comes to": r"comes?\s+to",
}
PATTERNS = {name: re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE) for name, words in FORBIDDEN.items()}
OPENINGS = {
    "function docstring": re.compile(r"(what|whether)\b", re.IGNORECASE),
    "property docstring": re.compile(r"what\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Passage:
    """A piece of prose; `kind` is its source, such as `comment` or `function docstring`."""

    path: Path
    place: int | str
    kind: str
    text: str

    def findings(self) -> Iterator[str]:
        """Yield a sentence for each breach of the word list, and for a test name that is too long."""
        for name, pattern in PATTERNS.items():
            for match in pattern.finditer(self.text):
                place = self.place
                if isinstance(place, int):
                    place += self.text.count("\n", 0, match.start())
                yield f"{self.path}:{place}: {self.kind} has {match[0]!r} ({name})"
        if self.kind in OPENINGS and (opening := OPENINGS[self.kind].match(self.text)):
            yield f"{self.path}:{self.place}: docstring opens with {opening[0]!r}"
        if self.kind == "test name" and len(self.text.split()) > TEST_NAME_WORDS:
            yield f"{self.path}:{self.place}: test name has {len(self.text.split())} words, at most {TEST_NAME_WORDS}"


def without_code(text: str) -> str:
    """Blank out code blocks, examples, code spans and link targets; line breaks stay."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    text = re.sub(r"^ *```.*?^ *```", blank, text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^( *)Examples?:\n(?:\1 +.*\n|\s*\n)*(?:\1 +.*)?", blank, text, flags=re.MULTILINE)
    text = re.sub(r"^ *(>>>|\.\.\.) .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"(`+)[^`]+\1", "`…`", text)
    return re.sub(r"\]\([^)]*\)|https?://\S+", "]", text)


def read_python(path: Path, source: str, *, messages: bool) -> Iterator[Passage]:
    """Yield docstrings, comments, test names and, on request, messages of Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            name = node.name.removeprefix("test_").replace("_", " ")
            yield Passage(path, node.lineno, "test name", name)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            owner = "docstring"
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
                owner = "property docstring" if decorators & {"property", "cached_property"} else "function docstring"
            for index, statement in enumerate(node.body):
                match statement:
                    case ast.Expr(ast.Constant(str(text))):
                        yield Passage(path, statement.lineno, "docstring" if index else owner, without_code(text))
                    case _:
                        pass
        if messages:
            yield from read_messages(path, node)
    yield from read_comments(path, source)


def read_messages(path: Path, node: ast.AST) -> Iterator[Passage]:
    """Yield the texts that a `raise` or a call that prints, warns or documents an option contains."""
    match node:
        case ast.Raise(exc=ast.Call(args=arguments, keywords=keywords)):
            pass
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=arguments, keywords=keywords):
            if name not in PRINTING:
                return
        case _:
            return
    for argument in [*arguments, *(keyword.value for keyword in keywords)]:
        for part in ast.walk(argument):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                yield Passage(path, part.lineno, "message", without_code(part.value))


def read_comments(path: Path, source: str) -> Iterator[Passage]:
    """Yield comments; those on successive lines are one passage."""
    lines: list[str] = []
    start = end = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or DIRECTIVE.match(token.string):
            continue
        if lines and token.start[0] != end + 1:
            yield Passage(path, start, "comment", without_code("\n".join(lines)))
            lines = []
        if not lines:
            start = token.start[0]
        end = token.start[0]
        lines.append(token.string.lstrip("#:").strip())
    if lines:
        yield Passage(path, start, "comment", without_code("\n".join(lines)))


def read_lines(path: Path, source: str) -> Iterator[Passage]:
    """Yield the comments, help texts and printed texts of a Makefile, and the comments of YAML and TOML."""
    for number, line in enumerate(source.splitlines(), 1):
        comment = re.search(r"(?:^|\s)#+\s+(.*)", line)
        if comment:
            yield Passage(path, number, "comment", without_code(comment[1]))
        if path.name == "Makefile":
            for text in re.findall(r'echo "([^"]*)"', line):
                yield Passage(path, number, "message", text)


def read_template(path: Path, source: str) -> Iterator[Passage]:
    """Yield the comments and docstrings of a generator template."""
    for match in TEMPLATE.finditer(source):
        yield Passage(path, source.count("\n", 0, match.start()) + 1, "template", without_code(match[0]))


def read_descriptions(path: Path, value: Any, place: str = "") -> Iterator[Passage]:
    """Yield each `description` and `summary` of a document or of its corrections, with its pointer."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        for key, child in fields.items():
            if key in SAMPLES:
                continue
            if key in ("description", "summary") and isinstance(child, str):
                yield Passage(path, f"{place}/{key}", "description", without_code(child))
            else:
                yield from read_descriptions(path, child, f"{place}/{key}")
    elif isinstance(value, list):
        items = cast("list[object]", value)
        for index, child in enumerate(items):
            yield from read_descriptions(path, child, f"{place}/{index}")


def read_file(path: Path, name: Path) -> Iterator[Passage]:
    """Yield the passages of one file; `name` is its path in the project."""
    if path.suffix not in READ and path.name not in READ:
        return
    source = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".py":
            yield from read_python(name, source, messages=name.parts[0] in SPOKEN)
        case ".md":
            text = re.sub(r"<!--.*?-->", lambda match: "\n" * match[0].count("\n"), source, flags=re.DOTALL)
            yield Passage(name, 1, "page", without_code(text))
        case ".jinja":
            yield from read_template(name, source)
        case ".json" if name.name.startswith("openapi"):
            yield from read_descriptions(name, json.loads(source))
        case ".yaml" | ".yml":
            yield from read_lines(name, source)
            if "spec" in name.parts:
                yield from read_descriptions(name, yaml.safe_load(source))
        case ".json":
            pass
        case _:
            yield from read_lines(name, source)


def read_project(root: Path, below: Iterable[Path] = ()) -> Iterator[Passage]:
    """Yield the prose of the files in `root`, or of those of its files that are or lie in one of `below`."""
    wanted = [path.resolve() for path in below] or [root.resolve()]
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED)
        for path in (Path(folder, file) for file in sorted(files)):
            if any(path.resolve().is_relative_to(part) for part in wanted):
                yield from read_file(path, path.relative_to(root))


def count(passages: Iterable[Passage]) -> dict[str, float]:
    """Return how often words and openings of docstrings occur in 10,000 words."""
    listed = list(passages)
    words = sum(len(re.findall(r"\w+", passage.text)) for passage in listed)
    found = {
        name: sum(len(pattern.findall(passage.text)) for passage in listed)
        for name, pattern in PATTERNS.items()
        if name in ("tell", "say", "stand")
    }
    docstrings = [passage.text.lstrip() for passage in listed if passage.kind.endswith("docstring")]
    for opening in ("What", "Return"):
        found[f"“{opening} …”"] = sum(bool(re.match(rf"{opening}s?\b", text)) for text in docstrings)
    return {"words": words, **{name: round(number * 10_000 / max(words, 1), 1) for name, number in found.items()}}


def main() -> None:
    """Print counts for docstrings with comments and for all prose, and the findings on request."""
    parser = argparse.ArgumentParser(description="Count words of the project's prose, per 10,000 words.")
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders (default: all)")
    parser.add_argument("--root", type=Path, default=Path(), help="folder of the project (default: this one)")
    parser.add_argument("--findings", action="store_true", help="list the breaches of the word list")
    arguments = parser.parse_args()
    passages = list(read_project(arguments.root, arguments.paths))
    if arguments.findings:
        for passage in passages:
            for finding in passage.findings():
                print(finding)
    code = [passage for passage in passages if passage.kind == "comment" or passage.kind.endswith("docstring")]
    print("docstrings and comments:", count(code))
    print("all prose:", count(passages))


if __name__ == "__main__":
    main()
