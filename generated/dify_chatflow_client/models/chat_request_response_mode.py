from typing import Literal, TypeAlias

ChatRequestResponseMode: TypeAlias = Literal["blocking", "streaming"]

CHAT_REQUEST_RESPONSE_MODE_VALUES: frozenset[ChatRequestResponseMode] = frozenset(["blocking", "streaming"])
