"""One spelling for one meaning: the forms of a schema that the generator would misread, written as it reads them."""

from __future__ import annotations

from typing import Any

from pipeline.document import Document, is_list, is_object, references, resolve

# What may stand beside a reference and means something there; OpenAPI 3.0 says that siblings of $ref are ignored,
# so whatever else is left of the schema the reference replaced goes.
CARRIED = ("description", "nullable", "default")


def normalise(node: Any) -> Any:
    """A copy in which a reference with a description, or one that may be null, is a proper schema."""
    if is_list(node):
        return [normalise(item) for item in node]
    if not is_object(node):
        return node
    if not isinstance(node.get("$ref"), str):
        return {key: normalise(value) for key, value in node.items()}
    reference = {"$ref": node["$ref"]}
    if not node["$ref"].startswith("#/components/schemas/"):
        # A correction may put a shared answer where the document has one of its own; only schemas can be combined.
        return reference
    carried = {key: node[key] for key in CARRIED if key in node}
    if not carried:
        return reference
    return {"oneOf" if carried.get("nullable") else "allOf": [reference], **carried}


def for_generator(document: Document) -> Document:
    """The document as the generator needs it: events as one flat object, tied to their name by a constant.

    The generator calls a one-valued enum a type of its own, and cannot merge it with the enum of the events' base.
    """
    schemas = document["components"]["schemas"]
    tags = {schema["discriminator"]["propertyName"] for schema in schemas.values() if "discriminator" in schema}
    flat = {name: pin(flatten(document, schema), tags) for name, schema in schemas.items()}
    for name in referenced(document) - referenced(
        {**document, "components": {**document["components"], "schemas": flat}}
    ):
        del flat[name]
    paths = {path: described(item) for path, item in document["paths"].items()}
    return {**document, "paths": paths, "components": {**document["components"], "schemas": flat}}


def referenced(document: Document) -> set[str]:
    """Return the names of the schemas that other parts of a document refer to."""
    return {reference.rpartition("/")[2] for _, reference in references(document) if "/schemas/" in reference}


def described(node: Any) -> Any:
    """A copy of a path's item in which what is said of a parameter is said of its schema, where docstrings take it."""
    if is_list(node):
        return [described(item) for item in node]
    if not is_object(node):
        return node
    if "in" not in node or not is_object(node.get("schema")):
        return {key: described(value) for key, value in node.items()}
    text = {"description": node["description"]} if "description" in node else {}
    return {**node, "schema": normalise({**node["schema"], **text})}


def flatten(document: Document, schema: Document) -> Document:
    """An `allOf` of objects as one object; later members win. Anything else is given back as it is."""
    members = [resolve(document, part["$ref"]) if "$ref" in part else part for part in schema.get("allOf", [])]
    if not members[1:] or any(member.get("type") != "object" for member in members):
        return schema
    merged: Document = {"type": "object", "properties": {}, "required": []}
    for member in members:
        merged["properties"].update(member.get("properties", {}))
        merged["required"] += [name for name in member.get("required", []) if name not in merged["required"]]
        merged["description"] = member.get("description", "")
    return {**merged, **{key: value for key, value in schema.items() if key != "allOf"}}


def pin(schema: Document, tags: set[str]) -> Document:
    """The schema with constants for the properties that tell the members of a union apart."""
    pinned = {
        name: {"const": value["enum"][0], "description": value.get("description", "")}
        for name, value in schema.get("properties", {}).items()
        if name in tags and len(value.get("enum", [])) == 1
    }
    return {**schema, "properties": schema["properties"] | pinned} if pinned else schema
