"""A fuzz target: one property, the values it is checked with, and the inputs from which a search starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

LOADED = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.filter_too_much,
    ],
    print_blob=False,
)
BRIEF = settings(LOADED, max_examples=15, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
ROUND = settings(LOADED, max_examples=200)


@dataclass(frozen=True)
class Target:
    """One property of one part of the code.

    Attributes:
        name: Its name on the command line.
        module: The package that a coverage-guided run instruments.
        check: The property; it raises for a finding.
        values: The values that it is checked with.
        seeds: Values for every run; a coverage-guided run of a target for bytes starts from them.
    """

    name: str
    module: str
    check: Callable[[Any], object]
    values: st.SearchStrategy[Any]
    seeds: tuple[Any, ...] = ()

    @property
    def takes_bytes(self) -> bool:
        """True where the mutations of a coverage-guided run are inputs themselves."""
        return all(isinstance(value, bytes) for value in self.seeds or (None,))

    def apply(self, value: Any) -> None:
        """Check one value; the exception for a finding shows it."""
        try:
            self.check(value)
        except Exception as error:
            error.add_note(f"found by the fuzz target {self.name} with {value!r:.4000}")
            raise

    def run_briefly(self) -> None:
        """Check the seeds and a few values that are the same in every run."""
        for value in self.seeds:
            self.apply(value)
        self.property(BRIEF)()

    def rounds(self, first_seed: int) -> Iterator[int]:
        """Check 200 random values for each number that is taken, and yield the number of values so far."""
        for count in range(1, 1 << 30):
            seed(first_seed + count)(self.property(ROUND))()
            yield count * ROUND.max_examples

    def as_one_input(self) -> Callable[[bytes], object]:
        """Return the property as a function of bytes, from which its values are drawn."""
        return cast("Callable[[bytes], object]", self.property(LOADED).hypothesis.fuzz_one_input)

    def property(self, how: settings) -> Any:
        """Return the property as a test that draws its values."""

        def check(value: Any) -> None:
            self.apply(value)

        return how(given(self.values)(check))
