from typing import Literal, TypeAlias

FileInputType: TypeAlias = Literal["audio", "custom", "document", "image", "video"]

FILE_INPUT_TYPE_VALUES: frozenset[FileInputType] = frozenset(["audio", "custom", "document", "image", "video"])
