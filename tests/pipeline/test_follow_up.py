"""New events and models in an update: the changes made by rule, and those left to a person."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from pipeline.corrections import load as load_corrections
from pipeline.document import Document, load, operations
from pipeline.generator import class_overrides
from pipeline.layout import Project
from pipeline.update.follow_up import lost_evidence, steps, type_errors
from pipeline.update.public_names import EXPORTS, event_classes, export, name_classes, remove_names
from tests.conftest import ROOT

VENDORED = load(ROOT / "openapi_chatflow.json")
END_USER = "/end-users/{end_user_id}"


@pytest.fixture
def document() -> Document:
    return copy.deepcopy(VENDORED)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with the settings and public modules of this one."""
    for name in ("generator-config.yaml", *EXPORTS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
    return Project(tmp_path)


def add_event(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas["StreamEventChatProgress"] = copy.deepcopy(schemas["StreamEventChatTextChunk"])
    mapping = schemas["ChunkChatEvent"]["discriminator"]["mapping"]
    mapping["text_progress"] = "#/components/schemas/StreamEventChatProgress"


def test_equal_documents_leave_nothing_to_write(document: Document) -> None:
    assert list(steps(VENDORED, document)) == []


def test_new_operation_names_every_file(document: Document) -> None:
    document["paths"]["/usage"] = {"get": document["paths"]["/info"]["get"]}
    found = list(steps(VENDORED, document))
    assert sum("GET /usage" in step for step in found) == 6
    files = [step.split(":")[0] for step in found]
    assert files == [
        "overlays/dify_chatflow/_async/resources",
        "overlays/dify_chatflow/_async/raw.py",
        "docs/client.md",
        "overlays/dify_chatflow/_versions.py",
        "docs/versions.md",
        "tests/client/operations.py",
        "local_dify/api",
        "tests/local_dify/test_document.py",
        "tests/recordings",
    ]
    assert all((ROOT / name).exists() for name in files)


def test_removed_operation_names_every_file(document: Document) -> None:
    del document["paths"][END_USER]
    found = list(steps(VENDORED, document))
    assert "tests/client/operations.py: USES: remove the entry of GET /end-users/{end_user_id}" in found
    assert len(found) == 9


def test_renamed_parameter_is_one_rename_per_file(document: Document) -> None:
    document["paths"]["/end-users/{user_id}"] = document["paths"].pop(END_USER)
    found = list(steps(VENDORED, document))
    assert all(f"rename GET {END_USER} to GET /end-users/{{user_id}}" in step for step in found)
    assert [step.split(":")[0] for step in found] == [
        "docs/client.md",
        "overlays/dify_chatflow/_versions.py",
        "tests/client/operations.py",
        "local_dify/api",
        "local_dify/version.py",
    ]
    assert "renamed={'user_id': 'end_user_id'}" in found[2]
    assert "where its handler reads end_user_id" in found[3]


def test_lost_example_is_named_as_evidence(document: Document) -> None:
    listed = load_corrections(Project(ROOT).corrections)
    assert list(lost_evidence(listed, VENDORED, document)) == []
    for operation in (one for _, path, one in operations(document) if path.endswith("/events")):
        del operation["responses"]["200"]["content"]["text/event-stream"]["examples"]["resumedRun"]
    (step,) = lost_evidence(listed, VENDORED, document)
    assert step.startswith("overlays/spec/events.yaml:")
    assert "name other evidence than resumedRun" in step


def test_new_event_is_named_by_rule(document: Document, project: Project) -> None:
    add_event(document)
    names = event_classes(project, VENDORED, document)
    assert names == {"StreamEventChatProgress": "TextProgressEvent", "TextProgressEventData": "TextProgressData"}
    name_classes(project, names)
    assert class_overrides(project.config) == {**class_overrides(ROOT / "generator-config.yaml"), **names}
    assert event_classes(project, VENDORED, document) == {}


def test_removed_event_loses_its_name(document: Document, project: Project) -> None:
    settings = project.config.read_text()
    add_event(document)
    name_classes(project, event_classes(project, VENDORED, document))
    assert project.config.read_text() != settings
    remove_names(project, document, VENDORED)
    assert project.config.read_text() == settings
    del document["components"]["schemas"]["ChatRequest"]
    remove_names(project, VENDORED, document)
    removed = class_overrides(ROOT / "generator-config.yaml").keys() - class_overrides(project.config).keys()
    assert removed == {"ChatRequestResponseMode"}


def test_exports_follow_the_generated_models(project: Project) -> None:
    old = {"PingEvent", "AppInfo"}
    originals = {name: (ROOT / name).read_text() for name in EXPORTS}
    new = {"TextProgressEvent", "TextProgressData", "ProgressRequest"}
    export(project.root, old, new, {"TextProgressEvent"})
    events, models = ((project.root / name).read_text() for name in EXPORTS)
    assert [events.count("TextProgressEvent"), models.count("TextProgressData")] == [3, 3]
    assert "TextProgressEvent" not in models
    assert "ProgressRequest" not in events + models
    assert "PingEvent" not in events
    assert '"AppInfo"' not in models
    export(project.root, new, old, {"PingEvent"})
    assert {name: (project.root / name).read_text() for name in EXPORTS} == originals


def test_type_errors_are_those_of_users(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    program = tmp_path / "examples" / "program.py"
    program.write_text("from json import loads\n")
    assert type_errors(tmp_path) == []
    program.write_text("from json import gone\n")
    (error,) = type_errors(tmp_path)
    assert error.startswith("examples/program.py:1: error: ")
    assert "gone" in error


def test_new_event_leaves_server_and_table(document: Document) -> None:
    add_event(document)
    assert list(steps(VENDORED, document)) == [
        "local_dify: send the event text_progress where a server does, or nowhere",
        "docs/events.md: add the row of the event text_progress",
    ]
