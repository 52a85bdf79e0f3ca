"""The methods that the faults are tried on, in one form for the sync and the async client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from soak import exchanges as ex
from soak.exchanges import Exchange, Truth
from soak.wire import Request
from tests.client.modes import App, enter, maybe_await, to_list

# Seconds. The default of real clients is 300; nothing here takes longer than a moment unless a fault delays it.
READ_TIMEOUT, END_TIMEOUT = 2.0, 1.0


@dataclass
class World:
    """The objects on a server that methods refer to, and a folder for downloads."""

    folder: Path
    run_id: str = ex.RUN
    file_id: str = ex.FILE
    form_token: str = ex.FORM_TOKEN
    upload: bytes = ex.UPLOAD
    content: bytes = ex.CONTENT


Call: TypeAlias = Callable[[App, World], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, eq=False)
class Method:
    """One method of the client.

    Attributes:
        name: Name of the column.
        call: Function that calls it and returns the result as plain values.
        truth: The right result on the socket server.
        route: The request that a fault damages, as a route of LocalDify.
        exchange: The undamaged response to that request.
        starts_run: Whether that request may start a run, or continue one, and so must not be sent twice.
    """

    name: str
    call: Call
    truth: Truth
    route: str
    exchange: Exchange
    starts_run: bool = False

    @property
    def is_retried(self) -> bool:
        """True for a request that the client may send again."""
        return self.route.startswith("GET ")

    def is_damaged(self, request: Request) -> bool:
        """Return True for the request that a fault damages."""
        method, _, pattern = self.route.partition(" ")
        return request.method == method and Path(request.path).match(pattern) and self._is_second_page(request)

    def _is_second_page(self, request: Request) -> bool:
        return self.name != "paging" or request.query.get("last_id") == f"conversation-{ex.PAGE_SIZE}"


async def send(app: App, _: World) -> dict[str, Any]:
    """Return the answer of a blocking call."""
    answer = await maybe_await(app.chat.send("hello"))
    metadata: Any = answer.metadata
    usage = metadata.usage if metadata else None
    return {
        "answer": answer.answer,
        "message": answer.message_id,
        "conversation": answer.conversation_id,
        "tokens": usage.total_tokens if usage else None,
    }


async def read_stream(app: App, *, resume: bool) -> dict[str, Any]:
    """Return the reply of a stream, and the text of its chunks."""
    options: dict[str, Any] = {
        "idle_timeout": READ_TIMEOUT,
        "start_timeout": READ_TIMEOUT,
        "end_timeout": END_TIMEOUT,
        "max_event_size": 1_000_000,
    }
    async with enter(app.chat.stream("hello", resume=resume, **options)) as stream:
        text = "".join(await to_list(stream.text_deltas()))
        reply = await maybe_await(stream.until_done())
    if reply.status == "error":  # the stream ended with an error that users get by this method
        reply.raise_for_status()
    usage = reply.usage
    return {
        "text": text,
        "answer": reply.answer,
        "status": reply.status,
        "message": reply.message_id,
        "conversation": reply.conversation_id,
        "run": reply.workflow_run_id,
        "tokens": usage.total_tokens if usage else None,
        "nodes": [node.status for node in reply.nodes.values() if node.node_id == "llm"] or None,
    }


async def stream(app: App, _: World) -> dict[str, Any]:
    """Return the reply of a stream that does not reconnect."""
    return await read_stream(app, resume=False)


async def resume(app: App, _: World) -> dict[str, Any]:
    """Return the reply of a stream that reconnects."""
    return await read_stream(app, resume=True)


async def get_run(app: App, world: World) -> dict[str, Any]:
    """Return the detail of a run."""
    run: Any = await maybe_await(app.runs.get(world.run_id))
    outputs: dict[str, Any] = run.to_dict().get("outputs") or {}
    return {"status": run.status, "answer": outputs.get("answer"), "run": run.id}


async def upload(app: App, world: World) -> dict[str, Any]:
    """Upload a file."""
    file = await maybe_await(app.files.upload(world.upload, filename="photo.png"))
    return {"file": file.id, "name": file.name, "size": file.size}


async def download(app: App, world: World) -> dict[str, Any]:
    """Return a file as bytes."""
    return {"content": await maybe_await(app.files.download(world.file_id))}


async def download_to(app: App, world: World) -> dict[str, Any]:
    """Write a file over an old one, of which nothing may be lost unless the new one is complete."""
    path = world.folder / "photo.png"
    path.write_bytes(b"old")
    try:
        await maybe_await(app.files.download(world.file_id, to=path))
    finally:
        names = [found.name for found in world.folder.iterdir()]
        content = path.read_bytes()
        if names != ["photo.png"] or content not in (b"old", world.content):
            raise AssertionError(f"the folder is left with {names}, and {len(content)} bytes in place of the old file")
    return {"content": content}


async def page(app: App, _: World) -> dict[str, Any]:
    """Return all conversations, over several pages."""
    rows: list[Any] = await to_list(app.conversations.list(limit=ex.PAGE_SIZE))
    return {"names": tuple(row.name for row in rows)}


async def get_form(app: App, world: World) -> dict[str, Any]:
    """Return a form."""
    form = await maybe_await(app.human_input.get(world.form_token))
    return {"actions": [action.id for action in form.user_actions]}


async def submit_form(app: App, world: World) -> dict[str, Any]:
    """Submit a form."""
    result = await maybe_await(app.human_input.submit(world.form_token, "approve"))
    return {"result": result.to_dict()}


MADE = {"message": ex.MESSAGE, "conversation": ex.CONVERSATION, "tokens": ex.TOKENS}
REPLY = Truth(
    {"text": ex.ANSWER, "answer": ex.ANSWER, "status": "succeeded"}, {**MADE, "run": ex.RUN, "nodes": ["succeeded"]}
)
CONTENT = Truth({"content": ex.CONTENT})
CHAT, EVENTS, PREVIEW = "POST /chat-messages", "GET /workflow/*/events", "GET /files/*/preview"
METHODS = (
    Method("send", send, Truth({"answer": ex.ANSWER}, MADE), CHAT, ex.BLOCKING, starts_run=True),
    Method("stream", stream, REPLY, CHAT, ex.STREAM, starts_run=True),
    Method("resume", resume, REPLY, CHAT, ex.STREAM, starts_run=True),
    Method("rejoin", resume, REPLY, EVENTS, ex.JOINED),
    Method(
        "runs.get",
        get_run,
        Truth({"status": "succeeded"}, {"answer": ex.ANSWER, "run": ex.RUN}),
        "GET /workflows/run/*",
        ex.DETAIL,
    ),
    Method(
        "upload",
        upload,
        Truth({"file": ex.FILE}, {"name": "photo.png", "size": len(ex.UPLOAD)}),
        "POST /files/upload",
        ex.UPLOADED,
    ),
    Method("download", download, CONTENT, PREVIEW, ex.DOWNLOAD),
    Method("to file", download_to, CONTENT, PREVIEW, ex.DOWNLOAD),
    Method(
        "paging",
        page,
        Truth({"names": ex.NAMES}),
        "GET /conversations",
        ex.conversation_page(f"conversation-{ex.PAGE_SIZE}"),
    ),
    Method("form", get_form, Truth({"actions": ["approve"]}), "GET /form/human_input/*", ex.FORM),
    Method("submit", submit_form, Truth({"result": {}}), "POST /form/human_input/*", ex.SUBMITTED, starts_run=True),
)


def route(request: Request) -> Exchange:
    """Return the undamaged response to a request."""
    kind = f"{request.method} {request.path}"
    if kind == CHAT:
        return ex.STREAM if request.json.get("response_mode") == "streaming" else ex.BLOCKING
    if kind == "GET /conversations":
        return ex.conversation_page(request.query.get("last_id"))
    return ROUTES.get(kind, NOT_FOUND)


NOT_FOUND = Exchange(b'{"code":"not_found","message":"nothing here","status":404}', status=404)
ROUTES = {
    f"GET /workflow/{ex.RUN}/events": ex.JOINED,
    f"GET /workflows/run/{ex.RUN}": ex.DETAIL,
    "GET /messages": ex.MESSAGE_PAGE,
    "GET /parameters": ex.PARAMETERS,
    "GET /info": ex.INFO,
    "POST /files/upload": ex.UPLOADED,
    f"GET /files/{ex.FILE}/preview": ex.DOWNLOAD,
    f"GET /form/human_input/{ex.FORM_TOKEN}": ex.FORM,
    f"POST /form/human_input/{ex.FORM_TOKEN}": ex.SUBMITTED,
}
