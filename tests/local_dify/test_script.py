"""Scripts: their flows, the default script, and the messages for invalid ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dify_chatflow.testing import Flow, LocalDify, Node, Script, ScriptError
from local_dify.engine.nodes import split_chunks
from local_dify.engine.pool import Pool, parse_segments
from local_dify.script_file import parse, parse_text
from tests.local_dify.conftest import Record, chat, client_of, streamed
from tests.local_dify.replay import read_events

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


SHOWN = [
    ("hello", "message", "succeeded"),
    ("fail", "node_finished", "failed"),
    ("branch", "message", "partial-succeeded"),
    ("default", "message", "partial-succeeded"),
    ("retry", "node_retry", "partial-succeeded"),
    ("slow 0", "message", "succeeded"),
    ("iterate", "iteration_next", "succeeded"),
    ("loop", "loop_next", "succeeded"),
    ("assign", "message", "succeeded"),
    ("files", "message", "succeeded"),
    ("human", "human_input_required", "paused"),
    ("hurry", "human_input_required", "paused"),
    ("think", "reasoning_chunk", "succeeded"),
    ("search", "message", "succeeded"),
    ("agent", "agent_log", "succeeded"),
    ("tool", "node_finished", "failed"),
    ("big", "message", "succeeded"),
    ("unsafe", "message_replace", "succeeded"),
]


@pytest.fixture(scope="module")
def shared_server() -> Iterator[LocalDify]:
    with LocalDify(clock=itertools.count(1.8e9).__next__) as server:
        yield server


def play(api: httpx.Client, query: str) -> list[Record]:
    """Return the events of a chat up to its final one."""
    received: list[Record] = []
    with streamed(api, query) as response:
        for event in read_events(response):
            received.append(event)
            if event["event"] in ("error", "workflow_finished", "workflow_paused"):
                break
            if event["event"] == "message_end" and received[1]["event"] == "message":
                break
    return received


@pytest.mark.parametrize(("query", "event", "status"), SHOWN)
def test_default_app_plays_every_node_type(shared_server: LocalDify, query: str, event: str, status: str) -> None:
    with client_of(shared_server) as api:
        received = play(api, query)
    assert event in [one["event"] for one in received]
    assert received[-1]["data"]["status"] == status


def test_every_default_flow_is_played(shared_server: LocalDify) -> None:
    shown = {query.split()[0] for query, _, _ in SHOWN} | {"broken", ""}
    assert {flow.when for flow in shared_server.script.flows} <= shown


def test_what_is_streamed_is_what_is_stored(shared_server: LocalDify) -> None:
    with client_of(shared_server) as api:
        for query in ("hello  there\n you", "loop", "iterate", "branch", "assign", "retry"):
            received = play(api, query)
            text = "".join(event["answer"] for event in received if event["event"] == "message")
            assert (
                text
                == received[-1]["data"]["outputs"]["answer"]
                == chat(api, query)["answer"].replace("count=1", text[:7])
            )


def test_conversation_variables_last_through_the_conversation(shared_server: LocalDify) -> None:
    with client_of(shared_server) as api:
        first = chat(api, "assign one")
        assert first["answer"] == "count=1 last=assign one"
        again = chat(api, "assign two", conversation_id=first["conversation_id"])
        assert again["answer"] == "count=2 last=assign two"
        listed = api.get(f"/conversations/{first['conversation_id']}/variables", params={"user": "u"}).json()["data"]
        assert {v["name"]: v["value"] for v in listed} == {
            "count": "2", "last": "assign two", "settings": "{'theme': 'light'}", "tags": "[]",
        }  # fmt: skip


def test_citations_reach_the_metadata_and_the_history(shared_server: LocalDify) -> None:
    with client_of(shared_server) as api:
        answer = chat(api, "search")
        (cited,) = answer["metadata"]["retriever_resources"]
        query = {"user": "u", "conversation_id": answer["conversation_id"]}
        (message,) = api.get("/messages", params=query).json()["data"]
    assert cited["document_name"] == "page.md"
    # The history adds ids and a time, as a server of June 2026 does (634_retriever_resources_messages).
    (stored,) = message["retriever_resources"]
    assert stored == {"id": stored["id"], "message_id": message["id"], **cited, "created_at": None}


@pytest.mark.parametrize("version", ["main-2026-06"])
def test_annotations_answer_once_their_job_is_done(api: httpx.Client) -> None:
    made = api.post("/apps/annotations", json={"question": "Why?", "answer": "Because."}).json()
    settings_of = {"score_threshold": 0.9, "embedding_provider_name": "p", "embedding_model_name": "m"}
    job = api.post("/apps/annotation-reply/enable", json=settings_of).json()["job_id"]
    seen = [api.get(f"/apps/annotation-reply/enable/status/{job}").json()["job_status"] for _ in range(2)]
    assert seen == ["waiting", "completed"]
    answer = chat(api, "why?")
    assert (answer["answer"], answer["metadata"]["annotation_reply"]["id"]) == ("Because.", made["id"])
    assert api.get("/apps/annotations").json()["data"][0]["hit_count"] == 1
    assert [e["event"] for e in play(api, "Why?")] == ["ping", "message", "message_end"]


def test_failing_inner_node_fails_the_run(server: LocalDify, api: httpx.Client) -> None:
    inner = Node(type="code", error="bad round")
    server.script = Script(flows=(Flow(nodes=(Node(type="iteration", items=(1, 2), nodes=(inner,)),)),))
    received = play(api, "go")
    assert [event["event"] for event in received][-3:] == ["node_finished", "iteration_completed", "workflow_finished"]
    assert received[-2]["data"]["status"] == received[-1]["data"]["status"] == "failed"


def test_retries_that_do_not_help(server: LocalDify, api: httpx.Client) -> None:
    node = Node(type="http-request", error="503", retries=3, recovers=False)
    server.script = Script(flows=(Flow(nodes=(node,)),))
    received = play(api, "go")
    assert [event["data"]["retry_index"] for event in received if event["event"] == "node_retry"] == [1, 2, 3]
    assert received[-1]["data"]["error"] == "503"


@given(TEXT, st.integers(0, 5))
def test_chunks_lose_nothing(text: str, size: int) -> None:
    assert "".join(split_chunks(text, size)) == text


@given(TEXT)
def test_a_text_without_variables_is_itself(text: str) -> None:
    plain = text.replace("{{#", "")
    assert Pool({}).text(plain) == plain
    assert "".join(segment.text for segment in parse_segments(plain)) == plain


@given(TEXT, TEXT)
@settings(max_examples=50)
def test_variables_are_filled_in(before: str, value: str) -> None:
    before = before.replace("{", "")
    assert Pool({"sys": {"query": value}}).text(before + "{{#sys.query#}}!") == f"{before}{value}!"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ([], "must be a mapping"),
        ({"nmae": "x"}, "does not know nmae"),
        ({"flows": "all"}, "must be a list"),
        ({"flows": [{"nodes": [{"id": "x"}]}]}, "flow 1, node 1.*'type'"),
        ({"flows": [{"nodes": ["ok", {"type": "llm", "txt": "x"}]}]}, "flow 1, node 2 does not know txt"),
        ({"flows": [{"nodes": [{"type": "human-input"}]}]}, "no actions"),
        ({"flows": [{"nodes": [{"type": "code", "on_error": "ignore"}]}]}, "fail, branch or default"),
        ({"flows": [{"nodes": [{"type": "loop", "nodes": [{"type": "llm", "a": 1}]}]}]}, "node 1, nodes, node 1"),
        ({"flows": [{"nodes": [{"type": "answr"}]}]}, "'answr'; did you mean answer"),
        ({"flows": [{"nodes": ["{{#llm.text#}}", {"type": "llm"}]}]}, "node answer: .*no earlier node: 'llm'"),
        ({"flows": [{"nodes": ["{{#sys.quer#}}"]}]}, "no variable of sys: 'quer'; did you mean query"),
        ({"flows": [{"nodes": ["{{#inputs.name#}}"]}]}, "no variable of inputs: 'name'; define it"),
        ({"flows": [{"nodes": [{"type": "assigner", "assign": {"conversation.n": 1}}]}]}, "conversation: 'n'"),
        ({"flows": [{"nodes": [{"type": "human-input", "actions": {"ok": ["{{#a.b#}}"]}}]}]}, "human_input, ok, node"),
    ],
)
def test_invalid_script_names_the_place(script: Any, words: str) -> None:
    with pytest.raises(ScriptError, match=words):
        parse(script)


NESTED = "[" * 2000 + "]" * 2000
REPEATED = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("flows: &f\n  - nodes: *f", "refers to itself"),
        ("tool_icons: &i {a: *i}", "refers to itself"),
        (REPEATED, "more than 100000 values"),
        (f"flows: {NESTED}", "nested too deeply"),
    ],
)
def test_script_without_end_is_refused(text: str, words: str) -> None:
    with pytest.raises(ScriptError, match=words):
        parse_text(text)


@pytest.mark.parametrize("text", ["a: [", "\x00", "- 1"])
def test_invalid_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(text)
    with pytest.raises(ScriptError, match=r"app\.yaml"):
        LocalDify(path)
