"""Targets for arguments: any value is sent as it was meant, or refused before anything is sent."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any

import httpx
from hypothesis import strategies as st

from dify_chatflow._arguments import clean, json_object
from dify_chatflow._attachments import attachment
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._files import open_part
from tests.fuzz.target import Target
from tests.fuzz.values import json_values, words

anything: st.SearchStrategy[Any] = st.one_of(
    json_values,
    *(st.binary(max_size=8), st.decimals(), st.uuids(), st.dates(), st.datetimes(), st.times(), st.complex_numbers()),
    st.sets(st.integers(), max_size=2),
    json_values.map(lambda value: SimpleNamespace(id=value)),
    st.dictionaries(st.integers() | words, st.tuples(json_values), max_size=2),
)
NAMES = ("conversation_id", "message_id", "user", "limit", "inputs")


def check_refusal(message: str, name: str) -> None:
    """Check that a message names the argument and repeats no value in full."""
    assert name in message
    assert len(message) < 1000


def check_argument(given: tuple[str, Any]) -> None:
    """Check that an argument becomes JSON, an id and a user text, or that a short refusal names it."""
    name, value = given
    try:
        sent = json_object(value, name) if name == "inputs" else clean(value, name)
    except ConfigurationError as error:
        check_refusal(str(error), name)
        return
    json.dumps(sent, allow_nan=False, ensure_ascii=False).encode()
    assert name in ("limit", "inputs") or isinstance(sent, str)


contents: st.SearchStrategy[Any] = st.one_of(
    st.binary(max_size=20),
    st.binary(max_size=20).map(BytesIO),
    st.sampled_from(
        [StringIO("text"), PurePosixPath("/nowhere/at/all.png"), "", "/", None, 5, bytearray(b"x"), b"GIF89a"]
    ),
    st.builds("data:{}{}{}".format, words, st.sampled_from([",", ";base64,", ""]), words),
    words.filter(lambda text: "\0" not in text).map("/nowhere/{}".format),
    st.builds("http{}://{}".format, st.sampled_from(["", "s"]), words),
)
kinds = st.none() | words | st.sampled_from(["image/png", "text/plain; charset=utf-8", "a/b\r\nX: 1"])
files = st.one_of(
    contents,
    st.tuples(st.none() | words, contents),
    st.tuples(st.none() | words, contents, kinds),
    st.lists(contents, max_size=4).map(tuple),
    st.dictionaries(st.sampled_from(["type", "transfer_method", "url", "upload_file_id"]), json_values, max_size=4),
)


def check_file(given: tuple[Any, Any, Any]) -> None:
    """Check that a file is sent in one part without other headers, or refused by Python's or our own error."""
    file, filename, mime_type = given
    try:
        if attachment(file) is not None:
            return
        with open_part(file, filename, mime_type) as part:
            request = httpx.Request("POST", "http://dify.local/v1/files/upload", files=[("file", part.to_tuple())])
            body = request.read()
    except (TypeError, ValueError, OSError):
        return
    head = body.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert [line.partition(b":")[0] for line in head[1:]] == [b"Content-Disposition", b"Content-Type"], head


TARGETS = (
    Target("arguments", "dify_chatflow", check_argument, st.tuples(st.sampled_from(NAMES), anything)),
    Target("files", "dify_chatflow", check_file, st.tuples(files, st.none() | words, kinds)),
)
