"""The generator: openapi-python-client with its settings, templates and formatter, held to losing nothing."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import textwrap
import traceback
import unicodedata
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline import yaml_file
from pipeline.document import Document, escape, is_list, is_object, operations
from pipeline.errors import PipelineError
from pipeline.layout import Project
from pipeline.normalise import for_generator
from pipeline.optional import spell_optional_as_none

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from openapi_python_client.config import ConfigFile

PACKAGE = "dify_chatflow_client"
GENERATOR = "openapi_python_client"
# Attributes of the generated models' base class, which the generator has to rename where a property has their name.
MODEL_ATTRIBUTES = {
    "additional_keys",
    "additional_properties",
    "from_dict",
    "get",
    "keys",
    "to_dict",
    "to_json",
    "to_multipart",
}


@dataclass(frozen=True)
class Job:
    """A package to generate.

    Attributes:
        document: The corrected document.
        project: The project with the settings and templates.
        folder: The folder for the package.
        strict: Whether warnings are errors, and so are operations without a module.
        is_project: Whether the document is that of the project, for which every class override must have a class.
        is_formatted: Whether to format the package, which a comparison does not need.
    """

    document: Document
    project: Project
    folder: Path
    strict: bool = True
    is_project: bool = True
    is_formatted: bool = True


def run_generator(job: Job) -> Path:
    """Return the generated package; raise PipelineError if the generator refuses the document."""
    if problem := unusable_name(job.document):
        raise problem
    settings = load_settings(job.project.config)
    package = job.folder / PACKAGE
    with redirect_stdout(io.StringIO()):
        try:
            errors = build(job, settings, package)
        except Exception as error:  # noqa: BLE001 - a crash of the generator is a problem of the document
            raise PipelineError(GENERATOR, f"fails: {traceback.format_exception_only(error)[-1].strip()}") from None
    if not package.is_dir() or any(job.strict or error.level.name == "ERROR" for error in errors):
        raise PipelineError(GENERATOR, f"fails: {describe_failure(errors)}")
    if job.is_formatted:
        format_package(package, job.project)
    if job.strict and (lost := lost_operations(job.document, package)):
        raise PipelineError(GENERATOR, f"drops {', '.join(lost)}; give each operation a unique operationId")
    if job.strict and job.is_project:
        check_overrides(job.project.config, package)
    (package / "py.typed").touch()
    return package


def build(job: Job, settings: ConfigFile, package: Path) -> list[Any]:
    """Write the package and return the generator's errors and warnings."""
    from openapi_python_client import Project, strings
    from openapi_python_client.config import Config, MetaType
    from openapi_python_client.parser import GeneratorData

    strings.RESERVED_WORDS.update(MODEL_ATTRIBUTES)
    spell_optional_as_none()
    copy_endpoints_shallowly()
    unformatted = settings.model_copy(update={"post_hooks": []})
    config = Config.from_sources(unformatted, MetaType.NONE, job.folder, "utf-8", overwrite=False, output_path=package)
    data = GeneratorData.from_dict(for_generator(job.document), config=config)
    if not isinstance(data, GeneratorData):
        return [data]
    project = Project(openapi=data, config=config, custom_template_path=job.project.templates)
    project.env.bytecode_cache = templates()
    # The templates escape each name several times, which takes a sixth of their time.
    project.env.filters["in_double_quote_literal"] = cache(strings.in_double_quote_literal)
    return list(project.build())


def format_package(package: Path, project: Project) -> None:
    """Run the commands of the settings that format a package; raise PipelineError if one fails."""
    with formatter_in_path():
        for command in load_settings(project.config).post_hooks or ():
            tool = command.partition(" ")[0]
            if shutil.which(tool) is None:
                raise PipelineError(project.config, f"post_hooks: {tool} is not in PATH; run make, which installs it")
            # The commands are the project's own, and written for a shell.
            result = subprocess.run(command, cwd=package, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
            if result.returncode:
                output = textwrap.shorten(result.stderr or result.stdout, 400, placeholder=" …")
                raise PipelineError(GENERATOR, f"fails: {tool} failed: {output or 'no reason given'}")


@cache
def copy_endpoints_shallowly() -> None:
    """Make the generator copy an endpoint without its schemas: deep copies take a tenth of its time, and serve none."""
    from openapi_python_client.parser import openapi

    def copy_endpoint(endpoint: Any) -> Any:
        copied = copy(endpoint)
        for name, value in cast("dict[str, object]", vars(endpoint)).items():
            if type(value) in (list, set):
                setattr(copied, name, copy(value))
        return copied

    setattr(openapi, "deepcopy", copy_endpoint)  # noqa: B010 - a name that the module imports, not one that it exports


@cache
def templates() -> BytecodeCache:
    """Return the compiled templates of this process, which take as long to compile as a package to write."""
    from jinja2.bccache import Bucket, BytecodeCache

    class Memory(BytecodeCache):
        def __init__(self) -> None:
            self.compiled: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key + bucket.checksum in self.compiled:
                bucket.bytecode_from_string(self.compiled[bucket.key + bucket.checksum])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.compiled[bucket.key + bucket.checksum] = bucket.bytecode_to_string()

    return Memory()


@contextmanager
def formatter_in_path() -> Generator[None]:
    """Put this interpreter's environment first in PATH, as the formatter has to be the one that is installed there."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def load_settings(config: Path) -> ConfigFile:
    """Return the settings; raise PipelineError for invalid and unknown ones, and without the generator."""
    try:
        from openapi_python_client.config import ConfigFile
    except ImportError:
        raise PipelineError("openapi-python-client", "is not installed; run make clean and make") from None
    from pydantic import ValidationError

    settings, _ = yaml_file.load(config, "the generator's settings")
    try:
        checked = ConfigFile.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise PipelineError(config, f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from None
    if unknown := settings.keys() - ConfigFile.model_fields.keys():
        raise PipelineError(config, f"has settings the generator does not know: {', '.join(sorted(unknown))}")
    return checked


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


def describe_failure(errors: Iterable[Any]) -> str:
    """Return the generator's errors and warnings as one line."""
    listed = (word for error in errors for text in (error.header, error.detail) for word in str(text or "").split())
    text = re.sub(r"<\S*UntrustedString object at \w+>", "…", " ".join(listed))
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
