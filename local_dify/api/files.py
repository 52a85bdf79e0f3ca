"""Files: upload, preview, and their bodies in messages and events."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from local_dify.api import validation as check
from local_dify.api.request import APIRequest
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine.records import TENANT
from local_dify.engine.shape import shape_body, without
from local_dify.errors import APIError, html_not_found, invalid, json_response
from local_dify.json_types import Record, is_record
from local_dify.state import State
from local_dify.version import Version

MB = 1024 * 1024
MOST = 3
LONGEST_NAME = 200
LIMITS = {"image": 10, "video": 100, "audio": 50, "document": 15}
IMAGES = ("jpg", "jpeg", "png", "webp", "gif", "svg")
VIDEOS = ("mp4", "mov", "mpeg", "webm")
AUDIO = ("mp3", "m4a", "wav", "amr", "mpga")
TYPES = ("document", "image", "audio", "video", "custom")
METHODS = ("remote_url", "local_file", "tool_file", "datasource_file")


async def upload(request: APIRequest) -> Response:
    """Handle `POST /files/upload`."""
    async with request.form() as form:
        user = request.user(form.get("user"))
        parts = {name: value for name, value in reversed(form.multi_items()) if isinstance(value, UploadFile)}
        if "file" not in parts:
            raise APIError(400, "no_file_uploaded", "Please upload your file.")
        if len(parts) > 1:
            raise APIError(400, "too_many_files", "Only one file is allowed.")
        part = parts["file"]
        name, mime_type, content = part.filename or "", part.content_type or "", await part.read()
    if not name:
        raise APIError(400, "filename_not_exists_error", "The specified filename does not exist.")
    if not mime_type:
        raise APIError(415, "unsupported_file_type", "File type not allowed.")
    if "/" in name or "\\" in name:
        raise invalid("Filename contains invalid characters")
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    if len(name) > LONGEST_NAME:
        name = f"{name.partition('.')[0][:LONGEST_NAME]}.{extension}"
    if len(content) > LIMITS[file_kind(extension)] * MB:
        raise APIError(413, "file_too_large", request.version.too_large)
    record: Record = {
        "id": str(uuid.uuid4()),
        "app_id": request.app.id,
        "user_id": user["id"],
        "name": name,
        "size": len(content),
        "extension": extension,
        "mime_type": mime_type,
        "created_at": request.now(),
    }
    request.state.put("file", record, parent=user["id"])
    request.state.put_blob(record["id"], content)
    return json_response(upload_body(request, record), 201)


def upload_body(request: APIRequest, record: Mapping[str, Any]) -> Record:
    """Return the body of an upload."""
    body = {
        "id": record["id"],
        "reference": None,
        "name": record["name"],
        "size": record["size"],
        "extension": record["extension"],
        "mime_type": record["mime_type"],
        "created_by": record["user_id"],
        "created_at": int(record["created_at"]),
        "preview_url": None,
        "source_url": signed_url(request, record["id"]),
        "original_url": None,
        "user_id": None,
        "tenant_id": TENANT,
        "conversation_id": None,
        "file_key": None,
    }
    return shape_body(request.version, "upload", body)


async def preview(request: APIRequest) -> Response:
    """Handle `GET /files/{file_id}/preview`, which serves only files that a message uses."""
    params = validate("FilePreviewQuery", request.query, Field("as_attachment", check.boolean, default=False))
    record = request.state.get("file", request.id("file_id"))
    if record is None or not is_used(request, record):
        raise APIError(404, "file_not_found", "File not found in message context")
    if record["app_id"] != request.app.id:
        raise APIError(403, "file_access_denied", "File access denied: not owned by requesting app")
    return content_response(request.state.blob(record["id"]), record, attached=params["as_attachment"])


def content_response(content: bytes, record: Mapping[str, Any], *, attached: bool) -> Response:
    """Return a file's bytes with its content type, or as a download."""
    headers = {"cache-control": "public, max-age=3600"}
    if not attached:
        return Response(content, headers=headers, media_type=record["mime_type"])
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(record['name'])}"
    return Response(content, headers=headers, media_type="application/octet-stream")


def is_used(request: APIRequest, record: Mapping[str, Any]) -> bool:
    """Return True if a message of the file's app uses it."""
    messages = request.state.find("message", record["app_id"])
    return any(file["related_id"] == record["id"] for m in messages for file in (*m["user_files"], *m["answer_files"]))


async def signed_file(state: State, request: Request) -> Response:
    """Handle `GET /files/{file_id}/file-preview`, which needs a signature and no key."""
    file_id = str(request.path_params["file_id"])
    query = request.query_params
    expected = sign(file_id, query.get("timestamp", ""), query.get("nonce", ""))
    record = state.get("file", file_id)
    if record is None or not secrets.compare_digest(expected, query.get("sign", "")):
        return html_not_found()
    return content_response(state.blob(file_id), record, attached=False)


def sign(*parts: str) -> str:
    """Return the `sign` parameter of a file's URL; it is no protection against attackers."""
    return base64.urlsafe_b64encode(hashlib.sha256("/".join(parts).encode()).digest()).decode()


def signed_url(request: APIRequest, file_id: str) -> str:
    """Return a new URL at which the file can be read without a key."""
    base, stamp, nonce = str(request.raw.base_url).rstrip("/"), str(int(request.now())), secrets.token_hex(16)
    query = f"timestamp={stamp}&nonce={nonce}&sign={quote(sign(file_id, stamp, nonce))}"
    return f"{base}/files/{file_id}/file-preview?{query}"


def file_kind(extension: str) -> str:
    """Return the kind of file, which decides its size limit."""
    kinds = {"image": IMAGES, "video": VIDEOS, "audio": AUDIO}
    return next((kind for kind, names in kinds.items() if extension in names), "document")


def resolve_file(request: APIRequest, value: Any, user: Mapping[str, Any]) -> Record:
    """Return a file of a message as events show it.

    Raises:
        APIError: 400 `invalid_param`, with the messages of recordings 105, 109, 110 and 112.
    """
    if not is_record(value):
        raise invalid("Invalid file")
    kind, method = value.get("type"), value.get("transfer_method")
    if method not in METHODS:
        raise invalid(f"'{method}' is not a valid FileTransferMethod")
    if kind not in TYPES:
        raise invalid(f"'{kind}' is not a valid FileType")
    if method == "remote_url":
        address = str(value.get("url") or value.get("remote_url") or "")
        if not address:
            raise invalid("Invalid file url")
        name = address.partition("?")[0].rpartition("/")[2]
        record = {"name": name, "extension": name.rpartition(".")[2], "mime_type": "", "size": -1, "id": None}
        return file_body(request.version, record, str(kind), str(method), address, address)
    file_id = value.get("upload_file_id")
    if not file_id or not is_uuid(file_id):
        raise invalid("Invalid upload file id")
    app_id = None if request.version.foreign_uploads else request.app.id
    stored = request.state.get("file", str(file_id), app_id)
    is_foreign = stored is not None and stored["user_id"] != user["id"]
    if stored is None or (is_foreign and not request.version.foreign_uploads):
        raise invalid("Invalid upload file")
    return file_body(request.version, stored, str(kind), str(method), "", signed_url(request, stored["id"]))


def resolve_files(
    request: APIRequest, values: Sequence[Any], user: Mapping[str, Any], most: int | None = None
) -> list[Record]:
    """Return the files of a message; raise if there are more than `most`."""
    found = [resolve_file(request, file, user) for file in values]
    if most is not None and len(found) > most:
        raise invalid(f"Number of files exceeds the maximum limit {most}")
    return found


def file_body(version: Version, record: Mapping[str, Any], kind: str, method: str, remote: str, address: str) -> Record:
    """Return the body of a file in events (102_chat_files_local_stream)."""
    key = base64.b64encode(json.dumps({"record_id": record["id"]}, separators=(",", ":")).encode()).decode()
    owner = {"tenant_id": TENANT} if version.file_tenant else {}
    body = {
        "dify_model_identity": "__dify__file__",
        "id": None,
        **owner,
        "type": kind,
        "transfer_method": method,
        "remote_url": remote,
        "reference": f"dify-file-ref:{key}" if record["id"] else None,
        "filename": record["name"],
        "extension": f".{record['extension']}",
        "mime_type": record["mime_type"],
        "size": record["size"],
        "related_id": record["id"],
        "url": address,
    }
    return without(body, "reference") if version.file_tenant else body


def message_file_body(file: Mapping[str, Any], belongs_to: str) -> Record:
    """Return the body of a file in the list of messages."""
    return {
        "id": str(uuid.uuid4()),
        "filename": file["filename"],
        "type": file["type"],
        "url": file["url"],
        "mime_type": file["mime_type"],
        "size": file["size"],
        "transfer_method": file["transfer_method"],
        "belongs_to": belongs_to,
        "upload_file_id": file["related_id"],
    }
