"""YAML 1.2 files as data with line numbers, read by libyaml, which is 30 times as fast as a reader in Python."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError

PLAIN = (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
)
MERGE = "tag:yaml.org,2002:merge"
# Types that YAML 1.1, which libyaml implements, recognizes in more texts than YAML 1.2.
REPLACED = ("bool", "int", "timestamp")


def load(path: Path, what: str) -> tuple[Any, Any]:
    """Return the data of a file and its tree of nodes; raise PipelineError with file and line.

    `what` is the content of the file, for the message when it cannot be read.
    """
    from yaml import MarkedYAMLError, YAMLError

    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return read(text)
    except MarkedYAMLError as error:
        line = min(error.problem_mark.line, text.count("\n")) + 1 if error.problem_mark else 1
        raise PipelineError(f"{path}:{line}", f"is not valid YAML: {error.problem}") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise PipelineError(path, f"is not valid YAML: {error}") from None
    except OSError as error:
        raise PipelineError(path, f"cannot be read ({error.strerror}); it holds {what}") from None


def read(text: str) -> tuple[Any, Any]:
    """Return the data and its tree of nodes; raise yaml.MarkedYAMLError for invalid YAML and repeated keys."""
    loader = reader()(text)
    try:
        node = loader.get_single_node()
        return (None if node is None else loader.construct_document(node)), node
    finally:
        loader.dispose()


def lines(node: Any, key: str) -> list[int]:
    """Return the line numbers of the items in a list of the top mapping."""
    listed = next(value for name, value in node.value if name.value == key)
    return [item.start_mark.line + 1 for item in listed.value]


@cache
def reader() -> Any:
    """Return PyYAML's safe loader in C, changed to YAML 1.2 (plain `yes`, `012` and dates are text) and unique keys."""
    import yaml

    class Reader(yaml.CSafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
                if key.value in seen:
                    problem = f"found key {key.value!r} twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
            return super().construct_mapping(node, deep)

        def flatten_mapping(self, node: yaml.MappingNode) -> None:
            """Put merged keys (`<<`) after the mapping's own keys, because their order becomes that of arguments."""
            own = [pair for pair in node.value if pair[0].tag != MERGE]
            super().flatten_mapping(node)
            names = [key.value for key, _ in own]
            node.value = own + [pair for pair in node.value if pair[0].value not in names]

    resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag.rpartition(":")[2] not in REPLACED]
        for first, known in Reader.yaml_implicit_resolvers.items()
    }
    for kind, pattern, letters in PLAIN:
        for letter in letters:
            resolvers.setdefault(letter, []).append((f"tag:yaml.org,2002:{kind}", re.compile(pattern)))
    Reader.yaml_implicit_resolvers = resolvers
    return Reader
