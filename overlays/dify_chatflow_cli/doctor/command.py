"""Command `doctor`: compare a live server with the document."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from dify_chatflow import Chatflow
from dify_chatflow_cli.chat import parse_input
from dify_chatflow_cli.command import FAILED, Options, command
from dify_chatflow_cli.doctor.check import FAILING, Check
from dify_chatflow_cli.doctor.examination import CLOCK, NEEDS_WRITE, ORDER, Examination
from dify_chatflow_cli.doctor.reading import Ids, read_app, read_user
from dify_chatflow_cli.doctor.recording import check_folder, save
from dify_chatflow_cli.doctor.report import Report
from dify_chatflow_cli.doctor.scratch import Scratch
from dify_chatflow_cli.doctor.wire import Wire
from dify_chatflow_cli.key import find_key
from dify_chatflow_cli.terminal import error_line, messages, note, one_line
from dify_conformance.contract import corrected
from dify_conformance.versions import kind_of

DIFFERS = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "doctor")(doctor)


def doctor(
    options: Options,
    write: Annotated[
        bool, typer.Option("--write", help="Also chat, in a scratch conversation that is deleted at the end.")
    ] = False,
    query: Annotated[str, typer.Option(help="Query of the scratch conversation; it is sent three times.")] = "hello",
    input_: Annotated[
        list[str] | None, typer.Option("--input", "-i", help="Input variable: name=text or name:=JSON.")
    ] = None,
    save_to: Annotated[
        Path | None, typer.Option("--save", help="Folder for recordings of all exchanges, without keys and people.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(dir_okay=False, help="File for a JUnit report.")] = None,
    markdown: Annotated[Path | None, typer.Option(dir_okay=False, help="File for a Markdown report.")] = None,
) -> None:
    """Compare a live server with the document, operation by operation, and exit with 3 where they differ.

    Only read-only calls are made unless --write is given. Known differences of the server's version are no failure.
    """
    inputs = dict(parse_input(text) for text in input_ or ())
    if save_to is not None:
        check_folder(save_to)
    key = find_key(options.base_url)
    with Chatflow(key, base_url=options.base_url, user=options.user) as app:
        wire = Wire(app.base_url, key)
    if options.timeout is not None:
        wire.timeout = options.timeout
    exam = Examination(wire, corrected())
    left: list[str] = []
    try:
        with messages().status("", spinner="line") as status:
            exam.notify = lambda text: status.update(one_line(text))
            exam.identify()
            examine(exam, options.user, Scratch(exam, query, inputs) if write else None, left)
    finally:
        wire.close()
        if save_to is not None and wire.exchanges:
            save(save_to, wire.exchanges, exam.contract)
            note(f"{save_to}: {len(wire.exchanges)} exchanges")
        for name in left:
            error_line("error", f"{name} could not be deleted")
    report = Report(facts(exam, options.user), list(exam.checks.values()))
    report.show(as_json=options.as_json)
    for path, text in ((junit, report.junit), (markdown, report.markdown)):
        if path is not None:
            path.write_text(text(), encoding="utf-8")
    if any(check.verdict in FAILING for check in report.checks):
        raise typer.Exit(DIFFERS)
    if left:
        raise typer.Exit(FAILED)


def examine(exam: Examination, user: str, scratch: Scratch | None, left: list[str]) -> None:
    """Make all calls; what was written is deleted at the end, also after an error or Ctrl-C."""
    parameters = read_app(exam)
    exam.checks[ORDER] = Check(ORDER, details=[] if scratch else [NEEDS_WRITE])
    try:
        if scratch:
            scratch.chat()
        read_user(exam, scratch.ids if scratch else Ids(user))
        if scratch:
            scratch.change(parameters)
            scratch.delete()
    finally:
        if scratch:
            left += scratch.clean_up()
    exam.check_errors(user)
    exam.check_clock()


def facts(exam: Examination, user: str) -> dict[str, Any]:
    """Return what the report has about the server itself."""
    kind = f"kind {kind_of(exam.version).letter}" if exam.version else "unknown kind"
    times = exam.wire.times
    return {
        "server": exam.wire.base_url,
        "version": f"{exam.reported or 'unknown'} ({kind})",
        "user": user,
        "latency": f"median {median(times) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms, {len(times)} requests",
        "clock": exam.checks[CLOCK].details[0],
    }
