"""Submit human-input forms over HTTP: `python examples/approval.py`, then open http://127.0.0.1:8000/docs.

POST /questions starts a run, GET /forms lists the forms that wait, and POST /forms/{form_id} submits one, after which
its run continues. It reads DIFY_API_KEY and DIFY_BASE_URL, and needs `pip install fastapi uvicorn`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from dify_chatflow import AsyncChatflow, BadRequestError, DifyError, Form, PreconditionFailedError, Reply

# Each form with the id of its run. A real back end keeps both in a database, and checks who may see and submit them.
waiting: dict[str, tuple[Form, str]] = {}


class Decision(BaseModel):
    action: str
    inputs: dict[str, Any]


@asynccontextmanager
async def connect(_: FastAPI) -> AsyncGenerator[dict[str, AsyncChatflow]]:
    async with AsyncChatflow(user="approvals") as dify:
        yield {"dify": dify}


async def client(request: Request) -> AsyncChatflow:
    dify: AsyncChatflow = request.state.dify
    return dify


Dify = Annotated[AsyncChatflow, Depends(client)]
app = FastAPI(lifespan=connect)


@app.post("/questions")
async def ask(query: Annotated[str, Body(embed=True)], dify: Dify) -> dict[str, Any]:
    # A stream, since servers may abort a run that was started by a blocking query and is resumed after a pause.
    async with dify.chat.stream(query, resume=True) as stream:
        return keep(await stream.until_done())


@app.get("/forms")
async def pending() -> list[dict[str, Any]]:
    # Without the token, which submits the form.
    return [{key: value for key, value in form.to_dict().items() if key != "token"} for form, _ in waiting.values()]


@app.post("/forms/{form_id}")
async def decide(form_id: str, decision: Decision, dify: Dify) -> dict[str, Any]:
    if form_id not in waiting:
        raise HTTPException(404, "no such form: it was submitted, or never asked")
    form, run_id = waiting[form_id]
    try:
        await dify.human_input.submit(form, decision.action, inputs=decision.inputs)
    except BadRequestError as error:  # an unknown action or a missing field: the form waits on
        raise HTTPException(422, error.message) from error
    except PreconditionFailedError as error:  # submitted before, or expired
        waiting.pop(form_id, None)
        raise HTTPException(410, error.message) from error
    waiting.pop(form_id, None)
    async with dify.runs.events(run_id, resume=True, continue_on_pause=True) as stream:
        return keep(await stream.until_done())


def keep(reply: Reply) -> dict[str, Any]:
    """Keep the forms of a run that has paused, and return its outcome."""
    forms = {form.form_id: (form, reply.workflow_run_id or "") for form in reply.forms if form.form_id}
    waiting.update(forms)
    return {"status": reply.status, "answer": reply.answer, "error": reply.error, "forms": list(forms)}


@app.exception_handler(DifyError)
async def fail(_: Request, error: Exception) -> JSONResponse:
    """Return failures of Dify as those of a gateway."""
    return JSONResponse({"detail": str(error)}, 502)


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app)
