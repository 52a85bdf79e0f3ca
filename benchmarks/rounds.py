"""Interleaved rounds: each candidate runs once per round, in a different order each time, and is compared per round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure

Result = dict[str, Any]
Runner = Callable[[], Result]


@dataclass(frozen=True)
class Scale:
    """Extent of a measurement.

    Attributes:
        small: Small payloads and few rounds, as a test.
        peers: Include candidates that need a separate environment.
        rounds: Largest number of rounds of any work; payloads stay the same.
    """

    small: bool = False
    peers: bool = True
    rounds: int = 100

    def limit(self, rounds: int, small: int = 2) -> int:
        """Return the number of rounds for work that has `rounds` in a complete measurement."""
        return small if self.small else min(rounds, self.rounds)


@dataclass
class RoundResults:
    """Results of each candidate by round, and the errors of the candidates that were excluded."""

    results: dict[str, list[Result]]
    errors: dict[str, str]

    def figures(self, value: Callable[[Result], float], baseline: str | None = None) -> dict[str, Figure]:
        """Return a figure for each candidate, as a multiple of the baseline in the same round if there is one."""
        figures = {name: Figure(error=error) for name, error in self.errors.items()}
        for name, results in self.results.items():
            if name == baseline:
                continue
            values = [value(result) for result in results]
            if baseline:
                pairs = zip(values, self.results[baseline], strict=True)
                values = [candidate / value(reference) for candidate, reference in pairs]
            figures[name] = Figure.of(values)
        return figures


def run_rounds(runners: Mapping[str, Runner], rounds: int, check: Callable[[Result], str]) -> RoundResults:
    """Run all candidates in interleaved rounds; exclude one that fails or returns a wrong result.

    Args:
        runners: Candidates by name, the baseline first.
        rounds: Number of rounds.
        check: Returns the error of a result, or an empty string.

    Raises:
        RuntimeError: The baseline is wrong.
    """
    collected = RoundResults({name: [] for name in runners}, {})
    for number in range(rounds):
        for name in rotate(list(collected.results), number):
            result = runners[name]()
            if error := result.get("error") or check(result["result"]):
                collected.errors[name] = error
                del collected.results[name]
                if name == next(iter(runners)):
                    raise RuntimeError(f"the baseline {name} is wrong: {error}")
            else:
                collected.results[name].append(result)
    return collected


def rotate(names: Sequence[str], number: int) -> list[str]:
    """Return the names in the order for a round, so that no candidate always follows the same one."""
    number %= len(names)
    order = [*names[number:], *names[:number]]
    return order[::-1] if number % 2 else order
