"""HTML: one page without external resources."""

from __future__ import annotations

import re
from html import escape

from pipeline.drift.report.elements import LAYERS, PACKAGE, example, headline, places, rows, to_html, uses
from pipeline.drift.rules.finding import Finding
from pipeline.drift.rules.verdict import Report

# Lists of up to this length are shown open.
OPEN = 4
EXAMPLE = 2000
STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881 }
body { font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid var(--line) }
code { font: .9em ui-monospace, monospace; background: var(--soft); padding: 0 .2em }
article { border: 1px solid var(--line); border-left-width: .4rem;
  border-radius: .3rem; margin: .8rem 0; padding: .6rem 1rem }
article p { margin: .2rem 0 } ul { margin: .3rem 0; padding-left: 1.2rem }
.tag { font-size: .8rem; font-weight: 600; padding: .1rem .5rem; border-radius: 1rem; color: #fff; background: #667 }
.breaking { border-left-color: #c0262d } .breaking > p > .tag { background: #c0262d }
.warning { border-left-color: #b45309 } .warning > p > .tag { background: #b45309 }
.non-breaking { border-left-color: #15803d } .non-breaking > p > .tag { background: #15803d }
.id { opacity: .7; font-size: .85rem; display: inline-block }
table { border-collapse: collapse; display: block; overflow-x: auto }
td, th { text-align: left; padding: .1rem .8rem .1rem 0; vertical-align: top } summary { cursor: pointer }
"""


def render(report: Report) -> str:
    """Return the page."""
    lines = "".join(f"<li>{escape(line)}</li>" for line, _ in headline(report))
    parts = [
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width">\n',
        f"<title>Drift: {report.verdict}</title>\n<style>{STYLE}</style>\n",
        f"<h1>Drift</h1>\n<p><code>{escape(report.base)}</code> → <code>{escape(report.revision)}</code></p>\n",
        f"<ul>{lines}</ul>\n",
    ]
    for layer, title in LAYERS:
        found = [finding for finding in report.findings if finding.layer == layer and not finding.absorbed]
        parts += [f"<h2>{escape(title)}</h2>\n", *map(article, found)] if found else []
    absorbed = [finding for finding in report.findings if finding.absorbed]
    if absorbed:
        parts += [f"<h2>Absorbed by {escape(str(absorbed[0].absorbed))}</h2>\n", *map(article, absorbed)]
    page = "".join([*parts, "" if report.findings else "<p>Nothing changed.</p>\n", "</html>\n"])
    return re.sub("(?<=<code>)[^<]*(?=</code>)", lambda match: breakable(match[0]), page)


def breakable(code: str) -> str:
    """Allow line breaks at punctuation and capitals of pointers and names, so that none is needed within words."""
    return re.sub(r"(?<=\w)(?=[/.]\w)|(?<=_)(?=\w)|(?<=[a-z])(?=[A-Z])", "<wbr>", code)


def article(finding: Finding) -> str:
    """Return one finding as an article."""
    level = "waived" if finding.waived else finding.level
    body = f'<p><span class="tag">{level}</span> {to_html(finding.text)} <span class="id">{finding.id}</span></p>\n'
    body += f"<p>→ {escape(finding.hint)}</p>\n" if finding.hint else ""
    table = rows(finding)
    if table:
        body += "<table><tr><th>before<th>now"
        cells = [(breakable(to_html(old)), breakable(to_html(new))) for old, new in table]
        body += "".join(f"<tr><td>{old}<td>{new}" for old, new in cells) + "</table>\n"
    else:
        body += folded("Where", locations(finding))
    if finding.python and (table or not finding.table):
        names = [f"<code>{escape(name.removeprefix(PACKAGE))}</code>" for name in finding.python]
        body += folded("Python", names) if names[OPEN:] else f"<p>Python: {', '.join(names)}</p>\n"
    shown = example(finding, EXAMPLE)
    body += f"<p>Example: <code>{escape(shown)}</code></p>\n" if shown else ""
    body += f"<p>waived: {escape(finding.waived)}</p>\n" if finding.waived else ""
    return f'<article class="{finding.level}" id="{finding.fingerprint}">\n{body}</article>\n'


def folded(title: str, lines: list[str]) -> str:
    """Return a titled list, folded if it is long; one line becomes a paragraph."""
    if not lines[1:]:
        return f"<p>{title}: {lines[0]}</p>\n" if lines else ""
    items = "".join(f"<li>{line}</li>" for line in lines)
    opened = "" if lines[OPEN:] else " open"
    return f"<details{opened}><summary>{title}: {len(lines)}</summary><ul>{items}</ul></details>\n"


def locations(finding: Finding) -> list[str]:
    """Return the places of a finding, with the pointers as code."""
    if finding.table:
        return [to_html(line) for line in places(finding)]
    lines: list[str] = []
    for use in uses(finding):
        parts = [escape(use.users()), escape(use.line), f"<code>{escape(use.pointer)}</code>"]
        lines.append(", ".join(part for part in parts[:-1] if part) + (f" {parts[-1]}" if use.pointer else ""))
    return lines
