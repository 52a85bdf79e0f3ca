"""The server: start, stop, keys, recorded requests, state on disk."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dify_chatflow.testing import Flow, LocalDify, Node, Script
from local_dify.command import main
from tests.local_dify.conftest import body, chat, client_of, streamed
from tests.local_dify.replay import read_events

CLEAN = """
import gc, httpx
from dify_chatflow.testing import LocalDify

for _ in range(3):
    with LocalDify(ping_interval=0.01) as server:
        with httpx.Client(headers={"authorization": "Bearer " + server.api_key}) as client:
            url, body = server.base_url + "/chat-messages", {"inputs": {}, "query": "slow 9", "user": "u"}
            with client.stream("POST", url, json={**body, "response_mode": "streaming"}) as response:
                next(response.iter_bytes())
                server.stop()
gc.collect()
"""


def test_server_starts_and_stops() -> None:
    server = LocalDify()
    assert "stopped" in repr(server)
    with server, client_of(server) as api:
        assert api.get("/info").json()["mode"] == "advanced-chat"
        assert server.api_key not in repr(server)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.base_url}/info")


def test_many_servers_run_at_once() -> None:
    servers = [LocalDify().start() for _ in range(4)]
    ports = [server.port for server in servers]
    assert len(set(ports)) == 4
    for server in servers:
        server.stop()
        server.stop()
        with server, client_of(server) as api:
            assert api.get("/meta").status_code == 200
    assert [server.port for server in servers] == ports


def test_stop_closes_open_streams() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", CLEAN], capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])  # noqa: S104 - it is refused
def test_addresses_of_others_are_refused(host: str) -> None:
    with pytest.raises(ValueError, match="allow_remote"):
        LocalDify(host=host)


def test_taken_port_raises() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            LocalDify(port=taken.getsockname()[1]).start()


def test_second_start_raises() -> None:
    server = LocalDify()
    with pytest.raises(RuntimeError, match="start it"):
        server.add_app()
    with server, pytest.raises(RuntimeError, match="already"):
        server.start()


def test_requests_are_recorded_without_the_key(server: LocalDify, api: httpx.Client) -> None:
    api.post("/chat-messages", json=body("hi"), params={"a": "1"})
    api.get("/nosuch")
    chat, unknown = server.requests
    assert (chat.method, chat.path, chat.query, chat.status) == ("POST", "/v1/chat-messages", {"a": "1"}, 200)
    assert chat.json()["query"] == "hi"
    assert chat.headers["authorization"] == "[hidden]"
    assert (unknown.path, unknown.status) == ("/v1/nosuch", 404)
    assert server.api_key not in repr(server.requests) + str([request.headers for request in server.requests])


def test_apps_do_not_see_each_other(server: LocalDify, api: httpx.Client) -> None:
    answer = chat(api, "hi")
    with client_of(server, server.add_app(Script(name="other"))) as other:
        assert other.get("/info").json()["name"] == "other"
        assert other.get("/conversations", params={"user": "u"}).json()["data"] == []
        request = body("hi", conversation_id=answer["conversation_id"])
        assert other.post("/chat-messages", json=request).status_code == 404


def test_new_script_applies_to_next_chat(server: LocalDify, api: httpx.Client) -> None:
    server.script = Script(name="changed")
    assert chat(api, "hello")["answer"] == "hello"
    assert api.get("/info").json()["name"] == "changed"


def test_paused_run_survives_a_restart(tmp_path: Path) -> None:
    db = tmp_path / "dify.db"
    with LocalDify(db=db, api_key="app-k") as server, client_of(server) as api:
        message = chat(api, "remember this")
        with streamed(api, "human please") as response:
            asked = next(event for event in read_events(response) if event["event"] == "human_input_required")
    with LocalDify(db=db, api_key="app-k") as server, client_of(server) as api:
        query = {"user": "u", "conversation_id": message["conversation_id"]}
        assert [m["query"] for m in api.get("/messages", params=query).json()["data"]] == ["remember this"]
        form = f"/form/human_input/{asked['data']['form_token']}"
        filled = {"inputs": {"comment": "later", "pick": "b"}, "action": "approve", "user": "u"}
        assert api.post(form, json=filled).json() == {}
        run = f"/workflow/{asked['workflow_run_id']}/events"
        with api.stream("GET", run, params={"user": "u"}) as response:
            last = list(read_events(response))[-1]
    assert last["data"]["outputs"]["answer"] == "Let me ask. approved: later b"


def test_form_expires_while_server_is_stopped(tmp_path: Path) -> None:
    db, now = tmp_path / "dify.db", [1.8e9]
    hurry = Node(type="human-input", form="Quick", actions={"ok": ()}, on_timeout=(Node(type="answer", text="late"),))
    script = Script(flows=(Flow(nodes=(hurry,)),))
    with LocalDify(script, db=db, api_key="app-k", clock=lambda: now[0]) as server, client_of(server) as api:
        run = chat(api, "hi")["workflow_run_id"]
    now[0] += 3600
    with (
        LocalDify(script, db=db, api_key="app-k", clock=lambda: now[0]) as server,
        client_of(server) as api,
        api.stream("GET", f"/workflow/{run}/events", params={"user": "u"}) as response,
    ):
        last = list(read_events(response))[-1]
    assert last["data"]["outputs"]["answer"] == "late"


@pytest.mark.parametrize("nodes", [(), (Node(type="answer", text="other"),)])
def test_form_of_removed_node_is_gone(tmp_path: Path, nodes: tuple[Node, ...]) -> None:
    db, asks = tmp_path / "dify.db", Node(type="human-input", form="Sure?", actions={"ok": ()})
    with LocalDify(Script(flows=(Flow(nodes=(asks,)),)), db=db, api_key="app-k") as server, client_of(server) as api:
        form = f"/form/human_input/{chat(api, 'hi')['data']['reasons'][0]['form_token']}"
    with LocalDify(Script(flows=(Flow(nodes=nodes),)), db=db, api_key="app-k") as server, client_of(server) as api:
        refused = api.post(form, json={"user": "u", "inputs": {}, "action": "ok"})
    assert (refused.status_code, refused.json()["message"]) == (400, "The run of this form is gone.")


def test_invalid_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like something else" * 20)
    with pytest.raises(ValueError, match="give another file"):
        LocalDify(db=path).start()


def test_internal_error_is_answered_and_logged(
    server: LocalDify, api: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = Script(variables=({"nameless": 1},))
    response = api.post("/chat-messages", json=body("hi"))
    assert (response.status_code, response.json()["code"]) == (500, "unknown")
    assert "/v1/chat-messages" in caplog.text


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    script = tmp_path / "app.yaml"
    script.write_text("name: from a file\nflows: [{nodes: ['you are {{#sys.user_id#}}']}]\n")
    command = [
        sys.executable,
        "-m",
        "dify_chatflow.testing",
        "--port",
        "0",
        "--script",
        str(script),
        "--version",
        "1.9.2",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        settings = dict(process.stdout.readline().strip().split("=", 1) for _ in range(2))
        headers = {"authorization": f"Bearer {settings['DIFY_API_KEY']}"}
        response = httpx.post(f"{settings['DIFY_BASE_URL']}/chat-messages", json=body("hi"), headers=headers)
        process.terminate()
        assert (process.wait(10), process.stderr.read()) == (0, "")
    assert response.json()["answer"] == "you are u"
    assert response.headers["x-version"] == "1.9.2"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "0.0.0.0"], "allow_remote"),  # noqa: S104 - refused
        (["--script", "/nowhere.yaml"], "cannot be read"),
        (["--version", "0.1"], "unknown version"),
        (["--port", "99999"], "port must be between 0 and 65535; got 99999"),
        (["--port", "-1"], "port must be between 0 and 65535; got -1"),
    ],
)
def test_the_command_refuses_in_one_line(arguments: list[str], words: str) -> None:
    command = [sys.executable, "-m", "dify_chatflow.testing", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2
    assert words in run.stderr
    assert run.stderr.count("\n") == 1


def test_taken_port_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with LocalDify() as server:
        port = str(httpx.URL(server.base_url).port)
        with pytest.raises(SystemExit):
            main(["--port", port])
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in capsys.readouterr().err


def test_the_default_install_does_not_need_it() -> None:
    code = "import sys, dify_chatflow; print([m for m in ('starlette', 'uvicorn', 'yaml') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert run.stdout.strip() == "[]"


def test_command_names_the_missing_extra() -> None:
    code = "import sys, runpy; sys.modules['uvicorn'] = None; "
    code += "runpy.run_module('dify_chatflow.testing', run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert (run.returncode, run.stderr) == (1, 'uvicorn is missing; pip install "dify-chatflow[testing]"\n')


def test_missing_extra_is_named() -> None:
    code = "import sys; sys.modules['uvicorn'] = None; import dify_chatflow.testing.plugin; "
    code += "from dify_chatflow.testing import LocalDify"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 1
    assert run.stderr.count("Traceback") == 1
    assert run.stderr.strip().endswith('pip install "dify-chatflow[testing]"')
