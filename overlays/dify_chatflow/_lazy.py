"""Modules whose names load when they are first accessed (PEP 562): the reason why `import dify_chatflow` is fast."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazy_module(
    name: str, modules: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` for a module.

    Args:
        name: The module.
        modules: The public names by the module that defines them.

    """
    homes = {public: module for module, names in modules.items() for public in names}
    namespace = vars(sys.modules[name])

    def load(public: str) -> Any:
        if public not in homes:
            raise AttributeError(f"module {name!r} has no attribute {public!r}")
        namespace[public] = value = getattr(import_module(homes[public]), public)
        return value

    return load, lambda: sorted({*namespace, *homes}), [*homes]
