from typing import Literal, TypeAlias

AnnotationReplyAction: TypeAlias = Literal["disable", "enable"]

ANNOTATION_REPLY_ACTION_VALUES: frozenset[AnnotationReplyAction] = frozenset(["disable", "enable"])
