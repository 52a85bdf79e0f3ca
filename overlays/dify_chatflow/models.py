"""The models of responses and of the parts of a reply, for annotations and `isinstance`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_chatflow._lazy import lazy_module

if TYPE_CHECKING:
    from dify_chatflow._attachments import Attachment as Attachment
    from dify_chatflow._datetimes import DateTimeLike as DateTimeLike
    from dify_chatflow._error_codes import KnownErrorCode as KnownErrorCode
    from dify_chatflow._file_sources import FileTypes as FileTypes
    from dify_chatflow._files import Progress as Progress
    from dify_chatflow._inputs import InputForm as InputForm
    from dify_chatflow._inputs import InputVariable as InputVariable
    from dify_chatflow._limits import TimeoutTypes as TimeoutTypes
    from dify_chatflow._middleware import AsyncMiddleware as AsyncMiddleware
    from dify_chatflow._middleware import Middleware as Middleware
    from dify_chatflow._models import ChatAnswer as ChatAnswer
    from dify_chatflow._models import UploadedFile as UploadedFile
    from dify_chatflow._models import WorkflowRun as WorkflowRun
    from dify_chatflow._options import ChatOptions as ChatOptions
    from dify_chatflow._options import RequestOptions as RequestOptions
    from dify_chatflow._options import WaitOptions as WaitOptions
    from dify_chatflow._raw import RawPage as RawPage
    from dify_chatflow._raw import RawResponse as RawResponse
    from dify_chatflow._streaming.form import Form as Form
    from dify_chatflow._streaming.node import Node as Node
    from dify_chatflow._streaming.options import ChatStreamOptions as ChatStreamOptions
    from dify_chatflow._streaming.options import RunStreamOptions as RunStreamOptions
    from dify_chatflow._streaming.options import StreamOptions as StreamOptions
    from dify_chatflow._streaming.partial import PartialReply as PartialReply
    from dify_chatflow._streaming.reply import Reply as Reply
    from dify_chatflow_client.models import AccountSummary as AccountSummary
    from dify_chatflow_client.models import AgentLogData as AgentLogData
    from dify_chatflow_client.models import AgentThought as AgentThought
    from dify_chatflow_client.models import Annotation as Annotation
    from dify_chatflow_client.models import AnnotationPage as AnnotationPage
    from dify_chatflow_client.models import AnnotationReplyAction as AnnotationReplyAction
    from dify_chatflow_client.models import AnnotationReplyJob as AnnotationReplyJob
    from dify_chatflow_client.models import AnnotationReplyJobStatus as AnnotationReplyJobStatus
    from dify_chatflow_client.models import AppInfo as AppInfo
    from dify_chatflow_client.models import AppMeta as AppMeta
    from dify_chatflow_client.models import AppParameters as AppParameters
    from dify_chatflow_client.models import CheckboxControl as CheckboxControl
    from dify_chatflow_client.models import CheckboxControlWrapper as CheckboxControlWrapper
    from dify_chatflow_client.models import ConversationMessage as ConversationMessage
    from dify_chatflow_client.models import ConversationPage as ConversationPage
    from dify_chatflow_client.models import ConversationSort as ConversationSort
    from dify_chatflow_client.models import ConversationSummary as ConversationSummary
    from dify_chatflow_client.models import ConversationVariable as ConversationVariable
    from dify_chatflow_client.models import ConversationVariablePage as ConversationVariablePage
    from dify_chatflow_client.models import EmojiIcon as EmojiIcon
    from dify_chatflow_client.models import EndUser as EndUser
    from dify_chatflow_client.models import EndUserSummary as EndUserSummary
    from dify_chatflow_client.models import FeatureToggle as FeatureToggle
    from dify_chatflow_client.models import FeedbackItem as FeedbackItem
    from dify_chatflow_client.models import FeedbackPage as FeedbackPage
    from dify_chatflow_client.models import FeedbackRating as FeedbackRating
    from dify_chatflow_client.models import FileControl as FileControl
    from dify_chatflow_client.models import FileControlWrapper as FileControlWrapper
    from dify_chatflow_client.models import FileInput as FileInput
    from dify_chatflow_client.models import FileListControlWrapper as FileListControlWrapper
    from dify_chatflow_client.models import FileTransferMethod as FileTransferMethod
    from dify_chatflow_client.models import FileType as FileType
    from dify_chatflow_client.models import FileUploadSettings as FileUploadSettings
    from dify_chatflow_client.models import FormInput as FormInput
    from dify_chatflow_client.models import FormInputDefault as FormInputDefault
    from dify_chatflow_client.models import FormOptionSource as FormOptionSource
    from dify_chatflow_client.models import HumanInputContent as HumanInputContent
    from dify_chatflow_client.models import HumanInputForm as HumanInputForm
    from dify_chatflow_client.models import HumanInputFormDefinition as HumanInputFormDefinition
    from dify_chatflow_client.models import HumanInputFormSubmissionData as HumanInputFormSubmissionData
    from dify_chatflow_client.models import HumanInputFormTimeoutData as HumanInputFormTimeoutData
    from dify_chatflow_client.models import ImageUploadSettings as ImageUploadSettings
    from dify_chatflow_client.models import IterationCompletedData as IterationCompletedData
    from dify_chatflow_client.models import IterationNextData as IterationNextData
    from dify_chatflow_client.models import IterationStartedData as IterationStartedData
    from dify_chatflow_client.models import JsonObject as JsonObject
    from dify_chatflow_client.models import LoopCompletedData as LoopCompletedData
    from dify_chatflow_client.models import LoopNextData as LoopNextData
    from dify_chatflow_client.models import LoopStartedData as LoopStartedData
    from dify_chatflow_client.models import MessageFeedback as MessageFeedback
    from dify_chatflow_client.models import MessageFile as MessageFile
    from dify_chatflow_client.models import MessageFileEventBelongsTo as MessageFileEventBelongsTo
    from dify_chatflow_client.models import MessagePage as MessagePage
    from dify_chatflow_client.models import NodeFinishedData as NodeFinishedData
    from dify_chatflow_client.models import NodeRetryData as NodeRetryData
    from dify_chatflow_client.models import NodeStartedData as NodeStartedData
    from dify_chatflow_client.models import NumberControl as NumberControl
    from dify_chatflow_client.models import NumberControlWrapper as NumberControlWrapper
    from dify_chatflow_client.models import ParagraphControl as ParagraphControl
    from dify_chatflow_client.models import ParagraphControlWrapper as ParagraphControlWrapper
    from dify_chatflow_client.models import ReasoningChunkData as ReasoningChunkData
    from dify_chatflow_client.models import ReplyMetadata as ReplyMetadata
    from dify_chatflow_client.models import ResponseMode as ResponseMode
    from dify_chatflow_client.models import RetrieverResource as RetrieverResource
    from dify_chatflow_client.models import SelectControl as SelectControl
    from dify_chatflow_client.models import SelectControlWrapper as SelectControlWrapper
    from dify_chatflow_client.models import SuccessResult as SuccessResult
    from dify_chatflow_client.models import SuggestedQuestions as SuggestedQuestions
    from dify_chatflow_client.models import SystemParameters as SystemParameters
    from dify_chatflow_client.models import TextChunkData as TextChunkData
    from dify_chatflow_client.models import TextInputControl as TextInputControl
    from dify_chatflow_client.models import TextInputControlWrapper as TextInputControlWrapper
    from dify_chatflow_client.models import TextToSpeechSettings as TextToSpeechSettings
    from dify_chatflow_client.models import ToolIcons as ToolIcons
    from dify_chatflow_client.models import Transcription as Transcription
    from dify_chatflow_client.models import Usage as Usage
    from dify_chatflow_client.models import UserAction as UserAction
    from dify_chatflow_client.models import WebAppSettings as WebAppSettings
    from dify_chatflow_client.models import WorkflowFinishedData as WorkflowFinishedData
    from dify_chatflow_client.models import WorkflowLog as WorkflowLog
    from dify_chatflow_client.models import WorkflowLogPage as WorkflowLogPage
    from dify_chatflow_client.models import WorkflowLogStatus as WorkflowLogStatus
    from dify_chatflow_client.models import WorkflowPausedData as WorkflowPausedData
    from dify_chatflow_client.models import WorkflowRunSummary as WorkflowRunSummary
    from dify_chatflow_client.models import WorkflowStartedData as WorkflowStartedData

_MODULES = {
    "dify_chatflow._attachments": ["Attachment"],
    "dify_chatflow._datetimes": ["DateTimeLike"],
    "dify_chatflow._error_codes": ["KnownErrorCode"],
    "dify_chatflow._file_sources": ["FileTypes"],
    "dify_chatflow._files": ["Progress"],
    "dify_chatflow._inputs": ["InputForm", "InputVariable"],
    "dify_chatflow._limits": ["TimeoutTypes"],
    "dify_chatflow._middleware": ["AsyncMiddleware", "Middleware"],
    "dify_chatflow._models": [
        "ChatAnswer",
        "UploadedFile",
        "WorkflowRun",
    ],
    "dify_chatflow._options": ["ChatOptions", "RequestOptions", "WaitOptions"],
    "dify_chatflow._raw": [
        "RawPage",
        "RawResponse",
    ],
    "dify_chatflow._streaming.form": [
        "Form",
    ],
    "dify_chatflow._streaming.node": [
        "Node",
    ],
    "dify_chatflow._streaming.options": ["ChatStreamOptions", "RunStreamOptions", "StreamOptions"],
    "dify_chatflow._streaming.partial": [
        "PartialReply",
    ],
    "dify_chatflow._streaming.reply": [
        "Reply",
    ],
    "dify_chatflow_client.models": [
        "AccountSummary",
        "AgentLogData",
        "AgentThought",
        "Annotation",
        "AnnotationPage",
        "AnnotationReplyAction",
        "AnnotationReplyJob",
        "AnnotationReplyJobStatus",
        "AppInfo",
        "AppMeta",
        "AppParameters",
        "CheckboxControl",
        "CheckboxControlWrapper",
        "ConversationMessage",
        "ConversationPage",
        "ConversationSort",
        "ConversationSummary",
        "ConversationVariable",
        "ConversationVariablePage",
        "EmojiIcon",
        "EndUser",
        "EndUserSummary",
        "FeatureToggle",
        "FeedbackItem",
        "FeedbackPage",
        "FeedbackRating",
        "FileControl",
        "FileControlWrapper",
        "FileInput",
        "FileListControlWrapper",
        "FileTransferMethod",
        "FileType",
        "FileUploadSettings",
        "FormInput",
        "FormInputDefault",
        "FormOptionSource",
        "HumanInputContent",
        "HumanInputForm",
        "HumanInputFormDefinition",
        "HumanInputFormSubmissionData",
        "HumanInputFormTimeoutData",
        "ImageUploadSettings",
        "IterationCompletedData",
        "IterationNextData",
        "IterationStartedData",
        "JsonObject",
        "LoopCompletedData",
        "LoopNextData",
        "LoopStartedData",
        "MessageFeedback",
        "MessageFile",
        "MessageFileEventBelongsTo",
        "MessagePage",
        "NodeFinishedData",
        "NodeRetryData",
        "NodeStartedData",
        "NumberControl",
        "NumberControlWrapper",
        "ParagraphControl",
        "ParagraphControlWrapper",
        "ReasoningChunkData",
        "ReplyMetadata",
        "ResponseMode",
        "RetrieverResource",
        "SelectControl",
        "SelectControlWrapper",
        "SuccessResult",
        "SuggestedQuestions",
        "SystemParameters",
        "TextChunkData",
        "TextInputControl",
        "TextInputControlWrapper",
        "TextToSpeechSettings",
        "ToolIcons",
        "Transcription",
        "Usage",
        "UserAction",
        "WebAppSettings",
        "WorkflowFinishedData",
        "WorkflowLog",
        "WorkflowLogPage",
        "WorkflowLogStatus",
        "WorkflowPausedData",
        "WorkflowRunSummary",
        "WorkflowStartedData",
    ],
}
__getattr__, __dir__, __all__ = lazy_module(__name__, _MODULES)  # pyright: ignore[reportUnsupportedDunderAll]
