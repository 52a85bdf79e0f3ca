"""The generator: openapi-python-client with its settings, templates and formatter, held to losing nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import yaml_file
from pipeline.document import Document, escape, is_list, is_object, operations
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.normalise import for_generator

PACKAGE = "dify_chatflow_client"
GENERATOR = "openapi_python_client"
# Lines of the generator's output that do not describe a problem.
NOISE = ("Generating ", "If you believe this was a mistake", "Please report", "Warning(s) encountered", "Error(s) enc")


@dataclass(frozen=True)
class Job:
    """A package to generate.

    Attributes:
        document: The corrected document.
        project: The project with the settings and templates.
        folder: The folder for the package.
        strict: Whether warnings are errors, and so are operations without a module.
        is_project: Whether the document is that of the project, for which every class override must have a class.
    """

    document: Document
    project: Project
    folder: Path
    strict: bool = True
    is_project: bool = True


def run_generator(job: Job) -> Path:
    """Return the generated package; raise PipelineError if the generator refuses the document."""
    (problem,) = run_generators([job])
    if problem:
        raise problem
    return job.folder / PACKAGE


def run_generators(jobs: list[Job]) -> list[PipelineError | None]:
    """Generate several packages in one process; return the reason for each that the generator refuses.

    One process, because importing the generator takes as long as generating a package.
    """
    problems: list[PipelineError | None] = [unusable_name(job.document) for job in jobs]
    started = [job for job, problem in zip(jobs, problems, strict=True) if problem is None]
    if not started:
        return problems
    command = [sys.executable, "-m", "pipeline.settings", json.dumps([prepared(job) for job in started])]
    # The formatter has to be the one of this interpreter's environment, not another one in PATH.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    here = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PATH": path, "PYTHONPATH": here}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode:
        raise PipelineError(GENERATOR, f"fails: {describe_failure(result.stdout + result.stderr)}")
    results = iter(json.loads(result.stdout))
    return [problem or outcome(job, *next(results)) for job, problem in zip(jobs, problems, strict=True)]


def prepared(job: Job) -> tuple[str, list[str]]:
    """Write the document for the generator and return the settings and the arguments."""
    source = job.folder / "corrected.json"
    source.write_text(json.dumps(for_generator(job.document), indent=1, ensure_ascii=False), encoding="utf-8")
    config, templates = str(job.project.config), str(job.project.templates)
    arguments = ["generate", "--meta", "none", *(["--fail-on-warning"] if job.strict else [])]
    arguments += ["--path", str(source), "--config", config, "--custom-template-path", templates]
    return config, [*arguments, "--output-path", str(job.folder / PACKAGE)]


def outcome(job: Job, code: int, output: str, refused: tuple[str, str] | None) -> PipelineError | None:
    """Complete a package; return the reason if there is none, or not all of it."""
    package = job.folder / PACKAGE
    if refused:
        return PipelineError(*refused)
    if code or not package.is_dir():
        return PipelineError(GENERATOR, f"fails: {describe_failure(output)}")
    if job.strict and (lost := lost_operations(job.document, package)):
        return PipelineError(GENERATOR, f"drops {', '.join(lost)}; give each operation a unique operationId")
    if job.strict and job.is_project:
        check_overrides(job.project.config, package)
    (package / "py.typed").touch()
    return None


def unusable_name(document: Document) -> PipelineError | None:
    """Return a problem for the first name that Python would read as another name.

    Python normalises identifiers (PEP 3131), so that a full-width letter in generated code becomes a plain one.
    """
    for pointer, name in names(document):
        kept = "".join(letter for letter in name if letter.isidentifier() or letter.isdecimal())
        normal = unicodedata.normalize("NFKC", kept)
        if normal != kept:
            return PipelineError(
                GENERATOR, f"cannot name {name!r} at {pointer}, which Python reads as {normal!r}; rename it"
            )
    return None


def names(node: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield the names of schemas, properties, parameters, operations and tags with their pointers."""
    for key, child in node.items() if is_object(node) else enumerate(node) if is_list(node) else ():
        place = f"{pointer}/{escape(str(key))}"
        if key in ("properties", "schemas") and is_object(child):
            yield from ((f"{place}/{escape(name)}", name) for name in child)
        elif key in ("name", "operationId", "title") and isinstance(child, str):
            yield place, child
        elif key == "tags" and is_list(child):
            yield from ((f"{place}/{index}", tag) for index, tag in enumerate(child) if isinstance(tag, str))
        if key not in ("example", "examples", "default", "enum"):
            yield from names(child, place)


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
