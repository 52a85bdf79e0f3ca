"""The public surface of a generated package: operations, classes, literals and unions, read without importing it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pipeline.generator import PACKAGE

HIDDEN = {"additional_properties", "additional_keys", "json_names"}


@dataclass(frozen=True)
class Argument:
    """One argument of a function, or one field of a class."""

    name: str
    type: str
    default: str | None
    keyword: bool = True

    @property
    def required(self) -> bool:
        """True for an argument without a default."""
        return self.default is None


@dataclass(frozen=True)
class Function:
    """The function of one operation."""

    label: str
    module: str
    arguments: dict[str, Argument]
    returns: str
    statuses: frozenset[str]
    request: str


@dataclass(frozen=True)
class Class:
    """A model: its fields in the order of the constructor, with their JSON keys."""

    name: str
    fields: dict[str, Argument]
    keys: dict[str, str]
    bases: tuple[str, ...]


@dataclass
class Surface:
    """The functions, classes and aliases that users can import from a package."""

    functions: dict[str, Function] = field(default_factory=dict[str, Function])
    classes: dict[str, Class] = field(default_factory=dict[str, Class])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    variants: dict[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def argument_types(self) -> set[str]:
        """Classes and aliases in arguments of functions."""
        return self.closure(one.type for function in self.functions.values() for one in function.arguments.values())

    @cached_property
    def return_types(self) -> set[str]:
        """Classes and aliases in return types and streams."""
        return self.closure([*(one.returns for one in self.functions.values()), *self.variants.values()])

    @cached_property
    def unused_types(self) -> set[str]:
        """Classes and aliases that no function uses; users may construct and read them."""
        return {*self.classes, *self.aliases} - self.argument_types - self.return_types

    @property
    def input_types(self) -> set[str]:
        """Classes and aliases that users construct."""
        return self.argument_types | self.unused_types

    @property
    def output_types(self) -> set[str]:
        """Classes and aliases that users read."""
        return self.return_types | self.unused_types

    def closure(self, types: Any) -> set[str]:
        """Return the names in some types, and those in their fields."""
        found: set[str] = set()
        waiting = list(types)
        while waiting:
            for name in re.findall(r"\w+", waiting.pop()):
                if name in found or not (name in self.classes or name in self.aliases):
                    continue
                found.add(name)
                known = self.classes.get(name)
                waiting += [one.type for one in known.fields.values()] if known else [self.aliases[name]]
        return found


def read(folder: Path) -> Surface:
    """Read the surface of the package in a folder."""
    # Importing griffe takes 190 ms, almost as long as a comparison of the wire layer.
    import griffe

    package: Any = griffe.load(PACKAGE, search_paths=[folder], allow_inspection=False)
    surface = Surface()
    for tag in modules(package["api"]) if "api" in package.members else ():
        for module in modules(tag):
            function = operation(module)
            if function:
                surface.functions[function.label] = function
    for module in modules(package["models"]) if "models" in package.members else ():
        read_model(module, surface)
    return surface


def modules(package: Any) -> list[Any]:
    """Return the modules of a package, without those it only imports."""
    return [one for one in package.members.values() if not one.is_alias and one.is_module]


def operation(module: Any) -> Function | None:
    """Return the function of one operation, from its `sync_detailed`."""
    members = module.members
    if "operation" not in members or "sync_detailed" not in members:
        return None
    call = ast.parse(str(members["operation"].value), mode="eval").body
    if not isinstance(call, ast.Call):
        return None
    words = [str(one.value) for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    function = members["sync_detailed"]
    arguments = {
        one.name: Argument(
            one.name, str(one.annotation), None if one.default is None else str(one.default), "only" in one.kind.value
        )
        for one in function.parameters
        if one.name != "client"
    }
    source = Path(str(module.filepath)).read_text(encoding="utf-8")
    # The statuses that `_parse_response` compares.
    known = re.findall(r"status_code (?:==|in) ([^:\n]+):", source)
    statuses = frozenset(re.findall(r"\d{3}", " ".join(known)))
    returned = str(function.returns).removeprefix("Response[").removesuffix("]")
    request = body_source(source, "_get_kwargs")
    path = str(module.path).removeprefix(f"{PACKAGE}.")
    return Function(f"{words[1]} {words[2]}", path, arguments, returned, statuses, request)


def body_source(source: str, name: str) -> str:
    """Return the statements of a function in normal form."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return "\n".join(ast.unparse(one) for one in node.body)
    return ""


def read_model(module: Any, surface: Surface) -> None:
    """Add the classes and aliases of one module to the surface."""
    for name, member in module.members.items():
        if member.is_alias or name.startswith("_"):
            continue
        if member.is_class:
            surface.classes[name] = read_class(name, member)
        elif member.is_attribute and "TypeAlias" in str(member.annotation):
            surface.aliases[name] = unquoted(str(member.value))
        elif name == "VARIANTS":
            surface.variants |= cast("dict[str, str]", ast.literal_eval(str(member.value)))


def read_class(name: str, member: Any) -> Class:
    """Return one model."""
    fields: dict[str, Argument] = {}
    keys: dict[str, str] = {}
    for key, one in member.members.items():
        if key == "json_names" and one.is_attribute:
            keys = ast.literal_eval(str(one.value))
        if (
            not one.is_alias
            and one.is_attribute
            and key not in HIDDEN
            and not key.startswith("_")
            and one.annotation is not None
        ):
            fields[key] = Argument(key, unquoted(str(one.annotation)), None if one.value is None else str(one.value))
    # attrs puts the fields without a default first.
    ordered = sorted(fields.values(), key=lambda one: not one.required)
    keys = {key: keys.get(key, key) for key in fields}
    return Class(name, {one.name: one for one in ordered}, keys, tuple(str(base) for base in member.bases))


def unquoted(text: str) -> str:
    """Return a type without the quotes of forward references."""
    if text[:1] in "'\"" and text[-1:] == text[:1]:
        return text[1:-1]
    return re.sub(r"'([A-Z]\w*)'(?=[\]\s|,]|$)", lambda match: match[1] if "Literal" not in text else match[0], text)
