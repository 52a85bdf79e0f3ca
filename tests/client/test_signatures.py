"""Sync and async classes have the same signatures, documentation, and no Any."""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from types import FunctionType
from typing import Any

import pytest

from dify_chatflow import AsyncChatflow, Chatflow
from pipeline.unasync import stale_sync_files, to_sync
from tests.client.modes import groups
from tests.conftest import ROOT

PACKAGE = ROOT / "overlays" / "dify_chatflow"
MODULES = [*("client", "conversation", "pager", "stream"), *(f"resources.{name}" for name in groups())]
# What is Any on purpose: free-form inputs and values.
FREE_FORM = {"inputs", "value"}


def classes() -> Iterator[tuple[type, type]]:
    """Return the public classes of both modes, in pairs."""
    for module in MODULES:
        name = "".join(part.title() for part in module.removeprefix("resources.").split("_"))
        name = {"client": "Chatflow", "stream": "ChatStream"}.get(module, name)
        yield getattr(load("_async", module), f"Async{name}"), getattr(load("_sync", module), name)


def load(half: str, module: str) -> Any:
    from importlib import import_module

    return import_module(f"dify_chatflow.{half}.{module}")


def methods(kind: type) -> dict[str, Any]:
    """Return the methods of a class by their sync names."""
    found = {name: value for name, value in vars(kind).items() if isinstance(value, (FunctionType, property))}
    return {sync_name(name): value for name, value in found.items() if not name.startswith("_") or name == "__init__"}


def sync_name(name: str) -> str:
    return {"aclose": "close"}.get(name, name)


PAIRS = [pytest.param(*pair, id=pair[1].__name__) for pair in classes()]


@pytest.mark.parametrize(("awaited", "called"), PAIRS)
def test_both_classes_have_the_same_signatures(awaited: type, called: type) -> None:
    theirs, ours = methods(awaited), methods(called)
    assert list(theirs) == list(ours)
    for name, method in ours.items():
        twin = theirs[name]
        if isinstance(method, property):
            continue
        left, right = inspect.signature(twin), inspect.signature(method)
        assert list(left.parameters) == list(right.parameters), name
        for one, other in zip(left.parameters.values(), right.parameters.values(), strict=True):
            assert (one.kind, one.default) == (other.kind, other.default), f"{name}({one.name})"
            assert words(str(one.annotation)) == words(str(other.annotation)), f"{name}({one.name})"
        assert words(str(left.return_annotation)) == words(str(right.return_annotation)), name
        assert inspect.iscoroutinefunction(method) is False


def words(annotation: str) -> str:
    """Return an annotation without its mode."""
    return re.sub(r"Awaitable\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", r"\1", annotation).replace("Async", "")


@pytest.mark.parametrize(("awaited", "called"), PAIRS)
def test_every_public_method_has_documentation(awaited: type, called: type) -> None:
    for kind in (awaited, called):
        assert kind.__doc__, kind
        for name, method in methods(kind).items():
            if name == "__init__":
                continue
            text = inspect.getdoc(method)
            assert text, f"{kind.__name__}.{name} has no docstring"
            if isinstance(method, FunctionType) and "Args:" in text:
                taken = [parameter for parameter in inspect.signature(method).parameters if parameter != "self"]
                missing = [name for name in taken if not re.search(rf"^ +(\*\*)?{name}: ", text, re.MULTILINE)]
                assert missing == [], f"{kind.__name__}.{name} does not tell of {missing}"
                assert "Example:" in text, f"{kind.__name__}.{name} has no example"


@pytest.mark.parametrize(("awaited", "called"), PAIRS)
def test_no_signature_has_any(awaited: type, called: type) -> None:
    for kind in (awaited, called):
        for name, method in methods(kind).items():
            if isinstance(method, property):
                continue
            for parameter in inspect.signature(method).parameters.values():
                told = str(parameter.annotation)
                if parameter.name not in FREE_FORM and parameter.name not in ("self", "_"):
                    assert parameter.annotation is not parameter.empty, f"{kind.__name__}.{name}({parameter.name})"
                    assert "Any" not in told, f"{kind.__name__}.{name}({parameter.name}: {told})"
            returned = str(inspect.signature(method).return_annotation)
            if name != "request":  # which returns the JSON of any endpoint
                assert not re.search(r"\bAny\b", returned), name


def test_both_clients_have_the_same_names() -> None:
    names = [name for name in vars(AsyncChatflow) if not name.startswith("_") and name != "aclose"]
    assert [name for name in vars(Chatflow) if not name.startswith("_") and name != "close"] == names


def test_raw_has_every_method() -> None:
    app = Chatflow("app-key")
    groups: dict[str, object] = vars(app.raw)
    for resource, group in groups.items():
        for name, method in inspect.getmembers(getattr(app, resource), inspect.ismethod):
            if name.startswith("_"):
                continue
            raw = getattr(group, name)
            assert inspect.getdoc(raw) == inspect.getdoc(method), name
            plain, signature = inspect.signature(method), inspect.signature(raw)
            assert signature.parameters == plain.parameters, name
            page = re.match(r"Pager\[(\w+),", plain.return_annotation)
            expected = f"RawPage[{page[1]}]" if page else f"RawResponse[{plain.return_annotation}]"
            assert signature.return_annotation in (expected, "ChatStream", "Generator[bytes]"), name


def test_sync_client_is_up_to_date() -> None:
    assert stale_sync_files(PACKAGE) == []


def test_sync_source_is_derived_by_substitution() -> None:
    source = "class AsyncX:\n    async def f(self) -> Awaitable[int]:\n        await self.aclose()\n"
    assert to_sync(source, "x.py").splitlines()[1:] == [
        "class X:",
        "    def f(self) -> int:",
        "        self.close()",
    ]


def test_no_method_body_is_repeated() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    written = [path for path in PACKAGE.rglob("*.py") if not {"_sync", "testing"} & {*path.parts}]
    for path in written:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if len(body) > 1:
                    code = "\n".join(map(ast.unparse, body)).replace("await ", "")
                    places[code].append(f"{path.name}: {node.name}")
    assert [names for names in places.values() if len(names) > 1] == []
    assert len(places) > 100
