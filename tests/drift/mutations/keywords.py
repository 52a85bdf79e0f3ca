"""Mutations by keywords that the published documents do not have, and of parts that only change their name or place."""

from __future__ import annotations

from collections.abc import Iterator

from tests.drift.mutations.edits import CHAT, LIST, B, D, Edit, N, S, W, Z, both, cut, put, rename

NEW = put("/openapi", "3.1.0")
LIMIT = f"{LIST}/parameters/2"
QUERY = f"{S}ChatRequest/properties/query"
LABEL = f"{S}TextInputControlWrapper/properties/text-input"
USAGE = f"{S}Usage/properties/latency"
TAGS = f"{S}AppInfoResponse/properties/tags"
INFO = "/paths/~1info/get"


def siblings() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations by keywords next to a reference."""
    yield "a referenced field may be null", B, put(f"{LABEL}/nullable", True)
    yield "a keyword that 3.0 ignores next to a reference", Z, put(f"{LABEL}/minProperties", 1)
    yield "3.1: a referenced response field is narrowed", N, both(NEW, put(f"{LABEL}/minProperties", 1))
    body = f"{CHAT}/requestBody/content/application~1json/schema"
    yield "3.1: a referenced body needs a field", B, both(NEW, put(f"{body}/required", ["workflow_id"]))
    yield "3.1: a referenced body has a description", D, both(NEW, put(f"{body}/description", "The body."))


def schemas() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations by keywords of schemas."""
    yield "a minimum becomes exclusive", B, put(f"{LIMIT}/schema/exclusiveMinimum", True)
    yield "a maximum becomes exclusive", B, put(f"{LIMIT}/schema/exclusiveMaximum", True)
    exclusive = both(NEW, cut(f"{LIMIT}/schema/minimum"), put(f"{LIMIT}/schema/exclusiveMinimum", 0))
    yield "3.1: an exclusive minimum for the same integers", D, exclusive
    yield "3.1: a constant query", B, both(NEW, put(f"{QUERY}/const", "a"))
    yield "3.1: a constant response field", N, both(NEW, put(f"{S}AppInfoResponse/properties/mode/const", "a"))
    yield "3.1: latency may be null", B, both(NEW, put(f"{USAGE}/type", ["number", "null"]))
    yield "3.1: latency may be text", B, both(NEW, put(f"{USAGE}/type", ["number", "string"]))
    yield "3.1: the first tag has a type", W, both(NEW, put(f"{TAGS}/prefixItems", [{"type": "string"}]))
    yield "3.1: tags contain one of a kind", W, both(NEW, put(f"{TAGS}/contains", {"const": "a"}))
    yield "3.1: no other fields of usage", W, both(NEW, put(f"{S}Usage/unevaluatedProperties", False))
    condition = {"required": ["files"]}
    for keyword in ("if", "then", "else", "propertyNames"):
        yield f"3.1: chat has the keyword {keyword}", W, both(NEW, put(f"{S}ChatRequest/{keyword}", condition))
    yield "chat excludes a field", W, put(f"{S}ChatRequest/not", {"required": ["trace"]})
    yield "a file may not be empty", W, put(f"{S}ChatRequest/properties/files/not", {"maxItems": 0})
    yield "latency has another name in XML", Z, put(f"{USAGE}/xml", {"name": "seconds"})
    yield "3.1: usage has an identifier", D, both(NEW, put(f"{S}Usage/$id", "https://example.com/usage"))
    yield "3.1: usage has a comment", D, both(NEW, put(f"{S}Usage/$comment", "Costs."))


def encodings() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of how parameters, bodies and responses are written."""
    content = {"application/json": {"schema": {"type": "integer", "default": 20, "minimum": 1, "maximum": 100}}}
    yield "limit is JSON", B, both(cut(f"{LIMIT}/schema"), put(f"{LIMIT}/content", content))
    yield "limit has any type", N, put(f"{LIMIT}/schema", {"default": 20})
    yield "limit may contain reserved characters", B, put(f"{LIMIT}/allowReserved", True)
    yield "limit may be empty", B, put(f"{LIMIT}/allowEmptyValue", True)
    body = "/paths/~1files~1upload/post/requestBody/content/multipart~1form-data"
    yield "an uploaded file has a type", W, put(f"{body}/encoding", {"file": {"contentType": "image/png"}})
    header = {"X-Trace": {"schema": {"type": "string"}}}
    yield "info has a header", N, put(f"{INFO}/responses/200/headers", header)


def elsewhere() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations of links, callbacks, webhooks, servers and security."""
    call = {"post": {"responses": {"200": {"description": "Yes."}}}}
    yield "a webhook is new", W, put("/webhooks", {"finished": call})
    yield "chat calls back", W, put(f"{CHAT}/callbacks", {"finished": {"{$request.body#/url}": call}})
    yield "info links to the settings", Z, put(f"{INFO}/responses/200/links", {"site": {"operationId": "getSite"}})
    address = ["api.dify.ai/v1", "localhost/v1"]
    yield "the addresses are listed", Z, put("/servers/0/variables/api_base_url/enum", address)
    yield "scopes are no list", Z, put("/security", [{"ApiKeyAuth": True}])
    yield (
        "info has a key under another name",
        Z,
        both(rename("/components/securitySchemes/ApiKeyAuth", "Bearer"), put("/security", [{"Bearer": []}])),
    )


def renames() -> Iterator[tuple[str, str, Edit]]:
    """Yield mutations that only give something another name, place or status."""
    yield "workflow_id is renamed", W, rename(f"{S}ChatRequest/properties/workflow_id", "flow_id")
    yield "tags are renamed", W, rename(f"{S}AppInfoResponse/properties/tags", "labels")
    yield "a member of a usage event is renamed", B, rename(f"{S}Usage/properties/latency", "seconds")
    yield "info becomes a POST", B, rename(INFO, "post")
    yield "info is below another path", B, rename("/paths/~1info", "/apps/info")
    yield "limit becomes a header", B, put(f"{LIMIT}/in", "header")
    yield "limit has another name", W, put(f"{LIMIT}/name", "size")
    yield "info answers with 201", B, rename(f"{INFO}/responses/200", "201")
    yield "an unknown conversation is gone", N, rename(f"{CHAT}/responses/404", "410")
    yield "chat has an error status more", N, put(f"{CHAT}/responses/503", {"description": "Busy."})
    yield "chat has an error status less", N, cut(f"{CHAT}/responses/429")
    error = {"application/json": {"schema": {"type": "object", "properties": {"code": {"type": "integer"}}}}}
    yield "an error of chat has a schema", N, put(f"{CHAT}/responses/404/content", error)
    yield "info is plain text", B, rename(f"{INFO}/responses/200/content/application~1json", "text/plain")
