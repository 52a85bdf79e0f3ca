"""The generator's process: check the settings, and generate one package after another.

python -m pipeline.settings '[["generator-config.yaml", ["generate", "--path", …]], …]'
"""

from __future__ import annotations

import io
import json
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from pipeline import yaml_file
from pipeline.errors import PipelineError

# Attributes of the generated models' base class, which the generator has to rename where a property has their name.
MODEL_ATTRIBUTES = {
    "additional_keys",
    "additional_properties",
    "from_dict",
    "json_names",
    "to_dict",
    "to_multipart",
}


def main() -> None:
    """Print the result of each job as JSON: exit code, output, and the place and problem of refused settings."""
    sys.stdout.write(json.dumps([run(Path(config), arguments) for config, arguments in json.loads(sys.argv[1])]))


def run(config: Path, arguments: list[str]) -> tuple[int, str, tuple[str, str] | None]:
    """Run the generator once."""
    try:
        check_settings(config)
    except PipelineError as error:
        return 1, "", (str(error.place), error.problem)
    from openapi_python_client import strings
    from openapi_python_client.cli import app

    strings.RESERVED_WORDS.update(MODEL_ATTRIBUTES)
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        try:
            code = int(app(arguments, standalone_mode=False) or 0)
        except Exception:  # noqa: BLE001 - the next job does not depend on this one
            traceback.print_exc()
            code = 1
    return code, output.getvalue(), None


def check_settings(config: Path) -> None:
    """Raise PipelineError for missing, invalid or unknown settings; the generator ignores unknown ones."""
    try:
        from openapi_python_client.config import ConfigFile
    except ImportError:
        raise PipelineError("openapi-python-client", "is not installed; run make clean and make") from None
    from pydantic import ValidationError

    settings, _ = yaml_file.load(config, "the generator's settings")
    try:
        ConfigFile.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise PipelineError(config, f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from None
    if unknown := settings.keys() - ConfigFile.model_fields.keys():
        raise PipelineError(config, f"has settings the generator does not know: {', '.join(sorted(unknown))}")


if __name__ == "__main__":
    main()
