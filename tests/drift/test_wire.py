"""The wire layer against labelled changes: ours of the vendored document, and pairs that another tool has labelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.document import Document, load
from pipeline.drift.rules.finding import most_severe
from pipeline.drift.wire.compare import findings
from tests.conftest import ROOT
from tests.drift.mutations import Mutation, mutations

# Where we say something else on purpose; see docs/drift.md.
DISAGREEMENTS = {
    "TestBreaking_RequestBodyEnumRemoved__breaking_L259": "a request that takes any value takes the old ones too",
    "TestComponentSecurityTypeUpdated__components_security_updated_L66": "credentials sent the old way are refused",
    "TestNewRequestNonPathParameter_DetectsNewPathsAndNewOperations__new_request_non_path_parameter_L22": (
        "a parameter of the path item that is gone is gone for its operations"
    ),
    "TestRequestDiscriminatorUpdatedCheckMappingChanging__request_discriminator_updated_L115": (
        "a value that means another schema is read as the wrong one"
    ),
    "TestResponseDiscriminatorUpdatedCheckMappingChanging__response_discriminator_updated_L117": (
        "a value that means another schema is read as the wrong one"
    ),
    "TestRequestPropertyStability_BelowThresholdEndpoint_NotReported__property_stability_level_L56": (
        "a field that is less stable than before is, whatever its operation is"
    ),
    "TestResponsePropertyAnyOfAdded__response_property_any_of_updated_L21": (
        "a new alternative of an answer is one that readers do not know, in anyOf as in oneOf"
    ),
}


# Where nothing changes for anyone: the default of a parameter that has to be sent, another name for a path parameter,
# and a required field that no schema describes.
QUIET = {
    "TestBreaking_ModifyRequiredRequiredParamDefaultValue__breaking_L562",
    "TestBreaking_PathParamRename__breaking_L100",
    "TestBreaking_ReqBodyNewRequiredPropertyNew__breaking_property_L292",
}


@pytest.fixture(scope="module")
def vendored() -> Document:
    return load(ROOT / "openapi_chatflow.json")


def verdict(base: Document, revision: Document) -> str:
    return most_severe(finding.level for finding in findings(base, revision))


def test_there_are_enough_mutations() -> None:
    names = [mutation.name for mutation in mutations()]
    assert len(set(names)) == len(names) >= 150


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_a_change_is_judged_as_reasoned(vendored: Document, mutation: Mutation) -> None:
    changed = mutation.apply(vendored)
    assert verdict(vendored, changed) == mutation.expected
    back = verdict(changed, vendored)
    assert (back == "no-change") == (mutation.expected == "no-change")


def test_labelled_pairs(shared: Path) -> None:
    cases = [json.loads(line) for line in (shared / "drift" / "oasdiff_cases.jsonl").read_text().splitlines()]
    scored = [case for case in cases if case["wire"] != "unreported"]
    got = {case["id"]: verdict(case["base"], case["revision"]) for case in scored}
    wrong = {case["id"] for case in scored if got[case["id"]] != case["wire"]}
    breaking = [case for case in scored if case["wire"] == "breaking"]
    missed = [case["id"] for case in breaking if got[case["id"]] != "breaking"]
    assert wrong == set(DISAGREEMENTS)
    assert len(wrong) / len(scored) <= 0.03
    assert len(missed) / len(breaking) <= 0.01


def test_pairs_without_a_label_do_not_crash(shared: Path) -> None:
    cases = [json.loads(line) for line in (shared / "drift" / "oasdiff_cases.jsonl").read_text().splitlines()]
    unlabelled = [case for case in cases if case["wire"] == "unreported"]
    assert unlabelled
    quiet = {case["id"] for case in unlabelled if verdict(case["base"], case["revision"]) == "no-change"}
    assert quiet == QUIET


def test_one_finding_per_root_cause(vendored: Document) -> None:
    changed = json.loads(json.dumps(vendored))
    changed["components"]["schemas"]["StreamEventBase"]["properties"]["task_id"]["type"] = "integer"
    found = [finding for finding in findings(vendored, changed) if finding.level == "breaking"]
    assert [finding.id for finding in found] == ["event-field-type-changed"]
    assert len(found[0].operations) == 25
    assert found[0].pointer == "/components/schemas/StreamEventBase/properties/task_id"


def test_renamed_operations_are_one_table(vendored: Document) -> None:
    changed = json.loads(json.dumps(vendored))
    for item in changed["paths"].values():
        for operation in item.values():
            operation["operationId"] += "Renamed"
    found = findings(vendored, changed)
    assert [finding.id for finding in found] == ["api-operation-id-removed"]
    assert len(found[0].table) == 31


def test_real_history_has_no_false_alarm_on_prose(shared: Path, vendored: Document) -> None:
    upstream = load(shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    assert verdict(upstream, vendored) == "docs-only"
