"""Wheel and sdist: their contents, and installation into an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if "DIST" in os.environ:
        folder = ROOT / os.environ["DIST"]  # a release tests the files that it publishes
    else:
        folder = tmp_path_factory.mktemp("dist")
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_only_typed_packages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packages = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert packages == {"dify_chatflow", "dify_chatflow_cli", "dify_chatflow_client", "dify_conformance", "local_dify"}
    assert {f"{package}/py.typed" for package in packages} | {
        "local_dify/default.yaml",
        "dify_conformance/contract.json",
    } <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_sdist_holds_packages_and_metadata(wheel: Path) -> None:
    # `build` makes the wheel from the sdist, so the wheel fixture covers its contents.
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [Path(name).parts[1:] for name in archive.getnames()]
    described = {"README.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", "pyproject.toml", "hatch_build.py", ".gitignore"}
    assert {
        "/".join(name) for name in names if name[0] not in ("overlays", "generated", "dify_conformance", "local_dify")
    } == described
    assert {name[1] for name in names if name[0] in ("overlays", "generated")} == {
        "dify_chatflow",
        "dify_chatflow_cli",
        "dify_chatflow_client",
    }


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_build_installs_in_empty_environment(wheel: Path, kind: str, tmp_path: Path) -> None:
    (sdist,) = wheel.parent.glob("*.tar.gz")
    built = wheel if kind == "wheel" else sdist
    venv.create(tmp_path)
    python = tmp_path / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--no-compile"]
    subprocess.run(
        [*install, "-c", str(ROOT / "constraints.txt"), str(built)], check=True, capture_output=True, timeout=240
    )
    code = (
        "import dify_chatflow, importlib.metadata as m\n"
        "from dify_chatflow_client import models\n"
        "print(all(hasattr(models, name) for name in models.__all__), m.version('dify-chatflow'))"
    )
    result = subprocess.run([str(python), "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert result.stdout.startswith("True 0.")
    command = subprocess.run([str(python.with_name("dify-chatflow"))], capture_output=True, text=True, check=False)
    assert (command.returncode, command.stderr) == (1, 'error: typer is missing; pip install "dify-chatflow[cli]"\n')
