"""Work that is a command: importing, generating and comparing, measured by the CPU time of the process."""

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
from benchmarks.figures import Figure, Row
from benchmarks.process import ROOT, Server, clean_environment
from benchmarks.rounds import Result, Scale, run_rounds
from benchmarks.work import BASELINE, CLIENT, PEERS

IMPORTS = {
    CLIENT: "import dify_chatflow; dify_chatflow.Chatflow('app-key')",
    "bare generated client": "from dify_chatflow_bare import AuthenticatedClient, models, api",
    "dify-client-python": "import dify_client; dify_client.Client(api_key='app-key')",
    "dify-oapi2": "from dify_oapi.client import Client; Client.builder().domain('http://x').build().chatflow.v1",
    "dify-api-client": "import dify_client; dify_client.DifyClient(api_key='app-key')",
    "openai's decoder": "import openai; openai.OpenAI(api_key='key')",
    "anthropic's decoder": "import anthropic; anthropic.Anthropic(api_key='key')",
}
LAYERS = {"wire": "`--layer wire`", "all": "wire and Python"}


def run_command(*words: str | Path, path: str = "") -> Result:
    """Run a command; return the CPU time of its process and that process's children."""
    environment = clean_environment(path) | {"COLUMNS": "200"}
    start = time.perf_counter()
    # An empty cache for each run: generated packages are kept between comparisons.
    with tempfile.TemporaryFile() as stderr, tempfile.TemporaryDirectory() as cache:
        environment["XDG_CACHE_HOME"] = cache
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        errors = stderr.read()
    if process.returncode not in (0, 1):  # drift exits with 1 if it has findings
        return {"error": errors.decode(errors="replace").strip()[-300:] or f"exit code {process.returncode}"}
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": time.perf_counter() - start, "result": {}}


def accept(_: object) -> str:
    """Return no error: a command is checked by its exit code alone."""
    return ""


def measure_imports(scale: Scale) -> Iterator[Row]:
    """Yield the cost of importing and creating each client beyond importing its HTTP library."""
    runners: dict[str, Callable[[], Result]] = {}
    for name, statement in IMPORTS.items():
        if scale.peers or name not in PEERS:
            python = environments.ensure_python(PEERS[name]) if name in PEERS else Path(sys.executable)
            path = str(environments.ensure_bare_client()) if name.startswith("bare") else ""
            base = "import httpx2" if name.startswith(("openai", "anthropic")) else "import httpx"
            runners[name] = partial(run_command, python, "-c", statement, path=path)
            runners[f"{name} base"] = partial(run_command, python, "-c", base, path=path)
    collected = run_rounds(runners, scale.limit(11), accept)
    figures = {name: Figure(error=error) for name, error in collected.errors.items() if name in IMPORTS}
    for name in IMPORTS:
        if name in collected.results:
            pairs = zip(collected.results[name], collected.results[f"{name} base"], strict=True)
            figures[name] = Figure.of([1000 * (client["cpu"] - base["cpu"]) for client, base in pairs])
    baseline = Figure.of([1000 * result["cpu"] for result in collected.results[f"{CLIENT} base"]]).format("ms")
    yield Row("import", "import and create a client, excluding `import httpx`", "ms", 30.0, baseline, figures)


def measure_first_call(server: Server, scale: Scale) -> Iterator[Row]:
    """Yield the cost of a program's first answer beyond that of raw httpx: import, client and one request."""
    base_url = server.base_url("blocking", 1)
    raw = f"import httpx; httpx.Client().post('{base_url}/chat-messages', json={{}}).raise_for_status().json()"
    client = f"import dify_chatflow; app = dify_chatflow.Chatflow('app-key', base_url='{base_url}', user='abc-123')"
    runners = {
        BASELINE: partial(run_command, sys.executable, "-c", raw),
        CLIENT: partial(run_command, sys.executable, "-c", f"{client}; app.chat.send('hi')"),
    }
    collected = run_rounds(runners, scale.limit(11), accept)
    figures = {name: Figure(error=error) for name, error in collected.errors.items()}
    if CLIENT in collected.results:
        pairs = zip(collected.results[CLIENT], collected.results[BASELINE], strict=True)
        figures[CLIENT] = Figure.of([1000 * (client["cpu"] - base["cpu"]) for client, base in pairs])
    baseline = Figure.of([1000 * result["cpu"] for result in collected.results[BASELINE]]).format("ms")
    work = "import, client and first `chat.send`, excluding raw httpx for the same"
    yield Row("first-call", work, "ms", 45.0, baseline, figures)


def measure_generation(folder: Path, scale: Scale) -> Iterator[Row]:
    """Yield the cost of `make generate` compared with the generator alone."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    bare = ("env", f"PATH={path}", *environments.generator_command(folder / "bare"))
    client = (sys.executable, "-m", "pipeline", "generate", "--out", folder / "generated")
    runners = {BASELINE: partial(run_command, *bare), CLIENT: partial(run_command, *client)}
    collected = run_rounds(runners, scale.limit(5, small=1), accept)
    baseline = Figure.of([1000 * result["cpu"] for result in collected.results[BASELINE]]).format("ms")
    figures = collected.figures(lambda result: float(result["cpu"]), BASELINE)
    yield Row("generate", "`make generate` (baseline: the bare generator)", "×", 1.5, baseline, figures)


def measure_drift(folder: Path, scale: Scale) -> Iterator[Row]:
    """Yield the cost of comparing two documents of the vendored one's size: by command, and the comparison alone."""
    base, revision = documents.write_revision(folder)
    command = [sys.executable, "-m", "pipeline", "drift", str(base), str(revision)]
    comparison = [sys.executable, "-m", "benchmarks.documents", str(base), str(revision)]
    runners = {
        "wire": partial(run_command, *command, "--layer", "wire"),
        "all": partial(run_command, *command),
        "comparison": partial(run_comparison, comparison),
    }
    collected = run_rounds(runners, scale.limit(5, small=1), accept)
    size = f"{base.stat().st_size // 1000} KB"
    rows = {
        "wire": (0.3, f"drift of two documents of {size}, complete command, {LAYERS['wire']}"),
        "all": (2.0, f"drift of two documents of {size}, complete command, {LAYERS['all']}"),
        "comparison": (0.1, "the comparison alone"),
    }
    for name, figure in collected.figures(lambda result: float(result["cpu"])).items():
        target, work = rows[name]
        yield Row(f"drift-{name}", work, "s", target, "", {CLIENT: figure})
    yield from measure_drift_growth(folder, (base, revision), scale)


def measure_drift_growth(folder: Path, pair: tuple[Path, Path], scale: Scale) -> Iterator[Row]:
    """Yield the cost of comparing documents several times as large, and its multiple of that for the pair itself."""
    times = 2 if scale.small else 16
    large = [documents.write_multiple(path, times, folder) for path in pair]
    for layer, target in (("wire", 1.0), ("all", 10.0)):
        options = ("--layer", layer, "--corrections", "none")
        command = (sys.executable, "-m", "pipeline", "drift")
        runners = {
            BASELINE: partial(run_command, *command, *pair, *options),
            CLIENT: partial(run_command, *command, *large, *options),
        }
        collected = run_rounds(runners, scale.limit(3, small=1), accept)
        baseline = Figure.of([1000 * result["cpu"] for result in collected.results[BASELINE]]).format("ms")
        work = f"drift of documents {times} times as large, {LAYERS[layer]}"
        seconds = collected.figures(lambda result: float(result["cpu"]))
        yield Row(f"drift-{layer}-large", work, "s", target, "", {CLIENT: seconds[CLIENT]})
        figures = collected.figures(lambda result: float(result["cpu"]), BASELINE)
        yield Row(f"drift-{layer}-growth", f"{work}: growth", "×", float(times), baseline, figures)


def run_comparison(command: list[str]) -> Result:
    """Run a comparison; return the CPU time that its process measured."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        return {"error": result.stderr.strip()[-300:]}
    return {"cpu": float(result.stdout), "result": {}}
