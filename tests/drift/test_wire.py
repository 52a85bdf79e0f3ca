"""The wire layer against labelled changes: mutations of the vendored document, and pairs labelled by another tool."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.document import Document, load
from pipeline.drift.rules.finding import most_severe
from pipeline.drift.wire.compare import findings
from tests.conftest import ROOT
from tests.drift.mutations import Mutation, mutations

# Intended disagreements with the labels; see docs/drift.md.
DISAGREEMENTS = {
    "TestBreaking_RequestBodyEnumRemoved__breaking_L259": "a request that accepts any value accepts the old ones",
    "TestComponentSecurityTypeUpdated__components_security_updated_L66": "credentials sent the old way are rejected",
    "TestNewRequestNonPathParameter_DetectsNewPathsAndNewOperations__new_request_non_path_parameter_L22": (
        "a parameter removed from the path item is removed from its operations"
    ),
    "TestRequestBodyDefaultValueRemoving__request_property_default_value_changed_L98": (
        "programs that omit the value get another behaviour"
    ),
    "TestRequestPropertyDefaultValueChanged__request_property_default_value_changed_L43": (
        "programs that omit the value get another behaviour"
    ),
    "TestResponsePropertyAnyOfAdded__response_property_any_of_updated_L21": (
        "readers do not know a new alternative of a response, in anyOf as in oneOf"
    ),
}

# Changes without effect: the default of a required parameter, another name for a path parameter, and a required field
# without a schema.
WITHOUT_EFFECT = {
    "TestBreaking_ModifyRequiredRequiredParamDefaultValue__breaking_L562",
    "TestBreaking_PathParamRename__breaking_L100",
    "TestBreaking_ReqBodyNewRequiredPropertyNew__breaking_property_L292",
}


@pytest.fixture(scope="module")
def vendored() -> Document:
    return load(ROOT / "openapi_chatflow.json")


def verdict(base: Document, revision: Document) -> str:
    return most_severe(finding.level for finding in findings(base, revision))


def test_mutations_are_many_and_distinct() -> None:
    names = [mutation.name for mutation in mutations()]
    assert len(set(names)) == len(names) >= 400


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_mutation_has_expected_level(vendored: Document, mutation: Mutation) -> None:
    changed = mutation.apply(vendored)
    assert verdict(vendored, changed) == mutation.expected
    back = verdict(changed, vendored)
    assert (back == "no-change") == (mutation.expected == "no-change")


def test_verdicts_agree_with_labels(shared: Path) -> None:
    cases = [json.loads(line) for line in (shared / "drift" / "oasdiff_cases.jsonl").read_text().splitlines()]
    scored = [case for case in cases if case["wire"] != "unreported"]
    got = {case["id"]: verdict(case["base"], case["revision"]) for case in scored}
    wrong = {case["id"] for case in scored if got[case["id"]] != case["wire"]}
    breaking = [case for case in scored if case["wire"] == "breaking"]
    missed = [case["id"] for case in breaking if got[case["id"]] != "breaking"]
    assert wrong == set(DISAGREEMENTS)
    assert 1 - len(wrong) / len(scored) >= 0.984
    assert 1 - len(missed) / len(breaking) >= 0.995


@pytest.mark.parametrize(
    ("operation", "field", "expected"),
    [
        ("draft", "draft", "docs-only"),
        ("alpha", "beta", "docs-only"),
        ("beta", "alpha", "breaking"),
        (None, "beta", "breaking"),
    ],
)
def test_fields_are_no_more_stable_than_operations(
    vendored: Document, operation: str | None, field: str, expected: str
) -> None:
    def document(level: str) -> Document:
        changed: Document = json.loads(json.dumps(vendored))
        changed["paths"]["/chat-messages"]["post"] |= {"x-stability-level": operation} if operation else {}
        changed["components"]["schemas"]["ChatRequest"]["properties"]["query"]["x-stability-level"] = level
        return changed

    assert verdict(document("stable"), document(field)) == expected


def test_unlabelled_pairs_are_compared(shared: Path) -> None:
    cases = [json.loads(line) for line in (shared / "drift" / "oasdiff_cases.jsonl").read_text().splitlines()]
    unlabelled = [case for case in cases if case["wire"] == "unreported"]
    assert unlabelled
    silent = {case["id"] for case in unlabelled if verdict(case["base"], case["revision"]) == "no-change"}
    assert silent == WITHOUT_EFFECT


def test_root_cause_is_one_finding(vendored: Document) -> None:
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


def test_published_prose_changes_are_docs_only(shared: Path, vendored: Document) -> None:
    upstream = load(shared / "upstream" / "openapi_chatflow.2026-07-09.json")
    assert verdict(upstream, vendored) == "docs-only"
