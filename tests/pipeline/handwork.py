"""The lines that a person writes after the updates of the chain."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.exchanges import ROOT
from tests.pipeline.edits import RATING

# The published documents in order.
PUBLISHED = (
    "openapi_chatflow.2026-03-14.json",
    "openapi_chatflow.2026-04-29.json",
    "openapi_chatflow.2026-07-09.json",
    "openapi_service.2026-07-22.json",
)


@dataclass(frozen=True)
class Replacement:
    """A change that a maintainer makes in a file: `old` becomes `new`; a file without `old` is new."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Change the file below `root`, which must have `old` once."""
        path = root / self.file
        if not self.old:
            path.write_text(self.new, encoding="utf-8")
        elif not self.new:
            path.unlink()
        else:
            text = path.read_text(encoding="utf-8")
            if text.count(self.old) != 1:
                raise ValueError(f"{self.file} has {self.old!r} {text.count(self.old)} times, not once")
            path.write_text(text.replace(self.old, self.new), encoding="utf-8")

    def inverse(self) -> Replacement:
        """Return the change that takes this one back."""
        return replace(self, old=self.new, new=self.old)


RESOURCES = "overlays/dify_chatflow/_async/resources"
APPLICATION = f"{RESOURCES}/application.py"
FEEDBACK = f"{RESOURCES}/feedback.py"
CLIENT = "overlays/dify_chatflow/_async/client.py"
USES = "tests/client/operations.py"
ROUTES = "local_dify/api/application.py"
RAW = "overlays/dify_chatflow/_async/raw.py"
VERSIONS = "overlays/dify_chatflow/_versions.py"
DOCUMENTATION = "docs/client.md"
EVENTS = "docs/events.md"
VERSIONS_TABLE = "docs/versions.md"
METHOD = """    async def {name}(self, **options: Unpack[RequestOptions]) -> AppInfo:
        \"\"\"Return the app as a new operation describes it.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The app.

        Example:
            print((await app.{group}.{name}()).name)

        \"\"\"
        return await self._session.with_options(options).call({module}.operation)

"""
IMPORT = "from dify_chatflow_client.models.app_info import AppInfo\n"
PARAMETERS = "    async def parameters("
RAW_INFO = "    info = raw(AsyncApplication.info)\n"


def recorded(path: str) -> str:
    """Return a recorded exchange of a new operation."""
    request = {"method": "GET", "path": f"/v1{path}", "content_type": None, "body": None, "app": "chatflow"}
    body: dict[str, Any] = {
        "name": "App",
        "description": "",
        "tags": [],
        "mode": "advanced-chat",
        "author_name": "admin",
    }
    response = {"status": 200, "headers": {"content-type": "application/json"}, "body": body}
    return json.dumps({"request": request, "response": response})


def listed(group: str, name: str, before: str, described: str) -> tuple[Replacement, ...]:
    """Return the entries of a new method that reads `/{name}`, in every list before those of another method."""
    path, method = f"/{name}", f"{group}.{name}"
    row, key = f"| `application.{before}` |", f'    ("GET", "/{before}"): '
    use = f'{key}Use("application.{before}"),\n'
    return (
        Replacement(DOCUMENTATION, described, f"`app.{method}()` returns the app. {described}"),
        Replacement(DOCUMENTATION, f"{row} `", f"| `{method}` | `GET {path}` |\n{row} `"),
        Replacement(VERSIONS, f"{key}Support(", f'    ("GET", "{path}"): Support("{method}"),\n{key}Support('),
        Replacement(VERSIONS_TABLE, row, f"| `{method}` | all |  |\n{row}"),
        Replacement(USES, use, f'    ("GET", "{path}"): Use("{method}"),\n{use}'),
        Replacement(ROUTES, f'    "/{before}": {{', f'    "{path}": {{"GET": app_info.info}},\n    "/{before}": {{'),
        Replacement(f"tests/recordings/next/900_{name}.json", "", recorded(path)),
    )


OPERATION = (
    Replacement(
        APPLICATION, IMPORT, f"from dify_chatflow_client.api.applications import get_usage as app_usage\n{IMPORT}"
    ),
    Replacement(
        APPLICATION,
        PARAMETERS,
        METHOD.format(group="application", name="usage", module="app_usage") + PARAMETERS,
    ),
    Replacement(RAW, RAW_INFO, RAW_INFO + RAW_INFO.replace("info", "usage")),
    *listed("application", "usage", "site", "`app.application.input_form()` returns"),
)
# A group of methods for a new tag.
PROPERTY = '''    @cached_property
    def quotas(self) -> AsyncQuotas:
        """Limits of the app."""
        from dify_chatflow._async.resources.quotas import AsyncQuotas

        return AsyncQuotas(self._session)

'''
RESOURCE = f'''"""Quotas: the limits of the app."""

from __future__ import annotations

from typing import Unpack

from dify_chatflow._async.session import AsyncResource
from dify_chatflow._options import RequestOptions
from dify_chatflow_client.api.quotas import get_quota
{IMPORT}

class AsyncQuotas(AsyncResource):
    """`app.quotas`: limits of the app."""

{METHOD.format(group="quotas", name="quota", module="get_quota").rstrip()}
'''
IMPORT_QUOTAS = "from dify_chatflow._async.resources.quotas import AsyncQuotas\n"
IMPORT_RUNS = "from dify_chatflow._async.resources.runs import AsyncRuns\n"
NEXT = "    from dify_chatflow._file_sources"
BEFORE_RAW = "    @cached_property\n    def raw("
RAW_GROUP = '''class AsyncRawQuotas(AsyncRawResource[AsyncQuotas]):
    """The raw methods of `app.quotas`."""

    quota = raw(AsyncQuotas.quota)


'''
RAW_END_USERS = "        self.end_users = AsyncRawEndUsers(AsyncEndUsers, session)\n"
GROUP = (
    Replacement(f"{RESOURCES}/quotas.py", "", RESOURCE),
    Replacement(CLIENT, f"    {IMPORT_RUNS}{NEXT}", f"    {IMPORT_QUOTAS}    {IMPORT_RUNS}{NEXT}"),
    Replacement(CLIENT, BEFORE_RAW, PROPERTY + BEFORE_RAW),
    Replacement(RAW, IMPORT_RUNS, IMPORT_QUOTAS + IMPORT_RUNS),
    Replacement(RAW, "class AsyncRaw:", f"{RAW_GROUP}class AsyncRaw:"),
    Replacement(RAW, RAW_END_USERS, f"{RAW_END_USERS}        self.quotas = AsyncRawQuotas(AsyncQuotas, session)\n"),
    *listed("quotas", "quota", "meta", "`app.end_users.get(id).session_id` returns"),
)
MODELS = "tests/unit/test_models.py"
CONTENT = "        content: str | None = None,\n"
ABOUT_CONTENT = "            content: A comment.\n"
ORIGIN = (
    Replacement(FEEDBACK, CONTENT, f'{CONTENT}        origin: str = "api",\n'),
    Replacement(FEEDBACK, ABOUT_CONTENT, f"{ABOUT_CONTENT}            origin: Where the rating comes from.\n"),
    Replacement(FEEDBACK, f"{RATING}(user=owner, ", f"{RATING}(user=owner, origin=origin, "),
    Replacement(USES, '"content": "Just right."', '"content": "Just right.", "origin": "web"'),
    Replacement(MODELS, f'{RATING}(user="u")', f'{RATING}(user="u", origin="")'),
    Replacement(MODELS, '{"user": "u"}\n', '{"user": "u", "origin": ""}\n'),
    Replacement(MODELS, '{"user": "u", "rating": None}', '{"user": "u", "origin": "", "rating": None}'),
)
INFO = "get_advanced_chat_app_info"
NAMED = tuple(
    Replacement(file, f"{before}{INFO}{after}", f"{before}describe_app{after}")
    for file, before, after in (
        (APPLICATION, "import ", " as app_info"),
        ("docs/api/generated/index.md", "import ", " as get_info"),
        ("tests/client/test_middleware.py", '"', '"'),
        (DOCUMENTATION, "import ", "\n"),
        (DOCUMENTATION, "", ".sync("),
    )
)
# The tests of the tree are for its own document: an older one has neither the event nor the shape that they expect.
CONTRACT = "tests/contract/test_contract.py"
RECORDED = "tests/recordings/1.16.1/614_reasoning_stream.json"
OLDER = (
    Replacement(RECORDED, (ROOT / RECORDED).read_text(encoding="utf-8"), ""),
    Replacement(
        CONTRACT,
        '[schema["allOf"] for schema in streams] == [[{"$ref": "#/components/schemas/ChunkChatEvent"}]] * 2',
        "len(streams) == 2",
    ),
)
EXAMPLE = "[streamingResponseWorkflow, resumedRun, "
PING = "| `ping`<br>`PingEvent` |"
PROGRESS = "| `progress`<br>`ProgressEvent` | a node has made progress | `data.text` | never |"
ROW = (
    Replacement(EVENTS, PING, f"{PROGRESS}\n{PING}"),
    Replacement(EVENTS, "# The 26 events", "# The 27 events"),
)
# What an update leaves to a person, by the edit of the document.
WORK: dict[str, tuple[Replacement, ...]] = {
    PUBLISHED[-1]: (Replacement("overlays/spec/events.yaml", EXAMPLE, EXAMPLE.replace("resumedRun, ", "")),),
    "add_operation": OPERATION,
    "add_group": GROUP,
    "add_event": ROW,
    "add_request_field": ORIGIN,
    "rename_operation": NAMED,
    "remove_operation": tuple(one.inverse() for one in OPERATION),
    "remove_event": tuple(one.inverse() for one in ROW),
}
