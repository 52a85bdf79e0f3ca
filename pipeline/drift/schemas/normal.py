"""The normal form of a schema: what it allows, independent of how it is spelled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Document, is_list, is_object
from pipeline.drift.rules import LOWER_BOUNDS, UPPER_BOUNDS
from pipeline.drift.schemas.reference import SchemaRef

OBJECT = frozenset({"object"})
# Keywords for people; they constrain nothing.
ANNOTATIONS = frozenset({"description", "title", "example", "examples", "externalDocs", "summary", "xml"})
# Keywords that apply subschemas and are compared for equality only.
OPAQUE = (
    "if",
    "then",
    "else",
    "patternProperties",
    "propertyNames",
    "contains",
    "prefixItems",
    "dependentRequired",
    "dependentSchemas",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$dynamicRef",
)
# Keywords whose values are compared as they are.
PLAIN = frozenset(
    {*UPPER_BOUNDS, *LOWER_BOUNDS, *OPAQUE, "pattern", "default", "multipleOf", "uniqueItems", "deprecated"}
    | {"readOnly", "writeOnly", "x-sunset", "x-stability-level", "x-extensible-enum"}
)
# Marks a union of bare types that was rewritten as a list of types.
TYPE_UNION = "x-type-union"


@dataclass(frozen=True, slots=True)
class Union:
    """A oneOf or anyOf with several members."""

    kind: str
    members: tuple[SchemaRef, ...]


@dataclass(slots=True)
class NormalSchema:
    """The constraints of a schema.

    An empty `types` allows every type. `names` are the components it is made of.
    """

    pointer: str
    id: str = ""
    types: frozenset[str] = frozenset()
    nullable: bool = False
    format: str | None = None
    enum: list[Any] | None = None
    plain: Document = field(default_factory=dict[str, Any])
    properties: dict[str, SchemaRef] = field(default_factory=dict[str, SchemaRef])
    required: frozenset[str] = frozenset()
    additional: SchemaRef | bool | None = None
    items: SchemaRef | None = None
    union: Union | None = None
    excluded: Any = None
    discriminator: Document | None = None
    names: tuple[str, ...] = ()
    all_of_count: int = 0

    @property
    def is_component(self) -> bool:
        """True for a component itself, without anything added where it is used."""
        return f"#{self.pointer}" in self.names

    @property
    def type_name(self) -> str:
        """The type for people: `string (uuid)`, `integer or null`, `array`."""
        types = " or ".join(sorted(self.types)) or ("a choice" if self.union else "any type")
        return types + (f" ({self.format})" if self.format else "") + (" or null" if self.nullable else "")

    def has(self, keyword: str) -> bool:
        """Return whether a boolean keyword is true."""
        return bool(self.plain.get(keyword))


def own_constraints(raw: Document, ref: SchemaRef, names: tuple[str, ...]) -> NormalSchema:
    """Return the constraints of one schema object, without those of its allOf, oneOf and anyOf."""
    types: Any = raw.get("type")
    listed = {str(one) for one in types} if is_list(types) else {types} if isinstance(types, str) else set[str]()
    schema = NormalSchema(ref.pointer, types=frozenset(listed - {"null"}), names=names)
    schema.nullable = raw.get("nullable") is True or "null" in listed
    schema.format = raw["format"] if isinstance(raw.get("format"), str) else None
    schema.plain = plain_keywords(raw)
    values: Any = [raw["const"]] if "const" in raw else raw.get("enum")
    if is_list(values):
        schema.enum = [value for value in values if value is not None]
        schema.nullable |= None in values and not schema.types
    properties: Any = raw.get("properties")
    if is_object(properties):
        schema.properties = {name: ref.child("properties", name) for name in properties}
    required: Any = raw.get("required")
    if is_list(required):
        schema.required = frozenset(name for name in required if isinstance(name, str))
    if "additionalProperties" in raw:
        schema.additional = additional_properties(raw["additionalProperties"], ref)
    if is_object(raw.get("items")) or raw.get("items") is False:
        schema.items = ref.child("items")
    schema.excluded = raw.get("not")
    schema.discriminator = raw["discriminator"] if is_object(raw.get("discriminator")) else None
    if schema.properties and "type" not in raw:
        # A schema that lists properties describes an object, also where it leaves out the type.
        schema.types = OBJECT
    return schema


def additional_properties(value: Any, ref: SchemaRef) -> SchemaRef | bool:
    """Return the schema of undocumented properties, or whether there may be any."""
    if isinstance(value, bool):
        return value
    return True if value == {} else ref.child("additionalProperties")


def plain_keywords(raw: Document) -> Document:
    """Return the keywords with plain values. Neutral values are left out, and bounds have one spelling."""
    kept = {
        key: raw[key]
        for key in raw
        if key in PLAIN and raw[key] is not None and (raw[key] is not False or key in OPAQUE)
    }
    for bound, exclusive in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if kept.get(exclusive) is True:
            del kept[exclusive]
            if bound in kept:
                kept[exclusive] = kept.pop(bound)
    for key in ("minLength", "minItems", "minProperties"):
        if kept.get(key) == 0:
            del kept[key]
    return kept


def is_null(member: Any) -> bool:
    """Return whether a member of a union allows null only."""
    return is_object(member) and (member.get("type") in ("null", ["null"]) or member.get("enum") == [None])
