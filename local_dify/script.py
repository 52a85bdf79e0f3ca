"""The app that the local server plays: its settings and, by the words of a query, the nodes it runs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from local_dify.json_types import is_list

OUTPUT = {
    "llm": "text",
    "template-transform": "output",
    "answer": "answer",
    "http-request": "body",
    "agent": "text",
    "tool": "text",
}
Made = TypeVar("Made")
CONTAINERS = ("iteration", "loop")


class ScriptError(ValueError):
    """A script that cannot be played: the message says where, and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One node of a flow.

    Texts may hold variables as Dify writes them: `{{#sys.query#}}`, `{{#query.number#}}` (the first number in the
    query), `{{#inputs.name#}}`, `{{#conversation.count#}}`, or what an earlier node gave: `{{#llm.text#}}`.

    Args:
        type: Dify's own name of the kind: `llm`, `code`, `template-transform`, `answer`, `iteration`, `loop`,
            `human-input`, `assigner`, `knowledge-retrieval`, `agent`, `tool`, `http-request`, …
        id: What later nodes call it; by default its type.
        title: What events show; by default made from the type.
        text: What it gives: the streamed text of an `llm`, the template of an `answer`, the result of a `code` node.
        chunks: How an `llm` streams its text: this many characters at a time; 0 is a word at a time.
        delay: Seconds it takes before it gives anything; a text with variables is allowed.
        pace: Seconds between two streamed chunks.
        reasoning: An `llm` first streams this as `reasoning_chunk` events.
        inputs, process_data, outputs, execution_metadata: What its `node_finished` shows; `outputs` adds to the text.
        error: It fails with this message.
        error_type: The kind of the failure, for `on_error`.
        on_error: `fail` ends the run; `branch` goes on, with `error_message` and `error_type` as outputs; `default`
            goes on with `outputs` as well.
        retries: It fails with `error` this many times, each of which gives a `node_retry`.
        recovers: After its retries it succeeds; otherwise its `error` counts.
        items: What an `iteration` goes through.
        rounds: How often a `loop` goes round, at most `loop_count` times.
        variables: A loop's own variables.
        nodes: The nodes inside an `iteration` or `loop`.
        assign: What an `assigner` sets, by name (`conversation.count`); `+= 1` adds.
        resources: What a `knowledge-retrieval` finds; the answer's metadata cites it.
        logs: Labels of the `agent_log` events of an `agent`.
        form: What a `human-input` node asks, a text.
        fields: The inputs of its form, as `/form/human_input` shows them.
        actions: Its buttons, by id: the nodes that follow each.
        on_timeout: The nodes that follow when nobody answers in time.
        expires_in: Seconds until then.
    """

    type: str
    id: str = ""
    title: str = ""
    text: str = ""
    chunks: int = 0
    delay: float | str = 0.0
    pace: float = 0.0
    reasoning: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    process_data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    outputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    execution_metadata: Mapping[str, Any] | None = None
    error: str | None = None
    error_type: str = "CodeExecutionError"
    on_error: str = "fail"
    retries: int = 0
    recovers: bool = True
    items: tuple[Any, ...] = ()
    rounds: int = 1
    loop_count: int = 5
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    nodes: tuple[Node, ...] = ()
    assign: Mapping[str, Any] = field(default_factory=dict[str, Any])
    resources: tuple[Mapping[str, Any], ...] = ()
    logs: tuple[str, ...] = ()
    form: str = ""
    fields: tuple[Mapping[str, Any], ...] = ()
    actions: Mapping[str, tuple[Node, ...]] = field(default_factory=dict[str, "tuple[Node, ...]"])
    on_timeout: tuple[Node, ...] = ()
    expires_in: float = 3600.0

    def __post_init__(self) -> None:
        if self.on_error not in ("fail", "branch", "default"):
            raise ScriptError(f"on_error of a node is {self.on_error!r}: write fail, branch or default")
        if self.type == "human-input" and not self.actions:
            raise ScriptError("a human-input node has no actions: give at least one button, as {approve: []}")
        object.__setattr__(self, "id", self.id or self.type.replace("-", "_"))
        object.__setattr__(self, "title", self.title or self.type.replace("-", " ").title())

    @property
    def variable(self) -> str:
        """The name under which its text can be used."""
        return OUTPUT.get(self.type, "result")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The nodes that run for some queries.

    Args:
        when: The query starts with these words, in any case; an empty text takes every query, so put that flow last.
        nodes: What runs, after the start node and the branch. A text alone is an `answer` node.
        error: The pipeline itself fails with this message before any node runs.
    """

    when: str = ""
    nodes: tuple[Node, ...] = ()
    error: str | None = None

    def takes(self, query: str) -> bool:
        """Whether this flow answers the query."""
        return re.match(rf"{re.escape(self.when)}(?!\w)" if self.when else "", query, re.IGNORECASE) is not None


@dataclass(frozen=True, kw_only=True)
class Script:
    """An app: what `/info`, `/parameters` and `/site` say of it, its switches, and its flows.

    Args:
        name, description, tags, author_name: What `/info` says.
        mode: `advanced-chat` is a chatflow; with another one the chat operations refuse to work.
        enabled: Whether its API is on; off answers 403.
        published: Whether it can be talked to.
        max_active_requests: How many runs at once it allows; 0 is any number.
        opening_statement, suggested_questions: What `/parameters` says.
        follow_ups: What `/messages/{id}/suggested` offers; None is switched off.
        transcript: What `/audio-to-text` hears; None is switched off.
        speech: Whether `/text-to-audio` works.
        autoplay: Whether answers come with `tts_message` events.
        blocked_words: A query with one of them is answered by `blocked_input`, and no run starts.
        unsafe_words: An answer with one of them is replaced by `blocked_output` at its end.
        inputs: The form of the app: `{type, variable, label, required, …}` each.
        variables: The conversation variables: `{id, name, value_type, value, description}` each.
        tool_icons: What `/meta` says.
        workflow_logs: Whether `/workflows/logs` lists the runs; real servers may leave it empty for a chatflow.
        annotation_error: What enabling annotation replies fails with; None is that it works.
        flows: What runs, the first one that takes the query; without any, the query comes back.

    Example:
        >>> answer = Node(type="answer", text="{{#llm.text#}}")
        >>> script = Script(flows=(Flow(nodes=(Node(type="llm", text="You said: {{#sys.query#}}"), answer)),))
    """

    name: str = "Local chatflow"
    description: str = "An app played by the local server."
    tags: tuple[str, ...] = ()
    author_name: str = "local"
    mode: str = "advanced-chat"
    enabled: bool = True
    published: bool = True
    max_active_requests: int = 0
    opening_statement: str = ""
    suggested_questions: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] | None = None
    transcript: str | None = None
    speech: bool = False
    autoplay: bool = False
    blocked_words: tuple[str, ...] = ()
    blocked_input: str = "This question is blocked."
    unsafe_words: tuple[str, ...] = ()
    blocked_output: str = "This answer is blocked."
    inputs: tuple[Mapping[str, Any], ...] = ()
    variables: tuple[Mapping[str, Any], ...] = ()
    tool_icons: Mapping[str, Any] = field(default_factory=dict[str, Any])
    workflow_logs: bool = True
    annotation_error: str | None = None
    flows: tuple[Flow, ...] = ()

    def flow(self, query: str) -> tuple[int, Flow]:
        """The flow for a query and its number; without any, the query comes back as the answer."""
        for number, flow in enumerate(self.flows):
            if flow.takes(query):
                return number, flow
        return -1, Flow(nodes=(Node(type="answer", text="{{#sys.query#}}"),))


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
    """Make a script of YAML text."""
    try:
        return parse(yaml.safe_load(text), place)
    except yaml.YAMLError as error:
        raise ScriptError(f"{place} is not YAML: {error}") from error


def parse(data: object, place: str = "the script") -> Script:
    """Make a script of plain data, as YAML gives it."""
    values = _mapping(data, Script, place)
    if "flows" in values:
        flows = _list(values["flows"], f"{place}: flows")
        values["flows"] = tuple(_flow(flow, f"{place}: flow {n}") for n, flow in enumerate(flows, 1))
    return _build(Script, values, place)


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
