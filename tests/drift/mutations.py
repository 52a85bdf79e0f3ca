"""Changes of the vendored document, one each, labelled by reasoning about servers and programs before any run."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, is_list, is_object

B, W, N, D, Z = "breaking", "warning", "non-breaking", "docs-only", "no-change"
S = "/components/schemas/"
CHAT = "/paths/~1chat-messages/post"
LIST = "/paths/~1conversations/get"
HISTORY = "/paths/~1messages/get"
DELETE = "/paths/~1conversations~1{conversation_id}/delete"
EVENTS = "/paths/~1workflow~1{workflow_run_id}~1events/get"


@dataclass(frozen=True)
class Mutation:
    """One change: its name, what servers and programs would feel, and how it is made."""

    name: str
    expected: str
    change: Callable[[Document], None]

    def apply(self, document: Document) -> Document:
        changed = copy.deepcopy(document)
        self.change(changed)
        assert self.name.startswith("identical") or changed != document or self.expected == Z, self.name
        return changed


def walk(document: Any, pointer: str) -> tuple[Any, Any]:
    """What holds the last part of a pointer, and that part as a key."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in parents:
        document = document[int(part) if is_list(document) else part]
    return document, int(last) if is_list(document) else last


def put(pointer: str, value: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder[key] = copy.deepcopy(value)

    return change


def cut(pointer: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        del holder[key]

    return change


def add(pointer: str, *values: Any) -> Callable[[Document], None]:
    """Append to a list."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder.setdefault(key, []).extend(copy.deepcopy(values))

    return change


def drop(pointer: str, value: Any) -> Callable[[Document], None]:
    """Take a value out of a list."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        holder[key] = [item for item in holder[key] if item != value]

    return change


def rename(pointer: str, name: str) -> Callable[[Document], None]:
    """Give a key another name at the same place."""

    def change(document: Document) -> None:
        holder, key = walk(document, pointer)
        items = [(name if one == key else one, value) for one, value in holder.items()]
        holder.clear()
        holder.update(items)

    return change


def both(*changes: Callable[[Document], None]) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for one in changes:
            one(document)

    return change


def everywhere(change: Callable[[Any], Any]) -> Callable[[Document], None]:
    """Rewrite every object of the document, inside out."""

    def visit(node: Any) -> Any:
        if is_object(node):
            return change({key: visit(value) for key, value in node.items()})
        return [visit(item) for item in node] if is_list(node) else node

    def rewrite(document: Document) -> None:
        document.update(visit(dict(document)))

    return rewrite


def requests() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """What clients send."""
    text = {"type": "string"}
    for name, field in (
        ("ChatRequest", "query"),
        ("CreateAnnotationRequest", "question"),
        ("ConversationRenameRequest", "user"),
    ):
        at = f"{S}{name}"
        yield f"{name}.{field} becomes an integer", B, put(f"{at}/properties/{field}", {"type": "integer"})
        yield f"{name}.{field} becomes optional", N, drop(f"{at}/required", field)
        yield f"{name}.{field} is capped for the first time", W, put(f"{at}/properties/{field}/maxLength", 500)
        yield f"{name}.{field} must match a pattern", B, put(f"{at}/properties/{field}/pattern", "^[a-z]+$")
        yield f"{name}.{field} may be null", N, put(f"{at}/properties/{field}/nullable", True)
        yield f"{name} gets an optional field", N, put(f"{at}/properties/trace", text)
        yield (
            f"{name} gets a required field",
            B,
            both(put(f"{at}/properties/trace", text), add(f"{at}/required", "trace")),
        )
        yield f"{name} is closed", B, put(f"{at}/additionalProperties", False)
        yield f"{name}.{field} is an enum now", B, put(f"{at}/properties/{field}/enum", ["a", "b"])
        yield f"{name}.{field} is deprecated", N, put(f"{at}/properties/{field}/deprecated", True)
        yield f"{name}.{field} is read-only", N, put(f"{at}/properties/{field}/readOnly", True)
    chat = f"{S}ChatRequest/properties"
    yield "workflow_id is not taken any more", W, cut(f"{chat}/workflow_id")
    yield "conversation_id becomes required", B, add(f"{S}ChatRequest/required", "conversation_id")
    yield "response_mode loses blocking", B, drop(f"{chat}/response_mode/enum", "blocking")
    yield "response_mode gains agent", N, add(f"{chat}/response_mode/enum", "agent")
    yield "response_mode takes any text", N, cut(f"{chat}/response_mode/enum")
    yield "a file type is gone", B, drop(f"{chat}/files/items/properties/type/enum", "video")
    yield "a file type is new", N, add(f"{chat}/files/items/properties/type/enum", "archive")
    yield "files need a url", B, add(f"{chat}/files/items/required", "url")
    yield "files need no transfer_method", N, drop(f"{chat}/files/items/required", "transfer_method")
    yield "at least one file", W, put(f"{chat}/files/minItems", 1)
    yield "file urls are uris", B, put(f"{chat}/files/items/properties/url/format", "uri")
    yield "file urls are any text", N, cut(f"{chat}/files/items/properties/url/format")
    yield "auto_generate_name is off by default", N, put(f"{chat}/auto_generate_name/default", False)
    yield (
        "rating may not be null",
        B,
        both(
            put(f"{S}MessageFeedbackRequest/properties/rating/nullable", False),
            drop(f"{S}MessageFeedbackRequest/properties/rating/enum", None),
        ),
    )
    yield "inputs are strings", B, put(f"{chat}/inputs/additionalProperties", {"type": "string"})
    yield "chat body is optional", N, put(f"{CHAT}/requestBody/required", False)
    yield (
        "chat body as form",
        N,
        put(f"{CHAT}/requestBody/content/multipart~1form-data", {"schema": {"type": "object"}}),
    )
    yield "chat body no longer JSON", B, rename(f"{CHAT}/requestBody/content/application~1json", "application/x-ndjson")
    yield "deleting needs no body", N, put(f"{DELETE}/requestBody/required", False)
    yield "deleting takes no body", B, cut(f"{DELETE}/requestBody")
    yield (
        "rename has a user field called description",
        N,
        put(f"{S}ConversationRenameRequest/properties/description", text),
    )
    yield "audio upload loses user", W, cut(f"{S}AudioToTextRequest/properties/user")


def parameters() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """Path, query and header parameters."""
    for at, index in ((LIST, 2), (HISTORY, 3)):
        name = f"{at}/parameters/{index}/schema"
        yield f"{at} limit up to 50", B, put(f"{name}/maximum", 50)
        yield f"{at} limit up to 500", N, put(f"{name}/maximum", 500)
        yield f"{at} limit from 5", B, put(f"{name}/minimum", 5)
        yield f"{at} limit from 0", N, put(f"{name}/minimum", 0)
        yield f"{at} limit has no upper bound", N, cut(f"{name}/maximum")
        yield f"{at} limit is 50 by default", B, put(f"{name}/default", 50)
        yield f"{at} limit has no default", B, cut(f"{name}/default")
        yield f"{at} limit is text", N, put(name, {"type": "string", "default": 20})
        yield f"{at} limit becomes required", B, put(f"{at}/parameters/{index}/required", True)
        yield f"{at} limit is gone", W, cut(f"{at}/parameters/{index}")
        yield f"{at} limit is deprecated", N, put(f"{at}/parameters/{index}/deprecated", True)
    new = {"in": "query", "name": "fresh", "schema": {"type": "string"}}
    yield "a new optional parameter", N, add(f"{LIST}/parameters", new)
    yield "a new required parameter", B, add(f"{LIST}/parameters", {**new, "required": True})
    yield "a new required header", B, add(f"{LIST}/parameters", {**new, "in": "header", "required": True})
    yield "sort_by loses a value", B, drop(f"{LIST}/parameters/3/schema/enum", "-created_at")
    yield "sort_by gains a value", N, add(f"{LIST}/parameters/3/schema/enum", "name")
    yield "user becomes optional for events", N, put(f"{EVENTS}/parameters/1/required", False)
    yield "user moves to a header", B, put(f"{EVENTS}/parameters/1/in", "header")
    yield "a flag becomes a number", B, put(f"{EVENTS}/parameters/2/schema", {"type": "integer", "default": False})
    yield "a path id is any text", N, cut(f"{EVENTS}/parameters/0/schema/format")
    yield "a path id is a number", B, put(f"{DELETE}/parameters/0/schema", {"type": "integer"})
    yield "a path id is a uuid", B, put(f"{DELETE}/parameters/0/schema/format", "uuid")
    yield "keyword has a pattern", B, put("/paths/~1apps~1annotations/get/parameters/2/schema/pattern", "^a")


def responses() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """What servers answer."""
    for name, field in (
        ("FileUploadResponse", "size"),
        ("Usage", "total_tokens"),
        ("AppInfoResponse", "mode"),
        ("ConversationListItem", "status"),
    ):
        at = f"{S}{name}"
        yield f"{name}.{field} is gone", W if name != "Usage" else B, cut(f"{at}/properties/{field}")
        yield f"{name}.{field} is an object", B, put(f"{at}/properties/{field}", {"type": "object"})
        yield f"{name}.{field} may be null", B, put(f"{at}/properties/{field}/nullable", True)
        yield f"{name}.{field} is always there", N, put(f"{at}/required", [field])
        yield f"{name} has a new field", N, put(f"{at}/properties/fresh", {"type": "string"})
        yield f"{name} has a field called example", N, put(f"{at}/properties/example", {"type": "string"})
        yield (
            f"{name}.{field} is renamed",
            W if name != "Usage" else B,
            rename(f"{at}/properties/{field}", f"{field}_new"),
        )
        yield f"{name}.{field} is write-only", N, put(f"{at}/properties/{field}/writeOnly", True)
    yield "created_at is text", B, put(f"{S}FileUploadResponse/properties/created_at", {"type": "string"})
    yield "latency is an integer", N, put(f"{S}Usage/properties/latency", {"type": "integer"})
    yield "size is a number", B, put(f"{S}FileUploadResponse/properties/size/type", "number")
    yield "an id is any text", B, cut(f"{S}FileUploadResponse/properties/id/format")
    yield "a name is a uuid", N, put(f"{S}FileUploadResponse/properties/name/format", "uuid")
    yield "mode has fixed values", N, put(f"{S}AppInfoResponse/properties/mode/enum", ["advanced-chat"])
    yield "extension is never null", N, put(f"{S}FileUploadResponse/properties/extension/nullable", False)
    yield "tags are objects", B, put(f"{S}AppInfoResponse/properties/tags/items", {"type": "object"})
    yield "answers are closed", N, put(f"{S}AppInfoResponse/additionalProperties", False)
    yield "chat answers 202 too", N, put(f"{CHAT}/responses/202", {"description": "Later."})
    yield "chat no longer answers 200", B, cut(f"{CHAT}/responses/200")
    yield "chat no longer answers 429", N, cut(f"{CHAT}/responses/429")
    yield "chat answers 418", N, put(f"{CHAT}/responses/418", {"description": "No."})
    yield "deleting answers 200", B, rename(f"{DELETE}/responses/204", "200")
    yield "chat streams no more", B, cut(f"{CHAT}/responses/200/content/text~1event-stream")
    yield (
        "chat answers XML too",
        N,
        put(f"{CHAT}/responses/200/content/application~1xml", {"schema": {"type": "string"}}),
    )
    yield "speech is ogg", B, rename("/paths/~1text-to-audio/post/responses/200/content/audio~1mpeg", "audio/ogg")
    yield "a new header", N, put(f"{LIST}/responses/200/headers", {"X-Next": {"schema": {"type": "string"}}})
    yield (
        "history is a list",
        B,
        put(f"{HISTORY}/responses/200/content/application~1json/schema", {"type": "array", "items": {}}),
    )
    yield "a control is gone", N, cut(f"{S}UserInputFormItem/oneOf/2")
    yield (
        "a control is new",
        B,
        add(
            f"{S}UserInputFormItem/oneOf",
            {"type": "object", "title": "Date", "properties": {"date": {"type": "object"}}},
        ),
    )


def operation_changes() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """Operations, security and servers."""
    yield "chat is gone", B, cut("/paths/~1chat-messages")
    yield (
        "listing is gone, as announced",
        N,
        both(put(f"{LIST}/deprecated", True), put(f"{LIST}/x-sunset", "2020-01-01")),
    )
    yield "an operation is new", N, put("/paths/~1fresh", {"get": {"responses": {"200": {"description": "Yes."}}}})
    yield "a method is new", N, put("/paths/~1info/post", {"responses": {"200": {"description": "Yes."}}})
    yield "a path is renamed", B, rename("/paths/~1meta", "/metadata")
    yield "an operationId is renamed", N, put(f"{CHAT}/operationId", "sendMessage")
    yield "a tag is renamed", N, put(f"{CHAT}/tags", ["Chat"])
    yield "a tag is added", N, add(f"{CHAT}/tags", "Chat")
    yield "an operation is deprecated", N, put(f"{CHAT}/deprecated", True)
    yield (
        "keys travel in a header of their own",
        B,
        put("/components/securitySchemes/ApiKeyAuth", {"type": "apiKey", "in": "header", "name": "X-Key"}),
    )
    yield "keys or nothing", N, add("/security", {})
    yield "another address", W, put("/servers/0/variables/api_base_url/default", "api.example.com/v2")
    yield "a second address", N, add("/servers", {"url": "https://eu.example.com"})
    yield (
        "a reference leads nowhere",
        B,
        put(f"{LIST}/responses/200/content/application~1json/schema/$ref", f"#{S}Nobody"),
    )


def events() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """Stream events, which no path refers to."""
    mapping = f"{S}ChunkChatEvent/discriminator/mapping"
    names = f"{S}ChunkChatEvent/properties/event/enum"
    for name in ("message", "node_finished", "ping", "workflow_paused"):
        yield f"event {name} is gone", B, both(cut(f"{mapping}/{name}"), drop(names, name))
        yield (
            f"event {name} is renamed",
            B,
            both(rename(f"{mapping}/{name}", f"{name}_v2"), drop(names, name), add(names, f"{name}_v2")),
        )
        yield f"event {name} is something else", B, put(f"{mapping}/{name}", f"#{S}StreamEventChatError")
        yield f"event {name} is no longer listed", B, drop(names, name)
    yield "an event is new", W, both(put(f"{mapping}/fresh", f"#{S}StreamEventChatPing"), add(names, "fresh"))
    for name, field in (
        ("StreamEventChatMessage", "answer"),
        ("StreamEventChatError", "code"),
        ("StreamEventNodeFinished", "data"),
    ):
        at = f"{S}{name}/allOf/2/properties"
        yield f"{name}.{field} is gone", B, cut(f"{at}/{field}")
        yield f"{name}.{field} is renamed", B, rename(f"{at}/{field}", f"{field}_v2")
        yield f"{name}.{field} is a list", B, put(f"{at}/{field}", {"type": "array", "items": {"type": "string"}})
        yield f"{name}.{field} may be null", B, put(f"{at}/{field}/nullable", True)
        yield f"{name} has a new field", N, put(f"{at}/fresh", {"type": "string"})
        yield f"{name}.{field} has other prose", D, put(f"{at}/{field}/description", "Other words.")
        yield f"{name} drops its base", B, cut(f"{S}{name}/allOf/1")
    yield "a nested field is gone", B, cut(f"{S}StreamEventNodeFinished/allOf/2/properties/data/properties/status")
    yield (
        "a nested field is text",
        B,
        put(f"{S}StreamEventNodeFinished/allOf/2/properties/data/properties/index/type", "string"),
    )
    yield "the base loses task_id", B, cut(f"{S}StreamEventBase/properties/task_id")
    yield "the base gains a field", N, put(f"{S}StreamEventBase/properties/sequence", {"type": "integer"})
    yield "events are told apart by type", B, put(f"{S}ChunkChatEvent/discriminator/propertyName", "type")


def benign() -> Iterator[tuple[str, str, Callable[[Document], None]]]:
    """Prose, order and equivalent spellings."""
    yield "identical", Z, lambda _: None
    yield "other info", D, put("/info/description", "Other words.")
    yield "a version", D, put("/info/version", "9.9.9")
    yield "a summary", D, put(f"{CHAT}/summary", "Other words.")
    yield "a description", D, put(f"{S}Usage/description", "Other words.")
    yield "a field's description", D, put(f"{S}Usage/properties/latency/description", "Other words.")
    yield "an example", D, put(f"{S}Usage/properties/latency/example", 3.5)
    yield "an extension", D, put(f"{CHAT}/x-note", "Other words.")
    yield "a title", D, put(f"{S}Usage/title", "Consumption")
    yield "a response's description", D, put(f"{CHAT}/responses/200/description", "Other words.")
    yield "a tag's description", D, put("/tags/0/description", "Other words.")
    yield "external docs", D, put("/externalDocs", {"url": "https://example.com"})
    yield "keys in another order", Z, everywhere(lambda node: dict(reversed(node.items())))
    yield "required in another order", Z, put(f"{S}ChatRequest/required", ["user", "query", "inputs"])
    yield "enum in another order", Z, put(f"{S}ChatRequest/properties/response_mode/enum", ["blocking", "streaming"])
    yield "nullable: false said aloud", Z, put(f"{S}Usage/properties/latency/nullable", False)
    yield "required: false said aloud", Z, put(f"{HISTORY}/parameters/1/required", False)
    yield "an empty required list", Z, put(f"{S}Usage/required", [])
    yield "additionalProperties: true said aloud", Z, put(f"{S}Usage/additionalProperties", True)
    for kind in ("allOf", "anyOf", "oneOf"):
        yield f"a single {kind}", Z, wrapped(kind)
    body = f"{CHAT}/requestBody/content/application~1json/schema"
    yield "a reference in a single allOf", Z, put(body, {"allOf": [{"$ref": f"#{S}ChatRequest"}]})
    yield "a path parameter renamed", Z, rename_parameter
    yield "parameters hoisted", Z, hoist
    yield "security repeated", Z, put(f"{LIST}/security", [{"ApiKeyAuth": []}])
    yield "security said twice", Z, add("/security", {"ApiKeyAuth": []})
    yield "a component inlined", Z, inline
    yield "a component renamed", Z, rename_component
    yield "an inline schema made a component", Z, extract
    yield "a field split off into allOf", Z, split
    yield "type as a list", Z, put(f"{S}Usage/properties/currency/type", ["string"])
    yield "prose on a schema nobody uses", D, put(f"{S}Nobody", {"type": "object"})


def wrapped(kind: str) -> Callable[[Document], None]:
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


def mutations() -> list[Mutation]:
    families = (requests(), parameters(), responses(), operation_changes(), events(), benign())
    return [Mutation(*one) for family in families for one in family]
