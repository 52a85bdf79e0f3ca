"""The package's log: a debug line for each request and response, without keys and bodies."""

from __future__ import annotations

import logging
import os
import re
import warnings

LOGGER = logging.getLogger("dify_chatflow")


# Values of `DIFY_LOG` that are no levels.
SWITCHED_ON, SWITCHED_OFF = frozenset({"1", "ON", "TRUE", "YES"}), frozenset({"", "0", "OFF", "FALSE", "NO"})

# The token of a form is all it takes to submit the form in somebody's name.
FORM_TOKEN = re.compile(r"(/form/human_input/)[^/?#\s\"]+")


def hide_form_tokens(record: logging.LogRecord) -> bool:
    """Replace the tokens of forms in a record of the HTTP library, which logs URLs; keep every record."""
    message = record.getMessage()
    if FORM_TOKEN.search(message):
        record.msg, record.args = FORM_TOKEN.sub(r"\1…", message), ()
    return True


def switch_on() -> None:
    """Hide secrets in the HTTP library's log, and print ours when `DIFY_LOG` is a level (`debug`, `info`), or 1."""
    logging.getLogger("httpx").addFilter(hide_form_tokens)
    name = os.environ.get("DIFY_LOG", "").strip().upper()
    level = logging.getLevelNamesMapping().get("DEBUG" if name in SWITCHED_ON else name)
    if level is None:
        if name not in SWITCHED_OFF:
            warnings.warn(f"DIFY_LOG is no level: {name.lower()!r:.60}; set it to debug, info or warning", stacklevel=3)
        return
    LOGGER.setLevel(level)
    if not LOGGER.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        LOGGER.addHandler(handler)
