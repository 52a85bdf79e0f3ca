"""The options of a request, which every method takes by keyword."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from inspect import currentframe
from typing import Any, TypedDict, cast

from dify_chatflow._arguments import json_object
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._limits import TimeoutTypes


class WaitOptions(TypedDict, total=False):
    """The request options of methods that wait, whose own `timeout` limits the wait; see `RequestOptions`."""

    max_retries: int
    extra_headers: Mapping[str, str | None]
    extra_query: Mapping[str, Any]
    extra_body: Mapping[str, Any]


class RequestOptions(WaitOptions, total=False):
    """The options of one call, by keyword.

    Attributes:
        timeout: As for the client: seconds, (connect, read, write, pool), an `httpx.Timeout`, or None for no limit.
        max_retries: The number of retries of a failed request.
        extra_headers: Headers added to the client's; None removes one.
        extra_query: Parameters added to the query of the URL; None removes one.
        extra_body: Fields added to a JSON body, or to a multipart form; a field of the same name is replaced.

    Timeout, retries and headers also hold for the further requests of a call: uploads of its files, the pages of a
    list, reconnections and the stop of a stream. `extra_query` and `extra_body` belong to the method's own request.

    """

    timeout: TimeoutTypes


class ChatOptions(RequestOptions, total=False):
    """The options of a call that sends a query: those of `RequestOptions`, and ids for the server's tracing.

    Attributes:
        trace_id: The id under which the server's tracing records the run, in the header `X-Trace-Id`: 1 to 128
            letters, digits, `-` and `_`. Servers ignore any other, so it is refused.
        trace_session_id: The id of the session in the server's tracing, in the header `X-Trace-Session-Id`.

    """

    trace_id: str | None
    trace_session_id: str | None


TRACE_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
TRACE_HEADERS = {"trace_id": "x-trace-id", "trace_session_id": "x-trace-session-id"}


@dataclass(frozen=True)
class Extras:
    """Parameters and fields that a call adds to its own request; None removes a parameter, or a part of a form."""

    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Extras:
        """Return the extras among the options of a call.

        Raises:
            ConfigurationError: A value cannot be sent.

        """
        query = query_parameters(options.get("extra_query"), "extra_query")
        return cls(query, json_object(options.get("extra_body"), "extra_body"))


def query_parameters(value: object, name: str) -> dict[str, Any]:
    """Return parameters of a URL's query: values, and lists of values.

    Raises:
        ConfigurationError: A value cannot be sent in a URL.

    """
    parameters = json_object(value, name)
    for key, item in parameters.items():
        parts = cast("list[object]", item if isinstance(item, list) else [item])
        if any(isinstance(part, (dict, list)) for part in parts):
            raise ConfigurationError(f"{name}[{key!r}] must be text, a number, or a list of these")
    return parameters


def changed_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the client's settings that the options of a call change.

    Raises:
        ConfigurationError: The server would ignore the id of the trace.

    """
    trace_id = options.get("trace_id")
    if trace_id is not None and not TRACE_ID.fullmatch(str(trace_id)):
        shown = str(trace_id)[:80]
        raise ConfigurationError(f"trace_id must be 1 to 128 letters, digits, hyphens and underscores; got {shown!r}")
    changes = {name: options[name] for name in ("timeout", "max_retries") if name in options}
    headers: dict[str, Any] = {TRACE_HEADERS[name]: options[name] for name in TRACE_HEADERS if name in options}
    headers |= options.get("extra_headers") or {}
    return changes | ({"headers": headers} if headers else {})


# What takes the place of parameters that the API has, and that methods do not take.
ADVICE = {
    "response_mode": "call chat.stream for a stream, and chat.send for the complete answer",
    "stream": "call chat.stream for a stream, and chat.send for the complete answer",
}


def check_names(options: Mapping[str, Any], known: Iterable[str], depth: int) -> None:
    """Raise TypeError for an unknown option, as Python does for an unknown argument.

    Args:
        options: The keyword arguments of a method that are not its parameters.
        known: The names of its options.
        depth: The number of calls between the method, which the message names, and this function.

    """
    known = sorted(known)
    unknown = next((name for name in options if name not in known), None)
    if unknown is None:
        return
    frame = currentframe()
    for _ in range(depth):
        frame = frame.f_back if frame else None
    if frame is None:  # an interpreter without frames
        raise TypeError(f"unexpected keyword argument {unknown!r}")
    code = frame.f_code
    parameters = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    from difflib import get_close_matches

    nearest = get_close_matches(unknown, [*parameters, *known], 1)
    advice = f"did you mean {nearest[0]!r}?" if nearest else f"the request options are {', '.join(known)}"
    advice = ADVICE.get(unknown, advice)
    raise TypeError(f"{code.co_qualname}() got an unexpected keyword argument {unknown!r}; {advice}")
