"""The one error a maintainer sees: a line that says what is wrong, where, and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Something in a document, a correction or the set-up that has to be mended by hand.

    Its text is one line: the place, what is wrong there, and what to do about it.
    """

    def __init__(self, place: object, problem: str) -> None:
        self.place = str(place)
        self.problem = " ".join(problem.split())
        super().__init__(f"{self.place}: {self.problem}")
