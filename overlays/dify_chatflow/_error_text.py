"""The text of an error response: its body as JSON or text, and a message on one line."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from dify_chatflow._transport import Response

MESSAGE_LENGTH = 300
# The part of an error page from which its text is taken.
PAGE_LENGTH = 100_000
HIDDEN_TAGS = ("script", "style", "title")


def read_body(response: Response, content: bytes) -> Any:
    """Return a response's body as JSON whatever its content type, else as text; an echo of the key is replaced."""
    key = response.request.headers.get("authorization", "").partition(" ")[2].encode()
    content = content.replace(key, "…".encode()) if key else content
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        pass
    try:
        text = content.decode(response.encoding or "utf-8", "replace")
    except (ValueError, LookupError):  # the charset in the header is not an encoding of text
        text = ""
    return text or content.decode("utf-8", "replace")  # Python 3.13 decodes a page to nothing as punycode


def body_text(response: Response, body: Any) -> str:
    """Return what a body reports: its code and message where it is an error object, else its start as text."""
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    words = [fields.get(name) for name in ("code", "message")]
    return shorten(": ".join(word for word in words if isinstance(word, str))) or plain_text(response, body)


def plain_text(response: Response, body: Any) -> str:
    """Return the text of a body that is not an error object, without HTML tags; for a redirection, its target."""
    if response.status_code < 400 and (target := response.headers.get("location")):  # noqa: PLR2004
        return f"the server redirects to {target}; set the base URL accordingly"
    return shorten(html.unescape(without_tags(to_text(body)[:PAGE_LENGTH])))


def fault_text(faults: Any) -> str:
    """Return the faults that a server lists by parameter, or one after the other."""
    if isinstance(faults, dict):
        fields = cast("dict[str, Any]", faults)
        return "; ".join(f"{name}: {to_text(fault)}" for name, fault in fields.items())
    return "; ".join(map(to_text, cast("list[Any]", faults)))


def to_text(value: Any) -> str:
    """Return text as it is, and other JSON encoded."""
    try:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""


def without_tags(page: str) -> str:
    """Return the text of an HTML page, or its title if it has no text, in time that grows with its length alone."""
    start, *pieces = page.split("<")
    texts, hidden, title = [start], "", ""
    for piece in pieces:
        tag, end, text = piece.partition(">")
        name = tag.strip().lower()
        if hidden:
            hidden = "" if name.startswith(f"/{hidden}") else hidden
        elif end:
            hidden = next((tag for tag in HIDDEN_TAGS if name.startswith(tag)), "")
            title = title or (text if hidden == "title" else "")
        if not hidden:
            texts.append(text if end else f"<{piece}")
    return " ".join(texts) if any(map(str.strip, texts)) else title


def shorten(text: str) -> str:
    """Return the text on one line, cut to the length of a message."""
    line = " ".join(text.split())
    return line if len(line) <= MESSAGE_LENGTH else f"{line[:MESSAGE_LENGTH]}…"
