"""MIME types of files, and the types by which Dify names files."""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePath

# RFC 9110, 8.3.1, without quoted strings.
MIME_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+([ \t]*;[ \t]*[\w-]+=[\w!#$%&'*+.^`|~-]+)*", re.ASCII)
# The first bytes of files without a name.
SIGNATURE_LENGTH = 12
SIGNATURES = {
    re.compile(start, re.DOTALL): suffix
    for start, suffix in {
        rb"\x89PNG\r\n": ".png",
        rb"\xff\xd8\xff": ".jpg",
        rb"GIF8": ".gif",
        rb"RIFF.{4}WEBP": ".webp",
        rb"%PDF-": ".pdf",
        rb"ID3|\xff[\xfb\xf3\xf2]": ".mp3",
        rb"RIFF.{4}WAVE": ".wav",
        rb"OggS": ".ogg",
        rb"fLaC": ".flac",
        rb".{4}ftypM4A": ".m4a",
        rb".{4}ftyp(isom|iso2|mp4|avc1|M4V)": ".mp4",
    }.items()
}
UNKNOWN_TYPE = "application/octet-stream"
# Extensions of documents whose text Dify reads; other files that are no media are `custom`.
DOCUMENTS = frozenset(
    "txt md mdx markdown pdf html htm xlsx xls doc docx csv eml msg pptx ppt xml epub vtt properties".split()  # noqa: SIM905
)
# Types that Dify accepts and that Python's table lacks, at least on some machines.
TYPES = {
    ".amr": "audio/amr",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".m4a": "audio/m4a",
    ".md": "text/markdown",
    ".mdx": "text/markdown",
    ".mpga": "audio/mpga",
    ".msg": "application/vnd.ms-outlook",
    ".ogg": "audio/ogg",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".properties": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The names of the speech endpoint for types that Python names differently (recording 422_llm_a2t_badmime).
SPEECH_TYPES = {
    "audio/mpeg": "audio/mp3",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/mp4": "audio/m4a",
    "audio/mp4a-latm": "audio/m4a",
    "video/mp4": "audio/m4a",
}


def file_type(name: str, mime_type: str | None) -> str:
    """Return Dify's type of a file: `image`, `audio`, `video`, `document` or `custom`."""
    major = (mime_type or guess_type(name)).partition("/")[0]
    if major in ("image", "audio", "video"):
        return major
    return "document" if PurePath(name).suffix.lstrip(".").lower() in DOCUMENTS else "custom"


def guess_type(name: str) -> str:
    """Return the MIME type for a name; never empty."""
    known = TYPES.get(PurePath(name).suffix.lower())
    return known or mimetypes.guess_type(name, strict=False)[0] or UNKNOWN_TYPE
