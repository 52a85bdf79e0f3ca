"""Documents to compare: the vendored one and a successor, and made ones of any size.

python -m benchmarks.documents BASE REVISION    # the CPU seconds that comparing them takes, reading aside
"""

from __future__ import annotations

import copy
import json
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.drift.run import Task, drift
from pipeline.sources import Source

ROOT = Path(__file__).resolve().parent.parent
ADDED = {"type": "string", "description": "Told since the last release."}
Document = dict[str, Any]


def release(folder: Path) -> tuple[Path, Path]:
    """The vendored document, and one with the many changes of a release."""
    base = ROOT / "openapi_chatflow.json"
    document: Document = json.loads(base.read_bytes())
    for number, schema in enumerate(document["components"]["schemas"].values()):
        properties = schema.get("properties", {})
        if number % 3 == 0 and "description" in schema:
            schema["description"] += " Reworded."
        if number % 5 == 0 and properties:
            properties["added_lately"] = ADDED
        if number % 11 == 0 and len(properties) > 2:  # noqa: PLR2004 - leave something
            gone = list(properties)[1]
            del properties[gone]
            schema["required"] = [name for name in schema.get("required", []) if name != gone] or [
                next(iter(properties))
            ]
    for path in list(document["paths"].values())[::6]:
        for operation in path.values():
            added = {"name": "trace", "in": "query", "required": False, "schema": {"type": "boolean"}}
            operation.setdefault("parameters", []).append(added)
    revision = folder / "revision.json"
    revision.write_text(json.dumps(document, indent=2, ensure_ascii=False))
    return base, revision


def scaled(count: int) -> tuple[Document, Document]:
    """A document of `count` operations with a schema each, and one in which every tenth has changed."""
    paths: Document = {}
    schemas: Document = {}
    for number in range(count):
        reference = {"$ref": f"#/components/schemas/Thing{number}"}
        answer = {"description": "A thing", "content": {"application/json": {"schema": reference}}}
        get = {"operationId": f"get_thing_{number}", "responses": {"200": answer}}
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


def seconds(base: Source, revision: Source) -> float:
    """The CPU time of comparing two documents that are already read."""
    task = Task(base, revision, ROOT, layer="wire")
    _ = base.document, revision.document  # read and kept
    began = time.process_time()
    found = drift(task).findings
    took = time.process_time() - began
    if not found:
        raise RuntimeError("the comparison found nothing")
    return took


def main() -> None:
    """Compare the two documents named on the command line."""
    base, revision = (Source(path, Path(path).read_text()) for path in sys.argv[1:])
    print(seconds(base, revision))


if __name__ == "__main__":
    main()
