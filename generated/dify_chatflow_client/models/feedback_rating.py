from typing import Literal, TypeAlias

FeedbackRating: TypeAlias = Literal["dislike", "like"]

FEEDBACK_RATING_VALUES: frozenset[FeedbackRating] = frozenset(["dislike", "like"])
