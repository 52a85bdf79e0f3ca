"""Sources of documents: files, URLs, standard input and git revisions, each with limits of size and time."""

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

from pipeline.document import MAX_BYTES, Document, decode, parse_unchecked, read_file, references, targets
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    import httpx

PUBLISHED = (
    "https://docs.dify.ai/en/api-reference/openapi_service.json",
    "https://docs.dify.ai/en/api-reference/openapi_chatflow.json",
)
SECONDS = 20.0
NOT_MODIFIED = 304


@dataclass(frozen=True)
class Source:
    """The text of a document and its name in messages."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def document(self) -> Document:
        """The parsed document; PipelineError if it is not OpenAPI 3, or refers to other documents."""
        document = parse_unchecked(self.text, self.name)
        is_local = all(reference.startswith("#") for reference in targets(document))
        for pointer, reference in () if is_local else references(document):
            if not reference.startswith("#"):
                problem = f"refers to another document: {reference!r}; bundle them into one"
                raise PipelineError(f"{self.name}#{pointer}", problem)
        return document


def read(source: str) -> Source:
    """Read `-` (standard input), a URL, a file, or a git revision such as `HEAD~3:openapi_chatflow.json`."""
    if source == "-":
        return Source("-", decode(sys.stdin.buffer.read(MAX_BYTES + 1), "-"))
    if re.match(r"https?://", source):
        return Source(source, fetch(source))
    path = Path(source)
    if path.is_file() or not re.match(r"[^:/]+[^:]*:.", source):
        return Source(source, read_file(path))
    return Source(source, from_git(source))


def relative(path: Path) -> str:
    """Return a path relative to the working directory if it is below it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def published(candidates: tuple[str, ...] = ()) -> Source:
    """Fetch the first published document that is available."""
    listed = candidates or tuple(os.environ.get("DRIFT_CANDIDATES", "").split()) or PUBLISHED
    problems: list[str] = []
    for url in listed:
        try:
            return read(url)
        except PipelineError as error:
            problems.append(str(error))
    problem = f"cannot be fetched; give one: make drift SPEC=path-or-url ({'; '.join(problems)})"
    raise PipelineError("the published document", problem)


def from_git(source: str) -> str:
    """Return the text of a file at a git revision."""
    if source.startswith("-"):
        raise PipelineError(source, "is not a git revision; write REVISION:PATH")
    command = ["git", "show", "--end-of-options", source]
    try:
        result = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise PipelineError(source, "cannot be read, since git is not installed; give a file") from None
    if result.returncode:
        complaint = result.stderr.decode(errors="replace").strip().splitlines()
        raise PipelineError(source, f"cannot be read from git ({complaint[0] if complaint else 'no reason given'})")
    return decode(result.stdout, source)


def cache_folder() -> Path:
    """Return the folder for fetched documents and generated packages."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(root) / "dify-chatflow-drift"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be created ({error.strerror}); set XDG_CACHE_HOME to a folder for caches"
        raise PipelineError(folder, problem) from None
    return folder


def fetch(url: str) -> str:
    """Return the text of a URL, from the cache if its ETag has not changed."""
    # Importing httpx takes 120 ms, which only downloads need.
    import httpx

    kept = cache_folder() / f"{hashlib.sha256(url.encode()).hexdigest()[:24]}.json"
    known = read_cached(kept)
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


def read_cached(path: Path) -> tuple[str, str] | None:
    """Return the ETag and text of an earlier response."""
    try:
        tag, text = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(tag), str(text)


def body(response: httpx.Response, url: str) -> str:
    """Return the body of a response, or raise PipelineError if it is not a document."""
    if not response.is_success:
        raise PipelineError(url, f"has the status {response.status_code}; give the URL of a published document")
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    if kind in ("text/html", "application/xhtml+xml") or kind.startswith(("image/", "audio/", "video/")):
        raise PipelineError(url, f"is {kind}, not JSON; give the URL of the document itself")
    data = bytearray()
    end = monotonic() + SECONDS
    for chunk in response.iter_bytes():
        data += chunk
        if monotonic() > end:
            raise PipelineError(url, f"takes longer than {SECONDS:.0f} s to download; save it to a file and give that")
        if len(data) > MAX_BYTES:
            raise PipelineError(url, f"is larger than {MAX_BYTES // 1_000_000} MB; give an OpenAPI document")
    return decode(bytes(data), url)
