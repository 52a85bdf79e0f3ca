"""Verdicts of the Python layer compared with programs that import, construct and parse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dify_chatflow import Chatflow
from pipeline.document import Document, load
from pipeline.drift.compare import Task, compare
from pipeline.drift.python import packages
from pipeline.drift.python.edition import editions
from pipeline.drift.python.names import PythonNames
from pipeline.drift.python.packages import generate_all
from pipeline.drift.python.pair import SurfacePair
from pipeline.drift.python.probe import payloads, relevant
from pipeline.drift.python.surface import read_all
from pipeline.drift.rules.verdict import Report
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.sources import Source
from tests.conftest import ROOT
from tests.drift.mutations.edits import S, add, both, cut, put
from tests.drift.test_stale_code import tree

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


def compared(base: Document, revision: Document, root: Path = ROOT) -> Report:
    texts = [json.dumps(document, indent=2) for document in (base, revision)]
    return compare(Task(Source("base", texts[0]), Source("revision", texts[1]), root, "python"))


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


def test_cache_key_depends_on_everything_used(
    vendored: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    project.templates.mkdir(parents=True)
    assert {"generator.py", "normalise.py"} <= {path.name for path in packages.preparation()}
    module, template = tmp_path / "generator.py", project.templates / "model.py.jinja"
    monkeypatch.setattr(packages, "preparation", lambda: [module])
    keys = [packages.fingerprint(project, vendored), packages.fingerprint(project, vendored, is_formatted=True)]
    keys.append(packages.fingerprint(project, {**vendored, "tags": []}))
    for path in (module, template, project.config):
        for text in ("a: 1", "a: 2"):
            path.write_text(text)
            keys.append(packages.fingerprint(project, vendored))
    for tool in packages.TOOLS:
        monkeypatch.setattr(packages, "version", {tool: "999"}.get)
        keys.append(packages.fingerprint(project, vendored))
    assert len(set(keys)) == len(keys)
    assert keys[-1] == packages.fingerprint(project, vendored)


def test_formatting_changes_no_surface(vendored: Document) -> None:
    listed = [(Project(ROOT), editions((ROOT, ROOT), vendored, vendored)[0].corrected)]
    folders = [generate_all(listed, is_formatted=is_formatted)[0].folder for is_formatted in (False, True)]
    plain, formatted = read_all(*filter(None, folders))
    assert plain.functions == formatted.functions
    assert len(plain.functions) == sum(map(len, vendored["paths"].values()))
    assert plain.classes == formatted.classes
    assert (plain.aliases, plain.variants) == (formatted.aliases, formatted.variants)
    modules = [f"{PACKAGE}.{module}" for module in plain.code]
    program = f"import importlib; [importlib.import_module(name) for name in {modules}]"
    assert folders[0]
    assert works(folders[0], program), "a module is invalid until the formatter removes its unused imports"


def test_only_what_differs_is_parsed(vendored: Document) -> None:
    changed = json.loads(json.dumps(vendored))
    cut(f"{S}AppInfoResponse/properties/author_name")(changed)
    put(f"{S}Usage/description", "Other words.")(changed)
    old, new = (one.corrected for one in editions((ROOT, ROOT), vendored, changed))
    folders = [one.folder for one in generate_all([(Project(ROOT), one) for one in (old, new)])]
    pair = SurfacePair(*read_all(*filter(None, folders)))
    mine, theirs = relevant(pair, old, new)
    assert {one.label for one in (*mine, *theirs)} == {"GET /info"}
    assert len({one.label for one in payloads(old)}) > 30


def test_unreadable_code_is_the_formatters_complaint(vendored: Document, tmp_path: Path) -> None:
    root = tree(tmp_path)
    template = root / "overlays" / "templates" / "endpoint_module.py.jinja"
    template.write_text(template.read_text() + "{% if endpoint.summary == 'broken' %}def{% endif %}\n")
    changed = json.loads(json.dumps(vendored))
    changed["paths"]["/info"]["get"]["summary"] = "broken"
    cut(f"{S}AppInfoResponse/properties/author_name")(changed)
    found = compared(vendored, changed, root).findings
    (failed,) = [one for one in found if one.id == "python-generation-failed"]
    assert "ruff failed" in failed.text


def test_named_methods_exist() -> None:
    names = PythonNames(ROOT)
    assert all(names.methods_of(label) for label in names.modules)
    with Chatflow("app-key", base_url="http://localhost/v1") as app:
        for method in {name for methods in names.methods.values() for name in methods}:
            _, group, name = method.split(".")
            assert callable(getattr(getattr(app, group), name)), method


def test_methods_survive_renamed_parameters() -> None:
    assert PythonNames(ROOT).methods_of("GET /workflows/run/{id}") == ["Chatflow.runs.get", "Chatflow.runs.wait"]
