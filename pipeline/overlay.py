"""OpenAPI Overlay actions: find nodes by JSONPath (RFC 9535), update or remove them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, MutableMapping, MutableSequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.document import Document, escape, is_list, is_object
from pipeline.json_text import members

if TYPE_CHECKING:
    from jsonpath import JSONPathEnvironment

TEST = r"@(?:\.[A-Za-z_]\w*)+ == (?:true|false|[0-9]+|'[^'\\]*')"
# A JSONPath for the objects at any depth that have a field with some value; an object without it never matches.
SEARCH = re.compile(rf"\$\.\.\[\?({TEST}(?: (?:\|\||&&) {TEST})*)\]")


@dataclass(frozen=True)
class Node:
    """A value in a document, with the container that holds it, and its JSON pointer."""

    value: Any
    container: Any
    key: str | int
    pointer: str


def find(document: Document, target: str) -> list[Node]:
    """Return the nodes that a JSONPath selects; raise ValueError where it is not valid."""
    from jsonpath import JSONPathError

    if search := SEARCH.fullmatch(target):
        return searched(document, search[1])
    try:
        matches = list(environment().finditer(target, document))
    except JSONPathError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    nodes: list[Node] = []
    for match in matches:
        pointer = "".join(f"/{escape(str(part))}" for part in match.parts)
        key = match.parts[-1] if match.parts else ""
        nodes.append(Node(match.obj, match.parent.obj if match.parent else None, key, pointer))
    return nodes


def searched(document: Document, condition: str) -> list[Node]:
    """Return the nodes at any depth that fulfil a condition of `SEARCH`, in the order of a JSONPath.

    Only objects that have a field of the condition are given to the library, which takes 0.1 s for all of a document.
    """
    fields = frozenset(re.findall(r"@\.(\w+)", condition))
    candidates: list[Node] = []
    waiting = [Node(document, None, "", "")]
    while waiting:
        parent = waiting.pop()
        children = [
            Node(one, parent.value, key, f"{parent.pointer}/{escape(str(key))}") for key, one in members(parent.value)
        ]
        candidates += [one for one in children if is_object(one.value) and not fields.isdisjoint(one.value)]
        waiting += reversed([one for one in children if is_object(one.value) or is_list(one.value)])
    values = [one.value for one in candidates]
    return [candidates[int(match.parts[0])] for match in environment().finditer(f"$[?{condition}]", values)]


@cache
def environment() -> JSONPathEnvironment:
    """Return the JSONPath compiler without extensions to the standard."""
    from jsonpath import JSONPathEnvironment

    return JSONPathEnvironment(strict=True)


def update(node: Any, change: Any) -> bool:
    """Merge a change into an object or append it to a list; return True if that changes anything."""
    if is_object(node) and is_object(change):
        changed = [update_key(node, key, value) for key, value in change.items()]
        return any(changed)
    if is_list(node):
        added = [item for item in (change if is_list(change) else [change]) if item not in node]
        node += copy.deepcopy(added)
        return bool(added)
    raise ValueError(f"{type(change).__name__} cannot be merged into {type(node).__name__}")


def update_key(node: Document, key: str, change: Any) -> bool:
    """Merge a change into one value of an object; return True if that changes anything."""
    value = node.get(key)
    if (is_object(value) and is_object(change)) or (is_list(value) and is_list(change)):
        return update(value, change)
    if key in node and value == change and type(value) is type(change):
        return False
    node[key] = copy.deepcopy(change)
    return True


def remove(nodes: list[Node]) -> None:
    """Remove nodes from what holds them, the last first, so that the indexes of lists stay valid."""
    for node in reversed(nodes):
        container: MutableMapping[Any, Any] | MutableSequence[Any] = node.container
        del container[node.key]  # type: ignore[arg-type]  # the key of a node fits its container


def leaves(change: Any, pointer: str) -> Iterator[str]:
    """Yield the pointers of the values that a change sets in the node at `pointer`."""
    if is_object(change) and change:
        for key, value in change.items():
            yield from leaves(value, f"{pointer}/{escape(key)}")
    else:
        yield pointer
