"""Python names of changes: generated functions and classes, and the methods of `Chatflow` that use them."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pipeline.drift.rules.finding import Place
from pipeline.generator import class_overrides

PACKAGE = "dify_chatflow_client"
OPERATION = re.compile(r'^operation = Operation\(\s*"[^"]*",\s*"(\w+)",\s*"([^"]*)"', re.MULTILINE)
# An entry of the table of operations in the client: its key, and its public methods.
SUPPORT = re.compile(r'^    \("(\w+)", "([^"]+)"\): Support\(\s*"([\w., ]+)"', re.MULTILINE)
CLASS = re.compile(r"^(?:class )?(\w+)(?:\(.*\):|: TypeAlias =)", re.MULTILINE)


class PythonNames:
    """The Python names of operations and schemas in a tree."""

    def __init__(self, root: Path) -> None:
        self.generated = root / "generated" / PACKAGE
        self.config = root / "generator-config.yaml"
        self.versions = root / "overlays" / "dify_chatflow" / "_versions.py"

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
        """Methods of `Chatflow` by the label of their operation, with its parameters' names left out."""
        if not self.versions.is_file():
            return {}
        found = SUPPORT.findall(self.versions.read_text(encoding="utf-8"))
        return {
            without_parameters(f"{method} {path}"): [f"Chatflow.{name}" for name in names.split(", ")]
            for method, path, names in found
        }

    def methods_of(self, label: str) -> list[str]:
        """Return the methods of `Chatflow` for an operation such as `POST /chat-messages`."""
        return self.methods.get(without_parameters(label), [])

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
            found |= dict.fromkeys(self.methods_of(place.operation))
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


def without_parameters(label: str) -> str:
    """Return the label of an operation without the names of its path parameters."""
    return re.sub(r"\{[^}]*\}", "{}", label)
