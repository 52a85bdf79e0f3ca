"""Files of a query: uploaded ones, URLs, and those that have to be uploaded first."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

from dify_chatflow._arguments import json_object
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._mime import file_type
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_response import FileUploadResponse

Attachment = FileTypes | FileUploadResponse | FileInput | Mapping[str, Any]
"""A value in `files=`: a file, an uploaded file, a URL, or an object as documented."""


def attachment(file: Attachment) -> FileInput | None:
    """Return the file for a message; None where it has to be uploaded first."""
    if isinstance(file, FileInput):
        return file
    if isinstance(file, FileUploadResponse):
        return to_file_input(file)
    if isinstance(file, Mapping):
        return checked_input(FileInput.from_dict(file))
    if isinstance(file, str) and file[:8].lower().startswith(("http://", "https://")):
        name = file.partition("?")[0].partition("#")[0]
        return FileInput(type_=cast("Any", file_type(name, None)), transfer_method="remote_url", url=file)
    return None


def checked_input(file: FileInput) -> FileInput:
    """Return a file that the caller describes by an object.

    Raises:
        ConfigurationError: The object lacks a field that every file needs.

    """
    source = "url" if file.transfer_method == "remote_url" else "upload_file_id"
    fields = {"type": file.type_, "transfer_method": file.transfer_method, source: getattr(file, source)}
    for name, value in fields.items():
        if not isinstance(value, str) or not value:
            raise ConfigurationError(f"a file in files=[...] has no {name}; pass a result of files.upload, or its URL")
    return file


def to_file_input(file: FileUploadResponse) -> FileInput:
    """Return an uploaded file for a message."""
    kind = file_type(file.name, file.mime_type if isinstance(file.mime_type, str) else None)
    return FileInput(type_=cast("Any", kind), transfer_method="local_file", upload_file_id=file.id)


def attachments(files: Sequence[Attachment] | None) -> Sequence[Attachment]:
    """Return the files of a query.

    Raises:
        TypeError: The value is a single file, whose letters, bytes or lines would count as files.

    """
    is_single = isinstance(files, (str, bytes, bytearray, os.PathLike, Mapping, FileUploadResponse))
    if is_single or hasattr(files, "read") or not hasattr(files or (), "__iter__"):
        raise TypeError("files must be a list; pass files=[...]")
    return files or ()


def plain_inputs(inputs: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return an app's input values as JSON; uploaded files become values of file variables, also in lists."""
    return json_object(inputs, "inputs", plain_file)


def plain_file(value: Any) -> Any:
    """Return an uploaded file as the value of a file variable, and other values unchanged."""
    return to_file_input(value) if isinstance(value, FileUploadResponse) else value
