"""Exchanges with a server, and the events of a stream."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON, STREAM = "application/json", "text/event-stream"


@dataclass(frozen=True)
class Exchange:
    """One request and its response.

    Attributes:
        name: The name of the exchange in reports.
        method: The method of the request.
        path: The path of the request, below that of the API.
        status: The status of the response.
        content_type: The media type of the response.
        body: The parsed JSON, or the text of any other response.
        query: The query of the request, without the question mark.
        sent: The JSON body of the request.
        headers: The headers of the response, in lower case.
    """

    name: str
    method: str
    path: str
    status: int
    content_type: str
    body: Any = field(repr=False)
    query: str = ""
    sent: Any = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    @property
    def is_success(self) -> bool:
        """The status is 2xx."""
        return self.status // 100 == 2  # noqa: PLR2004 - the class of the status


def events(text: str) -> Iterator[Any]:
    """Yield the events of a stream that have data; data that is no JSON is yielded as text."""
    for block in re.split(r"\r?\n\r?\n", text):
        lines = [line[5:].removeprefix(" ") for line in re.split(r"\r?\n", block) if line.startswith("data:")]
        if lines:
            try:
                yield json.loads("\n".join(lines))
            except ValueError:
                yield "\n".join(lines)
