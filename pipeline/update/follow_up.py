"""The lines that a person has to write after an update: places in hand-written files, each with the step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.corrections import Correction
from pipeline.corrections import load as load_corrections
from pipeline.document import Document, is_list, is_object, load, operations, resolve
from pipeline.drift.python.edition import Edition
from pipeline.drift.schemas.access import list_at, object_at
from pipeline.generator import PACKAGE, class_overrides
from pipeline.layout import Project
from pipeline.update import places
from pipeline.update.places import Places, generated_modules, some, without_names
from pipeline.update.public_names import events

API = "dify_chatflow_client.api"
RECORDINGS = f"{places.RECORDINGS}/next"


@dataclass(frozen=True)
class Side:
    """A tree before or after an update.

    Attributes:
        document: The document with the corrections that apply to it.
        modules: The generated module of each operation.
        classes: Names of generated classes by those of schemas, where they differ.
    """

    document: Document
    modules: dict[str, str] = field(default_factory=dict[str, str])
    classes: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, project: Project) -> Side:
        """Return the side of a project."""
        # A correction that is written for the new document does not apply to the old one.
        edition = Edition(project, load(project.spec), load_corrections(project.corrections))
        return cls(edition.corrected, generated_modules(project.generated / PACKAGE), class_overrides(project.config))

    def operations(self) -> dict[str, tuple[str, Document]]:
        """Return label and content of each operation, by its label without the names of parameters."""
        labels = ((f"{method.upper()} {path}", one) for method, path, one in operations(self.document))
        return {without_names(label): (label, one) for label, one in labels}

    def module(self, label: str) -> str:
        """Return the generated module of an operation, or nothing if it was not generated."""
        return self.modules.get(label, "")

    def inputs(self, label: str) -> dict[str, str]:
        """Return the request fields and query parameters of an operation, each with its description in words."""
        item, operation = self.document["paths"][label.partition(" ")[2]], self.operations()[without_names(label)][1]
        found: dict[str, str] = {}
        for one in map(self.resolved, [*list_at(item, "parameters"), *list_at(operation, "parameters")]):
            if one.get("in") == "query":
                found[one["name"]] = f"{necessity(one.get('required') is True)} query parameter `{one['name']}`"
        for media in object_at(self.resolved(operation.get("requestBody", {})), "content").values():
            schema = self.resolved(media.get("schema", {}))
            for name in object_at(schema, "properties"):
                found.setdefault(name, f"{necessity(name in list_at(schema, 'required'))} request field `{name}`")
        return found

    def resolved(self, node: Any) -> Document:
        """Return an object, or the one that it refers to."""
        target = resolve(self.document, node["$ref"]) if is_object(node) and "$ref" in node else node
        return target if is_object(target) else {}


def necessity(is_required: bool) -> str:
    """Return a word for what has to be sent or not."""
    return "required" if is_required else "optional"


def steps(tree: Places, old: Side, new: Side) -> Iterator[str]:
    """Yield what has to be written by hand, as "file:line: step"."""
    before, after = old.operations(), new.operations()
    lines: list[str] = []
    for shape, (label, _) in after.items():
        if shape not in before:
            lines += new_operation(tree, old, new, label)
        else:
            lines += changed_operation(tree, old, new, (before[shape][0], label))
    for shape, (label, _) in before.items():
        if shape not in after:
            lines += removed_operation(tree, label)
    lines += changed_events(tree, old, new)
    if any("overlays/dify_chatflow/_async/" in line for line in lines):
        lines.append("make generate: write overlays/dify_chatflow/_sync anew")
    yield from lines


def changed_events(tree: Places, old: Side, new: Side) -> Iterator[str]:
    """Yield the steps for new and removed events."""
    before, after = events(old.document), events(new.document)
    table = places.EVENTS_TABLE
    for name in sorted(after.keys() - before.keys()):
        last = tree.row(table, "ping")
        named = new.classes.get(after[name], after[name])
        yield f"{last}: add the row | `{name}`<br>`{named}` | WHEN | FIELDS | SINCE |, SINCE a version or `never`"
    for name in sorted(before.keys() - after.keys()):
        yield f"{tree.row(table, name)}: remove the row of `{name}`"
        readers = tree.readers(name, old.classes.get(before[name], before[name]))
        yield from [f"{some(readers)}: remove what reads or sends the event `{name}`"] if readers else []
    if before.keys() != after.keys():
        yield f"{table}:1: write the number of events, {len(after)}"


def new_operation(tree: Places, old: Side, new: Side, label: str) -> Iterator[str]:
    """Yield the steps for a new operation: each place is that of the nearest operation with the same tag."""
    method, _, path = label.partition(" ")
    group, name = new.module(label).split(".") if new.module(label) else ("", "")
    known = [one for one, _ in old.operations().values() if tree.methods(one)]
    neighbours = [one for one in known if old.module(one).startswith(f"{group}.")]
    neighbour = (neighbours or known or [""])[-1]
    like = (tree.methods(neighbour) or [""])[0]
    function = f"{API}.{group}.{name}.operation" if name else f"the generated function of {label}"
    if neighbours:
        group = like.partition(".")[0]
        yield f"{tree.definition(like)}: write a method for {label} next to `{like}`; it calls {function}"
        yield f"{tree.raw(like)}: add `METHOD = raw(Async{places.class_name(group)}.METHOD)`, with raw_page for a list"
    else:
        yield from new_group(tree, group, label, function, like.partition(".")[0])
    yield f"{places.DOCUMENTATION}: describe `app.{group}.METHOD(…)`"
    yield f"{tree.row(places.DOCUMENTATION, like)}: add the row | `{group}.METHOD` | `{label}` |"
    key = f'("{method}", "{path}")'
    yield f'{tree.support(neighbour)}: add {key}: Support("{group}.METHOD", "SINCE"), SINCE a version or `all`'
    yield f"{tree.row(places.VERSIONS_TABLE, like)}: add the row | `{group}.METHOD` | SINCE |  |"
    yield f'{tree.use(neighbour)}: add {key}: Use("{group}.METHOD", …) with all arguments'
    yield f'{tree.route(neighbour)}: add "{path}": {{"{method}": …}} with a handler'
    needs_input = "{" in path or any(text.startswith("required") for text in new.inputs(label).values())
    if method != "GET" or needs_input:
        yield f"{tree.find(places.WALK, '^def walk')}: add a call of {label}"
    yield f"{RECORDINGS}: add a recorded response of {label}, in the form of the files there"


def new_group(tree: Places, group: str, label: str, function: str, like: str) -> Iterator[str]:
    """Yield the steps for a group of methods that belongs to a new tag, at the places of the group `like`."""
    name, last = places.class_name(group), places.class_name(like)
    resource, model = (f"{places.RESOURCES}/{one}.py" for one in (group, like))
    yield f"{resource}: write the class `Async{name}` like {model}; its method for {label} calls {function}"
    where = tree.find(places.CLIENT, rf"^    from \S+ import Async{last}$")
    yield f"{where}: import `Async{name}`"
    where = tree.find(places.CLIENT, rf"^    def {like}\(")
    yield f"{where}: add a property `{group}` like `{like}`"
    where = tree.find(places.RAW, rf"^class AsyncRaw{last}\b")
    yield f"{where}: add the class `AsyncRaw{name}` with the raw form of each method"
    where = tree.find(places.RAW, rf"^        self\.{like} = ")
    yield f"{where}: add `self.{group} = AsyncRaw{name}(Async{name}, session)`"


def changed_operation(tree: Places, old: Side, new: Side, labels: tuple[str, str]) -> Iterator[str]:
    """Yield the steps for an operation with another generated function, or with other inputs."""
    before, after = labels
    function, other = old.module(before), new.module(after)
    if function and other and function != other:
        using = some(tree.uses_of(function))
        yield from [f"{using}: {function} is now {other}, below {API}"] if using else []
    took, takes = old.inputs(before), new.inputs(after)
    methods = some([tree.definition(method) for method in tree.methods(before)])
    for name in [name for name in takes if name not in took]:
        yield f"{methods}: take the {takes[name]} of {after} as an argument, and send it"
        yield f"{tree.use(before)}: give an argument for the {takes[name]}"
    for name in [name for name in took if name not in takes]:
        _, _, text = took[name].partition(" ")
        yield f"{methods}: take and send the {text} of {after} no longer"
        yield f"{tree.use(before)}: give no argument for the {text}"


def removed_operation(tree: Places, label: str) -> Iterator[str]:
    """Yield the steps for an operation that is no longer in the document."""
    methods = tree.methods(label)
    for method in methods:
        yield f"{tree.definition(method)}: remove the method `{method}`"
        yield f"{tree.raw(method)}: remove the raw form of `{method}`"
    listed = {
        some([place for method in methods for place in tree.rows(method)]): "remove the rows of its methods",
        some([place for method in methods for place in tree.calls(method)]): "call its methods no longer",
        tree.support(label): "remove its entry",
        tree.use(label): "remove its entry, and further methods of it below",
        tree.route(label): "remove its route",
        some(tree.walks(label)): "remove its calls",
        some(list(tree.recordings(label))): "remove its recordings",
    }
    yield from (f"{found}: {label}: {step}" for found, step in listed.items() if found)


def lost_evidence(listed: Iterable[Correction], base: Document, document: Document) -> Iterator[str]:
    """Yield the corrections whose evidence is an example that only the old document has, as "file: step"."""
    lost = set(example_names(base)) - set(example_names(document))
    for one in listed:
        place = re.sub(r".*/overlays/", "overlays/", one.place)
        for name in one.evidence:
            if name in lost:
                yield f"{place}: name other evidence than {name}, which is no longer an example of the document"


def example_names(node: Any) -> Iterator[str]:
    """Yield the names of the examples in a document."""
    if is_object(node):
        yield from object_at(node, "examples")
        for value in node.values():
            yield from example_names(value)
    elif is_list(node):
        for item in node:
            yield from example_names(item)
