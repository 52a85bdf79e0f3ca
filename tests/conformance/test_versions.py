"""Known differences: every one of recorded servers is known, with its version or without."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from dify_chatflow.models import KnownErrorCode
from dify_conformance.compare import Difference, differences
from dify_conformance.contract import corrected
from dify_conformance.exchange import Exchange
from dify_conformance.versions import KINDS, kind_of, known_reason, parse_version
from local_dify.version import VERSIONS
from pipeline.contract import stale_contract
from pipeline.drift.wire.recordings import recorded
from pipeline.layout import Project
from tests.conftest import ROOT
from tests.exchanges import FOLDERS, complete

UNKNOWN_RUN = "fb47b2e6-5e43-4f90-be01-d5c5a088d156"


def test_contract_is_up_to_date(tmp_path: Path) -> None:
    assert stale_contract(Project(ROOT)) == []
    other = Project(tmp_path)
    for name in ("openapi_chatflow.json", "overlays"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert stale_contract(other) == ["dify_conformance/contract.json"]


@pytest.mark.parametrize("state", FOLDERS)
def test_differences_of_recordings_are_known(state: str) -> None:
    version = {one.response["headers"].get("x-version") for one in complete(state)} - {None}
    assert len(version) == 1
    known = parse_version(version.pop())
    found = [
        one for exchange in recorded(ROOT / "tests/recordings" / state) for one in differences(corrected(), exchange)
    ]
    assert [one for one in found if known_reason(one, known) is None] == []
    assert [one for one in found if known_reason(one, None) is None] == []


@pytest.mark.parametrize("state", FOLDERS)
def test_all_recordings_fit_the_document(shared: Path, state: str) -> None:
    known = parse_version(VERSIONS[state].reported)
    exchanges = list(recorded(shared / FOLDERS[state]))
    assert len(exchanges) > 10
    found = [one for exchange in exchanges for one in differences(corrected(), exchange)]
    assert [one for one in found if known_reason(one, known) is None] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/workflow/no-id/events", "response 404 to a malformed id is text/html, not application/json"),
        (f"/workflow/{UNKNOWN_RUN}/events", "response 404 is text/html, not application/json"),
        ("/site", "response 404 is text/html, not application/json"),
    ],
)
def test_html_page_is_known_for_malformed_ids(path: str, text: str) -> None:
    (found,) = differences(corrected(), Exchange("lost", "GET", path, 404, "text/html", "<p>"))
    assert found.text == text
    assert (known_reason(found, (1, 14, 2)) is not None) is ("malformed" in text)


@pytest.mark.parametrize(
    ("label", "text", "since", "is_known"),
    [
        ("event node_started", "`StreamEventNodeStarted.data.parallel_id`", "1.9.1", True),
        ("event node_started", "`StreamEventNodeStarted.data.parallel_id`", "1.9.2", False),
        ("event message", "`StreamEventChatMessage.data.parallel_id`", "1.9.1", False),
        ("stream", "the event `parallel_branch_started` is not in the document", "1.8.1", True),
        ("stream", "the event `parallel_branch_started` is not in the document", "1.16.1", False),
        ("POST /text-to-audio", "response 200 is audio/wav, not audio/mpeg", "1.17.1", True),
        ("POST /text-to-audio", "response 200 is audio/wav, not audio/mpeg", "1.16.1", False),
    ],
)
def test_known_differences_depend_on_the_version(label: str, text: str, since: str, is_known: bool) -> None:
    found = Difference("field", label, "", text)
    assert (known_reason(found, parse_version(since)) is not None) is is_known


@pytest.mark.parametrize(
    ("text", "version"),
    [("1.16.1", (1, 16, 1)), ("v1.4", (1, 4)), ("1.14.2-fix.1", (1, 14, 2)), ("main", None), (None, None)],
)
def test_versions_are_read_from_headers(text: str | None, version: tuple[int, ...] | None) -> None:
    assert parse_version(text) == version


def test_kinds_are_those_of_the_local_server() -> None:
    for one in VERSIONS.values():
        version = parse_version(one.reported)
        assert version
        assert kind_of(version).letter == one.kind
    assert {one.kind for one in VERSIONS.values()} == {kind.letter for kind in KINDS}


def test_codes_are_those_of_the_client() -> None:
    for event in ("ErrorResponse/properties/code", "StreamEventChatError/allOf/2/properties/code"):
        place = f"/components/schemas/{event}"
        assert corrected().schemas[place].get("listed") == list(get_args(KnownErrorCode)), place
