"""Schemas in one normal form: references followed, allOf merged, equivalent spellings made the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.document import Document, escape, is_list, is_object, resolve
from pipeline.drift.rules import LOWER, UPPER
from pipeline.errors import PipelineError

DEEPEST = 60
OBJECT = frozenset({"object"})
PROSE = frozenset({"description", "title", "example", "examples", "externalDocs", "summary", "xml"})
PLAIN = frozenset(
    {*UPPER, *LOWER, "pattern", "default", "multipleOf", "uniqueItems", "deprecated", "readOnly", "writeOnly"}
    | {
        "x-sunset",
        "x-stability-level",
        "x-extensible-enum",
        "contentEncoding",
        "contentMediaType",
        "if",
        "then",
        "else",
    }
    | {"patternProperties", "propertyNames", "contains", "prefixItems", "dependentRequired", "dependentSchemas"}
)


@dataclass(frozen=True, slots=True)
class SchemaRef:
    """A schema as it is written, with the JSON pointer it stands at; `more` holds what must be satisfied as well."""

    raw: Any
    pointer: str
    more: tuple[SchemaRef, ...] = ()

    def child(self, *keys: object) -> SchemaRef:
        """What stands under some keys."""
        node = self.raw
        pointer = self.pointer
        for key in keys:
            node = node[key]
            pointer = f"{pointer}/{escape(str(key))}"
        return SchemaRef(node, pointer)

    @property
    def reference(self) -> str | None:
        """Where it refers to, if it does."""
        found: Any = self.raw.get("$ref") if is_object(self.raw) else None
        return found if isinstance(found, str) else None

    @property
    def id(self) -> str:
        """What tells spots apart."""
        return "+".join([self.pointer, *(spot.id for spot in self.more)])


@dataclass(frozen=True, slots=True)
class Union:
    """A oneOf or anyOf with several members."""

    kind: str
    members: tuple[SchemaRef, ...]


@dataclass(slots=True)
class NormalSchema:
    """What a schema asks for. An empty `types` allows every type; `names` are the components it is made of."""

    pointer: str
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
    parts: int = 0

    def words(self) -> str:
        """The type for people: `string (uuid)`, `integer or null`, `array`."""
        types = " or ".join(sorted(self.types)) or ("a choice" if self.union else "any type")
        return types + (f" ({self.format})" if self.format else "") + (" or null" if self.nullable else "")


class SchemaReader:
    """The schemas of one document."""

    def __init__(self, document: Document, place: str) -> None:
        self.document = document
        self.place = place
        self.shapes: dict[str, NormalSchema] = {}

    def follow(self, spot: SchemaRef) -> tuple[SchemaRef, tuple[str, ...]]:
        """Where a reference finally leads, with the names of the components on the way."""
        names: list[str] = []
        while (target := spot.reference) is not None:
            if target in names:
                raise PipelineError(
                    f"{self.place}#{spot.pointer}", f"refers to itself through {target!r}; break the circle"
                )
            names.append(target)
            try:
                spot = SchemaRef(resolve(self.document, target), target.removeprefix("#"), spot.more)
            except LookupError:
                spot = SchemaRef({}, spot.pointer + "/$ref", spot.more)
        return spot, tuple(names)

    def normalise(self, spot: SchemaRef) -> NormalSchema:
        """The normal form of a schema."""
        known = self.shapes.get(spot.id)
        if known is None:
            known = self.shapes[spot.id] = self.read(spot, 0, frozenset())
        return known

    def read(self, spot: SchemaRef, depth: int, through: frozenset[str]) -> NormalSchema:
        """Read one schema: its own keywords, then everything it is made of."""
        found, names = self.follow(spot)
        if depth > DEEPEST:
            raise PipelineError(f"{self.place}#{spot.pointer}", f"nests more than {DEEPEST} allOf; flatten the schema")
        if names and found.pointer in through:
            raise PipelineError(f"{self.place}#{spot.pointer}", "is made of itself; break the circle of allOf")
        through |= {found.pointer} if names else frozenset()
        raw: Document = found.raw if is_object(found.raw) else {}
        shape = self.own(raw, found, names)
        for part in self.parts(raw, found, shape):
            merge(shape, self.read(part, depth + 1, through), raw)
        for part in spot.more:
            merge(shape, self.read(part, depth + 1, through), raw)
        return simple(shape, self)

    def parts(self, raw: Document, spot: SchemaRef, shape: NormalSchema) -> list[SchemaRef]:
        """The members of an allOf, and of a oneOf or anyOf that leaves no choice."""
        found: list[SchemaRef] = []
        members: Any = raw.get("allOf")
        if is_list(members):
            shape.parts = len(members)
            found += [spot.child("allOf", index) for index in range(len(members))]
        for kind in ("oneOf", "anyOf"):
            members = raw.get(kind)
            if not is_list(members):
                continue
            choices = [spot.child(kind, index) for index, member in enumerate(members) if not is_null(member)]
            shape.nullable |= len(choices) < len(members)
            if len(choices) == 1:
                found += choices
            elif choices and shape.union is None:
                shape.union = Union(kind, tuple(choices))
        return found

    def members(self, shape: NormalSchema) -> list[SchemaRef]:
        """The members of a schema's own allOf that constrain something."""
        if not shape.parts:
            return []
        spot = SchemaRef({"$ref": f"#{shape.pointer}"}, shape.pointer)
        found = self.follow(spot)[0]
        members: Any = found.raw.get("allOf") if is_object(found.raw) else None
        listed = [found.child("allOf", index) for index in range(len(members))] if is_list(members) else []
        return [one for one in listed if is_object(one.raw) and set(one.raw) - PROSE]

    def own(self, raw: Document, spot: SchemaRef, names: tuple[str, ...]) -> NormalSchema:
        """The keywords of one schema object, without what it is made of."""
        types: Any = raw.get("type")
        listed = {str(one) for one in types} if is_list(types) else {types} if isinstance(types, str) else set[str]()
        shape = NormalSchema(spot.pointer, frozenset(listed - {"null"}), names=names)
        shape.nullable = raw.get("nullable") is True or "null" in listed
        shape.format = raw["format"] if isinstance(raw.get("format"), str) else None
        shape.enum = values(raw, shape)
        shape.plain = plain(raw)
        properties: Any = raw.get("properties")
        if is_object(properties):
            shape.properties = {name: spot.child("properties", name) for name in properties}
        required: Any = raw.get("required")
        shape.required = (
            frozenset(name for name in required if isinstance(name, str)) if is_list(required) else frozenset()
        )
        if "additionalProperties" in raw:
            closed = raw["additionalProperties"]
            shape.additional = closed if isinstance(closed, bool) else spot.child("additionalProperties")
            if closed == {}:
                shape.additional = True
        if is_object(raw.get("items")):
            shape.items = spot.child("items")
        shape.excluded = raw.get("not")
        shape.discriminator = raw["discriminator"] if is_object(raw.get("discriminator")) else None
        if shape.properties and "type" not in raw:
            # Nobody lists the fields of what is no object.
            shape.types = OBJECT
        return shape


def section(node: Any, key: str) -> Document:
    """What stands under a key, where that is an object; an empty one otherwise."""
    found: Any = node.get(key) if is_object(node) else None
    return found if is_object(found) else {}


def listing(node: Any, key: str) -> list[Any]:
    """What stands under a key, where that is an array; an empty one otherwise."""
    found: Any = node.get(key) if is_object(node) else None
    return found if is_list(found) else []


def is_null(member: Any) -> bool:
    """Whether a member of a choice is just null."""
    return is_object(member) and (member.get("type") in ("null", ["null"]) or member.get("enum") == [None])


def values(raw: Document, shape: NormalSchema) -> list[Any] | None:
    """The values of an enum or const; null among them makes the schema nullable."""
    listed: Any = [raw["const"]] if "const" in raw else raw.get("enum")
    if not is_list(listed):
        return None
    if None in listed and not shape.types:
        shape.nullable = True
    return [value for value in listed if value is not None]


def plain(raw: Document) -> Document:
    """The keywords with plain values; absent and neutral values are the same, and bounds have one spelling."""
    kept = {key: raw[key] for key in raw if key in PLAIN and raw[key] is not None and raw[key] is not False}
    for bound, exclusive in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if kept.get(exclusive) is True:
            del kept[exclusive]
            if bound in kept:
                kept[exclusive] = kept.pop(bound)
    for key in ("minLength", "minItems", "minProperties"):
        if kept.get(key) == 0:
            del kept[key]
    return kept


def merge(into: NormalSchema, part: NormalSchema, raw: Document) -> None:
    """Let a schema satisfy another one as well."""
    if into.types and part.types:
        into.types = narrow(into.types, part.types)
    else:
        into.types |= part.types
    into.format = into.format or part.format
    # A nullable allOf is meant as "this, or null", whatever its members say.
    into.nullable |= part.nullable and "nullable" not in raw
    if part.enum is not None:
        into.enum = part.enum if into.enum is None else [value for value in into.enum if value in part.enum]
    for key, value in part.plain.items():
        into.plain[key] = tighter(key, into.plain[key], value) if key in into.plain else value
    for name, spot in part.properties.items():
        mine = into.properties.get(name)
        both = mine is not None and mine.pointer != spot.pointer
        into.properties[name] = replace(spot, more=(*spot.more, mine)) if both and mine is not None else spot
    into.required |= part.required
    into.additional = part.additional if into.additional is None or part.additional is False else into.additional
    into.items = into.items or part.items
    if part.union and not into.union and f"#{into.pointer}" not in [one.reference for one in part.union.members]:
        # What is built on a choice of which it is a member takes its fields from it, not the choice.
        into.union = part.union
    into.excluded = into.excluded if part.excluded is None else part.excluded
    into.discriminator = into.discriminator or part.discriminator
    into.names += part.names


def narrow(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """The types that both allow; integer is a number. Contradictions keep the first."""
    both = mine & theirs
    if "integer" in mine | theirs and "number" in mine | theirs and not both:
        both = frozenset({"integer"})
    return both or mine


def tighter(key: str, mine: Any, theirs: Any) -> Any:
    """The stricter of two bounds; of anything else the first."""
    try:
        return min(mine, theirs) if key in UPPER else max(mine, theirs) if key in LOWER else mine
    except TypeError:
        return mine


def simple(shape: NormalSchema, reader: SchemaReader) -> NormalSchema:
    """A choice between bare types as a list of types."""
    union = shape.union
    if union is None or shape.types or shape.discriminator:
        return shape
    bare = [reader.follow(member)[0].raw for member in union.members]
    if all(
        is_object(raw) and isinstance(raw.get("type"), str) and not (set(raw) - {"type", "nullable"} - PROSE)
        for raw in bare
    ):
        shape.types = frozenset(raw["type"] for raw in bare)
        shape.nullable |= any(raw.get("nullable") is True for raw in bare)
        shape.union = None
        shape.plain["x-choice"] = True
    return shape
