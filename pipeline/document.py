"""OpenAPI documents: read from files, and checked for what the rest of the pipeline relies on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import Any, TypeGuard, cast
from urllib.parse import unquote

from pipeline import json_text, structure, yaml_text
from pipeline.errors import PipelineError
from pipeline.folders import folder_of

Document = dict[str, Any]
MAX_BYTES = 20_000_000
FEW_OPERATIONS = 5
METHODS = structure.METHODS
CONTAINERS = (dict, list)
# Keywords whose values are data, and those whose keys are names.
DATA = ("example", "examples", "default")
OF_NAMES = ("properties", "schemas")
escape = json_text.escape


def is_object(node: Any) -> TypeGuard[Document]:
    """Return whether a JSON value is an object."""
    return isinstance(node, dict)


def is_list(node: Any) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(node, list)


def load(path: Path) -> Document:
    """Return the document at `path`; raise PipelineError if it is missing, broken or not OpenAPI 3.x."""
    return parse(read_file(path), path)


def read_file(path: Path) -> str:
    """Return the text of a regular file; raise PipelineError if it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise PipelineError(path, "is not a regular file; give the path of an OpenAPI document")
        with path.open("rb") as file:
            return decode(file.read(MAX_BYTES + 1), path)
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); give the path of an OpenAPI document"
        raise PipelineError(path, problem) from None


def decode(data: bytes, place: object) -> str:
    """Return UTF-8 text; raise PipelineError if it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise PipelineError(place, f"is larger than {MAX_BYTES // 1_000_000} MB; give an OpenAPI document")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PipelineError(place, f"is not UTF-8 (byte {error.start})") from None


def parse(text: str, place: object) -> Document:
    """Return the document in `text`, which errors call `place`."""
    document = parse_unchecked(text, place)
    check_references(document, place)
    return document


def parse_unchecked(text: str, place: object) -> Document:
    """Return the document in `text`, which may have dangling references."""
    document = yaml_text.parse(text, place) if yaml_text.is_yaml(text) else json_text.parse(text, place)
    version = document.get("openapi") if is_object(document) else None
    if not is_object(document) or not isinstance(version, str) or not version.startswith("3."):
        raise PipelineError(place, f"is not an OpenAPI 3.x document (openapi: {json.dumps(version)})")
    if not is_object(document.get("paths")):
        raise PipelineError(place, "has no paths; give a complete OpenAPI document")
    structure.check_structure(document, place)
    return decode_references(document)


def decode_references(document: Document) -> Document:
    """Return the document with percent-encoded references decoded; the same object where there are none."""
    encoded = {reference for reference in targets(document) if "%" in reference}
    return with_references(document, {one: unquote(one) for one in encoded}) if encoded else document


def with_references(node: Any, references: dict[str, str]) -> Any:
    """Return a copy with other references."""
    if is_object(node):
        return {key: with_references(value, references) for key, value in node.items()}
    if is_list(node):
        return [with_references(item, references) for item in node]
    return references.get(node, node) if isinstance(node, str) else node


def check_references(document: Document, place: object) -> None:
    """Raise PipelineError for the first dangling $ref; a generator would drop the operation instead."""
    if all(one.startswith("#/") and exists(document, one) for one in targets(document)):
        return
    for pointer, reference in references(document):
        if not reference.startswith("#/"):
            raise PipelineError(f"{place}#{pointer}", f"refers to {reference!r}; only local references are read")
        try:
            resolve(document, reference)
        except LookupError:
            raise PipelineError(f"{place}#{pointer}", f"refers to {reference!r}, which does not exist") from None


def check_valid(document: Document, place: object) -> None:
    """Raise PipelineError for the first place that violates the OpenAPI specification; this takes a second."""
    from openapi_spec_validator import validate
    from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

    try:
        validate(document)  # pyright: ignore[reportArgumentType]
    except OpenAPIValidationError as error:
        known = cast("Any", error)
        pointer = "".join(f"/{escape(str(part))}" for part in known.absolute_path)
        where = f"{place}#{pointer}" if pointer else place
        raise PipelineError(where, f"is not valid OpenAPI: {shorten(known.message.splitlines()[0], 300)}") from None


def check_shape(document: Document, place: object) -> None:
    """Raise PipelineError for the first place that violates the specification's JSON Schema.

    It takes a tenth of the time of `check_valid`, but checks only what a JSON Schema can express.
    """
    if not str(document.get("openapi")).startswith("3.0.") or not shape().is_valid(document):
        check_valid(document, place)


@cache
def shape() -> Any:
    """Return the validator for OpenAPI 3.0."""
    from jsonschema_rs import validator_for

    path = folder_of("openapi_spec_validator") / "resources" / "schemas" / "v3.0" / "schema.json"
    return validator_for(json.loads(path.read_text(encoding="utf-8")))


def references(node: Any, pointer: str = "", *, named: bool = False) -> Iterator[tuple[str, str]]:
    """Yield every `$ref` below `node` with its JSON pointer, without those in examples, which are data.

    `named` is True where the keys are names that the author chose, among which there may be a field called `default`.
    """
    if is_object(node):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield f"{pointer}/$ref", value
            elif named or key not in ("example", "examples", "default"):
                inner = not named and key in ("properties", "schemas")
                yield from references(value, f"{pointer}/{escape(key)}", named=inner)
    elif is_list(node):
        for index, value in enumerate(node):
            yield from references(value, f"{pointer}/{index}")


def targets(node: Any) -> set[str]:
    """Return the references that `references` yields, in a fraction of its time."""
    found: set[str] = set()
    waiting: list[Any] = [node]
    # Objects whose keys are the author's names.
    named: list[Any] = []
    while waiting or named:
        has_names = not waiting
        one = waiting.pop() if waiting else named.pop()
        if is_list(one):
            waiting += [item for item in one if type(item) in CONTAINERS]
        elif is_object(one):
            for key, value in one.items():
                if type(value) in CONTAINERS:
                    if has_names:
                        waiting.append(value)
                    elif key in OF_NAMES:
                        named.append(value)
                    elif key not in DATA:
                        waiting.append(value)
                elif key == "$ref" and isinstance(value, str):
                    found.add(value)
    return found


def check_same_api(base: Document, revision: Document, place: object) -> None:
    """Raise PipelineError if two documents of more than a few operations have none in common."""
    old = {(method, path) for method, path, _ in operations(base)}
    new = {(method, path) for method, path, _ in operations(revision)}
    if len(old) > FEW_OPERATIONS and not old & new:
        known = f"none of its {len(new)} operations is known"
        problem = f"describes another API: {known}; drift and generate accept it with --corrections none"
        raise PipelineError(place, problem)


def resolve(document: Document, reference: str) -> Any:
    """Return the target of a local reference (`#/components/…`); raise LookupError if it does not exist."""
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if is_object(node) and key not in node:
            key = unquote(key)
        if is_list(node) and key.isdigit():
            node = node[int(key)]
        elif is_object(node):
            node = node[key]
        else:
            raise LookupError(reference)
    return node


def leads(document: Document, reference: object) -> bool:
    """Return whether the target of a local reference exists and is not null."""
    try:
        return isinstance(reference, str) and resolve(document, reference) is not None
    except LookupError:
        return False


def exists(document: Document, reference: str) -> bool:
    """Return whether the target of a local reference exists."""
    try:
        resolve(document, reference)
    except LookupError:
        return False
    return True


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield every operation as (method, path, operation), in the document's order."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield method, path, operation
