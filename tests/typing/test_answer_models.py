"""What type checkers show for every field and property of every class that users read."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import dify_chatflow
from dify_chatflow import events, models
from dify_chatflow_client.types import Model
from tests.conftest import ROOT

READ = (Model, dify_chatflow.Reply, dify_chatflow.Node, dify_chatflow.Form, dify_chatflow.UnknownEvent)
CLASSES = {
    name: kind
    for module in (models, events)
    for name in module.__all__
    if isinstance(kind := getattr(module, name), type) and issubclass(kind, READ)
}


def attributes(kind: type) -> list[str]:
    listed = {name for base in kind.__mro__ for name in getattr(base, "__annotations__", {})}
    listed |= {name for name, _ in inspect.getmembers(kind, lambda member: isinstance(member, property))}
    return sorted(name for name in listed if not name.startswith("_"))


def optional_fields(kind: type) -> set[str]:
    parameters = inspect.signature(kind).parameters.values() if issubclass(kind, Model) else ()
    return {one.name for one in parameters if one.default is None}


def test_types_of_all_attributes_without_unset(tmp_path: Path) -> None:
    lines = ["from dify_chatflow import events, models"]
    places: dict[int, tuple[str, str]] = {}
    for name, kind in CLASSES.items():
        module = "models" if name in models.__all__ else "events"
        lines.append(f"def show_{name}(value: {module}.{name}) -> None:")
        for attribute in attributes(kind):
            lines.append(f"    reveal_type(value.{attribute})")
            places[len(lines)] = (name, attribute)
        lines.append("    return")
    program = tmp_path / "program.py"
    program.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", str(program)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    shown = {
        places[int(line)]: kind
        for line, kind in re.findall(r'program\.py:(\d+): note: Revealed type is "(.*)"', result.stdout)
    }
    assert shown.keys() == set(places.values())
    assert len(shown) > 300
    assert {place for place, kind in shown.items() if "Unset" in kind} == set()
    optional = {(name, field) for name, kind in CLASSES.items() for field in optional_fields(kind)}
    assert {place for place in optional if not re.search(r"\| None$|^Any$", shown[place])} == set()
