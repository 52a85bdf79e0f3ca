"""The reader of a document's schemas: follows references and brings schemas into normal form."""

from __future__ import annotations

from pipeline.document import Document, is_list, is_object, resolve
from pipeline.drift.schemas.access import list_at
from pipeline.drift.schemas.merging import merge
from pipeline.drift.schemas.normal import ANNOTATIONS, TYPE_UNION, NormalSchema, Union, is_null, own_constraints
from pipeline.drift.schemas.reference import SchemaRef, ref_to
from pipeline.errors import PipelineError

MAX_DEPTH = 60
# The schema `false`, which allows no value, as an object.
NOTHING: Document = {"enum": []}


class SchemaReader:
    """The schemas of one document, each normalised once. `place` names the document in errors."""

    def __init__(self, document: Document, place: str) -> None:
        self.document = document
        self.place = place
        self._normalised: dict[tuple[str, str | None], NormalSchema] = {}
        # OpenAPI 3.0 ignores keywords next to a `$ref`, but authors write nullable there all the same.
        self._siblings = frozenset({"nullable"}) if str(document.get("openapi")).startswith("3.0") else None

    def follow(self, ref: SchemaRef) -> tuple[SchemaRef, tuple[str, ...]]:
        """Return the schema at the end of a chain of references, and the references on the way.

        Keywords next to a `$ref` are further schemas that its values must satisfy.
        """
        names: list[str] = []
        while (target := ref.target) is not None:
            if target in names:
                raise PipelineError(
                    f"{self.place}#{ref.pointer}", f"refers to itself through {target!r}; break the cycle"
                )
            names.append(target)
            more = (*ref.more, *self._next_to_reference(ref))
            try:
                ref = SchemaRef(resolve(self.document, target), target.removeprefix("#"), more)
            except LookupError:
                ref = SchemaRef({}, ref.pointer + "/$ref", more)
        return ref, tuple(names)

    def normalise(self, ref: SchemaRef) -> NormalSchema:
        """Return the normal form of a schema."""
        return self._read(ref, 0, frozenset())

    def all_of_members(self, schema: NormalSchema) -> list[SchemaRef]:
        """Return the members of a schema's own allOf that constrain something."""
        if not schema.all_of_count:
            return []
        found = self.follow(ref_to(schema.pointer))[0]
        members = [found.child("allOf", index) for index in range(len(list_at(found.raw, "allOf")))]
        return [one for one in members if is_object(one.raw) and set(one.raw) - ANNOTATIONS]

    def name(self, ref: SchemaRef) -> str:
        """Return a member of a union for people: its component, title or type."""
        schema = self.normalise(ref)
        if schema.names:
            return f"`{schema.names[0].rsplit('/', 1)[-1]}`"
        title = ref.raw.get("title") if is_object(ref.raw) else None
        return f"`{title}`" if isinstance(title, str) else schema.type_name

    def _next_to_reference(self, ref: SchemaRef) -> tuple[SchemaRef, ...]:
        """Return the constraints next to a `$ref` as a schema, if there are any."""
        constraints = {key: value for key, value in ref.raw.items() if key != "$ref" and key not in ANNOTATIONS}
        if self._siblings is not None:
            constraints = {key: value for key, value in constraints.items() if key in self._siblings}
        return (SchemaRef(constraints, ref.pointer),) if constraints else ()

    def _read(self, ref: SchemaRef, depth: int, ancestors: frozenset[str]) -> NormalSchema:
        """Normalise one schema, once: its own keywords, then everything it is made of."""
        # Keywords next to a reference have its pointer.
        key = (ref.id, ref.target)
        known = self._normalised.get(key)
        if known is not None:
            return known
        found, names = self.follow(ref)
        if depth > MAX_DEPTH:
            raise PipelineError(f"{self.place}#{ref.pointer}", f"nests more than {MAX_DEPTH} allOf; flatten the schema")
        if names and found.pointer in ancestors:
            raise PipelineError(f"{self.place}#{ref.pointer}", "contains itself through allOf; break the cycle")
        ancestors |= {found.pointer} if names else frozenset()
        raw: Document = found.raw if is_object(found.raw) else NOTHING if found.raw is False else {}
        schema = own_constraints(raw, found, names)
        for part in (*composed_of(raw, found, schema), *found.more):
            merge(schema, self._read(part, depth + 1, ancestors), raw)
        schema.id = found.id
        if len(found.more) > len(ref.more):
            # The schema is the one at the reference, not the component, which others use without these constraints.
            schema.pointer = ref.pointer
        self._collapse_type_union(schema)
        self._normalised[key] = schema
        return schema

    def _collapse_type_union(self, schema: NormalSchema) -> None:
        """Rewrite a union of bare types as a list of types."""
        union = schema.union
        if union is None or schema.types or schema.discriminator:
            return
        members = [self.follow(member)[0].raw for member in union.members]
        if all(is_bare_type(raw) for raw in members) and not any(self.follow(one)[0].more for one in union.members):
            schema.types = frozenset(raw["type"] for raw in members)
            schema.nullable |= any(raw.get("nullable") is True for raw in members)
            schema.union = None
            schema.plain[TYPE_UNION] = True


def composed_of(raw: Document, ref: SchemaRef, schema: NormalSchema) -> list[SchemaRef]:
    """Return the members of an allOf and of unions without alternatives; note real unions in `schema`."""
    found = [ref.child("allOf", index) for index in range(len(list_at(raw, "allOf")))]
    schema.all_of_count = len(found)
    for kind in ("oneOf", "anyOf"):
        members = raw.get(kind)
        if not is_list(members):
            continue
        alternatives = [ref.child(kind, index) for index, member in enumerate(members) if not is_null(member)]
        schema.nullable |= len(alternatives) < len(members)
        if len(alternatives) == 1:
            found += alternatives
        elif alternatives and schema.union is None:
            schema.union = Union(kind, tuple(alternatives))
    return found


def is_bare_type(raw: object) -> bool:
    """Return whether a schema has a type and no other constraint."""
    return is_object(raw) and isinstance(raw.get("type"), str) and not (set(raw) - {"type", "nullable"} - ANNOTATIONS)
