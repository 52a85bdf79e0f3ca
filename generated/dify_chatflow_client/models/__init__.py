"""Models of requests and responses, imported on first use"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account_summary import AccountSummary as AccountSummary
    from .agent_log_data import AgentLogData as AgentLogData
    from .agent_log_event import AgentLogEvent as AgentLogEvent
    from .agent_thought import AgentThought as AgentThought
    from .annotation import Annotation as Annotation
    from .annotation_page import AnnotationPage as AnnotationPage
    from .annotation_reply_action import AnnotationReplyAction as AnnotationReplyAction
    from .annotation_reply_job import AnnotationReplyJob as AnnotationReplyJob
    from .annotation_reply_job_status import AnnotationReplyJobStatus as AnnotationReplyJobStatus
    from .annotation_reply_request import AnnotationReplyRequest as AnnotationReplyRequest
    from .app_info import AppInfo as AppInfo
    from .app_meta import AppMeta as AppMeta
    from .app_parameters import AppParameters as AppParameters
    from .audio_to_text_request import AudioToTextRequest as AudioToTextRequest
    from .chat_completion_response import ChatCompletionResponse as ChatCompletionResponse
    from .chat_request import ChatRequest as ChatRequest
    from .checkbox_control import CheckboxControl as CheckboxControl
    from .checkbox_control_wrapper import CheckboxControlWrapper as CheckboxControlWrapper
    from .conversation_message import ConversationMessage as ConversationMessage
    from .conversation_page import ConversationPage as ConversationPage
    from .conversation_rename_request import ConversationRenameRequest as ConversationRenameRequest
    from .conversation_sort import ConversationSort as ConversationSort
    from .conversation_summary import ConversationSummary as ConversationSummary
    from .conversation_variable import ConversationVariable as ConversationVariable
    from .conversation_variable_page import ConversationVariablePage as ConversationVariablePage
    from .conversation_variable_update_request import (
        ConversationVariableUpdateRequest as ConversationVariableUpdateRequest,
    )
    from .create_annotation_request import CreateAnnotationRequest as CreateAnnotationRequest
    from .delete_conversation_request import DeleteConversationRequest as DeleteConversationRequest
    from .emoji_icon import EmojiIcon as EmojiIcon
    from .end_user import EndUser as EndUser
    from .end_user_summary import EndUserSummary as EndUserSummary
    from .error_event import ErrorEvent as ErrorEvent
    from .error_response import ErrorResponse as ErrorResponse
    from .event_name import EventName as EventName
    from .feature_toggle import FeatureToggle as FeatureToggle
    from .feedback_item import FeedbackItem as FeedbackItem
    from .feedback_page import FeedbackPage as FeedbackPage
    from .feedback_rating import FeedbackRating as FeedbackRating
    from .file_control import FileControl as FileControl
    from .file_control_wrapper import FileControlWrapper as FileControlWrapper
    from .file_input import FileInput as FileInput
    from .file_list_control_wrapper import FileListControlWrapper as FileListControlWrapper
    from .file_transfer_method import FileTransferMethod as FileTransferMethod
    from .file_type import FileType as FileType
    from .file_upload_request import FileUploadRequest as FileUploadRequest
    from .file_upload_response import FileUploadResponse as FileUploadResponse
    from .file_upload_settings import FileUploadSettings as FileUploadSettings
    from .form_input import FormInput as FormInput
    from .form_input_default import FormInputDefault as FormInputDefault
    from .form_option_source import FormOptionSource as FormOptionSource
    from .human_input_content import HumanInputContent as HumanInputContent
    from .human_input_form import HumanInputForm as HumanInputForm
    from .human_input_form_definition import HumanInputFormDefinition as HumanInputFormDefinition
    from .human_input_form_filled_event import HumanInputFormFilledEvent as HumanInputFormFilledEvent
    from .human_input_form_submission_data import HumanInputFormSubmissionData as HumanInputFormSubmissionData
    from .human_input_form_timeout_data import HumanInputFormTimeoutData as HumanInputFormTimeoutData
    from .human_input_form_timeout_event import HumanInputFormTimeoutEvent as HumanInputFormTimeoutEvent
    from .human_input_required_event import HumanInputRequiredEvent as HumanInputRequiredEvent
    from .human_input_submission import HumanInputSubmission as HumanInputSubmission
    from .image_upload_settings import ImageUploadSettings as ImageUploadSettings
    from .iteration_completed_data import IterationCompletedData as IterationCompletedData
    from .iteration_completed_event import IterationCompletedEvent as IterationCompletedEvent
    from .iteration_next_data import IterationNextData as IterationNextData
    from .iteration_next_event import IterationNextEvent as IterationNextEvent
    from .iteration_started_data import IterationStartedData as IterationStartedData
    from .iteration_started_event import IterationStartedEvent as IterationStartedEvent
    from .json_object import JsonObject as JsonObject
    from .loop_completed_data import LoopCompletedData as LoopCompletedData
    from .loop_completed_event import LoopCompletedEvent as LoopCompletedEvent
    from .loop_next_data import LoopNextData as LoopNextData
    from .loop_next_event import LoopNextEvent as LoopNextEvent
    from .loop_started_data import LoopStartedData as LoopStartedData
    from .loop_started_event import LoopStartedEvent as LoopStartedEvent
    from .maintenance_pause import MaintenancePause as MaintenancePause
    from .message_end_event import MessageEndEvent as MessageEndEvent
    from .message_event import MessageEvent as MessageEvent
    from .message_feedback import MessageFeedback as MessageFeedback
    from .message_feedback_request import MessageFeedbackRequest as MessageFeedbackRequest
    from .message_file import MessageFile as MessageFile
    from .message_file_event import MessageFileEvent as MessageFileEvent
    from .message_file_event_belongs_to import MessageFileEventBelongsTo as MessageFileEventBelongsTo
    from .message_page import MessagePage as MessagePage
    from .message_replace_event import MessageReplaceEvent as MessageReplaceEvent
    from .node_finished_data import NodeFinishedData as NodeFinishedData
    from .node_finished_event import NodeFinishedEvent as NodeFinishedEvent
    from .node_retry_data import NodeRetryData as NodeRetryData
    from .node_retry_event import NodeRetryEvent as NodeRetryEvent
    from .node_started_data import NodeStartedData as NodeStartedData
    from .node_started_event import NodeStartedEvent as NodeStartedEvent
    from .number_control import NumberControl as NumberControl
    from .number_control_wrapper import NumberControlWrapper as NumberControlWrapper
    from .paragraph_control import ParagraphControl as ParagraphControl
    from .paragraph_control_wrapper import ParagraphControlWrapper as ParagraphControlWrapper
    from .ping_event import PingEvent as PingEvent
    from .reasoning_chunk_data import ReasoningChunkData as ReasoningChunkData
    from .reasoning_chunk_event import ReasoningChunkEvent as ReasoningChunkEvent
    from .reply_metadata import ReplyMetadata as ReplyMetadata
    from .response_mode import ResponseMode as ResponseMode
    from .retriever_resource import RetrieverResource as RetrieverResource
    from .select_control import SelectControl as SelectControl
    from .select_control_wrapper import SelectControlWrapper as SelectControlWrapper
    from .stop_request import StopRequest as StopRequest
    from .stream_event import StreamEvent as StreamEvent
    from .success_result import SuccessResult as SuccessResult
    from .suggested_questions import SuggestedQuestions as SuggestedQuestions
    from .system_parameters import SystemParameters as SystemParameters
    from .text_chunk_data import TextChunkData as TextChunkData
    from .text_chunk_event import TextChunkEvent as TextChunkEvent
    from .text_input_control import TextInputControl as TextInputControl
    from .text_input_control_wrapper import TextInputControlWrapper as TextInputControlWrapper
    from .text_to_audio_request import TextToAudioRequest as TextToAudioRequest
    from .text_to_speech_settings import TextToSpeechSettings as TextToSpeechSettings
    from .tool_icons import ToolIcons as ToolIcons
    from .transcription import Transcription as Transcription
    from .tts_message_end_event import TTSMessageEndEvent as TTSMessageEndEvent
    from .tts_message_event import TTSMessageEvent as TTSMessageEvent
    from .update_annotation_request import UpdateAnnotationRequest as UpdateAnnotationRequest
    from .usage import Usage as Usage
    from .user_action import UserAction as UserAction
    from .web_app_settings import WebAppSettings as WebAppSettings
    from .workflow_finished_data import WorkflowFinishedData as WorkflowFinishedData
    from .workflow_finished_event import WorkflowFinishedEvent as WorkflowFinishedEvent
    from .workflow_log import WorkflowLog as WorkflowLog
    from .workflow_log_page import WorkflowLogPage as WorkflowLogPage
    from .workflow_log_status import WorkflowLogStatus as WorkflowLogStatus
    from .workflow_paused_data import WorkflowPausedData as WorkflowPausedData
    from .workflow_paused_event import WorkflowPausedEvent as WorkflowPausedEvent
    from .workflow_run_detail import WorkflowRunDetail as WorkflowRunDetail
    from .workflow_run_summary import WorkflowRunSummary as WorkflowRunSummary
    from .workflow_started_data import WorkflowStartedData as WorkflowStartedData
    from .workflow_started_event import WorkflowStartedEvent as WorkflowStartedEvent

_MODULES = {
    "AccountSummary": ".account_summary",
    "AgentLogData": ".agent_log_data",
    "AgentLogEvent": ".agent_log_event",
    "AgentThought": ".agent_thought",
    "Annotation": ".annotation",
    "AnnotationPage": ".annotation_page",
    "AnnotationReplyAction": ".annotation_reply_action",
    "AnnotationReplyJob": ".annotation_reply_job",
    "AnnotationReplyJobStatus": ".annotation_reply_job_status",
    "AnnotationReplyRequest": ".annotation_reply_request",
    "AppInfo": ".app_info",
    "AppMeta": ".app_meta",
    "AppParameters": ".app_parameters",
    "AudioToTextRequest": ".audio_to_text_request",
    "ChatCompletionResponse": ".chat_completion_response",
    "ChatRequest": ".chat_request",
    "CheckboxControl": ".checkbox_control",
    "CheckboxControlWrapper": ".checkbox_control_wrapper",
    "ConversationMessage": ".conversation_message",
    "ConversationPage": ".conversation_page",
    "ConversationRenameRequest": ".conversation_rename_request",
    "ConversationSort": ".conversation_sort",
    "ConversationSummary": ".conversation_summary",
    "ConversationVariable": ".conversation_variable",
    "ConversationVariablePage": ".conversation_variable_page",
    "ConversationVariableUpdateRequest": ".conversation_variable_update_request",
    "CreateAnnotationRequest": ".create_annotation_request",
    "DeleteConversationRequest": ".delete_conversation_request",
    "EmojiIcon": ".emoji_icon",
    "EndUser": ".end_user",
    "EndUserSummary": ".end_user_summary",
    "ErrorEvent": ".error_event",
    "ErrorResponse": ".error_response",
    "EventName": ".event_name",
    "FeatureToggle": ".feature_toggle",
    "FeedbackItem": ".feedback_item",
    "FeedbackPage": ".feedback_page",
    "FeedbackRating": ".feedback_rating",
    "FileControl": ".file_control",
    "FileControlWrapper": ".file_control_wrapper",
    "FileInput": ".file_input",
    "FileListControlWrapper": ".file_list_control_wrapper",
    "FileTransferMethod": ".file_transfer_method",
    "FileType": ".file_type",
    "FileUploadRequest": ".file_upload_request",
    "FileUploadResponse": ".file_upload_response",
    "FileUploadSettings": ".file_upload_settings",
    "FormInput": ".form_input",
    "FormInputDefault": ".form_input_default",
    "FormOptionSource": ".form_option_source",
    "HumanInputContent": ".human_input_content",
    "HumanInputForm": ".human_input_form",
    "HumanInputFormDefinition": ".human_input_form_definition",
    "HumanInputFormFilledEvent": ".human_input_form_filled_event",
    "HumanInputFormSubmissionData": ".human_input_form_submission_data",
    "HumanInputFormTimeoutData": ".human_input_form_timeout_data",
    "HumanInputFormTimeoutEvent": ".human_input_form_timeout_event",
    "HumanInputRequiredEvent": ".human_input_required_event",
    "HumanInputSubmission": ".human_input_submission",
    "ImageUploadSettings": ".image_upload_settings",
    "IterationCompletedData": ".iteration_completed_data",
    "IterationCompletedEvent": ".iteration_completed_event",
    "IterationNextData": ".iteration_next_data",
    "IterationNextEvent": ".iteration_next_event",
    "IterationStartedData": ".iteration_started_data",
    "IterationStartedEvent": ".iteration_started_event",
    "JsonObject": ".json_object",
    "LoopCompletedData": ".loop_completed_data",
    "LoopCompletedEvent": ".loop_completed_event",
    "LoopNextData": ".loop_next_data",
    "LoopNextEvent": ".loop_next_event",
    "LoopStartedData": ".loop_started_data",
    "LoopStartedEvent": ".loop_started_event",
    "MaintenancePause": ".maintenance_pause",
    "MessageEndEvent": ".message_end_event",
    "MessageEvent": ".message_event",
    "MessageFeedback": ".message_feedback",
    "MessageFeedbackRequest": ".message_feedback_request",
    "MessageFile": ".message_file",
    "MessageFileEvent": ".message_file_event",
    "MessageFileEventBelongsTo": ".message_file_event_belongs_to",
    "MessagePage": ".message_page",
    "MessageReplaceEvent": ".message_replace_event",
    "NodeFinishedData": ".node_finished_data",
    "NodeFinishedEvent": ".node_finished_event",
    "NodeRetryData": ".node_retry_data",
    "NodeRetryEvent": ".node_retry_event",
    "NodeStartedData": ".node_started_data",
    "NodeStartedEvent": ".node_started_event",
    "NumberControl": ".number_control",
    "NumberControlWrapper": ".number_control_wrapper",
    "ParagraphControl": ".paragraph_control",
    "ParagraphControlWrapper": ".paragraph_control_wrapper",
    "PingEvent": ".ping_event",
    "ReasoningChunkData": ".reasoning_chunk_data",
    "ReasoningChunkEvent": ".reasoning_chunk_event",
    "ReplyMetadata": ".reply_metadata",
    "ResponseMode": ".response_mode",
    "RetrieverResource": ".retriever_resource",
    "SelectControl": ".select_control",
    "SelectControlWrapper": ".select_control_wrapper",
    "StopRequest": ".stop_request",
    "StreamEvent": ".stream_event",
    "SuccessResult": ".success_result",
    "SuggestedQuestions": ".suggested_questions",
    "SystemParameters": ".system_parameters",
    "TextChunkData": ".text_chunk_data",
    "TextChunkEvent": ".text_chunk_event",
    "TextInputControl": ".text_input_control",
    "TextInputControlWrapper": ".text_input_control_wrapper",
    "TextToAudioRequest": ".text_to_audio_request",
    "TextToSpeechSettings": ".text_to_speech_settings",
    "ToolIcons": ".tool_icons",
    "Transcription": ".transcription",
    "TTSMessageEndEvent": ".tts_message_end_event",
    "TTSMessageEvent": ".tts_message_event",
    "UpdateAnnotationRequest": ".update_annotation_request",
    "Usage": ".usage",
    "UserAction": ".user_action",
    "WebAppSettings": ".web_app_settings",
    "WorkflowFinishedData": ".workflow_finished_data",
    "WorkflowFinishedEvent": ".workflow_finished_event",
    "WorkflowLog": ".workflow_log",
    "WorkflowLogPage": ".workflow_log_page",
    "WorkflowLogStatus": ".workflow_log_status",
    "WorkflowPausedData": ".workflow_paused_data",
    "WorkflowPausedEvent": ".workflow_paused_event",
    "WorkflowRunDetail": ".workflow_run_detail",
    "WorkflowRunSummary": ".workflow_run_summary",
    "WorkflowStartedData": ".workflow_started_data",
    "WorkflowStartedEvent": ".workflow_started_event",
}

__all__ = [
    "AccountSummary",
    "AgentLogData",
    "AgentLogEvent",
    "AgentThought",
    "Annotation",
    "AnnotationPage",
    "AnnotationReplyAction",
    "AnnotationReplyJob",
    "AnnotationReplyJobStatus",
    "AnnotationReplyRequest",
    "AppInfo",
    "AppMeta",
    "AppParameters",
    "AudioToTextRequest",
    "ChatCompletionResponse",
    "ChatRequest",
    "CheckboxControl",
    "CheckboxControlWrapper",
    "ConversationMessage",
    "ConversationPage",
    "ConversationRenameRequest",
    "ConversationSort",
    "ConversationSummary",
    "ConversationVariable",
    "ConversationVariablePage",
    "ConversationVariableUpdateRequest",
    "CreateAnnotationRequest",
    "DeleteConversationRequest",
    "EmojiIcon",
    "EndUser",
    "EndUserSummary",
    "ErrorEvent",
    "ErrorResponse",
    "EventName",
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
    "FileUploadRequest",
    "FileUploadResponse",
    "FileUploadSettings",
    "FormInput",
    "FormInputDefault",
    "FormOptionSource",
    "HumanInputContent",
    "HumanInputForm",
    "HumanInputFormDefinition",
    "HumanInputFormFilledEvent",
    "HumanInputFormSubmissionData",
    "HumanInputFormTimeoutData",
    "HumanInputFormTimeoutEvent",
    "HumanInputRequiredEvent",
    "HumanInputSubmission",
    "ImageUploadSettings",
    "IterationCompletedData",
    "IterationCompletedEvent",
    "IterationNextData",
    "IterationNextEvent",
    "IterationStartedData",
    "IterationStartedEvent",
    "JsonObject",
    "LoopCompletedData",
    "LoopCompletedEvent",
    "LoopNextData",
    "LoopNextEvent",
    "LoopStartedData",
    "LoopStartedEvent",
    "MaintenancePause",
    "MessageEndEvent",
    "MessageEvent",
    "MessageFeedback",
    "MessageFeedbackRequest",
    "MessageFile",
    "MessageFileEvent",
    "MessageFileEventBelongsTo",
    "MessagePage",
    "MessageReplaceEvent",
    "NodeFinishedData",
    "NodeFinishedEvent",
    "NodeRetryData",
    "NodeRetryEvent",
    "NodeStartedData",
    "NodeStartedEvent",
    "NumberControl",
    "NumberControlWrapper",
    "ParagraphControl",
    "ParagraphControlWrapper",
    "PingEvent",
    "ReasoningChunkData",
    "ReasoningChunkEvent",
    "ReplyMetadata",
    "ResponseMode",
    "RetrieverResource",
    "SelectControl",
    "SelectControlWrapper",
    "StopRequest",
    "StreamEvent",
    "SuccessResult",
    "SuggestedQuestions",
    "SystemParameters",
    "TextChunkData",
    "TextChunkEvent",
    "TextInputControl",
    "TextInputControlWrapper",
    "TextToAudioRequest",
    "TextToSpeechSettings",
    "ToolIcons",
    "Transcription",
    "TTSMessageEndEvent",
    "TTSMessageEvent",
    "UpdateAnnotationRequest",
    "Usage",
    "UserAction",
    "WebAppSettings",
    "WorkflowFinishedData",
    "WorkflowFinishedEvent",
    "WorkflowLog",
    "WorkflowLogPage",
    "WorkflowLogStatus",
    "WorkflowPausedData",
    "WorkflowPausedEvent",
    "WorkflowRunDetail",
    "WorkflowRunSummary",
    "WorkflowStartedData",
    "WorkflowStartedEvent",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
