"""Generation makes a complete package or changes nothing."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.errors import PipelineError
from pipeline.generate import generate, stale_files
from pipeline.generator import PACKAGE
from pipeline.layout import Project
from tests.conftest import ROOT
from tests.contract.cases import PROJECT
from tests.pipeline.test_vendored import taken_in

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
OK = {"200": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Create a small project with the templates and settings of this one, one operation and one correction."""
    small = Project(tmp_path / "project")
    small.corrections.mkdir(parents=True)
    small.templates.symlink_to(PROJECT.templates)
    settings = PROJECT.config.read_text(encoding="utf-8")
    small.config.write_text(re.sub(r"^class_overrides:\n(  .*\n)+", "", settings, flags=re.MULTILINE))
    write_spec(small, OK)
    (small.corrections / "one.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
        "  - target: $.components.schemas.Pet.properties\n    description: d\n    x-evidence: [e]\n"
        "    update: {age: {type: integer}}\n"
    )
    return small


def write_spec(project: Project, responses: dict[str, Any]) -> None:
    operation = {"operationId": "getPet", "tags": ["pets"], "responses": responses}
    spec = {
        "openapi": "3.0.1",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pet": {"get": operation}},
        "components": {"schemas": {"Pet": PET}},
    }
    project.spec.write_text(json.dumps(spec), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_generation_is_corrected_and_repeatable(project: Project) -> None:
    package = generate(project, project.spec, project.generated)
    first = contents(project.generated)
    assert {"__init__.py", "py.typed", "types.py", "models/pet.py", "api/pets/get_pet.py"} <= {
        str(path.relative_to(package)) for path in package.rglob("*")
    }
    assert b"age: int | None = None" in first[f"{PACKAGE}/models/pet.py"]
    generate(project, project.spec, project.generated)
    assert contents(project.generated) == first
    assert stale_files(project) == []
    (package / "models" / "pet.py").write_text("")
    (package / "models" / "old.py").write_text("")
    assert stale_files(project) == ["models/old.py", "models/pet.py"]


def test_document_without_models_is_generated(project: Project) -> None:
    write_spec(project, {"204": {"description": "d"}})
    spec = json.loads(project.spec.read_text())
    project.spec.write_text(json.dumps({**spec, "components": {}}))
    package = generate(project, project.spec, project.generated, is_corrected=False)
    assert "TYPE_CHECKING" not in (package / "models" / "__init__.py").read_text(encoding="utf-8")


def test_class_override_renames_class(project: Project) -> None:
    with project.config.open("a") as config:
        config.write("class_overrides:\n  Pet: {class_name: Animal}\n")
    package = generate(project, project.spec, project.generated)
    assert "class Animal(" in (package / "models" / "animal.py").read_text(encoding="utf-8")


def test_override_without_class_fails_generation(project: Project) -> None:
    with project.config.open("a") as config:
        config.write("class_overrides:\n  Cat: {class_name: Animal}\n")
    with pytest.raises(PipelineError, match="no schema gives a class Cat"):
        generate(project, project.spec, project.generated)
    assert not project.generated.exists() or not any(project.generated.iterdir())


def break_nothing_there(project: Project) -> None:
    project.spec.unlink()


def break_json(project: Project) -> None:
    project.spec.write_text("{")


def break_reference(project: Project) -> None:
    project.spec.write_text(project.spec.read_text().replace("schemas/Pet", "schemas/Gone"))


def break_correction(project: Project) -> None:
    path = project.corrections / "one.yaml"
    path.write_text(path.read_text().replace("Pet", "Gone"))


def break_specification(project: Project) -> None:
    write_spec(project, {"200": {}})


def break_config(project: Project) -> None:
    project.config.write_text("post_hooks: [")


def misspell_config(project: Project) -> None:
    project.config.write_text("no_such_setting: 1")


def mistype_config(project: Project) -> None:
    project.config.write_text("post_hooks: {a: 1}")


def empty_config(project: Project) -> None:
    project.config.write_text("")


def lose_config(project: Project) -> None:
    project.config.unlink()


def warn(project: Project) -> None:
    unread = {"description": "d", "content": {"application/xml": {"schema": {"type": "string"}}}}
    write_spec(project, {**OK, "400": unread})


def take_a_name(project: Project) -> None:
    spec = json.loads(project.spec.read_text())
    spec["paths"]["/other"] = {"get": {**spec["paths"]["/pet"]["get"], "operationId": "get_pet"}}
    project.spec.write_text(json.dumps(spec))


def fail_template(project: Project) -> None:
    project.templates.unlink()
    shutil.copytree(PROJECT.templates, project.templates)
    (project.templates / "model.py.jinja").write_text("{% endif %}")


def fail_formatter(project: Project) -> None:
    project.config.write_text(project.config.read_text().replace("ruff format", "ruff no-such-command"))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (break_nothing_there, "cannot be read"),
        (break_json, "is not valid JSON"),
        (break_reference, "which does not exist"),
        (break_correction, "matches nothing"),
        (break_specification, "#/paths/~1pet/get/responses/200: is not valid OpenAPI: "),
        (break_config, "generator-config.yaml:1: is not valid YAML"),
        (misspell_config, "generator-config.yaml: has settings the generator does not know: no_such_setting"),
        (mistype_config, "generator-config.yaml: post_hooks: Input should be a valid list"),
        (empty_config, "generator-config.yaml: the file: Input should be a valid dictionary"),
        (lose_config, "generator-config.yaml: cannot be read"),
        (warn, "WARNING parsing GET /pet within pets. Cannot parse response"),
        (take_a_name, "drops GET /pet"),
        (fail_template, "TemplateSyntaxError"),
        (fail_formatter, "ruff failed"),
    ],
)
def test_failure_changes_nothing_and_names_its_cause(project: Project, damage: Any, expected: str) -> None:
    kept = project.generated / PACKAGE
    kept.mkdir(parents=True)
    (kept / "precious.py").write_text("x = 1\n")
    damage(project)
    with pytest.raises(PipelineError) as caught:
        generate(project, project.spec, project.generated)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(project.generated) == {f"{PACKAGE}/precious.py": b"x = 1\n"}


def test_errors_are_one_line_with_status_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["generate", "--spec", str(tmp_path / "gone.json"), "--out", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "gone.json: cannot be read" in printed.err


@pytest.mark.parametrize("kind", ["folder", "file", "link", "notes"])
def test_other_files_are_never_replaced(project: Project, tmp_path: Path, kind: str) -> None:
    package = project.generated / PACKAGE
    if kind == "notes":
        generate(project, project.spec, project.generated)
        (package / "models" / "notes.txt").write_text("mine")
    elif kind == "folder":
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("mine")
    else:
        project.generated.mkdir()
        package.write_text("mine") if kind == "file" else package.symlink_to(tmp_path)
    before = contents(project.root)
    with pytest.raises(PipelineError, match="or give another --out"):
        generate(project, project.spec, project.generated)
    assert contents(project.root) == before
    assert package.is_symlink() == (kind == "link")


def test_unwritable_folder_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PipelineError, match="file: cannot be written"):
        generate(project, project.spec, tmp_path / "file")


def test_interruption_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(project, project.spec, project.generated)
    before = contents(project.generated)
    write_spec(project, {**OK, "201": OK["200"]})

    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", interrupt)
        with pytest.raises(KeyboardInterrupt):
            generate(project, project.spec, project.generated)
    assert contents(project.generated) == before


def test_kill_changes_nothing(project: Project) -> None:
    package = generate(project, project.spec, project.generated)
    before = contents(package)
    # The parent of the formatter is the process that generates.
    project.config.write_text(f"{project.config.read_text()}  - kill -9 $PPID\n")
    write_spec(project, {**OK, "201": OK["200"]})
    code = f"from pathlib import Path; from pipeline.generate import *; h = Project(Path({str(project.root)!r})); "
    command = [sys.executable, "-c", f"{code} generate(h, h.spec, h.generated)"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert contents(package) == before


def test_missing_generator_or_formatter_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "openapi_python_client.config", None)
        with pytest.raises(PipelineError, match="is not installed"):
            generate(project, project.spec, project.generated)
    monkeypatch.setattr(sys, "executable", str(project.root / "python"))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PipelineError, match="ruff is not in PATH"):
        generate(project, project.spec, project.generated)


def test_crash_of_the_generator_is_described(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openapi_python_client.Project.build", int)
    with pytest.raises(PipelineError, match="openapi_python_client: fails: TypeError: 'int'"):
        generate(project, project.spec, project.generated)


@pytest.fixture(scope="module")
def from_published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Return the published document and the package generated from it with the project's corrections."""
    out = tmp_path_factory.mktemp("published")
    spec = out / "published.json"
    spec.write_text(json.dumps(taken_in(shared)), encoding="utf-8")
    assert main(["generate", "--spec", str(spec), "--out", str(out)]) == 0
    yield spec, out
    shutil.rmtree(out)


def test_published_document_yields_the_same_surface(from_published: tuple[Path, Path]) -> None:
    _, out = from_published
    ours, theirs = (surface(folder / PACKAGE) for folder in (PROJECT.generated, out))
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if theirs[name] != ours[name]] == []


def surface(package: Path) -> dict[str, str]:
    """Every module without its docstrings."""
    return {str(path.relative_to(package)): bare(path.read_text(encoding="utf-8")) for path in package.rglob("*.py")}


def bare(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node):
            del node.body[0]
    return ast.dump(tree)


def test_contract_holds_for_the_published_document(from_published: tuple[Path, Path]) -> None:
    spec, out = from_published
    environment = {**os.environ, "PYTHONPATH": f"{out}{os.pathsep}{ROOT}", "CHATFLOW_SPEC": str(spec)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/contract"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]
    assert " passed" in result.stdout
