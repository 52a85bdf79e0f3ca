"""Commands `conversations list`, `show`, `rename`, `delete` and `export`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.text import Text

from dify_chatflow.models import ConversationMessage
from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.confirm import confirm
from dify_chatflow_cli.terminal import (
    clean,
    moment,
    note,
    output,
    page_size,
    print_json,
    print_list,
    print_rows,
)

group = typer.Typer(name="conversations", help="Show, rename, delete and export conversations.", no_args_is_help=True)

ConversationId = Annotated[str, typer.Argument(help="Id of the conversation.")]


@command(group, "list")
def list_conversations(
    options: Options,
    limit: Annotated[int, typer.Option(min=1, help="The number of conversations.")] = 20,
) -> None:
    """List the conversations of the end user, the latest change first."""
    with options.connect() as app:
        rows = list(print_list(app.conversations.list(limit=page_size(limit)), limit))
    if options.as_json:
        for row in rows:
            print_json(row.to_dict())
    else:
        table = [{"id": row.id, "updated": moment(row.updated_at), "name": row.name} for row in rows]
        print_rows(table, fixed=("id", "updated"))


@command(group, "show")
def show(options: Options, conversation_id: ConversationId) -> None:
    """Show all messages of a conversation, the oldest first."""
    messages = history(options, conversation_id)
    if options.as_json:
        for message in messages:
            print_json(message.to_dict())
        return
    console = output()
    for message in messages:
        console.print(Text(f"{moment(message.created_at)}  {message.id}", "dim"))
        console.print(Text.assemble(("> ", "bold"), (clean(message.query), "bold")))
        console.print(Text(clean(message.answer)))
        if message.error:
            console.print(Text(clean(message.error), "red"))
        console.print()


@command(group, "rename")
def rename(
    options: Options,
    conversation_id: ConversationId,
    name: Annotated[str | None, typer.Argument(help="The new name; without one the server makes it.")] = None,
) -> None:
    """Rename a conversation."""
    with options.connect() as app:
        renamed = app.conversations.rename(conversation_id, name, auto_generate=name is None)
    if options.as_json:
        print_json(renamed.to_dict())
    else:
        print_rows([{"id": renamed.id, "name": renamed.name}])


@command(group, "delete")
def delete(
    options: Options,
    conversation_id: ConversationId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete a conversation and its messages."""
    confirm(f"Delete the conversation {conversation_id}?", yes=yes)
    with options.connect() as app:
        app.conversations.delete(conversation_id)
    if options.as_json:
        print_json({"id": conversation_id, "deleted": True})
    else:
        note("deleted")


@command(group, "export")
def export(
    options: Options,
    conversation_id: ConversationId,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", dir_okay=False, help="The file to write; by default stdout.")
    ] = None,
    kind: Annotated[
        Literal["jsonl", "md"], typer.Option("--format", help="JSON Lines with every field, or Markdown.")
    ] = "jsonl",
) -> None:
    """Export all messages of a conversation, the oldest first."""
    messages = history(options, conversation_id)
    if kind == "md" and not options.as_json:
        text = "\n".join(map(markdown, messages))
    elif out is None:
        for message in messages:
            print_json(message.to_dict())
        return
    else:
        text = "".join(json.dumps(message.to_dict(), ensure_ascii=True) + "\n" for message in messages)
    if out is None:
        sys.stdout.write(text)
        return
    out.write_text(text, encoding="utf-8")
    note(f"{out}: {len(messages)} messages")


def markdown(message: ConversationMessage) -> str:
    """Return the query, the answer and the error of a message as a section."""
    parts = [f"## {clean(message.query)}", clean(message.answer)]
    if message.error:
        parts.append(f"**Error:** {clean(message.error)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def history(options: Options, conversation_id: str) -> list[ConversationMessage]:
    """Return all messages, the oldest first."""
    with options.connect() as app:
        return app.conversations.history(conversation_id)
