"""Reports of the doctor: a table, lines for programs, JUnit and Markdown."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from dify_chatflow_cli.doctor.check import FAILING, VERDICTS, Check
from dify_chatflow_cli.terminal import clean, is_terminal, one_line, output, print_fields, print_json, print_rows

STYLES = {"ok": "green", "known": "green", "absent": "dim", "not checked": "dim", "warning": "yellow"}
# The width from which on details have a column of their own.
WIDE = 130


@dataclass(frozen=True)
class Report:
    """The result of an examination."""

    server: dict[str, object]
    checks: Sequence[Check]

    @property
    def counts(self) -> dict[str, int]:
        """The number of checks by verdict, in the order of verdicts."""
        found = {verdict: sum(check.verdict == verdict for check in self.checks) for verdict in VERDICTS}
        return {verdict: count for verdict, count in found.items() if count}

    @property
    def summary(self) -> str:
        """The numbers as a sentence."""
        return ", ".join(f"{count} {verdict}" for verdict, count in self.counts.items())

    def show(self, *, as_json: bool) -> None:
        """Print the report: JSON lines, a table in a terminal, cells separated by tabs in a pipe."""
        if as_json:
            print_json({"server": self.server, "counts": self.counts})
            for check in self.checks:
                print_json(check.as_json())
        elif not is_terminal():
            print_rows([row(check) for check in self.checks])
        else:
            print_fields(self.server)
            output().print()
            output().print(self.table(is_wide=output().width >= WIDE))
            output().print(f"\n{self.summary}")

    def table(self, *, is_wide: bool) -> Table:
        """Return the table; where it is narrow, details are below the name of a check."""
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column("verdict", no_wrap=True)
        table.add_column("check", overflow="fold", no_wrap=is_wide)
        table.add_column("time", justify="right", no_wrap=True)
        if is_wide:
            table.add_column("details", overflow="fold")
        for check in self.checks:
            verdict = Text(check.verdict, STYLES.get(check.verdict, "bold red"))
            name, details = short(check.name), [one_line(detail) for detail in check.details]
            seconds = milliseconds(check.seconds)
            if is_wide:
                table.add_row(verdict, name, seconds, Text("\n".join(details)))
            else:
                table.add_row(verdict, Text.assemble(name, *(("\n" + detail, "dim") for detail in details)), seconds)
        return table

    def markdown(self) -> str:
        """Return the report as Markdown."""
        lines = [f"**{self.summary}**", "", *(f"- {name}: {cell(value)}" for name, value in self.server.items()), ""]
        lines += ["| verdict | check | time | details |", "| --- | --- | --- | --- |"]
        for check in self.checks:
            is_failing = check.verdict in FAILING
            verdict = f"**{check.verdict}**" if is_failing else check.verdict
            details = "; ".join(cell(detail) for detail in check.details)
            lines.append(f"| {verdict} | `{cell(check.name)}` | {milliseconds(check.seconds)} | {details} |")
        return "\n".join(lines) + "\n"

    def junit(self) -> str:
        """Return the report as JUnit XML: a test case for each check."""
        numbers = {
            "tests": len(self.checks),
            "failures": self.counts.get("differs", 0),
            "errors": self.counts.get("failed", 0),
            "skipped": self.counts.get("not checked", 0) + self.counts.get("absent", 0),
        }
        suite = ET.Element(
            "testsuite", {"name": "dify-chatflow doctor", **{key: str(one) for key, one in numbers.items()}}
        )
        for check in self.checks:
            time = f"{check.seconds or 0:.3f}"
            case = ET.SubElement(suite, "testcase", {"classname": "doctor", "name": clean(check.name), "time": time})
            text = "\n".join(one_line(detail) for detail in check.details)
            if check.verdict in FAILING:
                kind = "failure" if check.verdict == "differs" else "error"
                ET.SubElement(case, kind, {"message": text.partition("\n")[0]}).text = text
            elif check.verdict in ("not checked", "absent"):
                ET.SubElement(case, "skipped", {"message": text or check.verdict})
            elif text:
                ET.SubElement(case, "system-out").text = text
        ET.indent(suite)
        return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def row(check: Check) -> dict[str, object]:
    """Return a check as cells."""
    return {
        "verdict": check.verdict,
        "check": check.name,
        "time": milliseconds(check.seconds),
        "details": "; ".join(check.details),
    }


def short(name: str) -> str:
    """Return an operation with short names of parameters."""
    return re.sub(r"\{\w+_(id|token)\}", r"{\1}", name)


def milliseconds(seconds: float | None) -> str:
    """Return a duration for the table."""
    return "" if seconds is None else f"{seconds * 1000:.0f} ms"


def cell(value: object) -> str:
    """Return a value for a cell of a Markdown table."""
    return one_line(value).replace("|", "\\|").replace("<", "&lt;")
