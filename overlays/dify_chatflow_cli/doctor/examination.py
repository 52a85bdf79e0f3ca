"""Examination of a server: the checks of one session, and the calls that fill them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from dify_chatflow import APIConnectionError, AuthenticationError
from dify_chatflow._versions import ALL, OPERATIONS
from dify_chatflow_cli.doctor.check import Check, compare, judge
from dify_chatflow_cli.doctor.wire import Wire
from dify_conformance.compare import differences
from dify_conformance.contract import Contract
from dify_conformance.ending import order_differences
from dify_conformance.exchange import Exchange, events
from dify_conformance.versions import NEWEST, Version, kind_of, parse_version

NEEDS_WRITE = "needs --write"
# Reasons of operations that are never called.
NEVER = {
    "POST /files/upload": "would leave a file that no operation deletes",
    "POST /form/human_input/{form_token}": "would answer a form for a person",
    "POST /apps/annotation-reply/{action}": "would change the app for all users",
    "GET /apps/annotation-reply/{action}/status/{job_id}": "needs the id of a job",
}
MOST_SKEW = 5.0
ORDER, CLOCK, VERSION = "order of a stream", "clock", "version"


@dataclass
class Examination:
    """The checks of a server.

    Attributes:
        wire: The connection.
        contract: The document that responses are compared with.
        checks: The checks by name, operations in the order of the document first.
        version: The version that the server reports.
        reported: The same as text.
        notify: Is called with what the doctor does next.
    """

    wire: Wire
    contract: Contract
    checks: dict[str, Check] = field(default_factory=dict[str, Check])
    version: Version | None = None
    reported: str | None = None
    notify: Callable[[str], object] = str

    def __post_init__(self) -> None:
        for operation in self.contract.operations:
            reason = NEVER.get(operation.label, NEEDS_WRITE if operation.method != "GET" else "")
            self.checks[operation.label] = Check(operation.label, details=[reason] if reason else [])

    def get(self, path: str, query: Mapping[str, object] | None = None, **ids: str) -> Any:
        """Call and check a GET operation, and return its JSON; None where it was refused."""
        exchange = self.exchange("GET", path, ids, query=query)
        return exchange.body if exchange else None

    def call(self, method: str, path: str, *, body: Any = None, **ids: str) -> Any:
        """Call and check an operation, and return its body; None where it was refused."""
        exchange = self.exchange(method, path, ids, body=body)
        return exchange.body if exchange else None

    def exchange(self, method: str, path: str, ids: Mapping[str, str], **options: Any) -> Exchange | None:
        """Call and check an operation with the options of `Wire.call`; None where it was refused."""
        check = self.checks.setdefault(f"{method} {path}", Check(f"{method} {path}"))
        exchange = self.send(check, method, path.format_map(ids), **options)
        if exchange is None:
            return None
        if self.is_absent(method, path, exchange):
            check.verdict, check.details = "absent", [f"servers have it since {OPERATIONS[method, path].since}"]
            return None
        compare(check, self.contract, exchange, self.version)
        return exchange if exchange.is_success else None

    def send(self, check: Check, method: str, path: str, **options: Any) -> Exchange | None:
        """Send a request of a check; None without a response."""
        self.notify(f"{method} {path}")
        began = time.monotonic()
        try:
            exchange = self.wire.call(method, path, **options)
        except APIConnectionError as error:
            check.verdict, check.seconds, check.details = "failed", time.monotonic() - began, [str(error)]
            return None
        check.seconds = self.wire.times[-1]
        return exchange

    def is_absent(self, method: str, path: str, exchange: Exchange) -> bool:
        """Return whether an operation was refused because the server's version does not have it."""
        support = OPERATIONS.get((method, path))
        first = parse_version(support.since) if support and support.since != ALL else None
        if first is None or exchange.is_success:
            return False
        return self.version is not None and self.version < first

    def skip(self, path: str, reason: str) -> None:
        """State why an operation is not checked, unless it was."""
        check = self.checks[path]
        if check.verdict == "not checked" and not check.details:
            check.details = [reason]

    def identify(self) -> None:
        """Find out the version, with the first request.

        Raises:
            AuthenticationError: The server refuses the key.
            APIConnectionError: The server cannot be reached.
        """
        exchange = self.wire.call("GET", "/info")
        if exchange.status == HTTPStatus.UNAUTHORIZED:
            raise AuthenticationError(401, "unauthorized", "the server refuses the API key", endpoint="GET /info")
        self.reported = exchange.headers.get("x-version")
        self.version = parse_version(self.reported)
        check = self.checks["GET /info"]
        check.seconds = self.wire.times[-1]
        compare(check, self.contract, exchange, self.version)
        check = self.checks[VERSION] = Check(VERSION, "ok")
        if self.version is None:
            check.verdict, check.details = "warning", ["the server reports no version: differences of all are accepted"]
        elif self.version > NEWEST:
            newest = ".".join(map(str, NEWEST))
            check.verdict, check.details = "warning", [f"the document was compared with servers up to {newest}"]
        else:
            kind = kind_of(self.version)
            check.details = [f"kind {kind.letter}: {kind.end}"]

    def check_errors(self, user: str) -> None:
        """Provoke errors that change nothing, and compare their bodies."""
        unknown = str(uuid.uuid4())
        self.provoke("error: wrong key", {401}, "/info", key="app-" + "0" * 24)
        self.provoke("error: unknown id", {404}, "/messages", {"conversation_id": unknown, "user": user})
        self.provoke("error: invalid value", {400}, "/conversations", {"limit": "-1", "user": user})

    def provoke(self, name: str, expected: set[int], path: str, query: Any = None, key: str | None = None) -> None:
        """Check one error."""
        check = self.checks[name] = Check(name)
        exchange = self.send(check, "GET", path, query=query, key=key)
        if exchange is None:
            return
        check.verdict = "ok"
        if exchange.status not in expected:
            check.verdict = "differs"
            check.details = [f"expected {min(expected)} from GET {path}, but got {exchange.status}"]
            return
        judge(check, differences(self.contract, exchange), self.version)

    def check_order(self, exchange: Exchange) -> None:
        """Check the order of a chat stream's events."""
        check = self.checks.setdefault(ORDER, Check(ORDER))
        check.verdict = "ok" if check.verdict == "not checked" else check.verdict
        check.details = [one for one in check.details if one != NEEDS_WRITE]
        judge(check, order_differences(list(events(exchange.body)), self.reported), self.version)

    def check_clock(self) -> None:
        """Check the server's clock by the dates of all responses."""
        check = self.checks[CLOCK] = Check(CLOCK)
        if not self.wire.skews:
            check.details = ["the server sends no Date"]
            return
        skew = sorted(self.wire.skews)[len(self.wire.skews) // 2]
        check.verdict = "ok" if abs(skew) <= MOST_SKEW else "warning"
        check.details = [f"{abs(skew):.1f} s {'ahead' if skew > 0 else 'behind'}"]
