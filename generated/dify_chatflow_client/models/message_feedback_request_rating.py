from typing import Literal, TypeAlias

MessageFeedbackRequestRating: TypeAlias = Literal["dislike", "like"]

MESSAGE_FEEDBACK_REQUEST_RATING_VALUES: frozenset[MessageFeedbackRequestRating] = frozenset(["dislike", "like"])
