"""Redaction: keys that a server echoes, in any common encoding, and terminal codes do not reach messages."""

from __future__ import annotations

import html
import re
from typing import Any, cast
from urllib.parse import unquote

HIDDEN = "…"
# Shorter keys occur in ordinary words.
SHORTEST_KEY = 8
# The keys of this process; the oldest is forgotten first.
MAX_KEYS = 256
KEYS: dict[str, None] = {}

# Headers of a request that an error shows; others may hold a secret.
SHOWN_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "host",
        "last-event-id",
        "traceparent",
        "transfer-encoding",
        "user-agent",
        "x-trace-id",
        "x-trace-session-id",
    }
)

ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# Sequences for terminals, other control characters except tab and newline, characters that reverse a text, and
# lone surrogates, which cannot be printed.
TERMINAL = re.compile(
    "\x1b\\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def remember_key(key: str) -> None:
    """Redact this key from now on."""
    if len(key) >= SHORTEST_KEY:
        KEYS[key] = KEYS.pop(key, None)
        if len(KEYS) > MAX_KEYS:
            KEYS.pop(next(iter(tuple(KEYS))), None)


def redact(value: Any) -> Any:
    """Return text, bytes or JSON without the keys; other values are returned unchanged."""
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, bytes):
        text = value.decode("utf-8", "surrogateescape")
        redacted = redact_text(text)
        return value if redacted == text else redacted.encode("utf-8", "surrogateescape")
    try:
        return redact_json(value)
    except RecursionError:
        return HIDDEN


def redact_json(value: Any) -> Any:
    """Return JSON without the keys."""
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, dict):
        fields = cast("dict[object, object]", value)
        return {redact_json(name): redact_json(item) for name, item in fields.items()}
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [redact_json(item) for item in items]
    return value


def redact_text(text: str) -> str:
    """Return a text without the keys; one that holds an encoded key is decoded first."""
    is_encoded = "&" in text or "\\u" in text or "%" in text
    decoded = decode(text) if is_encoded and KEYS else text
    for key in tuple(KEYS):  # other threads add keys
        if key in decoded and key not in text:
            text = decoded
        if key in text:
            text, decoded = text.replace(key, HIDDEN), decoded.replace(key, HIDDEN)
    return text


def decode(text: str) -> str:
    """Return a text with its JSON, HTML and URL escapes replaced."""
    return unquote(html.unescape(ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)))


def clean_message(text: str) -> str:
    """Return a message without keys and terminal codes."""
    # An encoded key is found by decoding the text, which can yield terminal codes.
    return TERMINAL.sub("", redact_text(TERMINAL.sub("", text)))


def redact_error(error: BaseException | None) -> None:
    """Remove keys and terminal codes from the texts of an error and its causes, which tracebacks show."""
    while error is not None:
        error.args = tuple(clean_message(part) if isinstance(part, str) else part for part in error.args)
        error = error.__cause__ or error.__context__


def hide_key(request: Any) -> None:
    """Hide the key in a request that was answered."""
    if "authorization" in request.headers:
        request.headers["authorization"] = "[hidden]"


def hide_headers(request: Any, response: Any) -> None:
    """Hide the headers of a request that was sent, and a key that the response's reason phrase echoes."""
    for sent in filter(None, (request, getattr(response, "request", None))):
        for name in set(sent.headers) - SHOWN_HEADERS:
            sent.headers[name] = "[hidden]"
    if "reason_phrase" in getattr(response, "extensions", ()):
        response.extensions["reason_phrase"] = redact(response.extensions["reason_phrase"])
