"""Two schemas against each other: what changed, for those who write such values and for those who read them."""

from pipeline.drift.compare.comparison import Comparison
from pipeline.drift.compare.differ import Slot

__all__ = ["Comparison", "Slot"]
