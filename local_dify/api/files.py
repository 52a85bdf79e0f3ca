"""Files: upload, preview, and how messages and events show them."""

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
from local_dify.api.request import Call
from local_dify.api.validation import Field, is_uuid, validate
from local_dify.engine.records import TENANT
from local_dify.errors import APIError, html_not_found, invalid, json_response
from local_dify.json_types import Record, is_record
from local_dify.state import State

MB = 1024 * 1024
MOST = 3
LONGEST_NAME = 200
LIMITS = {"image": 10, "video": 100, "audio": 50, "document": 15}
IMAGES = ("jpg", "jpeg", "png", "webp", "gif", "svg")
VIDEOS = ("mp4", "mov", "mpeg", "webm")
AUDIO = ("mp3", "m4a", "wav", "amr", "mpga")
TYPES = ("document", "image", "audio", "video", "custom")
METHODS = ("remote_url", "local_file", "tool_file", "datasource_file")


async def upload(call: Call) -> Response:
    """POST /files/upload."""
    async with call.form() as form:
        user = call.user(form.get("user"))
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
    if len(content) > LIMITS[kind_of(extension)] * MB:
        raise APIError(413, "file_too_large", "")
    record: Record = {
        "id": str(uuid.uuid4()),
        "app_id": call.app.id,
        "user_id": user["id"],
        "name": name,
        "size": len(content),
        "extension": extension,
        "mime_type": mime_type,
        "created_at": call.now(),
    }
    call.state.put("file", record, parent=user["id"])
    call.state.put_blob(record["id"], content)
    return json_response(uploaded(call, record), 201)


def uploaded(call: Call, record: Mapping[str, Any]) -> Record:
    """What an upload answers."""
    return {
        "id": record["id"],
        "reference": None,
        "name": record["name"],
        "size": record["size"],
        "extension": record["extension"],
        "mime_type": record["mime_type"],
        "created_by": record["user_id"],
        "created_at": int(record["created_at"]),
        "preview_url": None,
        "source_url": url(call, record["id"]),
        "original_url": None,
        "user_id": None,
        "tenant_id": TENANT,
        "conversation_id": None,
        "file_key": None,
    }


async def preview(call: Call) -> Response:
    """GET /files/{file_id}/preview: only files that a message uses can be seen."""
    asked = validate("FilePreviewQuery", call.query, Field("as_attachment", check.boolean, default=False))
    record = call.state.get("file", call.id("file_id"))
    if record is None or not is_used(call, record):
        raise APIError(404, "file_not_found", "File not found in message context")
    if record["app_id"] != call.app.id:
        raise APIError(403, "file_access_denied", "File access denied: not owned by requesting app")
    return content_response(call.state.blob(record["id"]), record, attached=asked["as_attachment"])


def content_response(content: bytes, record: Mapping[str, Any], *, attached: bool) -> Response:
    """A file's bytes with its own content type, or as a download."""
    headers = {"cache-control": "public, max-age=3600"}
    if not attached:
        return Response(content, headers=headers, media_type=record["mime_type"])
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(record['name'])}"
    return Response(content, headers=headers, media_type="application/octet-stream")


def is_used(call: Call, record: Mapping[str, Any]) -> bool:
    """Whether a message of the file's own app uses it."""
    messages = call.state.find("message", record["app_id"])
    return any(file["related_id"] == record["id"] for m in messages for file in (*m["user_files"], *m["answer_files"]))


async def signed(state: State, request: Request) -> Response:
    """GET /files/{file_id}/file-preview: the address in answers, which needs a signature and no key."""
    file_id = str(request.path_params["file_id"])
    query = request.query_params
    expected = signature(file_id, query.get("timestamp", ""), query.get("nonce", ""))
    record = state.get("file", file_id)
    if record is None or not secrets.compare_digest(expected, query.get("sign", "")):
        return html_not_found()
    return content_response(state.blob(file_id), record, attached=False)


def signature(*parts: str) -> str:
    """The `sign` of a file's address; it keeps honest programs from guessing, no more."""
    return base64.urlsafe_b64encode(hashlib.sha256("/".join(parts).encode()).digest()).decode()


def url(call: Call, file_id: str) -> str:
    """The address under which a file can be read without a key, new each time."""
    base, stamp, nonce = str(call.request.base_url).rstrip("/"), str(int(call.now())), secrets.token_hex(16)
    query = f"timestamp={stamp}&nonce={nonce}&sign={quote(signature(file_id, stamp, nonce))}"
    return f"{base}/files/{file_id}/file-preview?{query}"


def kind_of(extension: str) -> str:
    """The kind of file, which sets its limit."""
    kinds = {"image": IMAGES, "video": VIDEOS, "audio": AUDIO}
    return next((kind for kind, names in kinds.items() if extension in names), "document")


def reference(call: Call, given: Any, user: Mapping[str, Any]) -> Record:
    """A file that a message brings along, as events show it.

    Raises:
        APIError: 400 `invalid_param`; the words are those of 105, 109, 110 and 112.
    """
    if not is_record(given):
        raise invalid("Invalid file")
    kind, method = given.get("type"), given.get("transfer_method")
    if method not in METHODS:
        raise invalid(f"'{method}' is not a valid FileTransferMethod")
    if kind not in TYPES:
        raise invalid(f"'{kind}' is not a valid FileType")
    if method == "remote_url":
        address = str(given.get("url") or given.get("remote_url") or "")
        if not address:
            raise invalid("Invalid file url")
        name = address.partition("?")[0].rpartition("/")[2]
        record = {"name": name, "extension": name.rpartition(".")[2], "mime_type": "", "size": -1, "id": None}
        return shape(record, str(kind), str(method), address, address)
    file_id = given.get("upload_file_id")
    if not file_id or not is_uuid(file_id):
        raise invalid("Invalid upload file id")
    stored = call.state.get("file", str(file_id), call.app.id)
    if stored is None or stored["user_id"] != user["id"]:
        raise invalid("Invalid upload file")
    return shape(stored, str(kind), str(method), "", url(call, stored["id"]))


def references(call: Call, given: Sequence[Any], user: Mapping[str, Any], most: int | None = None) -> list[Record]:
    """The files of a message, of which only so many are allowed."""
    found = [reference(call, file, user) for file in given]
    if most is not None and len(found) > most:
        raise invalid(f"Number of files exceeds the maximum limit {most}")
    return found


def shape(record: Mapping[str, Any], kind: str, method: str, remote: str, address: str) -> Record:
    """A file as events show it (102_chat_files_local_stream)."""
    key = base64.b64encode(json.dumps({"record_id": record["id"]}, separators=(",", ":")).encode()).decode()
    return {
        "dify_model_identity": "__dify__file__",
        "id": None,
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


def in_message(file: Mapping[str, Any], belongs_to: str) -> Record:
    """A file as the history shows it."""
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
