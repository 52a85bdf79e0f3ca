"""Answer questions of customers, as a function that `test_support.py` tests."""

from __future__ import annotations

import logging

from dify_chatflow import Chatflow, DifyError, RateLimitError

log = logging.getLogger("support")


def answer(app: Chatflow, customer: str, query: str) -> str:
    """Return the app's answer, or an apology when there is none."""
    try:
        return app.chat.send(query, user=customer).answer
    except RateLimitError:
        return "We are busy at the moment. Please ask again in a minute."
    except DifyError as error:
        log.warning("no answer for %s: %s", customer, error)
        return "I cannot answer now. A colleague will write to you."
