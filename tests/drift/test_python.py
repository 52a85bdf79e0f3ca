"""Verdicts of the Python layer compared with programs that import, construct and parse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.document import Document, load
from pipeline.drift.compare import Task, compare
from pipeline.drift.python import packages
from pipeline.drift.python.edition import editions
from pipeline.drift.python.packages import generate_all
from pipeline.drift.rules.verdict import Report
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.sources import Source
from tests.conftest import ROOT
from tests.drift.mutations.edits import S, add, both, cut, put

CHAT = "/paths/~1chat-messages/post"
PACKAGE = "dify_chatflow_client"
# change: edit, verdict, rule, and a program that runs with the old package only
CHANGES = {
    "a response field is gone": (
        cut(f"{S}AppInfoResponse/properties/author_name"),
        "breaking",
        "python-field-removed",
        f"from {PACKAGE}.models import AppInfo; AppInfo.__annotations__['author_name']",
    ),
    "an optional field is new": (
        put(f"{S}AppInfoResponse/properties/fresh", {"type": "string"}),
        "changed",
        "python-field-added",
        None,
    ),
    "an event field becomes required": (
        both(
            put(f"{S}StreamEventChatReasoningChunk/allOf/2/properties/level", {"type": "integer"}),
            add(f"{S}StreamEventChatReasoningChunk/allOf/2/required", "level"),
        ),
        "changed",
        "python-field-added",
        None,
    ),
    "prose": (put(f"{S}Usage/description", "Other words."), "none", None, None),
}


@pytest.fixture(scope="module")
def vendored() -> Document:
    return load(ROOT / "openapi_chatflow.json")


def compared(base: Document, revision: Document) -> Report:
    texts = [json.dumps(document, indent=2) for document in (base, revision)]
    return compare(Task(Source("base", texts[0]), Source("revision", texts[1]), ROOT, "python"))


def works(folder: Path, program: str) -> bool:
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {program}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("name", CHANGES)
def test_the_verdict_agrees_with_programs(vendored: Document, name: str) -> None:
    change, verdict, rule, program = CHANGES[name]
    changed = json.loads(json.dumps(vendored))
    change(changed)
    report = compared(vendored, changed)
    assert report.python == verdict, [finding.text for finding in report.findings]
    assert rule is None or rule in {finding.id for finding in report.findings}
    old, new = generate_all([(one.project, one.corrected) for one in editions((ROOT, ROOT), vendored, changed)])
    assert old.folder is not None
    assert new.folder is not None
    if program:
        assert works(old.folder, program)
        assert not works(new.folder, program)


def test_missing_generator_exits_with_2(vendored: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openapi_python_client.config", None)
    changed = json.loads(json.dumps(vendored))
    put(f"{S}Usage/title", "NeverGeneratedBefore")(changed)
    with pytest.raises(PipelineError, match="is not installed"):
        compared(vendored, changed)


def test_cache_key_depends_on_the_pipeline(vendored: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(ROOT)
    assert {"generator.py", "normalise.py"} <= {path.name for path in packages.preparation()}
    module = tmp_path / "generator.py"
    monkeypatch.setattr(packages, "preparation", lambda: [module])
    keys: set[str] = set()
    for text in ("a = 1", "a = 2"):
        module.write_text(text)
        keys.add(packages.fingerprint(project, vendored))
    assert len(keys) == 2
