"""The package's log: a debug line for each request and response, without keys and bodies."""

from __future__ import annotations

import logging
import os

LOGGER = logging.getLogger("dify_chatflow")


def switch_on() -> None:
    """Print the log to standard error when `DIFY_LOG` names a level (`debug`, `info`); without it, do nothing."""
    level = logging.getLevelNamesMapping().get(os.environ.get("DIFY_LOG", "").upper())
    if level is None:
        return
    LOGGER.setLevel(level)
    if not LOGGER.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        LOGGER.addHandler(handler)
