"""Links from names in backticks to the reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

DIRECTIVE = re.compile(r"^::: (\S+)$", re.MULTILINE)
RESOURCE = re.compile(r"dify_chatflow\._sync\.resources\.(\w+)\.\w+")
MODULE = re.compile(r"^dify_chatflow(\.events|\.models|\.testing)?\.")
# What stays as it is: fenced code, headings and links. Otherwise a name in backticks.
NAME = re.compile(
    r"(^ *(`{3,}).*?^ *\2$|^#[^\n]*$|\[[^\]\n]*\][(\[][^)\]\n]*[)\]]|``.*?``)|`([A-Za-z][\w.]*)(\(\))?`",
    re.MULTILINE | re.DOTALL,
)


class Names:
    """Objects of the reference by the names that texts use.

    Args:
        pages: The texts of the pages of the reference, whose directives name its objects.
        methods: The names of the methods of each resource.
    """

    def __init__(self, pages: Iterable[str]) -> None:
        self._objects: dict[str, str] = {}
        self._resources: dict[str, str] = {}
        for page in pages:
            for path in DIRECTIVE.findall(page):
                resource = RESOURCE.fullmatch(path)
                if resource is not None:
                    self._resources[resource[1]] = path
                else:
                    self._objects.setdefault(path.rpartition(".")[2], path)

    def link(self, text: str) -> str:
        """Return Markdown with links for the names of classes, such as `Reply`, and of methods, such as `chat.send`."""

        def replace(match: re.Match[str]) -> str:
            target = self._target(match[3]) if match[3] else None
            return f"[{match[0]}][{target}]" if target else match[0]

        return NAME.sub(replace, text)

    def _target(self, name: str) -> str | None:
        """Return the identifier of an object, if the reference has it."""
        name = name.removeprefix("app.")
        resource, _, method = name.partition(".")
        if method and resource in self._resources:
            return f"{self._resources[resource]}.{method}"
        known = self._objects.get(MODULE.sub("", name))
        return known if known is not None and known.rpartition(".")[2][0].isupper() else None
