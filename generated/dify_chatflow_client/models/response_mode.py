from typing import Literal, TypeAlias

ResponseMode: TypeAlias = Literal["blocking", "streaming"]

RESPONSE_MODE_VALUES: frozenset[ResponseMode] = frozenset(["blocking", "streaming"])
