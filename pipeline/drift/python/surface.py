"""The public surface of a generated package: operations, classes, literals and unions, read without importing it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pipeline.generator import PACKAGE

FIRST_ERROR = 400
# Docstrings as the generator writes them; other strings are on one line, and begin within it.
DOCSTRING = re.compile(r'^ *"""(?:[^"\\]|\\.|"(?!""))*"""$', re.MULTILINE | re.DOTALL)


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
    """The function of one operation.

    Attributes:
        label: Method and path of the operation, as the module spells it.
        module: The module below the package.
        arguments: The arguments in their order, without the client.
        returns: The type that the parsed body has.
        parsed: What the body is parsed to, by declared status.
        fallback: What the bodies of undeclared error statuses are parsed to.
        request: The source that builds the request.
    """

    label: str
    module: str
    arguments: dict[str, Argument]
    returns: str
    parsed: dict[str, str]
    fallback: str
    request: str

    @property
    def statuses(self) -> set[str]:
        """The declared statuses."""
        return set(self.parsed)

    @property
    def positional(self) -> list[str]:
        """The names of the positional arguments, which are the path parameters."""
        return [one.name for one in self.arguments.values() if not one.keyword]

    def result(self, status: str) -> str:
        """Return what the body of a status is parsed to, declared or not."""
        return self.parsed.get(status, self.fallback if int(status) >= FIRST_ERROR else "None")


@dataclass(frozen=True)
class Class:
    """A model: its fields in the order of the constructor, with their JSON keys."""

    name: str
    fields: dict[str, Argument]
    keys: dict[str, str]
    bases: tuple[str, ...]


@dataclass
class Surface:
    """The functions, classes and aliases that users can import from a package; `operation_key` finds functions.

    Attributes:
        functions: The functions of operations.
        classes: The models.
        aliases: Literals and unions.
        variants: The classes of events by their names.
        modules: The modules of classes and aliases.
        code: The code of all modules, without docstrings.
    """

    functions: dict[str, Function] = field(default_factory=dict[str, Function])
    classes: dict[str, Class] = field(default_factory=dict[str, Class])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    variants: dict[str, str] = field(default_factory=dict[str, str])
    modules: dict[str, str] = field(default_factory=dict[str, str])
    code: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, module: Surface) -> None:
        """Add the names of one module."""
        self.functions |= module.functions
        self.classes |= module.classes
        self.aliases |= module.aliases
        self.variants |= module.variants

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

    @cached_property
    def input_types(self) -> set[str]:
        """Classes and aliases that users construct."""
        return self.argument_types | self.unused_types

    @cached_property
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


def operation_key(label: str) -> str:
    """Return an operation's label without the names of its path parameters, which Python may spell differently."""
    return re.sub(r"\{[^}]*\}", "{}", label)


def read_all(*folders: Path) -> list[Surface]:
    """Read the surfaces of the packages in some folders; a module with the same code in several is read once."""
    known: dict[tuple[str, str], Surface] = {}
    return [read(folder, known) for folder in folders]


def read(folder: Path, known: dict[tuple[str, str], Surface]) -> Surface:
    """Read the surface of the package in a folder; `known` are the modules that were read before, by their code."""
    package = folder / PACKAGE
    surface = Surface()
    for path in sorted(package.rglob("*.py")):
        module = ".".join(path.relative_to(package).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        code = surface.code[module] = DOCSTRING.sub("", text)
        if path.stem == "__init__" or module.partition(".")[0] not in ("api", "models"):
            continue
        part = known.get((module, code))
        if part is None:
            part = known[module, code] = read_module(module, ast.parse(text))
        surface.add(part)
        surface.modules |= dict.fromkeys((*part.classes, *part.aliases), module)
    return surface


def read_module(module: str, tree: ast.Module) -> Surface:
    """Return the surface of one module: a function, or classes and aliases."""
    surface = Surface()
    if module.startswith("models."):
        read_model(tree, surface)
    elif function := read_function(tree, module):
        surface.functions[operation_key(function.label)] = function
    return surface


def read_function(tree: ast.Module, module: str) -> Function | None:
    """Return the function of one operation, from its `sync_detailed`."""
    members: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            members[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            members[node.targets[0].id] = node.value
    call, function = members.get("operation"), members.get("sync_detailed")
    if not (isinstance(call, ast.Call) and isinstance(function, ast.FunctionDef)):
        return None
    words = [str(one.value) for one in call.args if isinstance(one, ast.Constant)]
    returns = ast.unparse(function.returns) if function.returns else "None"
    results = statuses(members["_parse_response"])
    success = statuses(members["_read_success"])
    fallback = results.pop("")
    if "_read_success(response)" in results.values():
        results |= {
            status: success.get(status, success[""])
            for status, result in results.items()
            if result == "_read_success(response)"
        }
    return Function(
        f"{words[1]} {words[2]}",
        module,
        {one.name: one for one in arguments(function.args) if one.name != "client"},
        returns.removeprefix("Response[").removesuffix("]"),
        results,
        fallback,
        "\n".join(map(ast.unparse, body(members["_get_kwargs"]))),
    )


def body(function: ast.AST) -> list[ast.stmt]:
    """Return the statements of a function."""
    return function.body if isinstance(function, ast.FunctionDef) else []


def arguments(listed: ast.arguments) -> Iterator[Argument]:
    """Yield the arguments of a function."""
    positional = [None] * (len(listed.args) - len(listed.defaults)) + list(listed.defaults)
    for keyword, pairs in (
        (False, zip(listed.args, positional, strict=True)),
        (True, zip(listed.kwonlyargs, listed.kw_defaults, strict=True)),
    ):
        for one, default in pairs:
            written = ast.unparse(one.annotation) if one.annotation else "Any"
            yield Argument(one.arg, written, None if default is None else ast.unparse(default), keyword)


def statuses(function: ast.AST) -> dict[str, str]:
    """Return what a function returns by the status that it compares, and under "" for all others."""
    found = {"": "None"}
    for node in body(function):
        if isinstance(node, ast.If) and "status_code" in (condition := ast.unparse(node.test)):
            for one in node.body:
                if isinstance(one, ast.Return):
                    found |= dict.fromkeys(re.findall(r"\b\d{3}\b", condition), result(one.value))
        elif isinstance(node, ast.Return):
            found[""] = result(node.value)
    return found


def result(node: ast.expr | None) -> str:
    """Return the class that an expression parses a body to, or else the expression."""
    text = ast.unparse(node.body if isinstance(node, ast.IfExp) else node) if node else "None"
    known = re.fullmatch(r"read_error\((\w+)\.from_dict, response\)|(\w+)\.from_dict\(response\.json\(\)\)", text)
    return known[1] or known[2] if known else text


def read_model(module: ast.Module, surface: Surface) -> None:
    """Add the classes and aliases of one module to the surface."""
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            surface.classes[node.name] = read_class(node)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            if "TypeAlias" in ast.unparse(node.annotation):
                surface.aliases[node.target.id] = unquoted(ast.unparse(node.value))
            elif node.target.id == "VARIANTS":
                surface.variants |= cast("dict[str, str]", ast.literal_eval(node.value))


def read_class(node: ast.ClassDef) -> Class:
    """Return one model."""
    constants: list[Argument] = []
    fields: list[Argument] = []
    keys: dict[str, str] = {}
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            fields = [
                replace(field, type=unquoted(field.type)) for field in arguments(one.args) if field.name != "self"
            ]
        elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value:
            if one.target.id == "_attributes":
                keys = {name: key for key, name in ast.literal_eval(one.value).items()}
            else:
                kind = ast.unparse(one.annotation).removeprefix("ClassVar[").removesuffix("]")
                constants.append(Argument(one.target.id, kind, ast.unparse(one.value)))
    named = {field.name: field for field in [*fields, *constants]}
    return Class(node.name, named, keys, tuple(map(ast.unparse, node.bases)))


def unquoted(text: str) -> str:
    """Return a type without the quotes of forward references."""
    if text[:1] in "'\"" and text[-1:] == text[:1]:
        return text[1:-1]
    return re.sub(r"'([A-Z]\w*)'(?=[\]\s|,]|$)", lambda match: match[1] if "Literal" not in text else match[0], text)
