"""The generator's settings: looked at before the generator starts, in the one process that has to import it.

python -m pipeline.settings generator-config.yaml generate --path …
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline import yaml_file
from pipeline.errors import PipelineError

# The exit code for settings that will not do; none of the generator's own.
REFUSED = 78


def main() -> None:
    """Run the generator with the arguments after the settings' path; a refusal goes to standard error as JSON."""
    try:
        check_settings(Path(sys.argv.pop(1)))
    except PipelineError as error:
        sys.stderr.write(json.dumps([error.place, error.problem]))
        sys.exit(REFUSED)
    from openapi_python_client.cli import app

    app()


def check_settings(config: Path) -> None:
    """PipelineError where the settings are missing, broken, or unknown to the generator, which passes over those."""
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
