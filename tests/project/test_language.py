"""Language of the project: the words that its prose avoids, and the length of test names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.project.prose import Passage, count, read_descriptions, read_file, read_project, without_code


def findings(folder: Path, name: str, text: str) -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [finding for passage in read_file(path, Path(name)) for finding in passage.findings()]


def test_project_avoids_forbidden_words() -> None:
    passages = list(read_project(ROOT))
    kinds = {passage.kind for passage in passages}
    assert kinds >= {"comment", "description", "docstring", "function docstring", "message", "page", "test name"}
    assert [finding for passage in passages for finding in passage.findings()] == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.py", '"""Parse what the server said."""', "a.py:1: docstring has 'said' (say)"),
        ("a.py", "x = 1\n# Fine here,\n# but the run goes\n# on.", "a.py:3: comment has 'goes\\non' (go on)"),
        ("a.py", 'def f():\n    """What it does."""', "a.py:2: docstring opens with 'What'"),
        ("a.py", '@property\ndef f():\n    """What it is."""', "a.py:3: docstring opens with 'What'"),
        ("pipeline/a.py", 'raise ValueError(f"mend {1}")', "pipeline/a.py:1: message has 'mend' (mend)"),
        ("a.py", "def test_a_b_c_d_e_f_g_h(): ...", "a.py:1: test name has 8 words, at most 7"),
        ("a.py", "def test_house(): ...", "a.py:1: test name has 'house' (house, room)"),
        ("a.md", "Fine.\n\n| the whole answer |", "a.md:3: page has 'whole' (whole)"),
        ("Makefile", "all: ## what it tells", "Makefile:1: comment has 'tells' (tell)"),
        ("Makefile", '\t@echo "stands"', "Makefile:1: message has 'stands' (stand)"),
        ("a.jinja", "{# its twin #}", "a.jinja:1: template has 'twin' (twin)"),
        ("a.yaml", "a: 1 # both halves", "a.yaml:1: comment has 'both halves' (half)"),
        (
            "overlays/spec/a.yaml",
            "actions: [{description: came}]",
            "overlays/spec/a.yaml:/actions/0/description: description has 'came' (came, went)",
        ),
    ],
)
def test_planted_breach_is_found(tmp_path: Path, name: str, text: str, expected: str) -> None:
    assert expected in [finding.replace("\n", "\\n") for finding in findings(tmp_path, name, text)]


def test_code_is_not_prose(tmp_path: Path) -> None:
    page = "Fine `told`.\n\n```python\nsaid = 1\n```\n\nSee [here](house.md).\n"
    assert findings(tmp_path, "a.md", page) == []
    docstring = '"""Fine.\n\nExample:\n    said = 1\n\n    went()\n\n>>> told()\n"""\nx = "struck"\n'
    assert findings(tmp_path, "a.py", docstring) == []
    assert findings(tmp_path, "a.md", "A standard, a whole number, half a second, housekeeping.") == []


def test_property_may_open_with_whether(tmp_path: Path) -> None:
    assert findings(tmp_path, "a.py", '@property\ndef f():\n    """Whether it is closed."""') == []


def test_samples_are_not_descriptions() -> None:
    document: dict[str, Any] = {
        "a": {"example": {"description": "said"}, "description": "Fine.", "properties": {"summary": {}}}
    }
    assert [passage.text for passage in read_descriptions(Path("a"), document)] == ["Fine."]


def test_line_breaks_survive_removal_of_code() -> None:
    text = "one\n```\ntwo\n```\nthree"
    assert without_code(text).count("\n") == text.count("\n")


def test_counts_are_per_10_000_words() -> None:
    passages = [
        Passage(Path("a"), 1, "function docstring", "Return what was said."),
        Passage(Path("a"), 2, "comment", "x " * 96),
    ]
    counted = count(passages)
    assert counted["words"] == 100
    assert (counted["say"], counted["“Return …”"], counted["tell"]) == (100.0, 100.0, 0.0)
