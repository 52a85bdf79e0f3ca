"""Move from dify-client: the same program with both clients. `python examples/migration_dify_client.py [QUERY]`.

It reads DIFY_API_KEY and DIFY_BASE_URL. With dify-client 0.1.10:

    import json, os, sys
    from dify_client import ChatClient

    query = " ".join(sys.argv[1:]) or "What does a full service cost?"
    client = ChatClient(os.environ["DIFY_API_KEY"])
    client.base_url = os.environ["DIFY_BASE_URL"]
    response = client.create_chat_message(inputs={}, query=query, user="demo", response_mode="streaming")
    response.raise_for_status()
    for line in response.iter_lines():
        if line.startswith(b"data: "):
            event = json.loads(line[6:])
            if event["event"] == "message":
                print(event["answer"], end="")
            elif event["event"] == "error":
                raise RuntimeError(event["message"])
            conversation_id = event["conversation_id"]
    print()
    for message in client.get_conversation_messages("demo", conversation_id).json()["data"]:
        print(message["query"], "->", message["answer"])

dify-client returns `requests.Response` objects, without timeouts, and the program checks the status of each. Here
responses are typed, error statuses raise, and so does a stream that ends without its final event. Lists have all pages.

docs/migration.md has a table of all calls.
"""

from __future__ import annotations

import sys

from dify_chatflow import Chatflow


def main() -> None:
    query = " ".join(sys.argv[1:]) or "What does a full service cost?"
    with Chatflow(user="demo") as app:
        conversation = app.conversation()
        with conversation.stream(query) as stream:
            for text in stream.text_deltas():
                print(text, end="", flush=True)
        print()
        stream.reply.raise_for_status()
        for message in conversation.history():
            print(message.query, "->", message.answer)


if __name__ == "__main__":
    main()
