"""Chat with Dify chatflow apps from Python, sync and async."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dify_chatflow._version import __version__ as __version__

if TYPE_CHECKING:
    from dify_chatflow._async.client import AsyncChatflow as AsyncChatflow
    from dify_chatflow._async.conversation import AsyncConversation as AsyncConversation
    from dify_chatflow._async.pager import AsyncPager as AsyncPager
    from dify_chatflow._async.stream import AsyncChatStream as AsyncChatStream
    from dify_chatflow._conversation import ConversationChangedWarning as ConversationChangedWarning
    from dify_chatflow._errors import APIConnectionError as APIConnectionError
    from dify_chatflow._errors import APIStatusError as APIStatusError
    from dify_chatflow._errors import APITimeoutError as APITimeoutError
    from dify_chatflow._errors import AuthenticationError as AuthenticationError
    from dify_chatflow._errors import BadRequestError as BadRequestError
    from dify_chatflow._errors import ConfigurationError as ConfigurationError
    from dify_chatflow._errors import ConflictError as ConflictError
    from dify_chatflow._errors import DifyError as DifyError
    from dify_chatflow._errors import InternalServerError as InternalServerError
    from dify_chatflow._errors import NotFoundError as NotFoundError
    from dify_chatflow._errors import PayloadTooLargeError as PayloadTooLargeError
    from dify_chatflow._errors import PermissionDeniedError as PermissionDeniedError
    from dify_chatflow._errors import PreconditionFailedError as PreconditionFailedError
    from dify_chatflow._errors import RateLimitError as RateLimitError
    from dify_chatflow._errors import ResponseDecodeError as ResponseDecodeError
    from dify_chatflow._errors import StreamAuthenticationError as StreamAuthenticationError
    from dify_chatflow._errors import StreamBadRequestError as StreamBadRequestError
    from dify_chatflow._errors import StreamConflictError as StreamConflictError
    from dify_chatflow._errors import StreamError as StreamError
    from dify_chatflow._errors import StreamIdleError as StreamIdleError
    from dify_chatflow._errors import StreamInternalServerError as StreamInternalServerError
    from dify_chatflow._errors import StreamInterruptedError as StreamInterruptedError
    from dify_chatflow._errors import StreamNotFoundError as StreamNotFoundError
    from dify_chatflow._errors import StreamPayloadTooLargeError as StreamPayloadTooLargeError
    from dify_chatflow._errors import StreamPermissionDeniedError as StreamPermissionDeniedError
    from dify_chatflow._errors import StreamPreconditionFailedError as StreamPreconditionFailedError
    from dify_chatflow._errors import StreamRateLimitError as StreamRateLimitError
    from dify_chatflow._errors import StreamStateError as StreamStateError
    from dify_chatflow._errors import StreamStatusError as StreamStatusError
    from dify_chatflow._errors import StreamTimeoutError as StreamTimeoutError
    from dify_chatflow._errors import StreamUnsupportedMediaTypeError as StreamUnsupportedMediaTypeError
    from dify_chatflow._errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from dify_chatflow._models import ChatAnswer as ChatAnswer
    from dify_chatflow._models import UploadedFile as UploadedFile
    from dify_chatflow._models import WorkflowRun as WorkflowRun
    from dify_chatflow._response import RawResponse as RawResponse
    from dify_chatflow._streaming.event import StreamEvent as StreamEvent
    from dify_chatflow._streaming.event import UnknownEvent as UnknownEvent
    from dify_chatflow._streaming.form import Form as Form
    from dify_chatflow._streaming.node import Node as Node
    from dify_chatflow._streaming.reply import Reply as Reply
    from dify_chatflow._sync.client import Chatflow as Chatflow
    from dify_chatflow._sync.conversation import Conversation as Conversation
    from dify_chatflow._sync.pager import Pager as Pager
    from dify_chatflow._sync.stream import ChatStream as ChatStream

# The module of each public name; it is imported when its first name is accessed (PEP 562).
_MODULES = {
    "_async.client": ["AsyncChatflow"],
    "_async.conversation": ["AsyncConversation"],
    "_async.pager": ["AsyncPager"],
    "_async.stream": ["AsyncChatStream"],
    "_conversation": ["ConversationChangedWarning"],
    "_errors": [
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "DifyError",
        "InternalServerError",
        "NotFoundError",
        "PayloadTooLargeError",
        "PermissionDeniedError",
        "PreconditionFailedError",
        "RateLimitError",
        "ResponseDecodeError",
        "StreamAuthenticationError",
        "StreamBadRequestError",
        "StreamConflictError",
        "StreamError",
        "StreamIdleError",
        "StreamInternalServerError",
        "StreamInterruptedError",
        "StreamNotFoundError",
        "StreamPayloadTooLargeError",
        "StreamPermissionDeniedError",
        "StreamPreconditionFailedError",
        "StreamRateLimitError",
        "StreamStateError",
        "StreamStatusError",
        "StreamTimeoutError",
        "StreamUnsupportedMediaTypeError",
        "UnsupportedMediaTypeError",
    ],
    "_models": ["ChatAnswer", "UploadedFile", "WorkflowRun"],
    "_response": ["RawResponse"],
    "_streaming.event": ["StreamEvent", "UnknownEvent"],
    "_streaming.form": ["Form"],
    "_streaming.node": ["Node"],
    "_streaming.reply": ["Reply"],
    "_sync.client": ["Chatflow"],
    "_sync.conversation": ["Conversation"],
    "_sync.pager": ["Pager"],
    "_sync.stream": ["ChatStream"],
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
