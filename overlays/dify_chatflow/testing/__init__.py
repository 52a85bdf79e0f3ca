"""The public face of the local Dify server for tests, demos and development: `with LocalDify() as server: …`.

It needs the extra `testing`: `pip install "dify-chatflow[testing]"`. The client itself never imports this package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local_dify import (
        VERSIONS,
        Fault,
        Flow,
        LocalDify,
        Node,
        RecordedRequest,
        Script,
        ScriptError,
        UnusedFaultWarning,
        Version,
    )

__all__ = [
    "VERSIONS",
    "Fault",
    "Flow",
    "LocalDify",
    "Node",
    "RecordedRequest",
    "Script",
    "ScriptError",
    "UnusedFaultWarning",
    "Version",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use: pytest loads the plugin in this package without the extra, too."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module("local_dify"), name)
    except ModuleNotFoundError as error:
        raise ImportError(f'{error.name} is missing; pip install "dify-chatflow[testing]"') from None
