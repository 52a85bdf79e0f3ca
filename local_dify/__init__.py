"""A local Dify server that plays a scripted chatflow app; `dify_chatflow.testing` is its public face."""

from local_dify.faults.fault import Fault, UnusedFaultWarning
from local_dify.faults.recorder import RecordedRequest
from local_dify.script import Flow, Node, Script, ScriptError
from local_dify.server import LocalDify
from local_dify.version import VERSIONS, Version

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
