"""Which source has the complete answer when events were missed.

The events of the run come first, then the stored message, then the run's outputs. Outputs are not moderated, and can
hold more or less than was streamed: answer nodes in loops (recording 606_loop_answer_inside_stream), text before a
form (wire README of June 2026, point 9).
"""

from __future__ import annotations

from dify_chatflow._streaming.text import Text, unsigned


class MissingTextError(Exception):
    """No source has the complete answer; the message has the reason."""


def complete_text(text: Text, stored: str | None, output: str | None, *, is_resumed: bool) -> tuple[str, bool]:
    """Return the complete answer, and whether it was moderated.

    Args:
        text: The text received, with its gaps.
        stored: The answer of the stored message; None or empty where there is none.
        output: The answer among the run's outputs; None where there is none.
        is_resumed: Whether the run was resumed after a pause and no text has been received since.

    Raises:
        MissingTextError: The sources contradict the text received, or there is none.
    """
    fits_output = output is not None and text.fits(output)
    if stored:
        is_prefix = unsigned(str(text)).startswith(unsigned(stored)) and not text.fits(stored)
        # Servers of June 2026 do not store the text after a form.
        is_continued = is_resumed and output is not None and unsigned(output).startswith(unsigned(stored))
        if not is_prefix and not (is_continued and fits_output):
            return stored, not text.fits(stored)
    if output is not None and fits_output:
        return output, False
    if output is None:
        raise MissingTextError("events were missed, and the server has no answer")
    raise MissingTextError("events were missed, and the outputs of the run do not contain the text received")
