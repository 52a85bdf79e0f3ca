"""Ask a person before a run continues: `python examples/approval.py [QUERY]`. It reads DIFY_API_KEY.

A web back end keeps the token of the form on the server, and submits it when the person has decided.
"""

from __future__ import annotations

import sys

from dify_chatflow import Chatflow, Form


def main() -> None:
    query = " ".join(sys.argv[1:]) or "human: may order 7 be refunded?"
    with Chatflow(user="demo") as app, app.chat.stream(query) as stream:
        reply = stream.until_done()
        while reply.paused:
            action, inputs = decide(reply.forms[0])
            with stream.submit(reply.forms[0], action, inputs) as stream:  # noqa: PLW2901 - the run has a new stream
                reply = stream.until_done()
    print(reply.raise_for_status().answer)


def decide(form: Form) -> tuple[str, dict[str, str]]:
    print(form.content)
    inputs = {field.output_variable_name: input(f"{field.output_variable_name}: ") for field in form.fields}
    return input(f"{', '.join(action.id for action in form.actions)}? "), inputs


if __name__ == "__main__":
    main()
