"""Use your own HTTP client, here with a proxy from the environment: `python examples/custom_http_client.py`.

It reads DIFY_API_KEY, and the proxy from DIFY_PROXY.
"""

from __future__ import annotations

import os

from dify_chatflow import Chatflow, DefaultClient


def main() -> None:
    # `DefaultClient` keeps the package's timeouts, limits and keep-alive; any `httpx.Client` works, too.
    with (
        DefaultClient(proxy=os.environ.get("DIFY_PROXY")) as http_client,
        Chatflow(user="demo", http_client=http_client) as app,
    ):
        print(app.chat.send("hello").answer)


if __name__ == "__main__":
    main()
