"""Targets for bodies: models that give back what they were read from, and errors made of any response."""

from __future__ import annotations

import json
import pickle
from typing import Any

import httpx
from hypothesis import strategies as st

from dify_chatflow._errors import APIStatusError
from dify_chatflow._secrets import remember_key
from dify_chatflow_client import models
from dify_chatflow_client.types import Model, json_keys
from tests.fuzz.target import Target
from tests.fuzz.values import dump, json_values, words

KEY = "app-f0zzed-key-0123456789"
LONGEST_MESSAGE = 1200
MODELS = {
    name: model
    for name in models.__all__
    if isinstance(model := getattr(models, name), type) and issubclass(model, Model)
}
# What a server writes about a key: as it is, and escaped for JSON, HTML and URLs.
ECHOES = (KEY, KEY.replace("a", "\\u0061"), KEY.replace("-", "&#45;"), KEY.replace("-", "%2D"))


def check_model(given: tuple[str, dict[str, Any]]) -> None:
    """Check that a model that can be read gives back the object that it was read from."""
    name, values = given
    try:
        model = MODELS[name].from_dict(values)
    except (AttributeError, KeyError, TypeError, ValueError):
        return
    assert dump(model.to_dict()) == dump(values)
    assert repr(model)
    assert dump(pickle.loads(pickle.dumps(model)).to_dict()) == dump(values)  # noqa: S301 - made here


def objects(name: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """Return objects with the keys of a model, and others."""
    keys = st.sampled_from([*json_keys(MODELS[name]).values(), "other"])
    return st.tuples(st.just(name), st.dictionaries(keys, json_values, max_size=6))


def check_error(response: tuple[int, dict[str, str], bytes]) -> None:
    """Check that an error has a short message on one line without the key, and survives pickling."""
    status, headers, content = response
    remember_key(KEY)
    request = httpx.Request("GET", "http://dify.local/v1/info", headers={"Authorization": f"Bearer {KEY}"})
    received = httpx.Response(status, headers=headers, content=content, request=request)
    error = APIStatusError.from_response(received, "GET /info", "http://localhost/v1")
    for text in (str(error), repr(error), error.message, dump(error.body)):
        assert KEY not in text
    assert len(str(error)) <= LONGEST_MESSAGE
    assert len(str(error).splitlines()) == 1, str(error)
    assert error.status_code == status
    assert error.code is None or isinstance(error.code, str)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert (type(again), str(again)) == (type(error), str(error))


def check_error_bytes(content: bytes) -> None:
    """Check the error for bytes alone, of which the first chooses the status and the content type."""
    first = content[0] if content else 0
    kinds = ("application/json", "text/html; charset=utf-16", "text/plain; charset=unknown", "", "text/html")
    check_error(((400, 404, 429, 500, 502, 307)[first % 6], {"content-type": kinds[first % 5]}, content[1:]))


bodies = st.one_of(
    st.binary(max_size=60),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {},
        optional={
            "code": json_values,
            "message": json_values | st.sampled_from(ECHOES),
            "status": json_values,
            "params": json_values,
            "errors": json_values | st.dictionaries(words, json_values, max_size=3),
        },
    ).map(lambda value: json.dumps(value).encode()),
    st.lists(st.sampled_from(["<script>", "</script", "<", ">", "<!--", "&lt;", "<style ", "x", *ECHOES]), max_size=9)
    .map("".join)
    .map(str.encode),
)
# Long bodies show work that grows faster than its input: such a run takes minutes.
repeated = st.tuples(bodies, st.sampled_from([1, 1, 1, 1, 1, 1, 50, 5000])).map(lambda parts: parts[0] * parts[1])
kinds = st.sampled_from(["application/json", "text/html; charset=utf-16", "text/plain; charset=unknown", "image/png"])
headers = st.fixed_dictionaries(
    {},
    optional={
        "content-type": kinds,
        "location": st.sampled_from(ECHOES),
        "retry-after": st.text("0123456789.eE-nafi", max_size=9),
    },
)

TARGETS = (
    Target("models", "dify_chatflow_client", check_model, st.sampled_from(sorted(MODELS)).flatmap(objects)),
    Target("errors", "dify_chatflow", check_error, st.tuples(st.integers(300, 599), headers, repeated)),
    Target(
        "error-bytes",
        "dify_chatflow",
        check_error_bytes,
        bodies,
        (b"", b'\x00{"code": "x", "message": "y"}', b"\x04<b>no</b>"),
    ),
)
