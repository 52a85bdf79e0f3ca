"""Edits of a document for the chain of updates: each is a change that a publisher might make."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

from pipeline.document import Document

EVENT = "StreamEventChatProgress"
MAPPING = f"#/components/schemas/{EVENT}"
END_USER = "/end-users/{end_user_id}"
RENAMED = "/end-users/{user_id}"
RATING = "MessageFeedbackRequest"
Edit = Callable[[Document], object]


def add_operation(document: Document) -> None:
    operation = copy.deepcopy(document["paths"]["/info"]["get"])
    document["paths"]["/usage"] = {"get": {**operation, "operationId": "getUsage"}}


def add_group(document: Document) -> None:
    operation = copy.deepcopy(document["paths"]["/info"]["get"])
    document["paths"]["/quota"] = {"get": {**operation, "operationId": "getQuota", "tags": ["Quotas"]}}
    document["tags"].append({"name": "Quotas", "description": "Limits of the app."})


def add_event(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas[EVENT] = json.loads(json.dumps(schemas["StreamEventChatTextChunk"]).replace("text_chunk", "progress"))
    schemas["ChunkChatEvent"]["discriminator"]["mapping"]["progress"] = MAPPING
    schemas["ChunkChatEvent"]["properties"]["event"]["enum"].append("progress")


def remove_event(document: Document) -> None:
    schemas = document["components"]["schemas"]
    del schemas[EVENT], schemas["ChunkChatEvent"]["discriminator"]["mapping"]["progress"]
    schemas["ChunkChatEvent"]["properties"]["event"]["enum"].remove("progress")


def add_values(document: Document) -> None:
    """Add a field, a value of an enumeration, an error status, and a content type."""
    schemas, responses = document["components"]["schemas"], document["paths"]["/info"]["get"]["responses"]
    schemas["AppInfoResponse"]["properties"]["alias"] = {"type": "string", "description": "A further name."}
    schemas["ChatRequest"]["properties"]["files"]["items"]["properties"]["type"]["enum"].append("archive")
    refusals = json.dumps(document["paths"]["/chat-messages"]["post"]["responses"]["400"])
    responses["409"] = json.loads(refusals.replace('"status": 400', '"status": 409'))
    responses["200"]["content"]["text/plain"] = {"schema": {"type": "string"}}


def add_request_field(document: Document) -> None:
    schema = document["components"]["schemas"][RATING]
    schema["properties"]["origin"] = {"type": "string", "description": "Where the rating comes from."}
    schema["required"] = [*schema.get("required", []), "origin"]


def rename_parameter(document: Document) -> None:
    item = json.dumps(document["paths"].pop(END_USER)).replace('"end_user_id"', '"user_id"')
    document["paths"][RENAMED] = json.loads(item)


def rename_operation(document: Document) -> None:
    document["paths"]["/info"]["get"]["operationId"] = "describeApp"


def remove_operation(document: Document) -> None:
    del document["paths"]["/usage"]


def remove_field(document: Document) -> None:
    del document["components"]["schemas"]["AppInfoResponse"]["properties"]["alias"]


EDITS: tuple[Edit, ...] = (
    add_operation,
    add_group,
    add_event,
    add_values,
    add_request_field,
    rename_parameter,
    rename_operation,
    remove_field,
    remove_operation,
    remove_event,
)

# Edits that change or take back what an earlier one adds.
BASED_ON = {"remove_operation": "add_operation", "remove_event": "add_event", "remove_field": "add_values"}
