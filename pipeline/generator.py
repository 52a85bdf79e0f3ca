"""The generator: openapi-python-client with its settings, templates and formatter, held to losing nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from pipeline import yaml_file
from pipeline.document import Document, operations
from pipeline.errors import PipelineError
from pipeline.normalise import for_generator
from pipeline.settings import REFUSED

PACKAGE = "dify_chatflow_client"
GENERATOR = "openapi_python_client"
# Lines of the generator's output that do not describe a problem.
NOISE = ("Generating ", "If you believe this was a mistake", "Please report", "Warning(s) encountered", "Error(s) enc")


def run_generator(
    document: Document, config: Path, templates: Path, folder: Path, *, strict: bool = True, is_project: bool = True
) -> Path:
    """Generate the package from a corrected document in `folder` and return its path.

    Raise PipelineError where the generator fails. When `strict`, a warning is an error, too, and so are an operation
    without a module and, for the document of this project, a class override without a class.
    """
    source, package = folder / "corrected.json", folder / PACKAGE
    source.write_text(json.dumps(for_generator(document), indent=1, ensure_ascii=False), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "pipeline.settings", str(config), "generate", "--meta", "none"),
        *(["--fail-on-warning"] if strict else []),
        *("--path", str(source), "--config", str(config)),
        *("--custom-template-path", str(templates), "--output-path", str(package)),
    ]
    # The formatter has to be the one of this interpreter's environment, not another one in PATH.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    here = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "TYPER_STANDARD_TRACEBACK": "1", "PATH": path, "PYTHONPATH": here}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode == REFUSED:
        raise PipelineError(*json.loads(result.stderr))
    if result.returncode or not package.is_dir():
        raise PipelineError(GENERATOR, f"fails: {describe_failure(result.stdout + result.stderr)}")
    if strict and (lost := lost_operations(document, package)):
        raise PipelineError(GENERATOR, f"drops {', '.join(lost)}; give each operation a unique operationId")
    if strict and is_project:
        check_overrides(config, package)
    (package / "py.typed").touch()
    return package


def describe_failure(output: str) -> str:
    """Return the problem from the generator's output, or the last line of its traceback."""
    output = re.sub(r"<\S*UntrustedString object at \w+>", "…", output)
    if "Traceback (most recent call last)" in output:
        return output.strip().splitlines()[-1]
    lines = [line.strip() for line in output.splitlines()]
    text = " ".join(line for line in lines if line and not line.startswith(NOISE))
    return textwrap.shorten(text, 400, placeholder=" …") or "no reason given"


def class_overrides(config: Path) -> dict[str, str]:
    """Return the names that the settings give to classes, by the names the generator would give them."""
    settings, _ = yaml_file.load(config, "the generator's settings")
    overrides: dict[str, Any] = settings.get("class_overrides") or {}
    return {name: one.get("class_name", name) for name, one in overrides.items()}


def check_overrides(config: Path, package: Path) -> None:
    """Raise PipelineError for a class override that renames no class, as after its schema has left the document."""
    listing = (package / "models" / "__init__.py").read_text(encoding="utf-8")
    made = set(re.findall(r'^    "(\w+)": "\.\w+",$', listing, re.MULTILINE))
    for name, override in class_overrides(config).items():
        if override not in made:
            raise PipelineError(config, f"class_overrides: no schema gives a class {name}; remove or correct the line")


def lost_operations(document: Document, package: Path) -> list[str]:
    """Return the operations without a module, because another operation has the same module name."""
    text = "".join(path.read_text(encoding="utf-8") for path in (package / "api").rglob("*.py"))
    found = re.findall(r'^    "([A-Z]+)",\s+"(/[^"]*)",$', text, re.MULTILINE)
    kept = {(method, without_parameter_names(path)) for method, path in found}
    wanted = [(method.upper(), path) for method, path, _ in operations(document)]
    return [f"{method} {path}" for method, path in wanted if (method, without_parameter_names(path)) not in kept]


def without_parameter_names(path: str) -> str:
    """Return a path without the names of its parameters, which are spelled differently in a module."""
    return re.sub(r"\{[^}]*\}", "{}", path)
