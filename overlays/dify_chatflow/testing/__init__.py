"""A local Dify server for tests, demos and development: `with LocalDify() as server: …`.

It needs the extra `testing`: `pip install "dify-chatflow[testing]"`. `dify_chatflow` itself imports nothing of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dify_chatflow.testing._faults import Fault
    from dify_chatflow.testing._recorder import RecordedRequest
    from dify_chatflow.testing._script import Flow, Node, Script, ScriptError
    from dify_chatflow.testing._server import LocalDify

__all__ = ["Fault", "Flow", "LocalDify", "Node", "RecordedRequest", "Script", "ScriptError"]

# Imported on first use: the pytest plugin lives in this package and is loaded where the extra is not installed, too.
HOMES = {
    "LocalDify": "_server",
    "Fault": "_faults",
    "RecordedRequest": "_recorder",
    "Flow": "_script",
    "Node": "_script",
    "Script": "_script",
    "ScriptError": "_script",
}


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("dify_chatflow"):
            raise
        raise ImportError(f'{error.name} is missing: pip install "dify-chatflow[testing]"') from error
