"""Python source of a `TypedDict` for the inputs of an app."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from keyword import iskeyword

from dify_chatflow._errors import ConfigurationError

FILE = "UploadedFile | FileInput"
TYPES = {
    "text-input": "str",
    "paragraph": "str",
    "select": "str",
    "number": "float",
    "checkbox": "bool",
    "file": FILE,
    "file-list": f"Sequence[{FILE}]",
    "json_object": "Mapping[str, Any]",
}
IMPORTS = {
    "collections.abc": ("Mapping", "Sequence"),
    "typing": ("Any", "Literal", "NotRequired", "TypedDict"),
    "dify_chatflow.models": ("FileInput", "UploadedFile"),
}


def typed_dict_source(name: str, fields: Mapping[str, str]) -> str:
    """Return the source of a `TypedDict` with this name and these annotations by field, and its imports.

    Raises:
        ConfigurationError: The name is no identifier.

    """
    if not is_plain(name):
        raise ConfigurationError(f"the name of a class must be an identifier in ASCII; got {name!r:.60}")
    if all(map(is_plain, fields)):
        lines = [f"class {name}(TypedDict):", *(f"    {key}: {kind}" for key, kind in fields.items())]
        lines += [] if fields else ['    """The app has no input variables."""']
    else:
        items = (f"        {literal(key)}: {kind}," for key, kind in fields.items())
        lines = [f"{name} = TypedDict(", f"    {literal(name)},", "    {", *items, "    },", ")"]
    body = "\n".join(lines)
    used = {module: [name for name in names if re.search(rf"\b{name}\b", body)] for module, names in IMPORTS.items()}
    imports = [f"from {module} import {', '.join(names)}" for module, names in used.items() if names]
    gap = "\n\n\n" if all(map(is_plain, fields)) else "\n\n"
    return "\n".join(imports) + gap + body + "\n"


def annotation(kind: str, options: Iterable[str], *, required: bool) -> str:
    """Return the type of the values of a variable; Any for kinds of variables that are unknown here."""
    choices = ", ".join(map(literal, options)) if kind == "select" else ""
    name = f"Literal[{choices}]" if choices else TYPES.get(kind, "Any")
    return name if required else f"NotRequired[{name}]"


def is_plain(name: str) -> bool:
    """Return whether a name is the same as a field of a class: Python changes other letters and private names."""
    return name.isascii() and name.isidentifier() and not iskeyword(name) and not name.startswith("__")


def literal(text: str) -> str:
    """Return text as a string literal in ASCII, in double quotes where that needs no escapes."""
    shown = ascii(text)
    return f'"{shown[1:-1]}"' if shown[0] == "'" and '"' not in shown and "\\" not in shown else shown
