"""Print how long each node of a run takes: `python examples/nodes.py [QUERY]`. It reads DIFY_API_KEY."""

from __future__ import annotations

import sys

from dify_chatflow import Chatflow


def main() -> None:
    query = " ".join(sys.argv[1:]) or "loop twice, please"
    with Chatflow(user="demo") as app, app.chat.stream(query, resume=True) as stream:
        reply = stream.until_done()
    for node in reply.nodes.values():
        seconds = f"{node.elapsed_time:.3f} s" if node.elapsed_time is not None else "?"
        print(f"{node.title or node.id:30} {node.status:12} {seconds:>10}  {node.error or ''}")
    print(reply.raise_for_status().answer)


if __name__ == "__main__":
    main()
