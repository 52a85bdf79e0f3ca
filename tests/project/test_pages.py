"""Pages of the project: their links, and the paths and targets that they mention."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.project.prose import without_code

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*ROOT.glob("*.md"), *DOCS, ROOT / "benchmarks" / "README.md"]
TOP = {path.name for path in ROOT.iterdir()}


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8")):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_of_the_project_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = [span for span in re.findall(r"`([\w./-]+/[\w./-]*)`", text) if span.split("/")[0] in TOP]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) <= targets


def test_every_page_is_linked() -> None:
    pages = [ROOT / "README.md", *DOCS]
    links = {
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    }
    assert [page.name for page in DOCS if page not in links] == []


def test_readme_starts_with_installation() -> None:
    headings = re.findall(r"^## (.*)$", without_code((ROOT / "README.md").read_text(encoding="utf-8")), re.MULTILINE)
    assert (headings[0], headings[-1]) == ("Install", "Development")
