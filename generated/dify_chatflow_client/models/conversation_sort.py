from typing import Literal, TypeAlias

ConversationSort: TypeAlias = Literal["-created_at", "-updated_at", "created_at", "updated_at"]

CONVERSATION_SORT_VALUES: frozenset[ConversationSort] = frozenset(
    ["-created_at", "-updated_at", "created_at", "updated_at"]
)
