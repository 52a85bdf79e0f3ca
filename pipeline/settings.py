"""Validation of the generator's settings, in the process of the generator, as its import is slow.

python -m pipeline.settings generator-config.yaml generate --path …
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline import yaml_file
from pipeline.errors import PipelineError

# Exit code for invalid settings; the generator does not use it.
REFUSED = 78


def main() -> None:
    """Run the generator with the arguments after the settings' path; print invalid settings to stderr as JSON."""
    try:
        check_settings(Path(sys.argv.pop(1)))
    except PipelineError as error:
        sys.stderr.write(json.dumps([error.place, error.problem]))
        sys.exit(REFUSED)
    from openapi_python_client.cli import app

    app()


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
