"""App that the local server plays: its settings, and the nodes that run for a query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

VARIABLE = re.compile(r"\{\{#([^#]+)#\}\}")
OUTPUT = {
    "llm": "text",
    "template-transform": "output",
    "answer": "answer",
    "http-request": "body",
    "agent": "text",
    "tool": "text",
}
CONTAINERS = ("iteration", "loop")
# The kinds of nodes of a chatflow.
TYPES = (
    *OUTPUT,
    *CONTAINERS,
    "assigner",
    "code",
    "document-extractor",
    "end",
    "human-input",
    "if-else",
    "knowledge-retrieval",
    "list-operator",
    "parameter-extractor",
    "question-classifier",
    "start",
    "variable-aggregator",
)
# The variables that a node does not make, and the groups with any name.
SYSTEM = ("query", "files", "user_id", "dialogue_count", "conversation_id", "app_id", "workflow_id", "workflow_run_id")
QUERY = ("number", "big")
OWN_OUTPUT = "$output"


class ScriptError(ValueError):
    """Invalid script; the message names the place and the fix."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One node of a flow.

    Texts may hold variables as Dify writes them: `{{#sys.query#}}`, `{{#query.number#}}` (the first number in the
    query), `{{#inputs.name#}}`, `{{#conversation.count#}}`, or the output of an earlier node: `{{#llm.text#}}`.

    Args:
        type: Dify's name of the kind: `llm`, `code`, `template-transform`, `answer`, `iteration`, `loop`,
            `human-input`, `assigner`, `knowledge-retrieval`, `agent`, `tool`, `http-request`, …
        id: Id by which later nodes refer to it; by default its type.
        title: Title in events; by default made from the type.
        text: The streamed text of an `llm`, the template of an `answer`, the result of a `code` node.
        chunks: Characters per streamed chunk of an `llm`; 0 is a word per chunk.
        delay: Seconds before its first output; a text with variables is allowed.
        pace: Seconds between two streamed chunks.
        reasoning: Text that an `llm` streams first, as `reasoning_chunk` events.
        inputs, process_data, outputs, execution_metadata: Fields of its `node_finished`; `outputs` adds to the text.
        error: Message with which it fails.
        error_type: Type of the failure, for `on_error`.
        on_error: `fail` ends the run; `branch` continues with `error_message` and `error_type` as outputs; `default`
            continues with `outputs` as well.
        retries: Number of failed attempts, each of which sends a `node_retry`.
        recovers: True if it succeeds after its retries; otherwise it fails with `error`.
        fails_for: Items of an iteration, or rounds of a loop, for which an inner node fails; by default all.
        items: Items of an `iteration`.
        item_errors: `fail` ends an iteration with the first failing item; `continue` makes its result None; `remove`
            leaves it out.
        parallel: An iteration announces all its rounds first.
        rounds: Rounds of a `loop`, at most `loop_count`.
        variables: Variables of a `loop`.
        nodes: Nodes inside an `iteration` or `loop`.
        assign: Values that an `assigner` sets, by name (`conversation.count`); `+= 1` adds.
        resources: Documents that a `knowledge-retrieval` finds; the answer's metadata cites them.
        logs: Labels of the `agent_log` events of an `agent`.
        form: Text of the form of a `human-input` node.
        fields: Inputs of its form, as `/form/human_input` shows them.
        actions: Nodes that follow each button of the form, by the id of the button.
        on_timeout: Nodes that follow when the form expires.
        expires_in: Seconds until the form expires.
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
    fails_for: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    item_errors: str = "fail"
    parallel: bool = False
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
        if self.type not in TYPES:
            raise ScriptError(f"unknown type of a node: {self.type!r}{suggest(self.type, TYPES)}")
        if self.on_error not in ("fail", "branch", "default"):
            raise ScriptError(f"on_error of a node is {self.on_error!r}: write fail, branch or default")
        if self.type == "human-input" and not self.actions:
            raise ScriptError("a human-input node has no actions: give at least one button, as {approve: []}")
        object.__setattr__(self, "id", self.id or self.type.replace("-", "_"))
        object.__setattr__(self, "title", self.title or self.type.replace("-", " ").title())

    @property
    def templates(self) -> Iterator[str]:
        """Texts that may hold variables, other than those of inner and following nodes."""
        yield from (self.text, str(self.delay), self.error or "", self.form)
        yield from (value for value in self.assign.values() if isinstance(value, str))

    @property
    def variable(self) -> str:
        """Name of the variable that holds its text."""
        return OUTPUT.get(self.type, "result")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Nodes that run for some queries.

    Args:
        when: Words with which the query starts, in any case; an empty text matches every query, so put that flow last.
        nodes: Nodes that run after the start node and the branch; in YAML, a text is an `answer` node.
        error: Message with which the pipeline fails before any node runs.
    """

    when: str = ""
    nodes: tuple[Node, ...] = ()
    error: str | None = None

    def matches(self, query: str) -> bool:
        """Return True if this flow answers the query."""
        return re.match(rf"{re.escape(self.when)}(?!\w)" if self.when else "", query, re.IGNORECASE) is not None


@dataclass(frozen=True, kw_only=True)
class Script:
    """App: the content of `/info`, `/parameters` and `/site`, its switches, and its flows.

    Args:
        name, description, tags, author_name: Content of `/info`.
        mode: `advanced-chat` is a chatflow; with another one the chat operations refuse to work.
        enabled: False answers every request with 403.
        published: False answers chats with 400.
        max_active_requests: Limit of simultaneous runs; 0 is no limit.
        opening_statement, suggested_questions: Content of `/parameters`.
        follow_ups: Content of `/messages/{id}/suggested`; None switches it off.
        transcript: Result of `/audio-to-text`; None switches it off.
        speech: True switches `/text-to-audio` on.
        autoplay: True adds `tts_message` events to answers.
        blocked_words: Words in a query that are answered by `blocked_input` without a run.
        unsafe_words: Words in an answer that replace it by `blocked_output` at its end, or stop the run once the answer
            has 300 characters.
        inputs: Input variables of the app: `{type, variable, label, required, …}` each.
        variables: Conversation variables: `{id, name, value_type, value, description}` each.
        tool_icons: Content of `/meta`.
        workflow_logs: False leaves `/workflows/logs` empty, as some real servers do for a chatflow.
        annotation_error: Message with which enabling annotation replies fails; None succeeds.
        flows: Flows of the app; the first one that matches the query runs, and without any the answer is the query.

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

    def __post_init__(self) -> None:
        named = {"inputs": {str(row.get("variable")) for row in self.inputs}}
        named["conversation"] = {str(row.get("name")) for row in self.variables}
        known = {"sys": set[str](SYSTEM), "query": set[str](QUERY), **named}
        for number, flow in enumerate(self.flows, 1):
            check_references(flow.nodes, known, frozenset[str](), f"flow {number}")

    def flow(self, query: str) -> tuple[int, Flow]:
        """Return the number and the flow for a query; by default the answer is the query."""
        for number, flow in enumerate(self.flows):
            if flow.matches(query):
                return number, flow
        return -1, Flow(nodes=(Node(type="answer", text="{{#sys.query#}}"),))


def suggest(name: str, names: Sequence[str]) -> str:
    """Return the end of a message: the names that are meant, or all of them."""
    close = get_close_matches(name, names)
    return f"; did you mean {' or '.join(close)}?" if close else f"; use one of {', '.join(sorted(names))}"


def check_references(
    nodes: Sequence[Node], known: Mapping[str, set[str]], earlier: frozenset[str], place: str
) -> frozenset[str]:
    """Check that variables in nodes can have a value, and return the ids of all nodes so far.

    Raises:
        ScriptError: A template refers to a variable that never exists.
    """
    for node in nodes:
        here = f"{place}, node {node.id}"
        for template in node.templates:
            for reference in VARIABLE.findall(template):
                check_reference(reference.strip(), known, earlier, here)
        for name in node.assign:
            check_reference(name, known, earlier, here)
        earlier |= {node.id}
        earlier = check_references(node.nodes, known, earlier, here)
        follows = [*node.actions.items(), ("on_timeout", node.on_timeout)]
        branches = [check_references(branch, known, earlier, f"{here}, {name}") for name, branch in follows]
        earlier = earlier.union(*branches)
    return earlier


def check_reference(reference: str, known: Mapping[str, set[str]], earlier: frozenset[str], place: str) -> None:
    """Raise ScriptError for a variable that never exists."""
    group, _, name = reference.partition(".")
    if group in earlier or group == OWN_OUTPUT:
        return
    if group not in known:
        text = f"{place}: {{{{#{reference}#}}}} refers to no earlier node: {group!r}"
        raise ScriptError(text + suggest(group, [*known, *earlier]))
    if name not in known[group]:
        text = f"{place}: {{{{#{reference}#}}}} refers to no variable of {group}: {name!r}"
        raise ScriptError(text + (suggest(name, sorted(known[group])) if known[group] else "; define it in the script"))
