"""Ask several questions at once with `AsyncChatflow`: `python examples/async_chat.py`. It reads DIFY_API_KEY."""

from __future__ import annotations

import asyncio

from dify_chatflow import AsyncChatflow

QUERIES = ("What do you repair?", "What does it cost?", "When are you open?")


async def main() -> None:
    async with AsyncChatflow(user="demo") as app:
        async with app.chat.stream("hello") as stream:
            async for text in stream.text_deltas():
                print(text, end="", flush=True)
        print()
        answers = await asyncio.gather(*(app.chat.send(query) for query in QUERIES))
    for query, answer in zip(QUERIES, answers, strict=True):
        print(f"{query} {answer.answer}")


if __name__ == "__main__":
    asyncio.run(main())
