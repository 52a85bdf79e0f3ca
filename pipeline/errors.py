"""The error that maintainers see: one line with the place, what is wrong there, and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Fault in a document, a correction or the set-up that has to be fixed by hand; its text is one line."""

    def __init__(self, place: object, problem: str) -> None:
        self.place = str(place)
        self.problem = " ".join(problem.split())
        super().__init__(f"{self.place}: {self.problem}")
