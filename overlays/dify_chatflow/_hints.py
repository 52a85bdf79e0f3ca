"""Hints: what to do about an error whose cause is likely known."""

from __future__ import annotations

import re
from collections.abc import Mapping

UNAUTHORIZED, NOT_FOUND, METHOD_NOT_ALLOWED = 401, 404, 405
# Proxies report so that they gave up waiting for the server, which still has the request; 520 to 524 are Cloudflare's.
GIVEN_UP = frozenset({502, 504, 520, 521, 522, 523, 524})

# For a response that is not the API's.
WRONG_BASE_URL = "does the base URL end in /v1?"
# Servers look only among those of the end user that the request names.
UNKNOWN_TO_USER = re.compile(r"\b(conversation|message) not exists", re.IGNORECASE)
# By the code that the server sends.
HINTS: Mapping[str, str] = {
    "app_unavailable": "publish the app in Dify",
    "conversation_completed": "start a new conversation",
    "model_currently_not_support": "choose another model in the app",
    "not_chat_app": "the API key belongs to an app of another kind; use the key of a chatflow",
    "provider_not_initialize": "set up the model provider in Dify",
    "provider_quota_exceeded": "raise the quota of the model provider, or set your own key for it in Dify",
}


def status_hint(status: int, code: str | None, message: str, base_url: str, run_hint: str | None = None) -> str | None:
    """Return the hint for an error status; None where its message is enough.

    Args:
        status: The HTTP status.
        code: The server's code; None where a proxy answered.
        message: The server's message.
        base_url: The URL of the API, which may have caused the error.
        run_hint: The hint for a request that may have started a run; None for another.
    """
    if status in GIVEN_UP and code is None:
        return run_hint
    if status == UNAUTHORIZED:
        return f"use an API key of the app, and the base URL of its server: {base_url}"
    # Only for an unknown path there is no code (recording 005_unknown_route), also for an id that is no UUID (129).
    if status in (NOT_FOUND, METHOD_NOT_ALLOWED) and code is None:
        if base_url.endswith("/v1"):
            return f"is the id a UUID, does the server have this endpoint, and is the base URL correct? {base_url}"
        return f"{WRONG_BASE_URL} {base_url}"
    if status == NOT_FOUND and (unknown := UNKNOWN_TO_USER.search(message)):
        return f"was the {unknown[1].lower()} deleted, or does it belong to another end user?"
    return None


def unreachable(name: str, text: str, base_url: str) -> str | None:
    """Return the hint for a server that was not reached, by the error's class and text."""
    if "WRONG_VERSION_NUMBER" in text:
        return f"the server answers without TLS; use http:// in the base URL: {base_url}"
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return f"the certificate of {base_url} is not trusted; set SSL_CERT_FILE, or pass an http_client that trusts it"
    if name == "ProxyError":
        return "check HTTP_PROXY, HTTPS_PROXY and NO_PROXY"
    return f"is the server running, and the base URL correct? {base_url}"


def started_run(run_id: str | None, conversation_id: str | None) -> str:
    """Return the hint for a request that may have started a run, by the ids that are known."""
    if run_id:
        place = f"runs.wait({run_id!r})"
    elif conversation_id:
        place = f"conversations.history({conversation_id!r})"
    else:
        place = "conversations.list() and conversations.history(...)"
    return f"the run may continue and is billed; look for its end with {place} before sending the query again"
