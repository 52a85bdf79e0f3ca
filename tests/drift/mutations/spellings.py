"""Mutations of order and spelling, which change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Document
from tests.drift.mutations.edits import (
    CHAT,
    HISTORY,
    LIST,
    D,
    Edit,
    S,
    Z,
    add,
    both,
    everywhere,
    put,
    rename,
    walk,
)
from tests.drift.mutations.events import renamed_schema


def spellings() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations that leave the contract as it is."""
    yield "keys in another order", Z, everywhere(lambda node: dict(reversed(node.items())))
    yield "required in another order", Z, put(f"{S}ChatRequest/required", ["user", "query", "inputs"])
    yield "enum in another order", Z, put(f"{S}ChatRequest/properties/response_mode/enum", ["blocking", "streaming"])
    yield "nullable: false written out", Z, put(f"{S}Usage/properties/latency/nullable", False)
    yield "required: false written out", Z, put(f"{HISTORY}/parameters/1/required", False)
    yield "an empty required list", Z, put(f"{S}Usage/required", [])
    yield "additionalProperties: true written out", Z, put(f"{S}Usage/additionalProperties", True)
    for kind in ("allOf", "anyOf", "oneOf"):
        yield f"a single {kind}", Z, wrapped(kind)
    body = f"{CHAT}/requestBody/content/application~1json/schema"
    yield "a reference in a single allOf", Z, put(body, {"allOf": [{"$ref": f"#{S}ChatRequest"}]})
    yield "a path parameter renamed", Z, rename_parameter
    yield "parameters hoisted", Z, hoist
    yield "security repeated", Z, put(f"{LIST}/security", [{"ApiKeyAuth": []}])
    yield "security listed twice", Z, add("/security", {"ApiKeyAuth": []})
    yield "a component inlined", Z, inline
    yield "a component renamed", Z, rename_component
    yield "an inline schema made a component", Z, extract
    yield "a field split off into allOf", Z, split
    yield "type as a list", Z, put(f"{S}Usage/properties/currency/type", ["string"])
    yield "paths and schemas in another order", Z, reverse_order
    yield "parameters in another order", Z, everywhere(lambda node: reverse_list(node, "parameters"))
    yield "no type where there are fields", Z, everywhere(untyped)
    yield "anyOf instead of oneOf", Z, rename(f"{S}UserInputFormItem/oneOf", "anyOf")
    yield "null as a type", D, both(put("/openapi", "3.1.0"), everywhere(null_as_type))
    yield "minLength: 0 written out", Z, put(f"{S}ChatRequest/properties/query/minLength", 0)
    yield "uniqueItems: false written out", Z, put(f"{S}AppInfoResponse/properties/tags/uniqueItems", False)
    yield "deprecated: false written out", Z, put(f"{CHAT}/deprecated", False)
    yield (
        "explode and style written out",
        Z,
        both(put(f"{LIST}/parameters/0/style", "form"), put(f"{LIST}/parameters/0/explode", True)),
    )
    for kind in ("responses", "parameters", "requestBodies"):
        yield f"one of the {kind} made a component", Z, shared(kind)
    yield "a response's schema inlined", Z, inline_response
    yield "a component renamed that many use", Z, renamed_schema("Usage")


def wrapped(kind: str) -> Edit:
    def change(document: Document) -> None:
        field = document["components"]["schemas"]["Usage"]["properties"]["latency"]
        field[kind] = [{key: field.pop(key) for key in ("type", "format")}]

    return change


def rename_parameter(document: Document) -> None:
    rename("/paths/~1conversations~1{conversation_id}", "/conversations/{id}")(document)
    document["paths"]["/conversations/{id}"]["delete"]["parameters"][0]["name"] = "id"


def hoist(document: Document) -> None:
    item = document["paths"]["/conversations/{conversation_id}"]
    item["parameters"] = item["delete"].pop("parameters")


def inline(document: Document) -> None:
    body = document["paths"]["/chat-messages"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = document["components"]["schemas"].pop("ChatRequest")


def rename_component(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas["ChatAsk"] = schemas.pop("ChatRequest")
    document["paths"]["/chat-messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"] = (
        f"#{S}ChatAsk"
    )


def extract(document: Document) -> None:
    schemas = document["components"]["schemas"]
    holder = schemas["ChatRequest"]["properties"]["files"]
    schemas["AttachedFile"] = holder["items"]
    holder["items"] = {"$ref": f"#{S}AttachedFile"}


def split(document: Document) -> None:
    schema = document["components"]["schemas"]["ConversationRenameRequest"]
    first = {"type": "object", "properties": {"name": schema["properties"].pop("name")}}
    rest = {key: schema.pop(key) for key in ("type", "required", "properties")}
    schema["allOf"] = [first, rest]


def reverse_order(document: Document) -> None:
    document["paths"] = dict(reversed(document["paths"].items()))
    document["components"]["schemas"] = dict(reversed(document["components"]["schemas"].items()))


def reverse_list(node: Any, key: str) -> Any:
    return {**node, key: node[key][::-1]} if isinstance(node.get(key), list) else node


def untyped(node: Any) -> Any:
    plain = node.get("type") == "object" and isinstance(node.get("properties"), dict)
    return {key: value for key, value in node.items() if key != "type"} if plain else node


def null_as_type(node: Any) -> Any:
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        kept = {key: value for key, value in node.items() if key != "nullable"}
        return {**kept, "type": [node["type"], "null"]}
    return node


def shared(kind: str) -> Edit:
    pointer = {"responses": f"{CHAT}/responses/200", "parameters": f"{HISTORY}/parameters/0"}
    place = pointer.get(kind, f"{CHAT}/requestBody")

    def change(document: Document) -> None:
        holder, key = walk(document, place)
        document["components"].setdefault(kind, {})["Shared"] = holder[key]
        holder[key] = {"$ref": f"#/components/{kind}/Shared"}

    return change


def inline_response(document: Document) -> None:
    holder, key = walk(document, "/paths/~1info/get/responses/200/content/application~1json/schema")
    holder[key] = document["components"]["schemas"]["AppInfoResponse"]
