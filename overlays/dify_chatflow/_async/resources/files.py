"""Files: uploads and downloads."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Unpack, overload

from dify_chatflow._async.resources.attachments import upload
from dify_chatflow._async.resources.downloads import body_chunks, download
from dify_chatflow._async.session import AsyncResource
from dify_chatflow._download import Writer
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._files import Progress
from dify_chatflow._models import UploadedFile
from dify_chatflow._options import RequestOptions
from dify_chatflow_client.api.files import preview_chat_flow_file as preview_file


class AsyncFiles(AsyncResource):
    """`app.files`: uploads and downloads."""

    async def upload(
        self,
        file: FileTypes,
        *,
        filename: str | None = None,
        mime_type: str | None = None,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> UploadedFile:
        """Upload a file without holding it in memory.

        Args:
            file: A path, bytes, a `data:` URL, an open binary file, or an upload of a web framework; or a tuple of name
                and file, or of name, file and MIME type.
            filename: The name for the server; None uses the path's.
            mime_type: The MIME type; None guesses it from the name.
            user: The end user, who alone may use the file; None uses the client's default.
            on_progress: A function called with the bytes sent so far and the size, or None where it is unknown.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The server's record of the file; pass it to `chat.send(files=[...])`.

        Raises:
            FileNotFoundError, IsADirectoryError, ValueError: The file cannot be sent; no request was made.
            ConfigurationError: No end user is set.
            PayloadTooLargeError: The file is larger than the server accepts.
            UnsupportedMediaTypeError: The server does not accept this type of file.

        Example:
            photo = await app.files.upload("photo.png", user="abc-123")
            answer = await app.chat.send("What is this?", files=[photo], user="abc-123")

        """
        session, owner = self._session.with_options(options), self._config.required_user(user)
        return await upload(session, file, filename, mime_type, owner, on_progress)

    @overload
    async def download(
        self,
        file_id: str,
        *,
        to: None = None,
        as_attachment: bool = False,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> bytes: ...
    @overload
    async def download(
        self,
        file_id: str,
        *,
        to: str | os.PathLike[str],
        as_attachment: bool = False,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> Path: ...
    @overload
    async def download(
        self,
        file_id: str,
        *,
        to: Writer,
        as_attachment: bool = False,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> Writer: ...
    async def download(
        self,
        file_id: str,
        *,
        to: str | os.PathLike[str] | Writer | None = None,
        as_attachment: bool = False,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> bytes | Path | Writer:
        """Download a file that a message uses; the server refuses files without a message.

        Args:
            file_id: The id of the uploaded file.
            to: The path of the file to write, through a temporary file; or an open binary file, which is written from
                its position on; None returns the bytes.
            as_attachment: True makes the server send `application/octet-stream`.
            user: The end user; None uses the client's default.
            on_progress: A function called with the bytes received so far and the size, or None where it is unknown; it
                starts again when the download is retried.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The bytes, the path of the file, or the open file. When a download into an open file fails, the file is cut
            where the download began if it can seek; if not, it keeps the part that was received.

        Raises:
            TypeError: `to` cannot be written, or is open in text mode; no request was made.
            NotFoundError: No message uses the file, or it does not exist.
            PermissionDeniedError: The file belongs to another app.

        Example:
            await app.files.download(photo.id, to="copy.png")

        """
        owner = self._config.user_or_default(user)
        session = self._session.with_options(options)
        request = session.prepare(preview_file.operation, file_id, as_attachment=as_attachment, user=owner)
        return await download(session, request, to, on_progress)

    def iter_bytes(
        self,
        file_id: str,
        *,
        as_attachment: bool = False,
        user: str | None = None,
        on_progress: Progress | None = None,
        **options: Unpack[RequestOptions],
    ) -> AsyncGenerator[bytes]:
        """Download a file in chunks, such as for a response of your own server.

        Args:
            file_id: The id of the uploaded file.
            as_attachment: True makes the server send `application/octet-stream`.
            user: The end user; None uses the client's default.
            on_progress: A function called with the bytes received so far and the size, or None where it is unknown.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            An iterator of chunks of any size. The request is sent with the first one; a connection that fails later
            raises `APIConnectionError` and is not retried. Close the iterator when you leave it before its end.

        Raises:
            NotFoundError: No message uses the file, or it does not exist.
            PermissionDeniedError: The file belongs to another app.

        Example:
            async for chunk in app.files.iter_bytes(photo.id):
                print(len(chunk))

        """
        owner = self._config.user_or_default(user)
        session = self._session.with_options(options)
        request = session.prepare(preview_file.operation, file_id, as_attachment=as_attachment, user=owner)
        return body_chunks(session, request, on_progress)
