"""Move from dify-python-sdk: the same program with both. `python examples/migration_dify_python_sdk.py [QUERY]`.

It reads DIFY_API_KEY and DIFY_BASE_URL. With dify-python-sdk 0.1.16, which is imported as `dify_client`:

    import asyncio, json, os, sys
    from dify_client import AsyncChatClient

    async def main():
        query = " ".join(sys.argv[1:]) or "What does a full service cost?"
        async with AsyncChatClient(os.environ["DIFY_API_KEY"], base_url=os.environ["DIFY_BASE_URL"]) as client:
            response = await client.create_chat_message({}, query, "demo", response_mode="streaming")
            response.raise_for_status()
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    event = json.loads(line[6:])
                    if event["event"] == "message":
                        print(event["answer"], end="")
                    elif event["event"] == "error":
                        raise RuntimeError(event["message"])
                    task_id, message_id = event["task_id"], event["message_id"]
            print()
            suggested = await client.get_suggested(message_id, "demo")
            print(suggested.json()["data"])

    asyncio.run(main())

Its streaming mode returns once the run has ended. Its async client does not raise for error statuses, and its sync
client sends a query again after a timeout. Here text arrives while the run is in progress, failures raise a
`DifyError`, and a query that may have started a run is never repeated.

docs/migration.md has a table of all calls.
"""

from __future__ import annotations

import asyncio
import sys

from dify_chatflow import AsyncChatflow


async def main() -> None:
    query = " ".join(sys.argv[1:]) or "What does a full service cost?"
    async with AsyncChatflow(user="demo") as app:
        async with app.chat.stream(query) as stream:
            async for text in stream.text_deltas():
                print(text, end="", flush=True)
        print()
        reply = stream.reply.raise_for_status()
        if reply.message_id:
            print((await app.chat.suggested(reply.message_id)).data)


if __name__ == "__main__":
    asyncio.run(main())
