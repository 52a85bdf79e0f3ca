"""Commands `annotations list`, `create`, `update` and `delete`."""

from __future__ import annotations

from typing import Annotated

import typer

from dify_chatflow.models import Annotation
from dify_chatflow_cli.command import Options, command
from dify_chatflow_cli.confirm import confirm
from dify_chatflow_cli.terminal import note, page_size, print_json, print_list, print_rows

group = typer.Typer(name="annotations", help="Manage questions with a fixed answer.", no_args_is_help=True)

AnnotationId = Annotated[str, typer.Argument(help="Id of the annotation.")]
Question = Annotated[str, typer.Argument(help="The question to recognise.")]
Answer = Annotated[str, typer.Argument(help="The answer to it.")]


@command(group, "list")
def list_annotations(
    options: Options,
    keyword: Annotated[str | None, typer.Option(help="Text in questions or answers.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The number of annotations.")] = 20,
) -> None:
    """List the annotations of the app."""
    with options.connect() as app:
        show(list(print_list(app.annotations.list(keyword=keyword, limit=page_size(limit)), limit)), options)


@command(group, "create")
def create(options: Options, question: Question, answer: Answer) -> None:
    """Create an annotation."""
    with options.connect() as app:
        show([app.annotations.create(question, answer)], options)


@command(group, "update")
def update(options: Options, annotation_id: AnnotationId, question: Question, answer: Answer) -> None:
    """Replace question and answer of an annotation."""
    with options.connect() as app:
        show([app.annotations.update(annotation_id, question, answer)], options)


@command(group, "delete")
def delete(
    options: Options,
    annotation_id: AnnotationId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete an annotation."""
    confirm(f"Delete the annotation {annotation_id}?", yes=yes)
    with options.connect() as app:
        app.annotations.delete(annotation_id)
    if options.as_json:
        print_json({"id": annotation_id, "deleted": True})
    else:
        note("deleted")


def show(annotations: list[Annotation], options: Options) -> None:
    """Print annotations."""
    if options.as_json:
        for annotation in annotations:
            print_json(annotation.to_dict())
        return
    rows = [
        {"id": row.id, "hits": row.hit_count, "question": row.question, "answer": row.answer} for row in annotations
    ]
    print_rows(rows, fixed=("id", "hits"))
