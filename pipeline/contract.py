"""The file with the contract of the corrected document, which the wheel has for the comparison with a live server."""

from __future__ import annotations

import json

from pipeline.drift.wire.contract import contract_data
from pipeline.generate import load_corrected
from pipeline.layout import Project


def contract_text(project: Project) -> str:
    """Return the text of the file for the vendored document."""
    data = contract_data(load_corrected(project, project.spec))
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_contract(project: Project) -> None:
    """Write the file, unless it is up to date."""
    if stale_contract(project):
        project.contract.parent.mkdir(exist_ok=True)
        made = project.contract.with_suffix(".tmp")
        made.write_text(contract_text(project), encoding="utf-8")
        made.replace(project.contract)


def stale_contract(project: Project) -> list[str]:
    """Return the file if it differs from the vendored document."""
    path = project.contract
    is_same = path.is_file() and path.read_text(encoding="utf-8") == contract_text(project)
    return [] if is_same else [path.relative_to(project.root).as_posix()]
