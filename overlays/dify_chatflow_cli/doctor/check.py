"""Checks and their verdicts: what was compared, and how it turned out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from dify_conformance.compare import Difference, differences, is_object
from dify_conformance.contract import Contract
from dify_conformance.exchange import Exchange
from dify_conformance.versions import Version, known_reason

Verdict = Literal["ok", "known", "absent", "not checked", "warning", "differs", "failed"]
# Verdicts of a check that fails, and the others from good to bad.
FAILING: tuple[Verdict, ...] = ("differs", "failed")
VERDICTS: tuple[Verdict, ...] = ("ok", "known", "absent", "not checked", "warning", *FAILING)
SERVER_ERROR = 500
# Codes of a 404 for a path that the server does not have; a lost file has another code.
NO_ROUTE = (None, "not_found")


@dataclass
class Check:
    """One operation, or one behaviour of the server.

    Attributes:
        name: The operation as method and path, or the behaviour.
        verdict: `ok`; `known` for differences that are known of the version; `absent` for an operation that the version
            does not have; `not checked`; `warning`; `differs` from the document; `failed`.
        details: Sentences about the verdict.
        seconds: Seconds until the last response began.
        differences: The differences behind the verdict `differs`.
    """

    name: str
    verdict: Verdict = "not checked"
    details: list[str] = field(default_factory=list[str])
    seconds: float | None = None
    differences: list[Difference] = field(default_factory=list[Difference])

    def as_json(self) -> dict[str, object]:
        """Return the check as one JSON object."""
        found = [{"kind": one.kind, "name": one.name, "text": one.text, "place": one.place} for one in self.differences]
        seconds = None if self.seconds is None else round(self.seconds, 3)
        return {
            "check": self.name,
            "verdict": self.verdict,
            "details": self.details,
            "seconds": seconds,
            "differences": found,
        }


def judge(check: Check, found: Iterable[Difference], version: Version | None) -> None:
    """Set the verdict for the differences of a check: `differs` for those that nobody knows of the version."""
    reasons: list[str] = []
    for one in found:
        reason = known_reason(one, version)
        if reason is not None:
            reasons.append(reason)
        elif one not in check.differences:
            check.differences.append(one)
            prefix = f"{one.label}: " if one.label.startswith("event ") else ""
            check.details.append(f"{prefix}{sentence(one)}")
    if check.differences and check.verdict != "failed":
        check.verdict = "differs"
    elif reasons and check.verdict in ("ok", "not checked"):
        check.verdict = "known"
    check.details += [reason for reason in dict.fromkeys(reasons) if reason not in check.details]


def sentence(found: Difference) -> str:
    """Return a difference as a sentence."""
    return f"{found.text} is not in the document" if found.is_open else found.text


def compare(check: Check, contract: Contract, exchange: Exchange, version: Version | None) -> None:
    """Set the verdict of an operation for one exchange; only a success that fits is ok."""
    found = list(differences(contract, exchange))
    if exchange.is_success:
        if check.verdict == "not checked":
            check.verdict, check.details = "ok", []
    elif check.verdict not in FAILING:
        code = exchange.body.get("code") if is_object(exchange.body) else None
        refused = " ".join(filter(None, (f"{exchange.status}", code if isinstance(code, str) else "")))
        if exchange.status >= SERVER_ERROR:
            check.verdict, check.details = "failed", [f"the server failed: {refused}"]
        elif version and exchange.status == HTTPStatus.NOT_FOUND and code in NO_ROUTE:
            # Every id in a call of the doctor is one that the server sent.
            text = f"response {refused}, although servers of this version have the operation"
            found, check.details = [Difference("status", check.name, "", text), *found], []
        elif check.verdict == "not checked":
            check.details = [f"the server refused it: {refused}"]
    judge(check, found, version)
