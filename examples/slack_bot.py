"""Answer mentions in Slack: `python examples/slack_bot.py`, which receives Slack's events at http://127.0.0.1:3000.

Each thread is a conversation, and the bot edits its message while the answer is streamed. It reads DIFY_API_KEY,
DIFY_BASE_URL, SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, and needs `pip install slack-bolt`.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from dify_chatflow import Chatflow, Conversation, DifyError


def build(dify: Chatflow, slack: WebClient, signing_secret: str, seconds_between_edits: float = 1.0) -> App:
    """Return the bot, which refuses requests that Slack has not signed."""
    bot = App(client=slack, signing_secret=signing_secret)
    # A real bot keeps the ids of conversations in a database, and continues with `dify.conversation(id)`.
    conversations: dict[str, Conversation] = {}

    @bot.event("app_mention")
    def answer(event: dict[str, Any]) -> None:
        channel, thread = event["channel"], event.get("thread_ts") or event["ts"]
        # A conversation belongs to one user of Dify; a thread may have several people.
        user = f"slack-{channel}-{thread}"
        conversation = conversations.setdefault(user, dify.conversation(user=user))
        query = re.sub(r"<@\w+>", "", event["text"]).strip() or "Hello!"
        message = str(slack.chat_postMessage(channel=channel, thread_ts=thread, text="…")["ts"])
        edited, text = time.monotonic(), ""
        try:
            with conversation.stream(query, resume=True) as stream:
                for delta in stream.text_deltas():
                    text += delta
                    if time.monotonic() - edited >= seconds_between_edits:
                        slack.chat_update(channel=channel, ts=message, text=f"{text} …")
                        edited = time.monotonic()
            text = stream.reply.raise_for_status().answer or "I have no answer."
        except DifyError as error:
            bot.logger.warning("no complete answer: %s", error)
            text = f"{text}\n_The answer could not be completed._"
        slack.chat_update(channel=channel, ts=message, text=text)

    return bot


if __name__ == "__main__":
    with Chatflow() as app:
        client = WebClient(token=os.environ["SLACK_BOT_TOKEN"])
        build(app, client, os.environ["SLACK_SIGNING_SECRET"]).start(port=3000)
