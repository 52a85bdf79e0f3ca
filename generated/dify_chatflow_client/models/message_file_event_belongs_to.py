from typing import Literal, TypeAlias

MessageFileEventBelongsTo: TypeAlias = Literal["assistant"]

MESSAGE_FILE_EVENT_BELONGS_TO_VALUES: frozenset[MessageFileEventBelongsTo] = frozenset(["assistant"])
