"""The example of an approval back end, over HTTP."""

from __future__ import annotations

import runpy
from collections.abc import Iterator

import httpx
import pytest

from dify_chatflow.testing import LocalDify
from tests.browser import serving
from tests.conftest import ROOT

FILLED = {"comment": "Fine.", "pick": "a"}


@pytest.fixture(scope="module")
def http(dify: LocalDify) -> Iterator[httpx.Client]:
    """Yield an HTTP client of the back end."""
    assert dify.base_url
    app = runpy.run_path(str(ROOT / "examples" / "approval.py"))["app"]
    with serving(app) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def ask(http: httpx.Client) -> str:
    """Start a run that pauses, and return the id of its form."""
    asked = http.post("/questions", json={"query": "human: may order 7 be refunded?"}).json()
    assert (asked["status"], asked["answer"]) == ("paused", "Let me ask. ")
    [form_id] = asked["forms"]
    return str(form_id)


@pytest.mark.parametrize(("action", "answer"), [("approve", "approved: Fine. a"), ("reject", "rejected: Fine.")])
def test_decision_resumes_the_run(http: httpx.Client, action: str, answer: str) -> None:
    form_id = ask(http)
    [form] = [form for form in http.get("/forms").json() if form["form_id"] == form_id]
    assert [field["output_variable_name"] for field in form["fields"]] == ["comment", "pick"]
    assert [button["id"] for button in form["actions"]] == ["approve", "reject"]
    decided = http.post(f"/forms/{form_id}", json={"action": action, "inputs": FILLED})
    assert decided.json() == {"status": "succeeded", "answer": f"Let me ask. {answer}", "error": None, "forms": []}
    assert form_id not in http.get("/forms").text


def test_page_never_receives_the_token(http: httpx.Client, dify: LocalDify) -> None:
    form_id = ask(http)
    http.post(f"/forms/{form_id}", json={"action": "nope", "inputs": {}})
    token = dify.requests[-1].path.rpartition("/")[2]
    assert len(token) > 10
    assert token not in http.get("/forms").text


@pytest.mark.parametrize(("action", "inputs"), [("nope", FILLED), ("approve", {})])
def test_wrong_decision_leaves_the_form(http: httpx.Client, action: str, inputs: dict[str, str]) -> None:
    form_id = ask(http)
    refused = http.post(f"/forms/{form_id}", json={"action": action, "inputs": inputs})
    assert (refused.status_code, bool(refused.json()["detail"])) == (422, True)
    assert http.post(f"/forms/{form_id}", json={"action": "approve", "inputs": FILLED}).json()["status"] == "succeeded"


def test_form_submitted_elsewhere_is_gone(http: httpx.Client, dify: LocalDify) -> None:
    form_id = ask(http)
    dify.answer("POST /form/human_input/*", {"code": "form_submitted", "message": "submitted"}, status=412, times=1)
    statuses = [
        http.post(f"/forms/{form_id}", json={"action": "approve", "inputs": FILLED}).status_code for _ in range(2)
    ]
    assert statuses == [410, 404]


def test_failure_of_dify_is_bad_gateway(http: httpx.Client, dify: LocalDify) -> None:
    dify.fault("POST /chat-messages", status=401)
    assert http.post("/questions", json={"query": "hello"}).status_code == 502
