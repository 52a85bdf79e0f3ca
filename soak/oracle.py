"""The oracle: judges what a call did, knowing the right result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dify_chatflow import DifyError
from soak.exchanges import API_KEY, Truth

LONGEST_MESSAGE = 4000


class Verdict(Enum):
    """The judgement of a case; every one but `RIGHT` and `ERROR` is a mistake of the client."""

    RIGHT = "right result"
    ERROR = "typed error"
    WRONG = "wrong result"
    RAW = "raw error"
    HANG = "no end"
    SECOND = "second request"
    LEAK = "leaked connection"
    REFUSED = "error without need"

    @property
    def is_mistake(self) -> bool:
        """True for a mistake of the client."""
        return self not in (Verdict.RIGHT, Verdict.ERROR)


@dataclass
class Evidence:
    """The observations of a case.

    Attributes:
        result: What the call returned, as plain values.
        error: What it raised.
        is_hung: Whether it exceeded the bound.
        starts: The number of requests that may have started a run and that the server did not refuse.
        next_result: The problem of the call after it, which the server answers rightly.
        left_open: The connections that were still open in addition to the one in use.
        never_closed: The connections that were open after the client was closed.
    """

    result: dict[str, Any] | None = None
    error: BaseException | None = None
    is_hung: bool = False
    starts: int = 0
    next_result: str = ""
    left_open: int = 0
    never_closed: int = 0
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Judgement:
    """A verdict and its reason."""

    verdict: Verdict
    reason: str


def judge(evidence: Evidence, truth: Truth, *, is_harmless: bool = False) -> Judgement:
    """Return the judgement of a case; the gravest mistake first."""
    if evidence.is_hung:
        return Judgement(Verdict.HANG, f"no end within {evidence.seconds:.0f} s")
    if evidence.starts > 1:
        return Judgement(Verdict.SECOND, f"{evidence.starts} requests that may have started a run")
    outcome = judge_outcome(evidence, truth, is_harmless=is_harmless)
    if outcome.verdict.is_mistake:
        return outcome
    if evidence.next_result:
        return Judgement(Verdict.WRONG, f"the next call: {evidence.next_result}")
    if evidence.left_open or evidence.never_closed:
        text = f"{evidence.left_open} connections left open, {evidence.never_closed} after the client was closed"
        return Judgement(Verdict.LEAK, text)
    return outcome


def judge_outcome(evidence: Evidence, truth: Truth, *, is_harmless: bool) -> Judgement:
    """Return the judgement of a result or an error."""
    error = evidence.error
    if error is None:
        differences = compare(evidence.result or {}, truth)
        return Judgement(Verdict.WRONG if differences else Verdict.RIGHT, "; ".join(differences))
    text = f"{type(error).__name__}: {error}"
    if not isinstance(error, DifyError):
        return Judgement(Verdict.RAW, text)
    shown = f"{error} {error!r}"
    if not str(error).strip() or len(str(error)) > LONGEST_MESSAGE or API_KEY in shown or "\x1b" in str(error):
        return Judgement(Verdict.RAW, f"message that is empty, endless or shows the key: {text[:200]}")
    return Judgement(Verdict.REFUSED if is_harmless else Verdict.ERROR, text)


def compare(result: dict[str, Any], truth: Truth) -> list[str]:
    """Return the differences between a result and the right one."""
    found: list[str] = []
    for name, value in {**truth.required, **truth.optional}.items():
        is_absent = name in truth.optional and result.get(name) is None
        if not is_absent and result.get(name) != value:
            found.append(f"{name} is {result.get(name)!r:.200}, not {value!r:.200}")
    return found
