"""Stream a chat with the progress of its nodes, then print its run: `python examples/chat.py [QUERY]`.

Connects to the app of DIFY_API_KEY (and the server of DIFY_BASE_URL), or starts a local server if none is set.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from dify_chatflow import Chatflow, ChatStream
from dify_chatflow.events import MessageEvent, NodeFinishedEvent, NodeStartedEvent


def main() -> None:
    query = " ".join(sys.argv[1:]) or "loop twice, please"
    with ExitStack() as stack:
        app = stack.enter_context(connect(stack))
        print(f"{app.base_url}: {app.application.info().name}\n> {query}")
        stream = stack.enter_context(app.chat.stream(query, resume=True))
        follow(stream)
        print_run(app, stream)


def connect(stack: ExitStack) -> Chatflow:
    if os.environ.get("DIFY_API_KEY"):
        return Chatflow(user="demo")
    from dify_chatflow.testing import LocalDify

    server = stack.enter_context(LocalDify())
    return Chatflow(api_key=server.api_key, base_url=server.base_url, user="demo")


def follow(stream: ChatStream) -> None:
    for event in stream:
        match event:
            case NodeStartedEvent(data=node):
                print(f"  … {node.title}")
            case NodeFinishedEvent(data=node):
                print(f"  ✓ {node.title}: {node.status} in {node.elapsed_time:.3f} s")
            case MessageEvent(answer=text) if text:
                print(f"    {text!r}")
            case _:
                print(f"  · {event.event}")
    print(f"= {stream.reply.answer}")


def print_run(app: Chatflow, stream: ChatStream) -> None:
    if stream.workflow_run_id:
        run = app.runs.get(stream.workflow_run_id)
        print(f"run {run.id}: {run.status}, {run.total_steps} steps, {run.total_tokens} tokens, outputs {run.outputs}")


if __name__ == "__main__":
    main()
