"""Optional values as the generated code spells them: `X | None`, and None by default."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def spell_optional_as_none() -> None:
    """Make the generator write None where it would write its own marker for missing values."""
    from openapi_python_client.parser import properties
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

    kinds = {kind for kind in vars(properties).values() if PropertyProtocol in getattr(kind, "__mro__", ())}
    for kind in {PropertyProtocol, *kinds}:
        if "get_type_string" in vars(kind):
            setattr(kind, "get_type_string", with_none_last(kind.get_type_string))  # noqa: B010 - it is a method
    declare = PropertyProtocol.to_string

    def declare_with_none(self: Any) -> Any:
        code = declare(self)
        return type(code)(re.sub(" = UNSET$", " = None", code.as_unembedded_code()))

    setattr(PropertyProtocol, declare.__name__, declare_with_none)


def with_none_last(type_string: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that spells a property's type, with None for a missing value, and last in a union."""

    def spell(*args: Any, **kwargs: Any) -> Any:
        code = type_string(*args, **kwargs)
        text = code.as_unembedded_code()
        if " | " not in text:
            return type(code)("None") if text == "Unset" else code
        parts = re.split(r" \| (?![^\[]*\])", text)
        named = [part for part in parts if part not in ("None", "Unset")]
        return type(code)(" | ".join([*named, "None"] if len(named) < len(parts) else named))

    return spell
