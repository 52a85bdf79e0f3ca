from typing import Literal, TypeAlias

StreamEventChatMessageFileBelongsTo: TypeAlias = Literal["assistant"]

STREAM_EVENT_CHAT_MESSAGE_FILE_BELONGS_TO_VALUES: frozenset[StreamEventChatMessageFileBelongsTo] = frozenset(
    ["assistant"]
)
