"""Findings by cause: one change of the document is one finding, however many places it reaches."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

import pytest

from pipeline.document import Document, load
from pipeline.drift.compare import Task, compare
from pipeline.drift.rules.verdict import Report
from pipeline.sources import Source
from tests.conftest import ROOT

INFO = "api.applications.get_advanced_chat_app_info"

VENDORED = load(ROOT / "openapi_chatflow.json")
MOVED_REQUEST = (
    "the request of `api.applications.get_advanced_chat_app_info` is different: `GET /v2/info` instead of `GET /info`"
)
APP_INFO = "#/components/schemas/AppInfoResponse"


def report(change: Callable[[Document], None], layer: str = "all") -> Report:
    """Return the report of a change of the vendored document."""
    changed = copy.deepcopy(VENDORED)
    change(changed)
    base, revision = (Source(name, json.dumps(one)) for name, one in (("base", VENDORED), ("revision", changed)))
    return compare(Task(base, revision, ROOT, layer=layer))


def texts(report: Report, layer: str) -> list[str]:
    return [one.text for one in report.findings if one.layer == layer]


def schemas(document: Document) -> Document:
    found: Document = document["components"]["schemas"]
    return found


def drop_event(document: Document) -> None:
    stream = schemas(document)["ChunkChatEvent"]
    stream["properties"]["event"]["enum"].remove("tts_message_end")
    del stream["discriminator"]["mapping"]["tts_message_end"]
    del schemas(document)["StreamEventChatTtsMessageEnd"]


def add_event(document: Document) -> None:
    stream = schemas(document)["ChunkChatEvent"]
    stream["properties"]["event"]["enum"].append("trace")
    stream["discriminator"]["mapping"]["trace"] = "#/components/schemas/StreamEventTrace"
    schemas(document)["StreamEventTrace"] = copy.deepcopy(schemas(document)["StreamEventChatTtsMessageEnd"])


def null_in_base(document: Document) -> None:
    schemas(document)["StreamEventBase"]["properties"]["task_id"]["nullable"] = True


def require_user(document: Document) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "user":
                    parameter["required"] = True


def move(method: str, path: str) -> Callable[[Document], None]:
    """Return the change that moves an operation to another method or path."""

    def change(document: Document) -> None:
        document["paths"].setdefault(path, {})[method] = document["paths"]["/info"].pop("get")

    return change


def replace_field(document: Document) -> None:
    schemas(document)["TextInputControlWrapper"]["properties"]["text-input"] = {"$ref": APP_INFO}


def replace_item(document: Document) -> None:
    schemas(document)["AppFeedbacksResponse"]["properties"]["data"]["items"] = {"$ref": APP_INFO}


def replace_body(document: Document) -> None:
    content = document["paths"]["/site"]["get"]["responses"]["200"]["content"]
    content["application/json"]["schema"] = {"$ref": APP_INFO}


def unlist_event(document: Document) -> None:
    stream = schemas(document)["ChunkChatEvent"]
    stream["properties"]["event"]["enum"].remove("tts_message_end")
    del stream["discriminator"]["mapping"]["tts_message_end"]


def retype_nullable(document: Document) -> None:
    schemas(document)["AppInfoResponse"]["properties"]["name"] |= {"type": "integer", "nullable": True}


def retype_error(document: Document) -> None:
    content = document["paths"]["/messages"]["get"]["responses"]["400"]["content"]
    content["application/json"]["schema"] = {"type": "object"}


def send_xml(document: Document) -> None:
    content = document["paths"]["/chat-messages"]["post"]["requestBody"]["content"]
    content["application/xml"] = content.pop("application/json")


def retype_dates(document: Document) -> None:
    """Change the type of the field `created_at` in the data of every event."""
    for schema in schemas(document).values():
        for part in schema.get("allOf", []):
            data = part.get("properties", {}).get("data", {})
            if "created_at" in data.get("properties", {}):
                data["properties"]["created_at"]["type"] = "string"


@pytest.mark.parametrize(
    ("change", "wire", "python"),
    [
        (
            drop_event,
            ["the stream no longer has the event `tts_message_end`"],
            ["the class `TTSMessageEndEvent` was removed"],
        ),
        (add_event, ["the stream has the new event `trace`"], ["`StreamEvent` may also be `StreamEventTrace`"]),
        (
            null_in_base,
            ["event field `StreamEventBase.task_id` may now be null"],
            ["the field `task_id` of 24 classes may now be `str | None` (before: `str`)"],
        ),
        (
            unlist_event,
            ["the stream no longer has the event `tts_message_end`"],
            ["`StreamEvent` may no longer be `TTSMessageEndEvent`"],
        ),
        (
            move("get", "/v2/info"),
            ["GET /info moved to GET /v2/info"],
            [MOVED_REQUEST],
        ),
        (
            send_xml,
            [
                "the body of POST /chat-messages must be `application/xml` instead of `application/json`",
            ],
            ["the generator drops POST /chat-messages"],
        ),
        (require_user, ["parameter `user` became required"], ["the argument `user` of 4 functions is now required"]),
    ],
)
def test_one_cause_is_one_finding(change: Callable[[Document], None], wire: list[str], python: list[str]) -> None:
    found = report(change)
    assert texts(found, "wire") == wire
    assert [text for text in texts(found, "python") if not text.startswith("a correction")] == python


def test_same_change_in_schemas_is_one_finding() -> None:
    (finding,) = report(retype_dates, layer="wire").findings
    assert (
        finding.text == "event field `created_at` (12 schemas) changed its type from integer (int64) to string (int64)"
    )
    assert len(finding.places) == len(finding.python) == 12


def test_event_without_schema_is_one_finding() -> None:
    def unmap(document: Document) -> None:
        del schemas(document)["ChunkChatEvent"]["discriminator"]["mapping"]["tts_message_end"]

    (finding,) = report(unmap, layer="wire").findings
    assert (
        finding.text
        == "the event `tts_message_end` is now a `ChunkChatEvent` instead of a `StreamEventChatTtsMessageEnd`"
    )


def test_changes_of_different_kinds_stay_apart() -> None:
    def change(document: Document) -> None:
        messages = schemas(document)["ConversationMessageItem"]["properties"]
        messages["created_at"] = {**messages["created_at"], "nullable": True}
        schemas(document)["AnnotationItem"]["properties"]["created_at"]["type"] = "string"

    found = report(change, layer="wire")
    assert sorted(one.text for one in found.findings if one.level == "breaking") == [
        "response field `AnnotationItem.created_at` changed its type from integer (int64) to string (int64)",
        "response field `ConversationMessageItem.created_at` may now be null",
    ]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            replace_field,
            "field `TextInputControlWrapper.text-input` is now `AppInfoResponse` instead of `TextInputControl`",
        ),
        (replace_item, "field `AppFeedbacksResponse.data[]` is now `AppInfoResponse` instead of `FeedbackItem`"),
        (replace_body, "body is now `AppInfoResponse` instead of `WebAppSettingsResponse`"),
        (retype_nullable, "field `AppInfoResponse.name` changed its type from string to integer or null"),
    ],
)
def test_changed_type_is_one_finding(change: Callable[[Document], None], text: str) -> None:
    (finding,) = report(change, layer="wire").findings
    assert (finding.text, finding.level) == (f"response {text}", "breaking")


def test_moved_method_is_one_finding() -> None:
    (finding,) = report(move("post", "/info"), layer="wire").findings
    assert (finding.text, finding.level) == ("GET /info moved to POST /info", "breaking")
    assert finding.python[-1] == "Chatflow.application.info"


def test_changes_of_moved_operations_are_compared() -> None:
    def change(document: Document) -> None:
        move("get", "/v2/info")(document)
        document["paths"]["/v2/info"]["get"]["responses"]["418"] = {"description": "A teapot."}

    assert texts(report(change, layer="wire"), "wire") == ["GET /info moved to GET /v2/info", "new error status 418"]


def test_renamed_schemas_are_not_replaced() -> None:
    def change(document: Document) -> None:
        schemas(document)["Newer"] = schemas(document).pop("FeedbackItem")
        del schemas(document)["Newer"]["properties"]["rating"]
        schemas(document)["AppFeedbacksResponse"]["properties"]["data"]["items"]["$ref"] = "#/components/schemas/Newer"

    assert texts(report(change, layer="wire"), "wire") == ["response field `FeedbackItem.rating` was removed"]


def test_extended_schema_shows_its_fields() -> None:
    def change(document: Document) -> None:
        schemas(document)["Newer"] = copy.deepcopy(schemas(document)["FeedbackItem"])
        schemas(document)["Newer"]["properties"]["stars"] = {"type": "integer"}
        schemas(document)["AppFeedbacksResponse"]["properties"]["data"]["items"]["$ref"] = "#/components/schemas/Newer"

    found = texts(report(change, layer="wire"), "wire")
    assert "new response field `Newer.stars`" in found
    assert not any("instead of" in text for text in found)


def test_removed_class_has_its_schema_place() -> None:
    (finding,) = [one for one in report(drop_event).findings if one.id == "python-class-removed"]
    assert finding.pointer == "/components/schemas/StreamEventChatTtsMessageEnd"
    assert finding.places[0].revision is None


def test_schema_corrected_once_is_not_absorbed() -> None:
    found = report(retype_error)
    (finding,) = [one for one in found.findings if one.id == "response-body-media-type-schema-added"]
    assert finding.absorbed is None
    assert found.python == "breaking"


def test_renamed_field_is_one_finding() -> None:
    def change(document: Document) -> None:
        fields = schemas(document)["AppInfoResponse"]["properties"]
        fields["label"] = fields.pop("name")

    assert texts(report(change, layer="wire"), "wire") == [
        "response field `AppInfoResponse.name` was removed; `label` is new and described alike"
    ]


def rename_in_place(document: Document) -> None:
    fields = schemas(document)["ChatRequest"]["properties"]
    renamed = {("flow_id" if name == "workflow_id" else name): field for name, field in fields.items()}
    schemas(document)["ChatRequest"]["properties"] = renamed


def drop_enum(document: Document) -> None:
    del schemas(document)["ChatRequest"]["properties"]["files"]["items"]["properties"]["type"]["enum"]


def change_status(document: Document) -> None:
    responses = document["paths"]["/info"]["get"]["responses"]
    responses["201"] = responses.pop("200")


def write_out(document: Document) -> None:
    content = document["paths"]["/info"]["get"]["responses"]["200"]["content"]["application/json"]
    content["schema"] = copy.deepcopy(schemas(document)["AppInfoResponse"])


def write_out_again(document: Document) -> None:
    items = schemas(document)["AppFeedbacksResponse"]["properties"]["data"]
    items["items"] = copy.deepcopy(schemas(document)["FeedbackItem"])


def rename_event(document: Document) -> None:
    mapping = schemas(document)["ChunkChatEvent"]["discriminator"]["mapping"]
    mapping["tts_end"] = mapping.pop("tts_message_end")


def add_field_with_class(document: Document) -> None:
    new = {"type": "object", "properties": {"a": {"type": "string", "enum": ["b", "c"]}}}
    schemas(document)["Usage"]["properties"]["details"] = new


def allow_omission(document: Document) -> None:
    schemas(document)["ChatRequest"]["required"].remove("query")


@pytest.mark.parametrize(
    ("change", "text", "name"),
    [
        (
            rename_in_place,
            "the field `workflow_id` of `ChatRequest` is now called `flow_id`",
            "ChatRequest.workflow_id",
        ),
        (drop_enum, "`str` takes the place of the class `FileType`", "FileInput.type_"),
        (change_status, f"the result `AppInfo` of `{INFO}` has status 201 instead of 200", ""),
        (write_out, "`GetAdvancedChatAppInfoResponse200` takes the place of the class `AppInfo`", "AppInfo"),
        (write_out_again, "`FeedbackPageDataItem` takes the place of the class `FeedbackItem`", "FeedbackPage.data"),
        (rename_event, "the field `event` of `TTSMessageEndEvent` is `Literal['tts_end']` instead of", ""),
        (add_field_with_class, "new field `details` of `Usage`", "UsageDetails"),
        (
            allow_omission,
            "the positional arguments of `ChatRequest` have another order, since `query` may now be omitted",
            "ChatRequest.query",
        ),
    ],
)
def test_change_of_code_is_one_finding(change: Callable[[Document], None], text: str, name: str) -> None:
    (finding,) = [one for one in report(change).findings if one.layer == "python"]
    assert finding.text.startswith(text)
    assert not name or f"dify_chatflow_client.models.{name}" in finding.python


def test_class_still_used_is_not_replaced() -> None:
    def change(document: Document) -> None:
        write_out(document)
        schemas(document)["Usage"]["properties"]["app"] = {"$ref": "#/components/schemas/AppInfoResponse"}

    found = texts(report(change), "python")
    assert any(text.endswith("is `GetAdvancedChatAppInfoResponse200` instead of `AppInfo`") for text in found)
    assert not any("takes the place" in text for text in found)


def test_moved_parameter_is_one_finding() -> None:
    def change(document: Document) -> None:
        document["paths"]["/messages"]["get"]["parameters"][0]["in"] = "header"

    assert texts(report(change, layer="wire"), "wire") == ["parameter `conversation_id` moved from query to header"]


@pytest.mark.parametrize("scopes", [True, None, "a", 1, {"a": []}])
def test_scopes_of_any_type_are_compared(scopes: object) -> None:
    def change(document: Document) -> None:
        document["security"] = [{"ApiKeyAuth": scopes}]
        document["paths"]["/info"]["get"]["security"] = [{"ApiKeyAuth": scopes}, {"Other": ["a"]}]

    assert texts(report(change, layer="wire"), "wire") == ["GET /info may now be called with `Other`"]


def test_unused_schemas_are_one_finding() -> None:
    def change(document: Document) -> None:
        schemas(document).update({f"Unused{number}": {"type": "object"} for number in range(3)})

    assert texts(report(change, layer="wire"), "wire") == ["3 unused schemas are new"]


def test_moved_tags_are_one_finding() -> None:
    def change(document: Document) -> None:
        for path in ("/info", "/site", "/meta"):
            document["paths"][path]["get"]["tags"] = ["Apps"]

    (finding,) = report(change, layer="wire").findings
    assert finding.text == "the tag `Applications` became `Apps`"
    assert len(finding.operations) == 3


def test_new_base_of_event_is_one_finding() -> None:
    def change(document: Document) -> None:
        schemas(document)["Extra"] = {
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        }
        schemas(document)["StreamEventChatTtsMessageEnd"]["allOf"].append({"$ref": "#/components/schemas/Extra"})

    assert texts(report(change, layer="wire"), "wire") == ["the event `tts_message_end` is now based on `Extra`"]
