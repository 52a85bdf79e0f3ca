"""New events and models in an update: the changes made by rule, and those left to a person."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.corrections import load as load_corrections
from pipeline.document import Document, load, operations
from pipeline.generator import class_overrides
from pipeline.layout import Project
from pipeline.update.follow_up import Side, lost_evidence, steps
from pipeline.update.places import Places, without_names
from pipeline.update.public_names import EXPORTS, event_classes, export, name_classes, remove_names
from pipeline.update.type_check import type_errors
from tests.conftest import ROOT

VENDORED = load(ROOT / "openapi_chatflow.json")
OLD = Side.of(Project(ROOT))
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


def follow_up(document: Document) -> list[str]:
    """Return the steps after an update of this tree to a document."""
    known = {without_names(label): module for label, module in OLD.modules.items()}
    labels = (f"{method.upper()} {path}" for method, path, _ in operations(document))
    modules = {label: known.get(without_names(label), "applications.get_usage") for label in labels}
    return list(steps(Places(ROOT), OLD, replace(OLD, document=document, modules=modules)))


def line(step: str) -> str:
    """Return the first line that a step names."""
    file, number, *_ = step.replace(",", ":").split(":")
    return (ROOT / file).read_text().splitlines()[int(number) - 1].strip()


def test_equal_documents_leave_nothing_to_write() -> None:
    assert follow_up(OLD.document) == []


def test_new_operation_names_every_line(document: Document) -> None:
    document["paths"]["/usage"] = {"post": document["paths"]["/info"]["get"]}
    found = follow_up(document)
    assert [step.split(":")[0] for step in found] == [
        "overlays/dify_chatflow/_async/resources/application.py",
        "overlays/dify_chatflow/_async/raw.py",
        "docs/client.md",
        "docs/client.md",
        "overlays/dify_chatflow/_versions.py",
        "docs/versions.md",
        "tests/client/operations.py",
        "local_dify/api/application.py",
        "tests/local_dify/test_document.py",
        "tests/recordings/next",
        "make generate",
    ]
    assert line(found[0]).startswith("async def site(self")
    assert "calls dify_chatflow_client.api.applications.get_usage.operation" in found[0]
    assert line(found[1]) == "site = raw(AsyncApplication.site)"
    assert line(found[3]) == "| `application.site` | `GET /site` |"
    assert line(found[4]).startswith('("GET", "/site"): Support(')
    assert line(found[7]) == '"/site": {"GET": app_info.site},'
    assert 'add ("POST", "/usage"): Use("application.METHOD", …)' in found[6]


def test_operation_without_input_needs_no_call(document: Document) -> None:
    document["paths"]["/usage"] = {"get": document["paths"]["/info"]["get"]}
    assert not [step for step in follow_up(document) if "walk" in step or "add a call" in step]


def test_new_tag_needs_a_group_of_methods(document: Document) -> None:
    document["paths"]["/usage"] = {"get": document["paths"]["/info"]["get"]}
    new = replace(OLD, document=document, modules={**OLD.modules, "GET /usage": "quotas.get_usage"})
    found = list(steps(Places(ROOT), OLD, new))
    assert found[0].startswith("overlays/dify_chatflow/_async/resources/quotas.py: write the class `AsyncQuotas`")
    assert line(found[1]).endswith("import AsyncRuns")
    assert line(found[2]).startswith("def runs(self)")
    assert line(found[3]).startswith("class AsyncRawRuns(")
    assert line(found[4]).startswith("self.runs = ")
    assert "`quotas.METHOD`" in found[6]


def test_removed_operation_names_every_line(document: Document) -> None:
    del document["paths"][END_USER]
    found = follow_up(document)
    assert line(found[0]).startswith("async def get(self, end_user_id")
    assert line(found[1]) == "get = raw(AsyncEndUsers.get)"
    assert [step.split(":")[0] for step in found[2:-1]] == [
        "docs/client.md",
        "docs/client.md",
        "overlays/dify_chatflow/_versions.py",
        "tests/client/operations.py",
        "local_dify/api/application.py",
        "tests/local_dify/test_document.py",
        *(step.split(":")[0] for step in found if "remove its recordings" in step),
    ]
    assert "`end_users.get`" in line(found[2])
    assert "app.end_users.get(" in line(found[3])
    assert line(found[6]).startswith('"/end-users/{end_user_id:uuid}"')


def test_renamed_path_parameter_needs_nothing(document: Document) -> None:
    document["paths"]["/end-users/{user_id}"] = document["paths"].pop(END_USER)
    assert follow_up(document) == []


def test_renamed_operation_names_its_imports() -> None:
    new = replace(OLD, modules={**OLD.modules, "GET /info": "applications.get_app"})
    found, last = steps(Places(ROOT), OLD, new)
    assert last.startswith("make generate")
    assert "overlays/dify_chatflow/_async/resources/application.py:" in found
    assert found.count("docs/client.md:") == 2
    assert found.endswith(
        "applications.get_advanced_chat_app_info is now applications.get_app, below dify_chatflow_client.api"
    )


def test_changed_inputs_name_method_and_test(document: Document) -> None:
    schema = document["components"]["schemas"]["MessageFeedbackRequest"]
    schema["properties"]["origin"] = schema["properties"].pop("content")
    schema["required"] = [*schema.get("required", []), "origin"]
    found = follow_up(document)
    assert ["required request field `origin`" in step for step in found] == [True, True, False, False, False]
    assert ["request field `content`" in step for step in found] == [False, False, True, True, False]
    assert line(found[0]) == "async def submit("
    assert "feedbacks" in line(found[1])


def test_removed_event_names_its_readers(document: Document) -> None:
    schemas = document["components"]["schemas"]
    del schemas["ChunkChatEvent"]["discriminator"]["mapping"]["message_replace"]
    found = follow_up(document)
    row, readers, heading = found
    assert line(row).startswith("| `message_replace`<br>`MessageReplaceEvent` |")
    assert readers.endswith(": remove what reads or sends the event `message_replace`")
    assert "local_dify/" in readers
    assert "message_replace" in line(readers) or "MessageReplaceEvent" in line(readers)
    assert heading == "docs/events.md:1: write the number of events, 25"


def test_new_event_needs_a_row(document: Document) -> None:
    add_event(document)
    row, heading = follow_up(document)
    assert line(row).startswith("| `ping`<br>")
    assert "add the row | `text_progress`<br>`" in row
    assert heading == "docs/events.md:1: write the number of events, 27"


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
