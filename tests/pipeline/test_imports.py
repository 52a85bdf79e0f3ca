"""The commands import only what they use, since importing everything takes longer than comparing two documents."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.__main__ import Deferred
from tests.conftest import ROOT

VENDORED = "openapi_chatflow.json"
UNUSED = ("httpx", "jinja2", "jsonpath", "jsonschema", "openapi_python_client", "pydantic", "rich", "jsonschema_rs")


def test_wire_layer_imports_no_generator() -> None:
    arguments = ["drift", VENDORED, VENDORED, "--layer", "wire", "--format", "json"]
    program = f"import sys; from pipeline.__main__ import main; main({arguments}); print(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pipeline.drift.wire.compare" in result.stderr
    assert not set(UNUSED) & set(result.stderr.split())


def test_deferred_package_is_imported_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "http.cookiejar"
    monkeypatch.delitem(sys.modules, name, raising=False)
    deferred = Deferred(name)
    monkeypatch.setitem(sys.modules, name, deferred)
    exec(f"import {name}", {})  # noqa: S102 - the statement that must not import it
    assert sys.modules[name] is deferred
    jar = deferred.CookieJar()
    assert type(jar).__module__ == name
    assert sys.modules[name] is not deferred
