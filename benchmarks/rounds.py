"""Interleaved rounds: every contender once in each round, each time in another order, compared within the round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure

Answer = dict[str, Any]
Runner = Callable[[], Answer]


@dataclass
class Taken:
    """What each contender's rounds gave, and why those left out are wrong."""

    answers: dict[str, list[Answer]]
    wrong: dict[str, str]

    def figures(self, value: Callable[[Answer], float], first: str | None = None) -> dict[str, Figure]:
        """A figure for each contender; with `first`, as a multiple of that contender's in the same round."""
        figures = {name: Figure(wrong=reason) for name, reason in self.wrong.items()}
        for name, answers in self.answers.items():
            if name == first:
                continue
            values = [value(answer) for answer in answers]
            if first:
                values = [mine / value(limit) for mine, limit in zip(values, self.answers[first], strict=True)]
            figures[name] = Figure.of(values)
        return figures


def take(runners: Mapping[str, Runner], rounds: int, check: Callable[[Answer], str]) -> Taken:
    """Run all in turn; one that fails or gives a wrong result is out, and its reason is kept.

    Raises:
        RuntimeError: The first, with whom the others are compared, is wrong.
    """
    taken = Taken({name: [] for name in runners}, {})
    for number in range(rounds):
        for name in turned(list(taken.answers), number):
            answer = runners[name]()
            if reason := answer.get("error") or check(answer["result"]):
                taken.wrong[name] = reason
                del taken.answers[name]
                if name == next(iter(runners)):
                    raise RuntimeError(f"{name}, with whom all are compared, is wrong: {reason}")
            else:
                taken.answers[name].append(answer)
    return taken


def turned(names: Sequence[str], by: int) -> list[str]:
    """The names in another order for each round, so that none always follows the same one."""
    by %= len(names)
    order = [*names[by:], *names[:by]]
    return order[::-1] if by % 2 else order
