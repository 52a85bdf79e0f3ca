"""A folder takes another one's place in one step, or everything stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import folders
from pipeline.errors import PipelineError
from pipeline.folders import differences, swap, temporary_folder


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "a.py").write_text(text)
    return path


def never(_one: Path, _other: Path) -> bool:
    return False


@pytest.mark.parametrize("exchanges", [True, False])
def test_new_folder_replaces_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool) -> None:
    if not exchanges:
        monkeypatch.setattr(folders, "exchange", never)
    target = tmp_path / "target"
    for text in ("first", "second"):
        with temporary_folder(tmp_path) as beside:
            swap(folder(beside / "made", text), target)
        assert (target / "a.py").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_failed_move_restores_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "exchange", never)
    target = folder(tmp_path / "target", "old")
    with pytest.raises(OSError, match="No such file"):
        swap(tmp_path / "gone", target)
    assert (target / "a.py").read_text() == "old"


def test_unwritable_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PipelineError, match="cannot be written"), temporary_folder(tmp_path / "file" / "inner"):
        raise AssertionError


def test_differences_are_new_lost_and_changed_sources(tmp_path: Path) -> None:
    made, kept = folder(tmp_path / "made", "x"), folder(tmp_path / "kept", "y")
    (made / "new.py").touch()
    (kept / "lost.py").touch()
    for place in (made, kept):
        (place / "same.py").write_text("same")
    folder(kept / "__pycache__", "compiled")
    assert sorted(differences(made, kept)) == ["a.py", "lost.py", "new.py"]
