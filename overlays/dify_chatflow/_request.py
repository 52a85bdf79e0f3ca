"""A prepared request: the arguments of one operation, ready to be sent and sent again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ParamSpec, Protocol, Self, TypeVar

from dify_chatflow._arguments import clean_request
from dify_chatflow._config import Config, Secret
from dify_chatflow._errors import ConfigurationError, run_id_of
from dify_chatflow._hints import started_run
from dify_chatflow._log import FORM_TOKEN
from dify_chatflow._options import Extras
from dify_chatflow._transport import Response
from dify_chatflow._version import __version__
from dify_chatflow_client.types import Operation, to_part


class Readable(Protocol):
    """A model, generated or derived from a generated one."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read the JSON object."""
        ...


P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Readable)


@dataclass
class PreparedRequest:
    """A request that can be sent more than once."""

    operation: Operation[..., Any]
    arguments: dict[str, Any]
    attempt: int = 0
    started: float = 0.0

    @classmethod
    def of(cls, operation: Operation[P, Any], *args: P.args, **kwargs: P.kwargs) -> Self:
        """Return the request of an operation, whose arguments pass the gate of `_arguments`.

        Raises:
            ConfigurationError: An argument cannot be sent; the message names it.

        """
        names = operation.request.__code__.co_varnames
        optional = operation.request.__kwdefaults__ or {}
        given = {name: value for name, value in kwargs.items() if value is not None or name not in optional}
        path, others = clean_request(names, args, given)
        return cls(operation, operation.request(*path, **others))

    def add(self, extras: Extras) -> Self:
        """Add the extras of a call to the query and the body.

        Raises:
            ConfigurationError: The request has no body to which fields can be added.

        """
        sent = self.arguments
        if extras.query:
            sent["params"] = without_none({**sent.get("params", {}), **extras.query})
        if extras.body and isinstance(sent.get("json"), dict):
            sent["json"] = {**sent["json"], **extras.body}
        elif extras.body and "data" in sent:
            sent["data"] = without_none({**sent["data"], **extras.body})
        elif extras.body and "files" in sent:
            kept = [part for part in sent["files"] if part[0] not in extras.body]
            sent["files"] = kept + [(name, to_part(value)) for name, value in without_none(extras.body).items()]
        elif extras.body:
            raise ConfigurationError(f"extra_body cannot be sent: {self.label} has no body with fields")
        return self

    @cached_property
    def label(self) -> str:
        """Method and path, for errors and the log."""
        # A form's token is all it takes to answer for someone else, so it is not shown.
        path = FORM_TOKEN.sub(r"\1{form_token}", self.arguments["url"])
        return f"{self.operation.method} {path}"

    @property
    def is_replayable(self) -> bool:
        """True when the body can be sent a second time; a body read from a file may not be."""
        return "files" not in self.arguments

    def run_hint(self, response: Response | None = None) -> str | None:
        """Return the hint for an error after which a run may continue; None where the request starts none.

        Args:
            response: The response, which may have the id of the run; None where there is none.

        """
        if self.operation.id != "send_advanced_chat_message":
            return None
        return started_run(run_id_of(response), self.arguments["json"].get("conversation_id"))

    def request_arguments(self, config: Config, key: Secret) -> dict[str, Any]:
        """Return the arguments from which the HTTP client builds the request."""
        headers = {
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            "user-agent": f"dify-chatflow/{__version__}",
            **config.headers,
            **{name.lower(): value for name, value in self.arguments.get("headers", {}).items()},
            "authorization": Secret(f"Bearer {key}"),
        }
        if "files" in self.arguments:  # the HTTP library names the boundary of the parts
            headers.pop("content-type", None)
        if None in headers.values():
            headers = without_none(headers)
        return {**self.arguments, "url": config.url(self.arguments["url"]), "headers": headers}


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def with_model(operation: Operation[P, Any], model: type[M]) -> Operation[P, M]:
    """Return the operation with its JSON body read into a subclass of the generated model."""
    return with_reader(operation, lambda response: model.from_dict(response.json()))


def with_reader(operation: Operation[P, Any], read: Callable[[Response], T]) -> Operation[P, T]:
    """Return the operation with another function that parses its response."""
    return Operation(operation.id, operation.method, operation.path, operation.request, read)
