# Generated from dify_chatflow/_async/resources/files.py by `make generate`; change it there.
"""Files: send them, and read what the server holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import overload

from dify_chatflow._files import FileTypes, Progress
from dify_chatflow._models import UploadedFile
from dify_chatflow._request import PreparedRequest, or_unset
from dify_chatflow._sync.resources.attachments import upload
from dify_chatflow._sync.resources.downloads import download
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.files import preview_chat_flow_file as preview_file


class Files(Resource):
    """`app.files`: uploads and downloads."""

    def upload(
        self,
        file: FileTypes,
        *,
        filename: str | None = None,
        mime_type: str | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
    ) -> UploadedFile:
        """Upload a file; it is read piece by piece, not held in memory.

        Args:
            file: A path, bytes, or an open binary file.
            filename: The name the server sees; None takes the path's.
            mime_type: The MIME type; None guesses it from the name.
            user: The end user who owns the file and alone may use it; None takes the client's default.
            on_progress: Called with the bytes sent so far and the size, or None where that is not known.

        Returns:
            What the server says of the file. Give it to `chat.send(files=[...])`.

        Raises:
            FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent; nothing was requested.
            ConfigurationError: No end user was named.
            PayloadTooLargeError: The file is larger than the server takes.
            UnsupportedMediaTypeError: The server does not take this kind of file.

        Example:
            photo = app.files.upload("photo.png", user="abc-123")
            answer = app.chat.send("What is this?", files=[photo], user="abc-123")

        """
        return upload(self._session, file, filename, mime_type, self._config.required_user(user), on_progress)

    @overload
    def download(
        self, file_id: str, *, to: None = None, as_attachment: bool = False, user: str | None = None
    ) -> bytes: ...
    @overload
    def download(
        self, file_id: str, *, to: str | os.PathLike[str], as_attachment: bool = False, user: str | None = None
    ) -> Path: ...
    def download(
        self,
        file_id: str,
        *,
        to: str | os.PathLike[str] | None = None,
        as_attachment: bool = False,
        user: str | None = None,
    ) -> bytes | Path:
        """Read a file that a message has used; before that the server refuses it.

        Args:
            file_id: The id that `files.upload` gave.
            to: Where to write it, in pieces through a temporary file; None gives the bytes.
            as_attachment: True has the server call it a download (`application/octet-stream`).
            user: The end user; None takes the client's default.

        Returns:
            The bytes, or the path written to.

        Raises:
            NotFoundError: No message has used the file, or there is none.
            PermissionDeniedError: The file belongs to another app.

        Example:
            app.files.download(photo.id, to="copy.png")

        """
        owner = or_unset(self._config.user_or_default(user))
        arguments = preview_file.operation.request(file_id, as_attachment=as_attachment, user=owner)
        return download(self._session, PreparedRequest(preview_file.operation, arguments), to)
