"""Requests that the document lacks, for `app.request`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from dify_chatflow._arguments import json_object, to_json
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._files import open_part
from dify_chatflow._log import FORM_TOKEN
from dify_chatflow._options import query_parameters
from dify_chatflow._request import PreparedRequest, without_none
from dify_chatflow._transport import Response
from dify_chatflow_client.types import Operation, to_part

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def read_json(response: Response) -> Any:
    """Return the body of a JSON response; None for another."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return response.json() if response.content and (kind == "application/json" or kind.endswith("+json")) else None


def custom_operation(method: object, path: object) -> Operation[..., Any]:
    """Return the operation of a method and a path.

    Raises:
        ConfigurationError: The method is unknown, or the path would lead elsewhere.

    """
    name = method.upper() if isinstance(method, str) else method
    if name not in METHODS:
        raise ConfigurationError(f"unknown method: {method!r:.80}; use one of {', '.join(METHODS)}")
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//") or not path.isprintable():
        raise ConfigurationError(f"path must begin with one slash, without the base URL; got {path!r:.80}")
    if {".", ".."} & {*path.split("/")} or {"?", "#", "\\"} & {*path}:
        raise ConfigurationError(f"path must hold no query and no dots as a part: {path!r:.80}; pass params={{...}}")
    shown = FORM_TOKEN.sub(r"\1{form_token}", path)
    return Operation("request", str(name), shown, lambda: {"method": str(name).lower(), "url": path}, read_json)


def custom_request(
    operation: Operation[..., Any],
    files: ExitStack,
    params: Mapping[str, object] | None,
    json: object,
    data: Mapping[str, object] | None,
    parts: Mapping[str, FileTypes] | None,
) -> PreparedRequest:
    """Return the request, whose files are closed by the stack `files`.

    Raises:
        ConfigurationError: A value cannot be sent, or two kinds of bodies are passed.

    """
    request = PreparedRequest.of(operation)
    if params:
        request.arguments["params"] = without_none(query_parameters(params, "params"))
    if json is not None and (data or parts):
        raise ConfigurationError("a request has one body: pass json, or data and files")
    fields = without_none(json_object(data, "data"))
    if json is not None:
        request.arguments["json"] = to_json(json, "json")
    elif parts:
        opened = {name: files.enter_context(open_part(part, None, None)) for name, part in parts.items()}
        request.arguments["files"] = [(name, to_part(value)) for name, value in {**fields, **opened}.items()]
    elif fields:
        request.arguments["data"] = fields
    return request
