"""The completion of an answer whose events were missed, and the sources it is taken from.

The events of the run come first, then the stored message, then the run's outputs. Outputs are not moderated, and can
hold more or less than was streamed: answer nodes in loops (recording 606_loop_answer_inside_stream), text before a
form (wire README of June 2026, point 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dify_chatflow._streaming.coerce import string
from dify_chatflow._streaming.partial import is_stopped_by_moderation
from dify_chatflow._streaming.reply import Reply
from dify_chatflow._streaming.text import Text, unsigned
from dify_chatflow._streaming.usage import usage_of

if TYPE_CHECKING:
    from dify_chatflow_client.models import ConversationMessage

# An image in Markdown.
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
SUCCEEDED = frozenset({"succeeded", "partial-succeeded"})


class MissingTextError(Exception):
    """No source has the complete answer; the message has the reason."""


@dataclass(slots=True, eq=False)
class Completion:
    """What may be missing of a reply.

    Attributes:
        reply: The reply.
        text: The text of its answer.
        is_joined: Whether events may have been missed, since the run was joined while under way.
        is_unconfirmed: Whether the stored message may differ from the complete text, since `message_end`, before which
            the answer is replaced, was not received: 1.13.0 sends none.
        resumed_at: The length of the text when the run resumed after a pause; None where it did not.
    """

    reply: Reply
    text: Text
    is_joined: bool = False
    is_unconfirmed: bool = False
    resumed_at: int | None = None

    @property
    def needs_stored_message(self) -> bool:
        """Whether text or usage may have been missed that the stored message has."""
        if self._is_withheld or self._is_contradicted or (self.is_unconfirmed and self._may_be_withheld):
            return True
        if not self.is_joined and not self.text.gaps and self.resumed_at is None:
            return False
        return self._needs_text or self.reply.metadata is None

    @property
    def _is_withheld(self) -> bool:
        """Whether moderation has stopped the run, and the replacement was missed."""
        return not self.reply.moderated and is_stopped_by_moderation(self.reply)

    @property
    def _may_be_withheld(self) -> bool:
        """Whether moderation can have replaced the answer of a run that succeeded."""
        return not self.reply.moderated and self.reply.status in SUCCEEDED

    @property
    def _is_contradicted(self) -> bool:
        """Whether the outputs of a run that succeeded have another text than was received."""
        output = string(self.reply.outputs.get("answer"))
        return self._may_be_withheld and bool(output) and unsigned(output or "") != unsigned(str(self.text))

    @property
    def _is_silent(self) -> bool:
        """Whether the run was resumed and no text has been received since."""
        return self.resumed_at is not None and self.resumed_at == len(str(self.text))

    @property
    def _needs_text(self) -> bool:
        """Whether the text may be incomplete."""
        if self.reply.moderated:
            return False
        output = string(self.reply.outputs.get("answer"))
        is_equal = output is not None and unsigned(output) == unsigned(str(self.text))
        if self.text.gaps:
            # Text after the last gap shows that no replacement, which follows all text, was missed.
            is_live = self.text.gaps[-1] < len(str(self.text))
            return not (is_equal and is_live and self.reply.metadata is not None)
        return self.resumed_at is not None and output is not None and not is_equal

    def complete(self, stored: ConversationMessage | None, *, moderates: bool | None = False) -> None:
        """Complete the reply from the stored message and the outputs.

        Args:
            stored: The message, where the server has it.
            moderates: Whether the app moderates answers; None where that is unknown. The outputs, which are not
                moderated, are given only where it does not.

        Raises:
            MissingTextError: No source has the answer of a run that succeeded.
        """
        reply = self.reply
        answer = string(stored.answer) if stored is not None else None
        is_confirmed = self.is_unconfirmed and not self.text.gaps and self._may_be_withheld
        if self._is_withheld or (is_confirmed and (answer or moderates)):
            self._confirm(answer)
        elif self._needs_text:
            if not self.text.gaps:
                self.text.mark_gap(self.resumed_at)
            output = None if moderates is not False else string(reply.outputs.get("answer"))
            try:
                complete, reply.moderated = complete_text(self.text, answer, output, is_resumed=self._is_silent)
            except MissingTextError:
                if reply.status in SUCCEEDED:
                    raise
            else:
                self.text.set(complete)
        elif self._is_contradicted and answer and unsigned(answer) == unsigned(str(reply.outputs["answer"])):
            self.text.set(answer)  # two sources agree: events were lost, repeated or out of order
        self.text.close_gaps()
        if stored is not None and reply.usage is None:
            reply.metadata = usage_of(stored) or reply.metadata

    def _confirm(self, answer: str | None) -> None:
        """Replace the complete text by the stored answer where moderation has replaced it.

        Raises:
            MissingTextError: There is no stored answer.
        """
        if not answer:
            raise MissingTextError("the app moderates answers, and the server has no moderated one")
        if self._is_withheld or not (self.text.fits(answer) or has_lost_images(str(self.text), answer)):
            self.reply.moderated = True
            self.text.set(answer)


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
    if stored and output is not None and fits_output and has_lost_images(output, stored):
        return output, False
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


def has_lost_images(answer: str, stored: str) -> bool:
    """Return whether a stored answer lacks only images, which 1.9.0 to 1.15 remove from answers with files."""
    return IMAGE.search(answer) is not None and IMAGE.sub("", unsigned(answer)).strip() == unsigned(stored)
