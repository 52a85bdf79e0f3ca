"""Sources: a document from a file, a URL, standard input or a git revision, with limits and clear errors."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from pipeline.document import Document, parse_unchecked, references
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    import httpx

PUBLISHED = (
    "https://docs.dify.ai/en/api-reference/openapi_service.json",
    "https://docs.dify.ai/en/api-reference/openapi_chatflow.json",
)
LARGEST = 20_000_000
SECONDS = 20.0
NOT_MODIFIED = 304


@dataclass(frozen=True)
class Source:
    """The text of a document and what to call it."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def document(self) -> Document:
        """The document; PipelineError when it is no OpenAPI 3 document, or refers to other documents."""
        document = parse_unchecked(self.text, self.name)
        for pointer, reference in references(document):
            if not reference.startswith("#"):
                problem = f"refers to {reference!r}; only local references are read, so bundle the document first"
                raise PipelineError(f"{self.name}#{pointer}", problem)
        return document


def read(source: str) -> Source:
    """What `source` names: `-`, a URL, a file, or a git revision such as `HEAD~3:openapi_chatflow.json`."""
    if source == "-":
        return Source("-", decoded(sys.stdin.buffer.read(LARGEST + 1), "-"))
    if re.match(r"https?://", source):
        return Source(source, fetched(source))
    path = Path(source)
    if path.is_file() or not re.match(r"[^:/]+[^:]*:.", source):
        return Source(source, from_file(path))
    return Source(source, from_git(source))


def relative(path: Path) -> str:
    """A path as it is called from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def published(candidates: tuple[str, ...] = ()) -> Source:
    """The first published document that can be fetched."""
    listed = candidates or tuple(os.environ.get("DRIFT_CANDIDATES", "").split()) or PUBLISHED
    problems: list[str] = []
    for url in listed:
        try:
            return read(url)
        except PipelineError as error:
            problems.append(str(error))
    problem = f"cannot be fetched; name one yourself: make drift SPEC=path-or-url ({'; '.join(problems)})"
    raise PipelineError("the published document", problem)


def from_file(path: Path) -> str:
    """The text of a file."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise PipelineError(path, f"is larger than {LARGEST // 1_000_000} MB; that is no OpenAPI document of ours")
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); give a path, a URL, - or REVISION:PATH"
        raise PipelineError(path, problem) from None


def from_git(source: str) -> str:
    """The text of a file at a git revision."""
    if source.startswith("-"):
        raise PipelineError(source, "is no git revision; write it as REVISION:PATH")
    command = ["git", "show", "--end-of-options", source]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        complaint = result.stderr.decode(errors="replace").strip().splitlines()
        raise PipelineError(source, f"cannot be read from git ({complaint[0] if complaint else 'no reason given'})")
    return decoded(result.stdout, source)


def decoded(data: bytes, name: str) -> str:
    """UTF-8 text of reasonable size."""
    if len(data) > LARGEST:
        raise PipelineError(name, f"is larger than {LARGEST // 1_000_000} MB; that is no OpenAPI document of ours")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PipelineError(name, f"is not UTF-8 (byte {error.start})") from None


def cache_folder() -> Path:
    """Where fetched documents and temporary packages are kept between runs."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(root) / "dify-chatflow-drift"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made ({error.strerror}); name a folder for caches in XDG_CACHE_HOME"
        raise PipelineError(folder, problem) from None
    return folder


def fetched(url: str) -> str:
    """The text behind a URL; asked for again only when its ETag has changed."""
    import httpx

    kept = cache_folder() / f"{hashlib.sha256(url.encode()).hexdigest()[:24]}.json"
    known = stored(kept)
    headers = {"Accept": "application/json"} | ({"If-None-Match": known[0]} if known else {})
    try:
        with httpx.stream("GET", url, headers=headers, timeout=SECONDS, follow_redirects=True) as response:
            if response.status_code == NOT_MODIFIED and known:
                return known[1]
            text = body(response, url)
            tag = response.headers.get("etag")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PipelineError(url, f"cannot be fetched ({error or type(error).__name__})") from None
    if tag:
        temporary = kept.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps([tag, text]), encoding="utf-8")
        temporary.replace(kept)
    return text


def stored(path: Path) -> tuple[str, str] | None:
    """The ETag and text of an earlier answer."""
    try:
        tag, text = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(tag), str(text)


def body(response: httpx.Response, url: str) -> str:
    """The body of an answer that is a document."""
    if not response.is_success:
        raise PipelineError(url, f"answers {response.status_code}; give the address of a published document")
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    if kind in ("text/html", "application/xhtml+xml") or kind.startswith(("image/", "audio/", "video/")):
        raise PipelineError(url, f"is {kind}, not JSON; give the address of the document itself")
    data = bytearray()
    end = monotonic() + SECONDS
    for chunk in response.iter_bytes():
        data += chunk
        if monotonic() > end:
            raise PipelineError(
                url, f"takes longer than {SECONDS:.0f} s to arrive; fetch it yourself and give the file"
            )
        if len(data) > LARGEST:
            raise PipelineError(url, f"is larger than {LARGEST // 1_000_000} MB; that is no OpenAPI document of ours")
    return decoded(bytes(data), url)
