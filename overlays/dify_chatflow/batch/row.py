"""A row of a batch: one query with its inputs and files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self, cast

from dify_chatflow._attachments import attachment
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._mime import file_type
from dify_chatflow._query import Query
from dify_chatflow_client.types import is_list, is_object

FIELDS = ("id", "query", "inputs", "user", "conversation_id", "files")
# The key of an input that is the path of a file, which is uploaded before the query is sent.
UPLOAD = "$upload"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One query of a batch.

    Attributes:
        number: The position in the input, from 1.
        id: The id in the input; the number as text where it has none.
        query: The user's question.
        inputs: Values of the app's input variables.
        user: The end user.
        conversation_id: The conversation to continue; None starts a new one.
        files: Paths, which are uploaded before the query is sent, and URLs.
    """

    number: int
    id: str
    query: str
    user: str
    inputs: dict[str, Any] = field(default_factory=dict[str, Any])
    conversation_id: str | None = None
    files: list[str] = field(default_factory=list[str])

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any], number: int, user: str | None, folder: Path) -> Self:
        """Return the row for the fields of an input.

        Args:
            fields: The fields.
            number: The position in the input.
            user: The end user of rows without one.
            folder: The folder to which paths of files are relative.

        Raises:
            ConfigurationError: A field is unknown or cannot be sent.
            FileNotFoundError: A file does not exist.
        """
        for name in fields:
            if name not in FIELDS:
                nearest = get_close_matches(str(name), FIELDS, 1)
                advice = f"did you mean {nearest[0]!r}?" if nearest else f"the fields are {', '.join(FIELDS)}"
                raise ConfigurationError(f"unknown field {name!r:.60}; {advice}")
        values = {name: value for name, value in fields.items() if value is not None and value != ""}
        if "query" not in values:
            raise ConfigurationError("the query is missing or empty: write one")
        owner = values.get("user", user)
        if owner is None:
            raise ConfigurationError("the row has no user, and the client has no default: set one of them")
        query = Query(values["query"], values.get("inputs"), values.get("conversation_id"), None, None, None, owner)
        files = values.get("files", [])
        if not isinstance(files, Sequence) or isinstance(files, (str, bytes)):
            raise ConfigurationError(f"files must be a list of paths and URLs; got {files!r:.60}")
        return cls(
            number=number,
            id=str(values.get("id", number)),
            query=query.text,
            inputs=query.inputs,
            user=query.user,
            conversation_id=query.conversation_id,
            files=[checked_file(file, folder) for file in cast("Sequence[object]", files)],
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return a row from its JSON text."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Return the row as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)


def checked_file(file: object, folder: Path) -> str:
    """Return a URL, or the absolute path of a file.

    Raises:
        ConfigurationError: The value is neither.
        FileNotFoundError: The file does not exist.
    """
    if not isinstance(file, str) or not file:
        raise ConfigurationError(f"a file must be a path or a URL; got {file!r:.60}")
    if attachment(file) is not None:
        return file
    path = folder / Path(file).expanduser()
    if not path.is_file():
        raise FileNotFoundError(f"no such file: {str(path)!r}")
    return str(path.absolute())


def file_input(value: Any, folder: Path) -> Any:
    """Return the value of a file variable, where a text is a URL or the path of a file to upload; also in lists."""
    if is_list(value):
        return [file_input(item, folder) for item in value]
    if not isinstance(value, str) or not value:
        return value
    known = attachment(checked_file(value, folder))
    return known.to_dict() if known else {UPLOAD: checked_file(value, folder)}


def stand_in(value: Any) -> Any:
    """Return the value of a file variable as it is after the upload, without an id, so that it can be checked."""
    if is_list(value):
        return [stand_in(item) for item in value]
    if path := upload_path(value):
        return {"type": file_type(path, None), "transfer_method": "local_file", "upload_file_id": ""}
    return value


def upload_path(value: Any) -> str | None:
    """Return the path of a value that is a file to upload; None for another value."""
    return str(value[UPLOAD]) if is_object(value) and value.keys() == {UPLOAD} else None
