"""Scripts read from YAML."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from local_dify.json_types import is_list
from local_dify.script import Flow, Node, Script, ScriptError

Made = TypeVar("Made")
MAX_VALUES = 100_000


def load(path: str | Path) -> Script:
    """Read a script from a YAML file.

    Raises:
        ScriptError: The file is not a script; the message names the place.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path} cannot be read: {error}") from error
    return parse_text(text, str(path))


def parse_text(text: str, place: str = "the script") -> Script:
    """Return the script in a YAML text."""
    try:
        return parse(yaml.safe_load(text), place)
    except yaml.YAMLError as error:
        raise ScriptError(f"{place} is not YAML: {error}") from error
    except RecursionError as error:
        raise ScriptError(f"{place} is nested too deeply: write flatter lists and mappings") from error


def parse(data: object, place: str = "the script") -> Script:
    """Return the script in plain data as YAML gives it.

    Raises:
        ScriptError: The data is not a script; the message names the place.
    """
    _check_size(data, place)
    values = _mapping(data, Script, place)
    if "flows" in values:
        flows = _list(values["flows"], f"{place}: flows")
        values["flows"] = tuple(_flow(flow, f"{place}: flow {n}") for n, flow in enumerate(flows, 1))
    return _build(Script, values, place)


def _check_size(data: object, place: str) -> None:
    """Raise ScriptError for data that refers to itself, or repeats itself by anchors until it is huge."""
    waiting: list[tuple[object, frozenset[int]]] = [(data, frozenset())]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        value, outer = waiting.pop()
        key = id(value)
        if key in outer:
            raise ScriptError(f"{place} refers to itself: an anchor (&) holds its own alias (*)")
        is_mapping = isinstance(value, Mapping)
        inner: object = list(cast("Mapping[object, object]", value).values()) if is_mapping else value
        if is_list(inner):
            waiting += [(item, outer | {key}) for item in inner]
    raise ScriptError(f"{place} has more than {MAX_VALUES} values: repeat less by anchors (&) and aliases (*)")


def _flow(data: object, place: str) -> Flow:
    values = _mapping(data, Flow, place)
    values["nodes"] = _nodes(values.get("nodes", ()), place)
    return _build(Flow, values, place)


def _nodes(data: object, place: str) -> tuple[Node, ...]:
    return tuple(_node(node, f"{place}, node {n}") for n, node in enumerate(_list(data, place), 1))


def _node(data: object, place: str) -> Node:
    if isinstance(data, str):
        return Node(type="answer", text=data)
    values = _mapping(data, Node, place)
    for name in {"nodes", "on_timeout"} & values.keys():
        values[name] = _nodes(values[name], f"{place}, {name}")
    if "actions" in values:
        actions = _mapping(values["actions"], None, f"{place}, actions")
        values["actions"] = {str(k): _nodes(v or (), f"{place}, action {k}") for k, v in actions.items()}
    return _build(Node, values, place)


def _mapping(data: object, kind: type | None, place: str) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise ScriptError(f"{place} must be a mapping of names to values, not {type(data).__name__}")
    values = dict(cast("Mapping[str, Any]", data))
    known = {f.name for f in dataclasses.fields(kind)} if kind else values.keys()
    if unknown := sorted(map(str, values.keys() - known)):
        raise ScriptError(f"{place} does not know {', '.join(unknown)}: use {', '.join(sorted(known))}")
    return values


def _list(data: object, place: str) -> list[Any]:
    if data == ():
        return []
    if not is_list(data):
        raise ScriptError(f"{place} must be a list, not {type(data).__name__}")
    return data


def _build(kind: type[Made], values: dict[str, Any], place: str) -> Made:
    try:
        return kind(**{k: tuple(v) if is_list(v) else v for k, v in values.items()})
    except (TypeError, ScriptError) as error:
        raise ScriptError(f"{place}: {error}") from error


def to_script(script: Script | str | Path | None) -> Script:
    """Return the script: the argument itself, the script in that file, or the default."""
    if isinstance(script, Script):
        return script
    return default_script() if script is None else load(script)


@cache
def default_script() -> Script:
    """Return the app in `default.yaml`."""
    text = (files("local_dify") / "default.yaml").read_text(encoding="utf-8")
    return parse_text(text, "default.yaml")
