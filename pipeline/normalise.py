"""Normalisation of the corrected document: one form for schemas that the generator would misread otherwise."""

from __future__ import annotations

from typing import Any

from pipeline.document import Document, is_list, is_object, resolve, targets

# Siblings of $ref that have an effect; OpenAPI 3.0 ignores siblings, so what else is left of the replaced schema goes.
KEPT_SIBLINGS = ("description", "nullable", "default")


def normalise(node: Any) -> Any:
    """Return a copy in which a reference with a description, or one that may be null, is a separate schema."""
    if is_list(node):
        return [normalise(item) for item in node]
    if not is_object(node):
        return node
    if not isinstance(node.get("$ref"), str):
        return {key: normalise(value) for key, value in node.items()}
    reference = {"$ref": node["$ref"]}
    if not node["$ref"].startswith("#/components/schemas/"):
        # A correction may replace a response by a shared one; only schemas can be combined.
        return reference
    siblings = {key: node[key] for key in KEPT_SIBLINGS if key in node}
    if not siblings:
        return reference
    return {"oneOf" if siblings.get("nullable") else "allOf": [reference], **siblings}


def for_generator(document: Document) -> Document:
    """Return the document as the generator needs it: events are flat objects with their name as a constant.

    The generator makes a type for a one-valued enum, and cannot merge it with the enum of the events' base.
    """
    components: Document = document.get("components") or {}
    schemas: Document = components.get("schemas") or {}
    flat = {name: flatten(document, schema) if is_object(schema) else schema for name, schema in schemas.items()}
    for name, (key, value) in discriminator_values(schemas).items():
        flat[name] = with_constant(flat[name], key, value)
    paths = {path: with_parameter_descriptions(item) for path, item in document["paths"].items()}
    prepared = {**document, "paths": paths, "components": {**components, "schemas": flat}}
    # Bases that are part of other schemas now.
    for name in referenced_schemas(document) - referenced_schemas(prepared):
        del flat[name]
    return prepared


def discriminator_values(schemas: Document) -> dict[str, tuple[str, str]]:
    """Return the discriminating property and its value for each schema that a discriminator maps to."""
    return {
        reference.rpartition("/")[2]: (discriminator["propertyName"], value)
        for schema in schemas.values()
        if is_object(schema) and is_object(discriminator := schema.get("discriminator"))
        for value, reference in discriminator.get("mapping", {}).items()
        if reference.rpartition("/")[2] in schemas
    }


def with_constant(schema: Document, key: str, value: str) -> Document:
    """Return an object schema that requires a property to have one value."""
    constant = {"const": value, "description": f"Always `{value}`."}
    required = [key, *(name for name in schema.get("required", []) if name != key)]
    return {**schema, "properties": {**schema.get("properties", {}), key: constant}, "required": required}


def referenced_schemas(document: Document) -> set[str]:
    """Return the names of the schemas that parts of the document refer to."""
    return {reference.rpartition("/")[2] for reference in targets(document) if "/schemas/" in reference}


def with_parameter_descriptions(node: Any) -> Any:
    """Return a copy of a path item in which schemas have their parameters' descriptions, as docstrings use those."""
    if is_list(node):
        return [with_parameter_descriptions(item) for item in node]
    if not is_object(node):
        return node
    if "in" not in node or not is_object(node.get("schema")):
        return {key: with_parameter_descriptions(value) for key, value in node.items()}
    text = {"description": node["description"]} if "description" in node else {}
    return {**node, "schema": normalise({**node["schema"], **text})}


def flatten(document: Document, schema: Document) -> Document:
    """Return an `allOf` of objects as one object, in which later members win; return other schemas unchanged."""
    members = [resolve(document, part["$ref"]) if "$ref" in part else part for part in schema.get("allOf", [])]
    if not members[1:] or any(member.get("type") != "object" for member in members):
        return schema
    merged: Document = {"type": "object", "properties": {}, "required": []}
    for member in members:
        merged["properties"].update(member.get("properties", {}))
        merged["required"] += [name for name in member.get("required", []) if name not in merged["required"]]
        merged["description"] = member.get("description", "")
    return {**merged, **{key: value for key, value in schema.items() if key != "allOf"}}
