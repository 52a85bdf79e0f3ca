"""Cases of the contract: every example of the document and every recorded exchange."""

from __future__ import annotations

import json
import os
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import httpx
from dateutil.parser import isoparse

import dify_chatflow_client.api
from dify_chatflow_client import Client
from dify_chatflow_client.types import Operation
from pipeline import document
from pipeline.document import Document, is_list, is_object
from pipeline.generate import load_corrected
from pipeline.generator import class_overrides
from pipeline.layout import Project
from tests.exchanges import FOLDERS, Exchange, copies

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Project(ROOT)
# Another document can be tested with its own examples.
SPEC = Path(os.environ.get("CHATFLOW_SPEC", PROJECT.spec))
STREAM = "text/event-stream"
COPIED = copies(*FOLDERS)


@dataclass(frozen=True)
class Case:
    """Response of an operation, with its origin as the name."""

    name: str
    method: str
    path: str
    status: int
    content_type: str
    body: Any = field(repr=False)

    @property
    def module(self) -> ModuleType:
        """Generated module of the operation."""
        return modules()[self.method.upper(), self.path]

    @property
    def content(self) -> bytes:
        """Body as bytes."""
        is_text = isinstance(self.body, str) and "json" not in self.content_type
        return (cast("str", self.body) if is_text else json.dumps(self.body)).encode()

    @property
    def is_stream(self) -> bool:
        """The body is a sequence of events."""
        return self.content_type.startswith(STREAM)

    def events(self) -> list[Document]:
        """Return the events of a stream; published examples separate them by a space, servers by a blank line."""
        parts = re.split(r"\s+(?=data: |event: |id: )", str(self.body))
        return [json.loads(part.removeprefix("data: ")) for part in parts if part.startswith("data: ")]


@cache
def spec() -> Document:
    """Return the document with the examples."""
    return document.load(SPEC)


@cache
def corrected() -> Document:
    """Return the same document with every correction applied."""
    return load_corrected(PROJECT, SPEC)


@cache
def modules() -> dict[tuple[str, str], ModuleType]:
    """Return every generated operation module by method and path."""
    package = dify_chatflow_client.api
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.") if not info.ispkg]
    found = [import_module(name) for name in names]
    return {(operation_of(module).method, operation_of(module).path): module for module in found}


def operation_of(module: ModuleType) -> Operation[..., Any]:
    """Return the operation of a generated module."""
    return cast("Operation[..., Any]", module.operation)


def examples() -> Iterator[Case]:
    """Yield every response example of the document."""
    for method, path, operation in document.operations(corrected()):
        for status, response in operation["responses"].items():
            answer = document.resolve(corrected(), response["$ref"]) if "$ref" in response else response
            for content_type, media in answer.get("content", {}).items():
                for name, example in media.get("examples", {}).items():
                    label = f"{operation['operationId']}-{status}-{name}"
                    yield Case(label, method, path, int(status), content_type, example["value"])


def recordings(exchanges: Iterable[Exchange]) -> Iterator[Case]:
    """Yield a case for every exchange with one of the document's operations."""
    for exchange in exchanges:
        method, path = exchange.request["method"], match(exchange.request["method"], exchange.request["path"])
        if path is not None:
            yield Case(str(exchange), method.lower(), path, exchange.status, exchange.content_type, exchange.body)


def match(method: str, target: str) -> str | None:
    """Return the path template of a recorded request, preferring templates without parameters."""
    path = target.partition("?")[0].removeprefix("/v1")
    for template in sorted((p for m, p in modules() if m == method.upper()), key=lambda p: p.count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return template
    return None


def expected_model(case: Case) -> str | None:
    """Return the class of a JSON response, or None where the document declares no JSON."""
    operation = corrected()["paths"][case.path][case.method]
    response = operation["responses"][str(case.status)]
    answer = document.resolve(corrected(), response["$ref"]) if "$ref" in response else response
    media = answer.get("content", {}).get("application/json")
    if media is None:
        return None
    schema = media["schema"]
    label = f"response {case.status} of {case.method.upper()} {case.path}"
    assert "$ref" in schema or "title" in schema, f"overlays/spec: give the schema of {label} a title"
    name = cast("str", schema["$ref"].rpartition("/")[2] if "$ref" in schema else schema["title"])
    return class_overrides(ROOT / "generator-config.yaml").get(name, name)


def parse(case: Case) -> Any:
    """Parse a response with the parser of its operation."""
    response = httpx.Response(case.status, content=case.content, headers={"content-type": case.content_type})
    built = case.module._build_response(client=Client(base_url="http://localhost"), response=response)
    assert built.status_code == case.status
    return built.parsed


def same(left: Any, right: Any) -> bool:
    """Return True for equal values, also if date-times have different forms."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if is_list(left) and is_list(right):
        return len(left) == len(right) and all(same(ours, theirs) for ours, theirs in zip(left, right, strict=True))
    return left == right or (isinstance(left, str) and isinstance(right, str) and same_instant(left, right))


def same_instant(left: str, right: str) -> bool:
    """Return True if two texts are the same time, in UTC without an offset."""
    try:
        ours, theirs = isoparse(left), isoparse(right)
    except ValueError:
        return False
    return ours.tzinfo is not None and ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
