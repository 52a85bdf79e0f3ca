"""Work that is a command of its own: importing, generating, comparing; measured by the CPU time of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import documents, environments
from benchmarks.figures import Figure, Line
from benchmarks.process import ROOT
from benchmarks.rounds import Answer, take
from benchmarks.work import LIMIT, MINE, PEERS

IMPORTS = {
    MINE: "import dify_chatflow; dify_chatflow.Chatflow('app-key')",
    "bare generated client": "from dify_chatflow_bare import AuthenticatedClient, models, api",
    "dify-client-python": "import dify_client; dify_client.Client(api_key='app-key')",
    "dify-oapi2": "from dify_oapi.client import Client; Client.builder().domain('http://x').build().chatflow.v1",
    "openai's decoder": "import openai; openai.OpenAI(api_key='key')",
}


def command(*words: str | Path, path: str = "") -> Answer:
    """Run a command; its CPU time is that of the process and of those it starts."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), path])), "COLUMNS": "200"}
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complaint = said.read()
    if process.returncode not in (0, 1):  # drift says 1 when it finds something
        return {"error": complaint.decode(errors="replace").strip()[-300:] or f"exit code {process.returncode}"}
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": time.perf_counter() - began, "result": {}}


def right(_: object) -> str:
    """A command that ends well is right."""
    return ""


def imports(*, small: bool = False, peers: bool = True) -> Iterator[Line]:
    """What importing and making a client takes beyond importing the HTTP library, each in its own environment."""
    runners: dict[str, Callable[[], Answer]] = {}
    for name, statement in IMPORTS.items():
        if peers or name not in PEERS:
            python = environments.python(PEERS[name]) if name in PEERS else Path(sys.executable)
            path = str(environments.bare()) if name.startswith("bare") else ""
            base = "import httpx2" if name.startswith("openai") else "import httpx"
            runners[name] = partial(command, python, "-c", statement, path=path)
            runners[f"{name} base"] = partial(command, python, "-c", base, path=path)
    taken = take(runners, 2 if small else 11, right)
    figures = {name: Figure(wrong=reason) for name, reason in taken.wrong.items() if name in IMPORTS}
    for name in IMPORTS:
        if name in taken.answers:
            both = zip(taken.answers[name], taken.answers[f"{name} base"], strict=True)
            figures[name] = Figure.of([1000 * (mine["cpu"] - base["cpu"]) for mine, base in both])
    own = Figure.of([1000 * answer["cpu"] for answer in taken.answers[f"{MINE} base"]]).text("ms")
    yield Line("import", "import and make a client, beyond `import httpx`", "ms", 30.0, own, figures)


def generation(folder: Path, *, small: bool = False) -> Iterator[Line]:
    """`make generate` against the generator by itself."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    bare = ("env", f"PATH={path}", *environments.generator_command(folder / "bare"))
    mine = (sys.executable, "-m", "pipeline", "generate", "--out", folder / "generated")
    runners = {LIMIT: partial(command, *bare), MINE: partial(command, *mine)}
    taken = take(runners, 1 if small else 5, right)
    own = Figure.of([1000 * answer["cpu"] for answer in taken.answers[LIMIT]]).text("ms")
    figures = taken.figures(lambda answer: float(answer["cpu"]), LIMIT)
    yield Line("generate", "`make generate` (the limit: the bare generator)", "×", 1.5, own, figures)


def drift(folder: Path, *, small: bool = False) -> Iterator[Line]:
    """Two documents of the vendored one's size compared: the whole command, and the comparison alone."""
    base, revision = documents.release(folder)
    words = [sys.executable, "-m", "pipeline", "drift", str(base), str(revision)]
    inside = [sys.executable, "-m", "benchmarks.documents", str(base), str(revision)]
    runners = {
        "wire": partial(command, *words, "--layer", "wire"),
        "all": partial(command, *words),
        "comparison": partial(comparison, inside),
    }
    taken = take(runners, 1 if small else 5, right)
    size = f"{base.stat().st_size // 1000} KB"
    named = {
        "wire": (0.7, f"drift of two documents of {size}, whole command, `--layer wire`"),
        "all": (15.0, f"drift of two documents of {size}, whole command, wire and Python"),
        "comparison": (0.1, "the comparison itself"),
    }
    for name, figure in taken.figures(lambda answer: float(answer["cpu"])).items():
        target, words_ = named[name]
        yield Line(f"drift-{name}", words_, "s", target, "", {MINE: figure})


def comparison(inside: list[str]) -> Answer:
    """The comparison's own CPU time, as the process that does it tells."""
    result = subprocess.run(inside, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        return {"error": result.stderr.strip()[-300:]}
    return {"cpu": float(result.stdout), "result": {}}
