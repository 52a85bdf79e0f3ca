"""Recordings of what the doctor saw, without keys and people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from dify_chatflow import ConfigurationError
from dify_conformance.contract import Contract
from dify_conformance.exchange import JSON, STREAM, Exchange
from dify_conformance.redaction import Redactor


def check_folder(folder: Path) -> None:
    """Raise ConfigurationError if recordings would be mixed with other files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"--save needs a new or an empty folder; got {str(folder)!r}")


def save(folder: Path, exchanges: Sequence[Exchange], contract: Contract) -> None:
    """Write an exchange per file, `NAME.json` and the stream in `NAME.sse`, in the order of the requests."""
    folder.mkdir(parents=True, exist_ok=True)
    redactor = Redactor(contract)
    for exchange in map(redactor.exchange, exchanges):
        is_stream = exchange.content_type == STREAM
        request = {
            "method": exchange.method,
            "path": f"/v1{exchange.path}" + (f"?{exchange.query}" if exchange.query else ""),
            "content_type": None if exchange.sent is None else JSON,
            "body": exchange.sent,
        }
        response = {
            "status": exchange.status,
            "headers": exchange.headers,
            "body": None if is_stream else exchange.body,
        }
        text = json.dumps({"request": request, "response": response}, indent=1, ensure_ascii=False)
        (folder / f"{exchange.name}.json").write_text(text + "\n", encoding="utf-8")
        if is_stream:
            (folder / f"{exchange.name}.sse").write_text(exchange.body, encoding="utf-8", newline="\n")
