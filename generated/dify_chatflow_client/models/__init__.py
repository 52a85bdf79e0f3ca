"""All the data models used in inputs and outputs; each loads on first use"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account_summary import AccountSummary as AccountSummary
    from .agent_log_data import AgentLogData as AgentLogData
    from .agent_thought_item import AgentThoughtItem as AgentThoughtItem
    from .annotation_item import AnnotationItem as AnnotationItem
    from .annotation_list_response import AnnotationListResponse as AnnotationListResponse
    from .annotation_reply_action import AnnotationReplyAction as AnnotationReplyAction
    from .app_feedbacks_response import AppFeedbacksResponse as AppFeedbacksResponse
    from .app_info_response import AppInfoResponse as AppInfoResponse
    from .app_meta_response import AppMetaResponse as AppMetaResponse
    from .audio_to_text_request import AudioToTextRequest as AudioToTextRequest
    from .audio_to_text_response import AudioToTextResponse as AudioToTextResponse
    from .chat_app_parameters_response import ChatAppParametersResponse as ChatAppParametersResponse
    from .chat_completion_response import ChatCompletionResponse as ChatCompletionResponse
    from .chat_request import ChatRequest as ChatRequest
    from .chat_request_response_mode import ChatRequestResponseMode as ChatRequestResponseMode
    from .checkbox_control import CheckboxControl as CheckboxControl
    from .checkbox_control_wrapper import CheckboxControlWrapper as CheckboxControlWrapper
    from .chunk_chat_event import ChunkChatEvent as ChunkChatEvent
    from .chunk_chat_event_event import ChunkChatEventEvent as ChunkChatEventEvent
    from .conversation_history_response import ConversationHistoryResponse as ConversationHistoryResponse
    from .conversation_list_item import ConversationListItem as ConversationListItem
    from .conversation_message_item import ConversationMessageItem as ConversationMessageItem
    from .conversation_rename_request import ConversationRenameRequest as ConversationRenameRequest
    from .conversation_sort import ConversationSort as ConversationSort
    from .conversation_variable_item import ConversationVariableItem as ConversationVariableItem
    from .conversation_variable_update_request import (
        ConversationVariableUpdateRequest as ConversationVariableUpdateRequest,
    )
    from .conversation_variables_response import ConversationVariablesResponse as ConversationVariablesResponse
    from .conversations_list_response import ConversationsListResponse as ConversationsListResponse
    from .create_annotation_request import CreateAnnotationRequest as CreateAnnotationRequest
    from .delete_conversation_request import DeleteConversationRequest as DeleteConversationRequest
    from .emoji_icon import EmojiIcon as EmojiIcon
    from .end_user_detail import EndUserDetail as EndUserDetail
    from .end_user_summary import EndUserSummary as EndUserSummary
    from .error_response import ErrorResponse as ErrorResponse
    from .feature_toggle import FeatureToggle as FeatureToggle
    from .feedback_item import FeedbackItem as FeedbackItem
    from .feedback_rating import FeedbackRating as FeedbackRating
    from .file_control import FileControl as FileControl
    from .file_control_wrapper import FileControlWrapper as FileControlWrapper
    from .file_input import FileInput as FileInput
    from .file_input_transfer_method import FileInputTransferMethod as FileInputTransferMethod
    from .file_input_type import FileInputType as FileInputType
    from .file_list_control_wrapper import FileListControlWrapper as FileListControlWrapper
    from .file_upload_request import FileUploadRequest as FileUploadRequest
    from .file_upload_response import FileUploadResponse as FileUploadResponse
    from .file_upload_settings import FileUploadSettings as FileUploadSettings
    from .form_input import FormInput as FormInput
    from .form_input_default import FormInputDefault as FormInputDefault
    from .form_option_source import FormOptionSource as FormOptionSource
    from .human_input_content import HumanInputContent as HumanInputContent
    from .human_input_form import HumanInputForm as HumanInputForm
    from .human_input_form_definition import HumanInputFormDefinition as HumanInputFormDefinition
    from .human_input_form_submission_data import HumanInputFormSubmissionData as HumanInputFormSubmissionData
    from .human_input_form_timeout_data import HumanInputFormTimeoutData as HumanInputFormTimeoutData
    from .human_input_submission import HumanInputSubmission as HumanInputSubmission
    from .image_upload_settings import ImageUploadSettings as ImageUploadSettings
    from .initial_annotation_reply_settings_request import (
        InitialAnnotationReplySettingsRequest as InitialAnnotationReplySettingsRequest,
    )
    from .initial_annotation_reply_settings_response import (
        InitialAnnotationReplySettingsResponse as InitialAnnotationReplySettingsResponse,
    )
    from .initial_annotation_reply_settings_status_response import (
        InitialAnnotationReplySettingsStatusResponse as InitialAnnotationReplySettingsStatusResponse,
    )
    from .iteration_completed_data import IterationCompletedData as IterationCompletedData
    from .iteration_next_data import IterationNextData as IterationNextData
    from .iteration_started_data import IterationStartedData as IterationStartedData
    from .json_object import JsonObject as JsonObject
    from .loop_completed_data import LoopCompletedData as LoopCompletedData
    from .loop_next_data import LoopNextData as LoopNextData
    from .loop_started_data import LoopStartedData as LoopStartedData
    from .message_feedback import MessageFeedback as MessageFeedback
    from .message_feedback_request import MessageFeedbackRequest as MessageFeedbackRequest
    from .message_file_item import MessageFileItem as MessageFileItem
    from .node_finished_data import NodeFinishedData as NodeFinishedData
    from .node_retry_data import NodeRetryData as NodeRetryData
    from .node_started_data import NodeStartedData as NodeStartedData
    from .number_control import NumberControl as NumberControl
    from .number_control_wrapper import NumberControlWrapper as NumberControlWrapper
    from .paragraph_control import ParagraphControl as ParagraphControl
    from .paragraph_control_wrapper import ParagraphControlWrapper as ParagraphControlWrapper
    from .reasoning_chunk_data import ReasoningChunkData as ReasoningChunkData
    from .reply_metadata import ReplyMetadata as ReplyMetadata
    from .retriever_resource import RetrieverResource as RetrieverResource
    from .select_control import SelectControl as SelectControl
    from .select_control_wrapper import SelectControlWrapper as SelectControlWrapper
    from .stop_request import StopRequest as StopRequest
    from .stream_event_agent_log import StreamEventAgentLog as StreamEventAgentLog
    from .stream_event_base import StreamEventBase as StreamEventBase
    from .stream_event_chat_error import StreamEventChatError as StreamEventChatError
    from .stream_event_chat_message import StreamEventChatMessage as StreamEventChatMessage
    from .stream_event_chat_message_end import StreamEventChatMessageEnd as StreamEventChatMessageEnd
    from .stream_event_chat_message_file import StreamEventChatMessageFile as StreamEventChatMessageFile
    from .stream_event_chat_message_file_belongs_to import (
        StreamEventChatMessageFileBelongsTo as StreamEventChatMessageFileBelongsTo,
    )
    from .stream_event_chat_message_replace import StreamEventChatMessageReplace as StreamEventChatMessageReplace
    from .stream_event_chat_ping import StreamEventChatPing as StreamEventChatPing
    from .stream_event_chat_reasoning_chunk import StreamEventChatReasoningChunk as StreamEventChatReasoningChunk
    from .stream_event_chat_text_chunk import StreamEventChatTextChunk as StreamEventChatTextChunk
    from .stream_event_chat_tts_message import StreamEventChatTtsMessage as StreamEventChatTtsMessage
    from .stream_event_chat_tts_message_end import StreamEventChatTtsMessageEnd as StreamEventChatTtsMessageEnd
    from .stream_event_human_input_form_filled import StreamEventHumanInputFormFilled as StreamEventHumanInputFormFilled
    from .stream_event_human_input_form_timeout import (
        StreamEventHumanInputFormTimeout as StreamEventHumanInputFormTimeout,
    )
    from .stream_event_human_input_required import StreamEventHumanInputRequired as StreamEventHumanInputRequired
    from .stream_event_iteration_completed import StreamEventIterationCompleted as StreamEventIterationCompleted
    from .stream_event_iteration_next import StreamEventIterationNext as StreamEventIterationNext
    from .stream_event_iteration_started import StreamEventIterationStarted as StreamEventIterationStarted
    from .stream_event_loop_completed import StreamEventLoopCompleted as StreamEventLoopCompleted
    from .stream_event_loop_next import StreamEventLoopNext as StreamEventLoopNext
    from .stream_event_loop_started import StreamEventLoopStarted as StreamEventLoopStarted
    from .stream_event_node_finished import StreamEventNodeFinished as StreamEventNodeFinished
    from .stream_event_node_retry import StreamEventNodeRetry as StreamEventNodeRetry
    from .stream_event_node_started import StreamEventNodeStarted as StreamEventNodeStarted
    from .stream_event_workflow_finished import StreamEventWorkflowFinished as StreamEventWorkflowFinished
    from .stream_event_workflow_paused import StreamEventWorkflowPaused as StreamEventWorkflowPaused
    from .stream_event_workflow_started import StreamEventWorkflowStarted as StreamEventWorkflowStarted
    from .success_result import SuccessResult as SuccessResult
    from .suggested_questions_response import SuggestedQuestionsResponse as SuggestedQuestionsResponse
    from .system_parameters import SystemParameters as SystemParameters
    from .text_chunk_data import TextChunkData as TextChunkData
    from .text_input_control import TextInputControl as TextInputControl
    from .text_input_control_wrapper import TextInputControlWrapper as TextInputControlWrapper
    from .text_to_audio_request import TextToAudioRequest as TextToAudioRequest
    from .text_to_speech_settings import TextToSpeechSettings as TextToSpeechSettings
    from .tool_icons import ToolIcons as ToolIcons
    from .update_annotation_request import UpdateAnnotationRequest as UpdateAnnotationRequest
    from .usage import Usage as Usage
    from .user_action import UserAction as UserAction
    from .web_app_settings_response import WebAppSettingsResponse as WebAppSettingsResponse
    from .workflow_finished_data import WorkflowFinishedData as WorkflowFinishedData
    from .workflow_log_item import WorkflowLogItem as WorkflowLogItem
    from .workflow_log_status import WorkflowLogStatus as WorkflowLogStatus
    from .workflow_logs_response import WorkflowLogsResponse as WorkflowLogsResponse
    from .workflow_paused_data import WorkflowPausedData as WorkflowPausedData
    from .workflow_run_detail_response import WorkflowRunDetailResponse as WorkflowRunDetailResponse
    from .workflow_run_summary import WorkflowRunSummary as WorkflowRunSummary
    from .workflow_started_data import WorkflowStartedData as WorkflowStartedData

_MODULES = {
    "AccountSummary": ".account_summary",
    "AgentLogData": ".agent_log_data",
    "AgentThoughtItem": ".agent_thought_item",
    "AnnotationItem": ".annotation_item",
    "AnnotationListResponse": ".annotation_list_response",
    "AnnotationReplyAction": ".annotation_reply_action",
    "AppFeedbacksResponse": ".app_feedbacks_response",
    "AppInfoResponse": ".app_info_response",
    "AppMetaResponse": ".app_meta_response",
    "AudioToTextRequest": ".audio_to_text_request",
    "AudioToTextResponse": ".audio_to_text_response",
    "ChatAppParametersResponse": ".chat_app_parameters_response",
    "ChatCompletionResponse": ".chat_completion_response",
    "ChatRequest": ".chat_request",
    "ChatRequestResponseMode": ".chat_request_response_mode",
    "CheckboxControl": ".checkbox_control",
    "CheckboxControlWrapper": ".checkbox_control_wrapper",
    "ChunkChatEvent": ".chunk_chat_event",
    "ChunkChatEventEvent": ".chunk_chat_event_event",
    "ConversationHistoryResponse": ".conversation_history_response",
    "ConversationListItem": ".conversation_list_item",
    "ConversationMessageItem": ".conversation_message_item",
    "ConversationRenameRequest": ".conversation_rename_request",
    "ConversationSort": ".conversation_sort",
    "ConversationVariableItem": ".conversation_variable_item",
    "ConversationVariableUpdateRequest": ".conversation_variable_update_request",
    "ConversationVariablesResponse": ".conversation_variables_response",
    "ConversationsListResponse": ".conversations_list_response",
    "CreateAnnotationRequest": ".create_annotation_request",
    "DeleteConversationRequest": ".delete_conversation_request",
    "EmojiIcon": ".emoji_icon",
    "EndUserDetail": ".end_user_detail",
    "EndUserSummary": ".end_user_summary",
    "ErrorResponse": ".error_response",
    "FeatureToggle": ".feature_toggle",
    "FeedbackItem": ".feedback_item",
    "FeedbackRating": ".feedback_rating",
    "FileControl": ".file_control",
    "FileControlWrapper": ".file_control_wrapper",
    "FileInput": ".file_input",
    "FileInputTransferMethod": ".file_input_transfer_method",
    "FileInputType": ".file_input_type",
    "FileListControlWrapper": ".file_list_control_wrapper",
    "FileUploadRequest": ".file_upload_request",
    "FileUploadResponse": ".file_upload_response",
    "FileUploadSettings": ".file_upload_settings",
    "FormInput": ".form_input",
    "FormInputDefault": ".form_input_default",
    "FormOptionSource": ".form_option_source",
    "HumanInputContent": ".human_input_content",
    "HumanInputForm": ".human_input_form",
    "HumanInputFormDefinition": ".human_input_form_definition",
    "HumanInputFormSubmissionData": ".human_input_form_submission_data",
    "HumanInputFormTimeoutData": ".human_input_form_timeout_data",
    "HumanInputSubmission": ".human_input_submission",
    "ImageUploadSettings": ".image_upload_settings",
    "InitialAnnotationReplySettingsRequest": ".initial_annotation_reply_settings_request",
    "InitialAnnotationReplySettingsResponse": ".initial_annotation_reply_settings_response",
    "InitialAnnotationReplySettingsStatusResponse": ".initial_annotation_reply_settings_status_response",
    "IterationCompletedData": ".iteration_completed_data",
    "IterationNextData": ".iteration_next_data",
    "IterationStartedData": ".iteration_started_data",
    "JsonObject": ".json_object",
    "LoopCompletedData": ".loop_completed_data",
    "LoopNextData": ".loop_next_data",
    "LoopStartedData": ".loop_started_data",
    "MessageFeedback": ".message_feedback",
    "MessageFeedbackRequest": ".message_feedback_request",
    "MessageFileItem": ".message_file_item",
    "NodeFinishedData": ".node_finished_data",
    "NodeRetryData": ".node_retry_data",
    "NodeStartedData": ".node_started_data",
    "NumberControl": ".number_control",
    "NumberControlWrapper": ".number_control_wrapper",
    "ParagraphControl": ".paragraph_control",
    "ParagraphControlWrapper": ".paragraph_control_wrapper",
    "ReasoningChunkData": ".reasoning_chunk_data",
    "ReplyMetadata": ".reply_metadata",
    "RetrieverResource": ".retriever_resource",
    "SelectControl": ".select_control",
    "SelectControlWrapper": ".select_control_wrapper",
    "StopRequest": ".stop_request",
    "StreamEventAgentLog": ".stream_event_agent_log",
    "StreamEventBase": ".stream_event_base",
    "StreamEventChatError": ".stream_event_chat_error",
    "StreamEventChatMessage": ".stream_event_chat_message",
    "StreamEventChatMessageEnd": ".stream_event_chat_message_end",
    "StreamEventChatMessageFile": ".stream_event_chat_message_file",
    "StreamEventChatMessageFileBelongsTo": ".stream_event_chat_message_file_belongs_to",
    "StreamEventChatMessageReplace": ".stream_event_chat_message_replace",
    "StreamEventChatPing": ".stream_event_chat_ping",
    "StreamEventChatReasoningChunk": ".stream_event_chat_reasoning_chunk",
    "StreamEventChatTextChunk": ".stream_event_chat_text_chunk",
    "StreamEventChatTtsMessage": ".stream_event_chat_tts_message",
    "StreamEventChatTtsMessageEnd": ".stream_event_chat_tts_message_end",
    "StreamEventHumanInputFormFilled": ".stream_event_human_input_form_filled",
    "StreamEventHumanInputFormTimeout": ".stream_event_human_input_form_timeout",
    "StreamEventHumanInputRequired": ".stream_event_human_input_required",
    "StreamEventIterationCompleted": ".stream_event_iteration_completed",
    "StreamEventIterationNext": ".stream_event_iteration_next",
    "StreamEventIterationStarted": ".stream_event_iteration_started",
    "StreamEventLoopCompleted": ".stream_event_loop_completed",
    "StreamEventLoopNext": ".stream_event_loop_next",
    "StreamEventLoopStarted": ".stream_event_loop_started",
    "StreamEventNodeFinished": ".stream_event_node_finished",
    "StreamEventNodeRetry": ".stream_event_node_retry",
    "StreamEventNodeStarted": ".stream_event_node_started",
    "StreamEventWorkflowFinished": ".stream_event_workflow_finished",
    "StreamEventWorkflowPaused": ".stream_event_workflow_paused",
    "StreamEventWorkflowStarted": ".stream_event_workflow_started",
    "SuccessResult": ".success_result",
    "SuggestedQuestionsResponse": ".suggested_questions_response",
    "SystemParameters": ".system_parameters",
    "TextChunkData": ".text_chunk_data",
    "TextInputControl": ".text_input_control",
    "TextInputControlWrapper": ".text_input_control_wrapper",
    "TextToAudioRequest": ".text_to_audio_request",
    "TextToSpeechSettings": ".text_to_speech_settings",
    "ToolIcons": ".tool_icons",
    "UpdateAnnotationRequest": ".update_annotation_request",
    "Usage": ".usage",
    "UserAction": ".user_action",
    "WebAppSettingsResponse": ".web_app_settings_response",
    "WorkflowFinishedData": ".workflow_finished_data",
    "WorkflowLogItem": ".workflow_log_item",
    "WorkflowLogStatus": ".workflow_log_status",
    "WorkflowLogsResponse": ".workflow_logs_response",
    "WorkflowPausedData": ".workflow_paused_data",
    "WorkflowRunDetailResponse": ".workflow_run_detail_response",
    "WorkflowRunSummary": ".workflow_run_summary",
    "WorkflowStartedData": ".workflow_started_data",
}

__all__ = [
    "AccountSummary",
    "AgentLogData",
    "AgentThoughtItem",
    "AnnotationItem",
    "AnnotationListResponse",
    "AnnotationReplyAction",
    "AppFeedbacksResponse",
    "AppInfoResponse",
    "AppMetaResponse",
    "AudioToTextRequest",
    "AudioToTextResponse",
    "ChatAppParametersResponse",
    "ChatCompletionResponse",
    "ChatRequest",
    "ChatRequestResponseMode",
    "CheckboxControl",
    "CheckboxControlWrapper",
    "ChunkChatEvent",
    "ChunkChatEventEvent",
    "ConversationHistoryResponse",
    "ConversationListItem",
    "ConversationMessageItem",
    "ConversationRenameRequest",
    "ConversationsListResponse",
    "ConversationSort",
    "ConversationVariableItem",
    "ConversationVariablesResponse",
    "ConversationVariableUpdateRequest",
    "CreateAnnotationRequest",
    "DeleteConversationRequest",
    "EmojiIcon",
    "EndUserDetail",
    "EndUserSummary",
    "ErrorResponse",
    "FeatureToggle",
    "FeedbackItem",
    "FeedbackRating",
    "FileControl",
    "FileControlWrapper",
    "FileInput",
    "FileInputTransferMethod",
    "FileInputType",
    "FileListControlWrapper",
    "FileUploadRequest",
    "FileUploadResponse",
    "FileUploadSettings",
    "FormInput",
    "FormInputDefault",
    "FormOptionSource",
    "HumanInputContent",
    "HumanInputForm",
    "HumanInputFormDefinition",
    "HumanInputFormSubmissionData",
    "HumanInputFormTimeoutData",
    "HumanInputSubmission",
    "ImageUploadSettings",
    "InitialAnnotationReplySettingsRequest",
    "InitialAnnotationReplySettingsResponse",
    "InitialAnnotationReplySettingsStatusResponse",
    "IterationCompletedData",
    "IterationNextData",
    "IterationStartedData",
    "JsonObject",
    "LoopCompletedData",
    "LoopNextData",
    "LoopStartedData",
    "MessageFeedback",
    "MessageFeedbackRequest",
    "MessageFileItem",
    "NodeFinishedData",
    "NodeRetryData",
    "NodeStartedData",
    "NumberControl",
    "NumberControlWrapper",
    "ParagraphControl",
    "ParagraphControlWrapper",
    "ReasoningChunkData",
    "ReplyMetadata",
    "RetrieverResource",
    "SelectControl",
    "SelectControlWrapper",
    "StopRequest",
    "StreamEventAgentLog",
    "StreamEventBase",
    "StreamEventChatError",
    "StreamEventChatMessage",
    "StreamEventChatMessageEnd",
    "StreamEventChatMessageFile",
    "StreamEventChatMessageFileBelongsTo",
    "StreamEventChatMessageReplace",
    "StreamEventChatPing",
    "StreamEventChatReasoningChunk",
    "StreamEventChatTextChunk",
    "StreamEventChatTtsMessage",
    "StreamEventChatTtsMessageEnd",
    "StreamEventHumanInputFormFilled",
    "StreamEventHumanInputFormTimeout",
    "StreamEventHumanInputRequired",
    "StreamEventIterationCompleted",
    "StreamEventIterationNext",
    "StreamEventIterationStarted",
    "StreamEventLoopCompleted",
    "StreamEventLoopNext",
    "StreamEventLoopStarted",
    "StreamEventNodeFinished",
    "StreamEventNodeRetry",
    "StreamEventNodeStarted",
    "StreamEventWorkflowFinished",
    "StreamEventWorkflowPaused",
    "StreamEventWorkflowStarted",
    "SuccessResult",
    "SuggestedQuestionsResponse",
    "SystemParameters",
    "TextChunkData",
    "TextInputControl",
    "TextInputControlWrapper",
    "TextToAudioRequest",
    "TextToSpeechSettings",
    "ToolIcons",
    "UpdateAnnotationRequest",
    "Usage",
    "UserAction",
    "WebAppSettingsResponse",
    "WorkflowFinishedData",
    "WorkflowLogItem",
    "WorkflowLogsResponse",
    "WorkflowLogStatus",
    "WorkflowPausedData",
    "WorkflowRunDetailResponse",
    "WorkflowRunSummary",
    "WorkflowStartedData",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
