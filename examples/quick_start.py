"""Ask one question: `python examples/quick_start.py`. It reads DIFY_API_KEY and DIFY_BASE_URL."""

from dify_chatflow import Chatflow

with Chatflow(user="demo") as app:
    answer = app.chat.send("What can you do?")
    print(answer.answer)
