"""Pairs of documents to compare: the vendored one with a revision, and synthetic ones of any size.

python -m benchmarks.documents BASE REVISION    # prints the CPU seconds of the comparison without reading the files
"""

from __future__ import annotations

import copy
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.drift.compare import Task, compare
from pipeline.sources import Source

ROOT = Path(__file__).resolve().parent.parent
ADDED = {"type": "string", "description": "Added in this revision."}
Document = dict[str, Any]


def write_revision(folder: Path) -> tuple[Path, Path]:
    """Return the vendored document, and write and return one with as many changes as a release."""
    base = ROOT / "openapi_chatflow.json"
    document: Document = json.loads(base.read_bytes())
    for number, schema in enumerate(document["components"]["schemas"].values()):
        properties = schema.get("properties", {})
        if number % 3 == 0 and "description" in schema:
            schema["description"] += " Reworded."
        if number % 5 == 0 and properties:
            properties["added_property"] = ADDED
        if number % 11 == 0 and len(properties) > 2:  # noqa: PLR2004 - some properties remain
            removed = list(properties)[1]
            del properties[removed]
            schema["required"] = [name for name in schema.get("required", []) if name != removed] or [
                next(iter(properties))
            ]
    for path in list(document["paths"].values())[::6]:
        for operation in path.values():
            added = {"name": "trace", "in": "query", "required": False, "schema": {"type": "boolean"}}
            operation.setdefault("parameters", []).append(added)
    revision = folder / "revision.json"
    revision.write_text(json.dumps(document, indent=2, ensure_ascii=False))
    return base, revision


def write_multiple(path: Path, times: int, folder: Path) -> Path:
    """Write and return a document with the operations and components of another one several times."""
    document: Document = json.loads(path.read_bytes())
    paths, components = document["paths"], document["components"]
    kept: Document = {kind: named if kind == "securitySchemes" else {} for kind, named in components.items()}
    large: Document = {**document, "paths": {}, "components": kept}
    for number in range(times):
        copied = re.sub(r'("#/components/\w+/\w+)"', rf'\1N{number}"', json.dumps({"paths": paths, **components}))
        parts: Document = json.loads(re.sub(r'("operationId": "\w+)"', rf'\1N{number}"', copied))
        large["paths"] |= {f"/n{number}{name}": item for name, item in parts.pop("paths").items()}
        for kind in parts.keys() - {"securitySchemes"}:
            large["components"][kind] |= {f"{name}N{number}": one for name, one in parts[kind].items()}
    result = folder / f"{path.stem}-{times}.json"
    result.write_text(json.dumps(large, indent=2, ensure_ascii=False))
    return result


def build_pair(count: int) -> tuple[Document, Document]:
    """Return a document of `count` operations with a schema each, and a revision with every tenth one changed."""
    paths: Document = {}
    schemas: Document = {}
    for number in range(count):
        reference = {"$ref": f"#/components/schemas/Thing{number}"}
        response = {"description": "A thing", "content": {"application/json": {"schema": reference}}}
        get = {"operationId": f"get_thing_{number}", "responses": {"200": response}}
        paths[f"/things/{number}"] = {"get": get}
        names = ("id", "name", "state", "size", "owner", "place")
        properties = {name: {"type": "string", "description": f"The {name} of the thing."} for name in names}
        schemas[f"Thing{number}"] = {"type": "object", "properties": properties, "required": ["id"]}
    info = {"title": "Things", "version": "1"}
    base: Document = {"openapi": "3.0.1", "info": info, "paths": paths, "components": {"schemas": schemas}}
    revision: Document = copy.deepcopy(base)
    for number in range(0, count, 10):
        revision["components"]["schemas"][f"Thing{number}"]["properties"]["size"]["type"] = "integer"
    return base, revision


def time_comparison(base: Source, revision: Source) -> float:
    """Return the CPU seconds of comparing two documents that are already read."""
    task = Task(base, revision, ROOT, layer="wire")
    _ = base.document, revision.document  # parsed here and cached
    start = time.process_time()
    findings = compare(task).findings
    seconds = time.process_time() - start
    if not findings:
        raise RuntimeError("the comparison has no findings")
    return seconds


def main() -> None:
    """Compare the two documents on the command line."""
    base, revision = (Source(path, Path(path).read_text()) for path in sys.argv[1:])
    print(time_comparison(base, revision))


if __name__ == "__main__":
    main()
