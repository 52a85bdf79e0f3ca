"""The error that maintainers see: one line with the place, what is wrong there, and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Fault in a document, a correction or the set-up that has to be fixed by hand; its text is one printable line."""

    def __init__(self, place: object, problem: str) -> None:
        self.place = printable(str(place))
        self.problem = printable(" ".join(problem.split()))
        super().__init__(f"{self.place}: {self.problem}")


def printable(text: str) -> str:
    """Return the text with its control characters, line ends and lone surrogates escaped, as names may have them."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
