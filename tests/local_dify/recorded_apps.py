"""Scripts of the recorded apps, as far as the recordings show them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from dify_chatflow.testing import Flow, Node, Script
from local_dify.script_file import load
from tests.exchanges import JUNE

APPS = Path(__file__).parent / "apps"
ITEMS = ("a", "bad", "c")
FOUR = ("a", "b", "bad", "d")
PICTURE = {
    "dify_model_identity": "__dify__file__",
    "id": None,
    "type": "image",
    "transfer_method": "tool_file",
    "remote_url": None,
    "reference": "dify-file-ref:e30=",
    "filename": "dot.png",
    "extension": ".png",
    "mime_type": "image/png",
    "size": 70,
    "related_id": "0b5e4e51-7f4b-4a5e-8a3e-0c9a4f6d1e02",
    "url": "http://127.0.0.1/files/tools/dot.png",
}
BOOM = "Traceback (most recent call last):\nValueError: bad item\n"


def apps(version: str) -> dict[str, Script]:
    """Return the scripts of the apps recorded on a version, by name."""
    return june_apps() if version == JUNE else main_apps(version)


def june_apps() -> dict[str, Script]:
    """Return the scripts of the apps recorded in June 2026."""
    app = load(APPS / "june.yaml")
    llm = replace(app, follow_ups=("What next?", "Why?", "How?"), transcript="hello transcribed", speech=True)
    broken = (Flow(error="API-based Extension not found. Please check it again."),)
    llm2 = Node(type="llm", id="llm2", title="LLM2", text="Hello")
    answer_node = Node(type="answer", id="ahl", text="LLM said: {{#llm2.text#}}")
    human = next(flow for flow in app.flows if flow.when == "human")
    form_node = replace(human.nodes[1], actions={"approve": (llm2, answer_node), "reject": ()})
    asking = replace(human, nodes=(human.nodes[0], form_node))
    blocks = replace(app, blocked_words=("badword in",), blocked_input="input blocked")
    return {
        **main_apps(JUNE),
        **later_june_apps(),
        "chatflow": app,
        "chatflow2": app,
        "workflow": replace(app, mode="workflow", name="wire workflow"),
        "unpublished": replace(app, published=False),
        "disabled": replace(app, enabled=False),
        "llm": llm,
        "tts": replace(llm, autoplay=True, flows=(*talk(), *app.flows)),
        "mod": replace(blocks, unsafe_words=("fake", "leak"), blocked_output="output blocked"),
        "broken": app,
        "limited": replace(app, max_active_requests=1),
        "badmod": replace(app, flows=broken),
        "badgraph": replace(app, flows=(Flow(error="No class mapping found for node type: nope-type"),)),
        "humllm": replace(app, flows=(asking, *app.flows)),
    }


def talk() -> tuple[Flow, ...]:
    """Return a flow whose answer is long enough for speech."""
    text = " ".join(f"This is sentence number {n} of the long talk." for n in range(3))
    answer = Node(type="answer", id="allm", text="{{#llm.text#}}")
    return (Flow(when="llm talk", nodes=(Node(type="llm", text=text), answer)),)


def main_apps(version: str) -> dict[str, Script]:
    """Return the scripts of the apps recorded on 1.9.2, 1.16.1 and later."""
    app = load(APPS / "main.yaml")
    tool = next(flow for flow in app.flows if flow.when == "tool").nodes[0]
    limits = {"name": True, "color": True, "n": True, "flag": False}
    strict = tuple(
        {**control, "required": limits[control["variable"]], "max_length": 8}
        for control in app.inputs
        if control["variable"] in limits
    )
    plain = Script(name="plain", author_name="Ann", description="An app ünïcode", flows=(echo("echo {{#sys.query#}}"),))
    blocks = replace(plain, blocked_words=("badword",), blocked_input="input blocked")
    spoken = replace(plain, flows=(answering(Node(type="llm", id="llm1", text="LLM says: {{#sys.query#}}")),))
    return {
        "main": replace(app, flows=(pictures(app), *app.flows)),
        "chatflow": app,
        "other": app,
        "plain": replace(plain, flows=(Flow(nodes=(answer("echo {{#sys.query#}}"),)),)),
        "anno": plain,
        "strict": replace(app, inputs=strict, flows=tuple(flow for flow in app.flows if flow.when != "files")),
        "workflow": replace(app, mode="workflow", name="workflow"),
        "unpublished": replace(app, published=False, name="unpublished"),
        "disabled": replace(app, enabled=False),
        "limited": replace(app, max_active_requests=1),
        "mod": replace(blocks, unsafe_words=("leak",), blocked_output="output blocked", flows=(leak(),)),
        "modllm": replace(spoken, unsafe_words=("leak",), blocked_words=("secret",), blocked_output="output blocked"),
        "tts": replace(spoken, autoplay=True, speech=True),
        "iter": Script(flows=iterations(("a", "b", "bad") if version == "1.9.2" else ITEMS)),
        "iterr": single(*iteration("it", "fail", "up")),
        "itcont": single(*iteration("it", "continue", "up"), answer("got {{#it.output#}}")),
        "itrem": single(*iteration("it", "remove", "up"), answer("got {{#it.output#}}")),
        "looperr": single(failing_loop("c")),
        "httpfail": single(
            Node(type="http-request", id="h", error="[Errno 111]", retries=2, recovers=False, on_error="branch"),
            answer("http failed: {{#h.error_type#}}"),
        ),
        "retryfail": single(Node(type="code", error=BOOM, retries=2, recovers=False)),
        "filesout": single(replace(tool, outputs={"files": [PICTURE]}), answer("See {{#tl.files#}}")),
        "kb": single(
            Node(type="knowledge-retrieval", id="kr", resources=(resource(version),) * 3),
            Node(type="llm", id="llm1", text="LLM says: {{#sys.query#}}"),
            answer("{{#llm1.text#}}"),
        ),
        "human2": single(
            form("f1"), Node(type="answer", id="mid", text="middle {{#f1.comment#}} "), replace(form("f2"), fields=())
        ),
        "humanllm": single(form("f1", Node(type="llm", id="llm1", text="LLM says hi"), answer("{{#llm1.text#}}"))),
        "humanpar": single(Node(type="answer", id="b", text="Two forms. "), form("f1")),
        "timeout": single(
            Node(type="answer", id="b", text="Be quick. "),
            replace(form("f1", expires_in=0.3), on_timeout=(answer("timed out"),)),
        ),
    }


def later_june_apps() -> dict[str, Script]:
    """Return the scripts of the apps recorded in June 2026 from number 600 on."""
    slow = Node(type="code", id="slow", text="slept", delay=0.1)
    retry = Node(type="code", id="rk", text="third time lucky", retries=2, error=BOOM, delay=0.2)
    return {
        "iter": Script(flows=(*iterations(ITEMS), *slow_containers(slow))),
        "sr": single(retry, answer("{{#rk.result#}}")),
        "two": Script(
            flows=(
                Flow(when="par", nodes=(form("pa", field="c", button="ok"),)),
                Flow(when="seq", nodes=(answer("start "), form("sa", field="c", button="ok"), answer("x"), form("sb"))),
            )
        ),
    }


RESOURCE = {
    "dataset_id": "d1",
    "dataset_name": "manual",
    "document_id": "p1",
    "document_name": "manual.txt",
    "data_source_type": "upload_file",
    "segment_id": "s1",
    "retriever_from": "workflow",
    "score": 0.9,
    "hit_count": 1,
    "word_count": 5,
    "segment_position": 1,
    "index_node_hash": "h",
    "content": "Oil the chain every month.",
    "page": None,
    "doc_metadata": None,
    "title": None,
    "files": None,
    "summary": None,
}


def resource(version: str) -> dict[str, Any]:
    """Return a document that a knowledge node finds."""
    if version != JUNE:
        return RESOURCE
    return {**RESOURCE, "doc_metadata": {}, "index_node_hash": None, "segment_id": None}


def echo(text: str) -> Flow:
    """Return a flow that answers with a template."""
    return Flow(nodes=(Node(type="template-transform", id="tp", text=text), answer("{{#tp.output#}}")))


def pictures(app: Script) -> Flow:
    """Return the flow of an agent that creates a picture."""
    flow = next(flow for flow in app.flows if flow.when == "agent")
    agent, *rest = flow.nodes
    return replace(flow, when="agent go", nodes=(replace(agent, outputs={"files": [PICTURE]}), *rest))


def leak() -> Flow:
    """Return a flow whose answer is moderated for one query."""
    return Flow(nodes=(Node(type="template-transform", id="tp", text="{{#sys.query#}}"), answer("say {{#tp.output#}}")))


def answering(node: Node) -> Flow:
    """Return a flow that answers with the text of a node."""
    return Flow(nodes=(node, answer(f"{{{{#{node.id}.text#}}}}")))


def answer(text: str) -> Node:
    """Return an answer node."""
    return Node(type="answer", id="a", text=text)


def single(*nodes: Node) -> Script:
    """Return an app with one flow."""
    return Script(flows=(Flow(nodes=nodes),))


def form(name: str, *after: Node, field: str = "comment", button: str = "yes", expires_in: float = 3600.0) -> Node:
    """Return a human-input node with one input and one button."""
    default: dict[str, Any] = {"type": "constant", "selector": [], "value": "well"}
    comment: dict[str, Any] = {"output_variable_name": field, "type": "paragraph", "default": default}
    return Node(
        type="human-input",
        id=name,
        form=f"Form {name}",
        fields=(comment,),
        actions={button: after},
        expires_in=expires_in,
    )


def iteration(
    name: str, item_errors: str, inner: str, items: tuple[str, ...] = ITEMS, *, parallel: bool = False
) -> tuple[Node, Node]:
    """Return a node that lists items, and an iteration over them in which one fails."""
    failing = Node(type="code", id=inner, text=f"{{{{#{name}.item#}}}}", error=BOOM, fails_for=("bad",))
    return (
        Node(type="code", id=f"{name}list", outputs={"result": list(items)}),
        Node(type="iteration", id=name, items=items, item_errors=item_errors, parallel=parallel, nodes=(failing,)),
    )


def failing_loop(inner: str, *before: Node) -> Node:
    """Return a loop whose first round fails, or the second one if there are nodes before the failing one."""
    failing = Node(type="code", id=inner, error=BOOM, fails_for=(len(before),))
    return Node(type="loop", id="lp", variables={"i": 0}, loop_count=5, rounds=2, nodes=(*before, failing))


def iterations(items: tuple[str, ...]) -> tuple[Flow, ...]:
    """Return flows with failing iterations and loops."""
    return (
        Flow(when="term", nodes=iteration("term", "fail", "termu", items)),
        Flow(
            when="null",
            nodes=(*iteration("null", "continue", "nullu", FOUR), answer("got {{#null.output#}}")),
        ),
        Flow(when="cont", nodes=(*iteration("cont", "continue", "contu"), answer("got {{#cont.output#}}"))),
        Flow(when="drop", nodes=(*iteration("drop", "remove", "dropu"), answer("got {{#drop.output#}}"))),
        Flow(when="par", nodes=iteration("par", "fail", "paru", FOUR, parallel=True)),
        Flow(when="lfail", nodes=(failing_loop("lpc", Node(type="assigner", id="lpa", assign={"lp.i": "+= 1"})),)),
    )


def slow_containers(slow: Node) -> tuple[Flow, ...]:
    """Return flows with a slow iteration, a slow loop, and retries."""
    assigner = Node(type="assigner", id="slowlpasg", assign={"slowlp.i": "+= 1"})
    loop = Node(type="loop", id="slowlp", variables={"i": 0}, loop_count=3, rounds=3, nodes=(assigner, slow))
    retry = Node(type="code", id="rk", text="third time lucky", retries=2, error=BOOM)
    return (
        Flow(
            when="slowit",
            nodes=(
                Node(type="code", id="list", outputs={"result": [1, 2, 3]}),
                Node(type="iteration", id="it", items=(1, 2, 3), nodes=(slow,)),
                answer("done {{#it.output#}}"),
            ),
        ),
        Flow(when="slowlp", nodes=(loop, answer("done {{#slowlp.i#}}"))),
        Flow(when="rfail", nodes=(replace(retry, recovers=False),)),
        Flow(when="rok", nodes=(retry, answer("{{#rk.result#}}"))),
    )
