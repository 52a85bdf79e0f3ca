"""Files of a message, uploaded first where necessary."""

from __future__ import annotations

from dify_chatflow._async.session import AsyncSession
from dify_chatflow._attachments import Attachment, attachment
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._files import Progress, async_open_part
from dify_chatflow._models import UploadedFile
from dify_chatflow._request import with_model
from dify_chatflow_client.api.files import upload_advanced_chat_file as upload_file
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_request import FileUploadRequest

UPLOAD = with_model(upload_file.operation, UploadedFile)


async def upload(
    session: AsyncSession,
    file: FileTypes,
    filename: str | None,
    mime_type: str | None,
    user: str,
    progress: Progress | None = None,
) -> UploadedFile:
    """Upload one file."""
    async with async_open_part(file, filename, mime_type, progress) as part:
        return await session.call(UPLOAD, body=FileUploadRequest(file=part, user=user))


async def attach(session: AsyncSession, file: Attachment, user: str) -> FileInput:
    """Return the file for a message; a path, bytes or an open file is uploaded."""
    known = attachment(file)
    if known is not None:
        return known
    return (await upload(session, file, None, None, user)).attachment  # type: ignore[arg-type]
