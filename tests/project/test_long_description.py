"""The long description that package indexes show."""

from __future__ import annotations

import re

import pytest

from hatch_build import long_description
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCE = "https://host.example/a/b"


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]*)\)", text)


def test_links_lead_to_the_tag() -> None:
    targets = links(long_description(README, f"{SOURCE}/", "1.2.3"))
    assert f"{SOURCE}/blob/v1.2.3/docs/client.md" in targets
    assert all(target.startswith("https://") for target in targets)
    paths = [target.partition("v1.2.3/")[2] for target in targets if target.startswith(SOURCE)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_unknown_repository_leaves_no_links() -> None:
    text = long_description(README, None, "1.2.3")
    assert links(text) == ["https://dify.ai"]
    assert "26 typed events, and" in text


@pytest.mark.parametrize("source", [None, SOURCE])
def test_commands_for_contributors_are_left_out(source: str | None) -> None:
    text = long_description(README, source, "1.2.3")
    assert "make demo" in README
    assert "make " not in text
    assert ("## Documentation" in text) == (source is not None)
    assert all(heading in text for heading in ("## Install", "## First chat", "## Streaming", "## Errors", "MIT"))
