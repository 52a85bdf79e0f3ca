# Generated from dify_chatflow/_async/resources/attachments.py by `make generate`; change it there.
"""Files of a message, uploaded first where necessary."""

from __future__ import annotations

from dify_chatflow._attachments import Attachment, attachment
from dify_chatflow._file_sources import FileTypes
from dify_chatflow._files import Progress, open_part
from dify_chatflow._models import UploadedFile
from dify_chatflow._request import with_model
from dify_chatflow._sync.session import Session
from dify_chatflow_client.api.files import upload_advanced_chat_file as upload_file
from dify_chatflow_client.models.file_input import FileInput
from dify_chatflow_client.models.file_upload_request import FileUploadRequest

UPLOAD = with_model(upload_file.operation, UploadedFile)


def upload(
    session: Session,
    file: FileTypes,
    filename: str | None,
    mime_type: str | None,
    user: str,
    progress: Progress | None = None,
) -> UploadedFile:
    """Upload one file."""
    with open_part(file, filename, mime_type, progress) as part:
        return session.call(UPLOAD, body=FileUploadRequest(file=part, user=user))


def attach(session: Session, file: Attachment, user: str) -> FileInput:
    """Return the file for a message; a path, bytes or an open file is uploaded."""
    known = attachment(file)
    if known is not None:
        return known
    return upload(session, file, None, None, user).attachment  # type: ignore[arg-type]
