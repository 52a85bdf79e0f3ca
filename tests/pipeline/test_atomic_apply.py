"""Files go back into the tree all together or not at all, whatever ends the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.update import atomic_apply as module
from pipeline.update.atomic_apply import FOLDER, recover, take_back
from tests.conftest import ROOT

OLD = {"spec.json": "old", "generated/a.py": "old", "generated/gone.py": "old", "other": "kept"}
NEW = {"spec.json": "new", "generated/a.py": "new", "generated/deep/b.py": "new", "other": "kept"}
CHANGED = ["spec.json", "generated/a.py", "generated/gone.py", "generated/deep/b.py"]


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def state(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def trees(tmp_path: Path) -> tuple[Path, Path]:
    return plant(tmp_path / "root", OLD), plant(tmp_path / "copy", NEW)


def test_all_files_go_back(trees: tuple[Path, Path]) -> None:
    take_back(*trees, CHANGED)
    assert state(trees[0]) == NEW
    assert not recover(trees[0])


@pytest.mark.parametrize("step", range(len(CHANGED)))
def test_a_disk_that_fails_changes_nothing(
    trees: tuple[Path, Path], step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = module.put
    broken = trees[0] / CHANGED[step]

    def failing(source: Path, target: Path) -> None:
        if "new" in source.parts and target == broken:
            raise OSError(28, "No space left on device")
        put(source, target)

    monkeypatch.setattr(module, "put", failing)
    with pytest.raises(PipelineError, match="No space left"):
        take_back(*trees, CHANGED)
    assert state(trees[0]) == OLD


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.update import atomic_apply as module
put, done = module.put, []
def deadly(source, target):
    if len(done) == {step}:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(put(source, target))
module.put = deadly
module.take_back(Path({root!r}), Path({copy!r}), {names!r})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("step", [0, 2, 3])
def test_the_next_command_undoes_what_a_killed_one_began(trees: tuple[Path, Path], step: int) -> None:
    code = KILLED.format(step=step, root=str(trees[0]), copy=str(trees[1]), names=CHANGED)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], check=False, env=environment)
    assert result.returncode == -signal.SIGKILL
    (trees[0] / "other").write_text("changed since")
    assert recover(trees[0])
    assert state(trees[0]) == {**OLD, "other": "changed since"}


def test_what_was_changed_after_the_kill_stays(trees: tuple[Path, Path]) -> None:
    root, copy = trees
    module.prepare(root, copy, CHANGED)
    module.write(root / FOLDER / module.MANIFEST, '["spec.json"]')
    (root / "spec.json").write_text("mended by hand")
    assert recover(root)
    assert (root / "spec.json").read_text() == "mended by hand"
    assert not (root / FOLDER).exists()


def test_a_kill_before_anything_was_put_leaves_only_a_folder(trees: tuple[Path, Path]) -> None:
    module.prepare(*trees, CHANGED)
    assert not recover(trees[0])
    assert state(trees[0]) == OLD
