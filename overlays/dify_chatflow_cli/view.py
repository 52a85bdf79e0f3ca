"""Live view of a run: the tree of its nodes with status, time and tokens, and the end of its answer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text
from rich.tree import Tree

from dify_chatflow import Node, Reply, StreamEvent
from dify_chatflow_cli.terminal import clean, duration, one_line

# Symbol, its replacement where the terminal has ASCII alone, and style.
SYMBOLS = {
    "running": ("●", "*", "cyan"),
    "retry": ("●", "*", "yellow"),
    "paused": ("◌", "~", "yellow"),
    "succeeded": ("✓", "+", "green"),
    "exception": ("!", "!", "yellow"),
    "failed": ("✗", "x", "red"),
    "stopped": ("■", "#", "yellow"),
}
# Executions shown of one iteration or loop; those without success are always shown.
MOST_CHILDREN = 20


class RunView:
    """Nodes and answer of a run, as a renderable that is never higher than the terminal."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._tokens: dict[str, int] = {}
        self._seen: dict[str, float] = {}

    def observe(self, event: StreamEvent) -> None:
        """Note the tokens and the arrival of a node, which the reply does not hold."""
        data: Any = getattr(event, "data", None)
        metadata: Any = getattr(data, "execution_metadata", None)
        tokens = cast("Mapping[str, Any]", metadata).get("total_tokens") if hasattr(metadata, "get") else None
        if isinstance(tokens, int) and tokens:
            for name in ("id", "node_id"):
                self._tokens[getattr(data, name, "")] = tokens
        for key in self._reply.nodes.keys() - self._seen.keys():
            self._seen[key] = time.monotonic()

    def tree(self, *, ascii_only: bool = False) -> Tree:
        """Return the tree of the nodes; those of an iteration or loop are below it."""
        root = Tree("", hide_root=True, guide_style="dim")
        children: dict[str, list[Node]] = {}
        for node in list(self._reply.nodes.values()):
            parent = node.loop_id or node.iteration_id or ""
            is_known = parent in self._reply.nodes and parent != node.id
            children.setdefault(parent if is_known else "", []).append(node)
        pending = [("", root)]
        while pending:
            key, branch = pending.pop()
            nodes = children.get(key, [])
            shown = nodes if not key else shorten(nodes)
            if len(shown) < len(nodes):
                branch.add(Text(f"… {len(nodes) - len(shown)} more that succeeded", "dim"))
            pending += [(node.id, branch.add(self._label(node, ascii_only=ascii_only))) for node in shown]
        return root

    def _label(self, node: Node, *, ascii_only: bool) -> Text:
        symbol, plain, style = SYMBOLS.get(node.status, ("?", "?", "yellow"))
        label = Text.assemble((plain if ascii_only else symbol, style), " ", one_line(node.title or node.node_type))
        if node.round is not None:
            label.append(f" #{node.round + 1}", "dim")
        seconds = node.elapsed_time
        if seconds is None and node.status in ("running", "retry"):
            seconds = time.monotonic() - self._seen.get(node.id, time.monotonic())
        tokens = self._tokens.get(node.id)
        details = [
            "" if node.status in ("running", "succeeded") else one_line(node.status),
            duration(seconds),
            f"{tokens} tokens" if tokens else "",
            f"{node.rounds} rounds" if node.rounds else "",
            f"{node.retries} retries" if node.retries else "",
            one_line(node.error),
        ]
        label.append("".join(f"  {detail}" for detail in details if detail), "dim")
        return label

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the tree and the last lines of the answer that fit."""
        height = max(console.height - 2, 4)
        nodes = console.render_lines(self.tree(ascii_only=options.ascii_only), options, pad=False)
        answer = clean(self._reply.answer[-console.width * height :])
        text = console.render_lines(Text(answer), options, pad=False) if answer else []
        # The tree takes at most half of the height once there is an answer that needs it.
        nodes = nodes[-max(height - len(text) - 1, height // 2) :]
        lines = [*nodes, *([[]] if text else []), *text[-max(height - len(nodes) - 1, 1) :]]
        for line in lines:
            yield from line
            yield Segment.line()


def shorten(nodes: list[Node]) -> list[Node]:
    """Return the last executions and those without success, in their order."""
    last = {node.id for node in nodes[-MOST_CHILDREN:]}
    return [node for node in nodes if node.id in last or node.status != "succeeded"]
