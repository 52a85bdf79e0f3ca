"""Python names of changes: generated functions and classes, and the methods of `Chatflow` that use them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pipeline.drift.rules.finding import Place
from pipeline.generator import class_overrides

PACKAGE = "dify_chatflow_client"
OPERATION = re.compile(r'^operation = Operation\(\s*"[^"]*",\s*"(\w+)",\s*"([^"]*)"', re.MULTILINE)
CLASS = re.compile(r"^(?:class )?(\w+)(?:\(.*\):|: TypeAlias =)", re.MULTILINE)


class PythonNames:
    """The Python names of operations and schemas in a tree."""

    def __init__(self, root: Path) -> None:
        self.generated = root / "generated" / PACKAGE
        self.config = root / "generator-config.yaml"
        self.overlay = root / "overlays" / "dify_chatflow" / "_async"

    @cached_property
    def modules(self) -> dict[str, str]:
        """Generated modules by operation: `{"POST /chat-messages": "api.chatflows.send_advanced_chat_message"}`."""
        found: dict[str, str] = {}
        for path in sorted(self.generated.glob("api/*/*.py")):
            match = OPERATION.search(path.read_text(encoding="utf-8"))
            if match:
                found[f"{match[1]} {match[2]}"] = f"api.{path.parent.name}.{path.stem}"
        return found

    @cached_property
    def overrides(self) -> dict[str, str]:
        """Names of classes that the generator's settings replace: `{"ConversationListItem": "ConversationSummary"}`."""
        return class_overrides(self.config) if self.config.is_file() else {}

    @cached_property
    def classes(self) -> dict[str, str]:
        """Generated classes by their module's name."""
        found: dict[str, str] = {}
        for path in self.generated.glob("models/*.py"):
            names = CLASS.findall(path.read_text(encoding="utf-8"))
            found |= {name.lower(): name for name in names if name.lower() == path.stem.replace("_", "")}
        return found

    @cached_property
    def methods(self) -> dict[str, list[str]]:
        """Methods of `Chatflow` by the generated module whose operation they call."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.overlay.rglob("*.py")):
            for module, method in methods(path):
                found.setdefault(module, []).append(f"Chatflow.{method}")
        return found

    def of(self, places: tuple[Place, ...]) -> tuple[str, ...]:
        """Return the Python names of some places."""
        found: dict[str, None] = {}
        for place in places:
            for pointer in (place.base, place.revision):
                name = self.schema(pointer or "")
                if name:
                    found[f"{PACKAGE}.models.{name}"] = None
        for place in places:
            module = self.modules.get(place.operation)
            if module:
                found[f"{PACKAGE}.{module}"] = None
                found |= dict.fromkeys(self.methods.get(module, []))
        return tuple(found)

    def schema(self, pointer: str) -> str | None:
        """Return the class and fields for a pointer below /components/schemas."""
        parts = pointer.split("/")
        if parts[1:3] != ["components", "schemas"] or not parts[3:]:
            return None
        given = self.overrides.get(parts[3], parts[3])
        name = self.classes.get(re.sub(r"\W|_", "", given).lower())
        fields = [re.sub(r"\W", "_", name) for part, name in pairwise(parts[4:]) if part == "properties"]
        return ".".join([name, *fields]) if name else None


def methods(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the operations that a module of the client calls, with the methods that call them."""
    text = path.read_text(encoding="utf-8")
    if f"from {PACKAGE}.api." not in text:
        return
    tree = ast.parse(text)
    aliases: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}.api."):
            package = (node.module or "").removeprefix(f"{PACKAGE}.")
            aliases |= {one.asname or one.name: f"{package}.{one.name}" for one in node.names}
    calls = {name: set(used_names(node)) for name, node in definitions(tree)}
    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for method in cls.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_"):
                for name in sorted(reach(method.name, calls) & aliases.keys()):
                    yield aliases[name], f"{path.stem}.{method.name}"


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield the functions, methods and constants of a module by name."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((one.name, one) for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def used_names(node: ast.AST) -> Iterator[str]:
    """Yield the names and attributes in a definition."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id
        elif isinstance(one, ast.Attribute):
            yield one.attr


def reach(name: str, calls: dict[str, set[str]]) -> set[str]:
    """Return the names that a definition uses, directly or through private definitions of the same module."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for used in calls.get(waiting.pop(), set()) - found:
            found.add(used)
            if used in calls and (used.startswith("_") or used.isupper()):
                waiting.append(used)
    return found
