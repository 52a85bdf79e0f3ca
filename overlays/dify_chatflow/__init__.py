"""Chat with Dify chatflow apps from Python, sync and async."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_chatflow._lazy import lazy_module
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
    from dify_chatflow._errors import IncompleteListError as IncompleteListError
    from dify_chatflow._errors import InternalServerError as InternalServerError
    from dify_chatflow._errors import NotFoundError as NotFoundError
    from dify_chatflow._errors import PayloadTooLargeError as PayloadTooLargeError
    from dify_chatflow._errors import PermissionDeniedError as PermissionDeniedError
    from dify_chatflow._errors import PreconditionFailedError as PreconditionFailedError
    from dify_chatflow._errors import RateLimitError as RateLimitError
    from dify_chatflow._errors import ResponseDecodeError as ResponseDecodeError
    from dify_chatflow._errors import RunTimeoutError as RunTimeoutError
    from dify_chatflow._errors import StreamStateError as StreamStateError
    from dify_chatflow._errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from dify_chatflow._http import DefaultAsyncClient as DefaultAsyncClient
    from dify_chatflow._http import DefaultClient as DefaultClient
    from dify_chatflow._models import ChatAnswer as ChatAnswer
    from dify_chatflow._models import UploadedFile as UploadedFile
    from dify_chatflow._models import WorkflowRun as WorkflowRun
    from dify_chatflow._raw import RawPage as RawPage
    from dify_chatflow._raw import RawResponse as RawResponse
    from dify_chatflow._streaming.errors import StreamAuthenticationError as StreamAuthenticationError
    from dify_chatflow._streaming.errors import StreamBadRequestError as StreamBadRequestError
    from dify_chatflow._streaming.errors import StreamConflictError as StreamConflictError
    from dify_chatflow._streaming.errors import StreamError as StreamError
    from dify_chatflow._streaming.errors import StreamIdleError as StreamIdleError
    from dify_chatflow._streaming.errors import StreamInternalServerError as StreamInternalServerError
    from dify_chatflow._streaming.errors import StreamInterruptedError as StreamInterruptedError
    from dify_chatflow._streaming.errors import StreamNotFoundError as StreamNotFoundError
    from dify_chatflow._streaming.errors import StreamPayloadTooLargeError as StreamPayloadTooLargeError
    from dify_chatflow._streaming.errors import StreamPermissionDeniedError as StreamPermissionDeniedError
    from dify_chatflow._streaming.errors import StreamPreconditionFailedError as StreamPreconditionFailedError
    from dify_chatflow._streaming.errors import StreamRateLimitError as StreamRateLimitError
    from dify_chatflow._streaming.errors import StreamStatusError as StreamStatusError
    from dify_chatflow._streaming.errors import StreamTimeoutError as StreamTimeoutError
    from dify_chatflow._streaming.errors import StreamUnsupportedMediaTypeError as StreamUnsupportedMediaTypeError
    from dify_chatflow._streaming.event import StreamEvent as StreamEvent
    from dify_chatflow._streaming.event import UnknownEvent as UnknownEvent
    from dify_chatflow._streaming.form import Form as Form
    from dify_chatflow._streaming.node import Node as Node
    from dify_chatflow._streaming.relay import RELAY_HEADERS as RELAY_HEADERS
    from dify_chatflow._streaming.relay import RelayPart as RelayPart
    from dify_chatflow._streaming.reply import Reply as Reply
    from dify_chatflow._sync.client import Chatflow as Chatflow
    from dify_chatflow._sync.conversation import Conversation as Conversation
    from dify_chatflow._sync.pager import Pager as Pager
    from dify_chatflow._sync.stream import ChatStream as ChatStream

# The public names by their module.
_MODULES = {
    "dify_chatflow._async.client": ["AsyncChatflow"],
    "dify_chatflow._async.conversation": ["AsyncConversation"],
    "dify_chatflow._async.pager": ["AsyncPager"],
    "dify_chatflow._async.stream": ["AsyncChatStream"],
    "dify_chatflow._conversation": ["ConversationChangedWarning"],
    "dify_chatflow._errors": [
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "DifyError",
        "IncompleteListError",
        "InternalServerError",
        "NotFoundError",
        "PayloadTooLargeError",
        "PermissionDeniedError",
        "PreconditionFailedError",
        "RateLimitError",
        "ResponseDecodeError",
        "RunTimeoutError",
        "StreamStateError",
        "UnsupportedMediaTypeError",
    ],
    "dify_chatflow._streaming.errors": [
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
        "StreamStatusError",
        "StreamTimeoutError",
        "StreamUnsupportedMediaTypeError",
    ],
    "dify_chatflow._http": ["DefaultAsyncClient", "DefaultClient"],
    "dify_chatflow._models": ["ChatAnswer", "UploadedFile", "WorkflowRun"],
    "dify_chatflow._raw": ["RawPage", "RawResponse"],
    "dify_chatflow._streaming.event": ["StreamEvent", "UnknownEvent"],
    "dify_chatflow._streaming.form": ["Form"],
    "dify_chatflow._streaming.node": ["Node"],
    "dify_chatflow._streaming.relay": ["RELAY_HEADERS", "RelayPart"],
    "dify_chatflow._streaming.reply": ["Reply"],
    "dify_chatflow._sync.client": ["Chatflow"],
    "dify_chatflow._sync.conversation": ["Conversation"],
    "dify_chatflow._sync.pager": ["Pager"],
    "dify_chatflow._sync.stream": ["ChatStream"],
}
__getattr__, __dir__, _names = lazy_module(__name__, _MODULES)
__all__ = ["__version__", *_names]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]
